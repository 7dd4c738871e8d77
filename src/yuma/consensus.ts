import { mul, normalised, proportion, sum } from "./fixed.ts";
import type { Matrix } from "./matrix.ts";

/**
 * The stake-weighted median of each column: the smallest score v for which the stake of everybody who scored ≤ v is
 * strictly greater than the minority (all − kappa); the largest score if there is none.
 * An active validator without an entry scores 0.
 *
 * @param weights - Row-normalised, Q32.
 * @param activeStake - Q32 shares by uid, 0 for who does not count.
 * @param kappa - u16.
 * @returns Q32 by column; all 0 without active stake.
 */
export function consensus(weights: Matrix, activeStake: Float64Array, kappa: number): Float64Array {
  const { n, uids, cells } = weights;
  const result = new Float64Array(n);
  const shares = normalised(activeStake);
  const minority = sum(shares) - proportion(kappa);
  const voters = uids.flatMap((uid, index) => {
    const share = shares[uid] as number;
    return share > 0 ? [{ start: index * n, share }] : [];
  });
  if (voters.length === 0) return result;
  // Stake of who scores a column 0 or not at all: everything that no voter with a score above 0 holds.
  const all = sum(shares);
  const scores: { score: number; share: number }[] = [];
  for (let column = 0; column < n; column++) {
    scores.length = 0;
    let below = all;
    for (const { start, share } of voters) {
      const score = cells[start + column] as number;
      if (score === 0) continue;
      scores.push({ score, share });
      below -= share;
    }
    // With kappa 1 the minority is a few ulp below 0, and then somebody must really have scored 0.
    if (scores.length === 0 || (scores.length < voters.length && below > minority)) continue;
    scores.sort((a, b) => a.score - b.score);
    let found = 0;
    for (const { score, share } of scores) {
      found = score;
      below += share;
      // Equal scores count together: crossing the minority within a tie gives the same score.
      if (below > minority) break;
    }
    result[column] = found;
  }
  return result;
}

/** Each cell cut to its column's consensus, Q32; what is cut to 0 is gone. */
export function clipped(weights: Matrix, limits: Float64Array): Matrix {
  const cells = weights.cells.map((cell, at) => Math.min(cell, limits[at % weights.n] as number));
  return { uids: weights.uids, n: weights.n, cells };
}

/** Sum of each row, Q32 by uid: a validator's trust, once clipped. */
export function rowSums(matrix: Matrix): Float64Array {
  const sums = new Float64Array(matrix.n);
  matrix.uids.forEach((uid, index) => {
    sums[uid] = sum(matrix.cells.subarray(index * matrix.n, (index + 1) * matrix.n));
  });
  return sums;
}

/** Σ over rows of stake × cell, Q32 by column: a miner's rank. */
export function stakeWeightedColumns(matrix: Matrix, stake: Float64Array): Float64Array {
  const ranks = new Float64Array(matrix.n);
  matrix.uids.forEach((uid, index) => {
    const share = stake[uid] as number;
    if (share === 0) return;
    for (let j = 0; j < matrix.n; j++) {
      const cell = matrix.cells[index * matrix.n + j] as number;
      if (cell !== 0) ranks[j] = (ranks[j] as number) + mul(share, cell);
    }
  });
  return ranks;
}
