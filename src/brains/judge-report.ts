/** A share with its 95 % Wilson interval. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** How a judge behaves, whatever it is: measured on every pair that it saw in both orders. */
export interface JudgeReport {
  readonly pairs: number;
  /** Pairs whose verdict turned with the order. */
  readonly flips: Share;
  /** Verdicts for what stood first. */
  readonly first: Share;
  /** Answers for the longer output, of those with an answer and a difference in length. */
  readonly longer: Share;
  /**
   * Correlation (−1 … 1) of choosing A with how much longer A is (logarithm of the ratio); null where nothing varies. A
   * good judge need not be at 0: whole pages tend to be longer than broken ones.
   */
  readonly lengthCorrelation: number | null;
  readonly abstained: number;
  /** What stands out, in plain words; empty where nothing does. */
  readonly findings: readonly {
    readonly code: "position-bias" | "length-bias" | "inconsistent";
    readonly message: string;
  }[];
}
