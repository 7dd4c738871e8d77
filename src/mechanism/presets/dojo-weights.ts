import { exactSum } from "../../base/exact-sum.ts";
import { U16_MAX } from "../../base/weight-row.ts";

/** Rounds half away from zero, as Go's math.Round; `value` ≥ 0 and far below 2^52. */
const roundHalfAway = (value: number): number => {
  const floor = Math.floor(value);
  return value - floor >= 0.5 ? floor + 1 : floor;
};

/** What one entry gets: its part of 1, and that part of 65535. */
export interface DojoWeight {
  readonly share: number;
  readonly weight: number;
}

/**
 * Scores to weights as the real subnet did: negatives count as 0, everybody but the burn entry shares 1 − burn by
 * score, the burn entry gets burn; u16 by share, not by maximum.
 *
 * @param scores - One score per entry.
 * @param burnIndex - The entry that is burned to, or -1 if it is not in the list (then nobody gets that part).
 * @param burnShare - 0..1.
 * @returns Same length and order.
 * @see tensorplex-labs/dojo 283d039 (v1.8.3), ConvertWeightsAndUidsForEmit
 */
export function dojoWeights(scores: readonly number[], burnIndex: number, burnShare: number): DojoWeight[] {
  const clamped = scores.map((score, index) => (index === burnIndex ? 0 : Math.max(0, score)));
  const total = exactSum(clamped);
  return clamped.map((score, index) => {
    if (index === burnIndex && burnShare > 0) return { share: burnShare, weight: roundHalfAway(burnShare * U16_MAX) };
    const share = total === 0 ? 0 : (score / total) * (1 - burnShare);
    return { share, weight: roundHalfAway(share * U16_MAX) };
  });
}

/**
 * The row that the real subnet would have sent: zeros dropped, in the order given.
 *
 * @throws RangeError with the real program's words if the lists differ in length, or if there is nothing to send.
 * @see tensorplex-labs/dojo 283d039 (v1.8.3), ConvertWeightsAndUidsForEmit
 */
export function dojoWeightRow(
  uids: readonly number[],
  scores: readonly number[],
  burnUid: number,
  burnShare: number,
): { uids: number[]; values: number[] } {
  if (uids.length !== scores.length) {
    throw new RangeError(`uids and weights must have the same length, got ${uids.length} and ${scores.length}`);
  }
  const weights = dojoWeights(scores, uids.indexOf(burnUid), burnShare);
  const kept = uids.map((uid, index) => ({ uid, value: weights[index]?.weight ?? 0 })).filter(({ value }) => value > 0);
  const nobody = uids.every((uid, index) => uid === burnUid || (scores[index] ?? 0) <= 0);
  if (nobody && burnShare === 0) throw new RangeError("no weights to set");
  return { uids: kept.map(({ uid }) => uid), values: kept.map(({ value }) => value) };
}
