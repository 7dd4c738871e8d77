/** What a chain's refusal means for the person who asked: one sentence, one next step. */
export interface Explanation {
  readonly message: string;
  readonly hint: string;
}
