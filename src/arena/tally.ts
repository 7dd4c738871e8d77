/** Why a post was not scored, in the order in which the reasons are tried. */
export const SKIP_REASONS = [
  "bad-json",
  "not-a-post",
  "error-record",
  "too-deep",
  "missing-user-id",
  "unregistered-author",
  "bad-counter",
  "bad-timestamp",
  "outside-window",
  "retweet",
  "duplicate-id",
  "duplicate-text",
  "near-duplicate",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Counts what was read and what became of it: posts = scored + Σ skipped, always. */
export class Tally {
  posts = 0;
  readonly #skipped = new Map<SkipReason, number>();

  skip(reason: SkipReason, count = 1): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + count);
  }

  get scored(): number {
    let scored = this.posts;
    for (const count of this.#skipped.values()) scored -= count;
    return scored;
  }

  /** Every reason, also those that never applied. */
  skipped(): Readonly<Record<SkipReason, number>> {
    return Object.fromEntries(SKIP_REASONS.map((reason) => [reason, this.#skipped.get(reason) ?? 0])) as Record<
      SkipReason,
      number
    >;
  }
}
