import type { EpochInput } from "./epoch-types.ts";

/** The share that a TAO at root counts for, Q32: floor(TaoWeight × 2³² / (2⁶⁴ − 1)). */
export const taoWeightQ32 = (taoWeight: bigint): bigint => (taoWeight << 32n) / 0xffff_ffff_ffff_ffffn;

/**
 * Each uid's share of all stake, Q32, by uid: total in Q64, normalised there, then truncated.
 * A uid below the threshold counts as 0, except the owner's.
 */
export function normalisedStake(input: EpochInput): Float64Array {
  const weight = taoWeightQ32(input.taoWeight);
  const threshold = input.hyperparameters.stakeThresholdRao;
  const totals = input.alphaStakeRao.map((alpha, uid) => {
    const total = (alpha << 64n) + (((input.rootStakeRao[uid] ?? 0n) * weight) << 32n);
    return total >> 64n < threshold && uid !== input.ownerUid ? 0n : total;
  });
  const all = totals.reduce((sum, total) => sum + total, 0n);
  return Float64Array.from(totals, (total) => (all === 0n ? 0 : Number(((total << 64n) / all) >> 32n)));
}

/**
 * Who may set weights from the next epoch on: the k largest stakes (of equal ones the higher uid), nobody without
 * stake, and the owner in any case.
 *
 * @param stake - Q32 shares by uid.
 */
export function newPermits(stake: Float64Array, maxValidators: number, ownerUid: number | undefined): boolean[] {
  const permits = Array.from(stake, (share) => share !== 0);
  // Sorting is stable: of equal stakes the lower uid comes first.
  const ascending = [...stake.keys()].sort((a, b) => (stake[a] ?? 0) - (stake[b] ?? 0));
  for (const uid of ascending.slice(0, Math.max(0, stake.length - maxValidators))) permits[uid] = false;
  if (ownerUid !== undefined && ownerUid < stake.length) permits[ownerUid] = true;
  return permits;
}
