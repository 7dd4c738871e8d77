/** What a family's page is made of, before the dialect puts it together. */
export interface PageParts {
  readonly title: string;
  readonly body: string;
  readonly script: string;
  readonly css?: string;
}
