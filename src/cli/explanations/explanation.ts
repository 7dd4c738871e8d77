/** What a code means, for somebody who has just met it. */
export interface CodeExplanation {
  /** What happened, in a sentence or two. */
  readonly means: string;
  /** What to do about it. */
  readonly act: string;
  /** The command that shows more, where there is one. */
  readonly see?: string;
}

/** Explanations by code; one file for each room. */
export type Explanations = Readonly<Record<string, CodeExplanation>>;
