/** What a model was asked and what it cost, in one session. */
export interface ModelUse {
  readonly calls: number;
  readonly retries: number;
  readonly tokens: { readonly input: number; readonly output: number };
  readonly usd: number | undefined;
}
