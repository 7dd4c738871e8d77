/** How unevenly shares are spread. */
export interface Concentration {
  /** Herfindahl–Hirschman index: the sum of squared shares, 1/n (even) … 1 (one takes all); 0 if nobody has a share. */
  readonly hhi: number;
  /** 1/HHI: as many equal miners would be as concentrated. */
  readonly effectiveMiners: number;
  /** What the three largest have together. */
  readonly topThree: number;
  /** Smallest number of miners that have more than half together; 0 if nobody has a share. */
  readonly majority: number;
}

/**
 * Measures the concentration of shares.
 *
 * @param shares - ≥ 0, any order; they should sum to 1 or 0.
 */
export function concentrationOf(shares: readonly number[]): Concentration {
  const sorted = [...shares].sort((a, b) => b - a);
  const hhi = sorted.reduce((sum, share) => sum + share * share, 0);
  const total = sorted.reduce((sum, share) => sum + share, 0);
  let majority = 0;
  let held = 0;
  while (total > 0 && held <= total / 2 && majority < sorted.length) held += sorted[majority++] ?? 0;
  return {
    hhi,
    effectiveMiners: hhi === 0 ? 0 : 1 / hhi,
    topThree: sorted.slice(0, 3).reduce((sum, share) => sum + share, 0),
    majority,
  };
}
