import type { EpochInput, SparseRow } from "./epoch-types.ts";
import { divideFloor, mul, mulCeil, normalised, ONE, proportion, sum, toU16 } from "./fixed.ts";
import { liquidAlpha } from "./liquid-alpha.ts";
import { columnMaxUpscaled, columnNormalised, fromRows, type Matrix, type Weights, zeroMatrix } from "./matrix.ts";

/** The bonds of an epoch: what is stored, and what validators earn by them (Q32 by uid, normalised). */
export interface BondsOutcome {
  readonly stored: Matrix;
  readonly dividends: Float64Array;
}

/** What the bonds are computed from; all Q32. */
export interface BondsInput {
  readonly epoch: EpochInput;
  readonly weights: Weights;
  readonly clippedWeights: Matrix;
  readonly activeStake: Float64Array;
  readonly incentive: Float64Array;
  readonly consensus: Float64Array;
}

/** Weights that bonds are bought with: on the way from raw (penalty 0) to clipped (65535). */
function bondWeights(weights: Weights, clippedWeights: Matrix, penalty: number): Weights {
  const share = proportion(penalty);
  if (share === 0) return weights;
  const cells =
    share === ONE
      ? clippedWeights.cells
      : weights.cells.map((cell, at) => cell - mulCeil(cell - (clippedWeights.cells[at] as number), share));
  return { uids: weights.uids, n: weights.n, cells, entries: Uint8Array.from(cells, (cell) => (cell > 0 ? 1 : 0)) };
}

/** Stored bonds without the columns whose uid was taken over since the last epoch. */
function oldBonds(epoch: EpochInput, uids: readonly number[], scale: (value: number) => number): Matrix {
  const last = epoch.lastMechanismStepBlock;
  const threshold = last === 0 ? epoch.block - epoch.hyperparameters.tempoBlocks : last + 1;
  // lastTempo ≤ registration drops the column; `last + 1` because an epoch's own block still counts as before it.
  return fromRows(epoch.bonds, uids, epoch.lastUpdate.length, scale, (_, column) => {
    return threshold > (epoch.blockAtRegistration[column] ?? 0);
  });
}

/** The share of new bonds, Q32: 1 − BondsMovingAverage / 10⁶, the quotient truncated before it is subtracted. */
const bondsAlpha = (movingAverage: number): number => ONE - divideFloor(movingAverage * ONE, 1_000_000);

/** alpha × new + (1 − alpha) × old, per cell. */
function movingAverage(fresh: Matrix, old: Matrix, alpha: number): Matrix {
  const rest = ONE - alpha;
  const cells = fresh.cells.map((cell, at) => {
    const before = old.cells[at] as number;
    return (cell === 0 ? 0 : mul(alpha, cell)) + (before === 0 ? 0 : mul(rest, before));
  });
  return { uids: fresh.uids, n: fresh.n, cells };
}

/** Σ over columns of cell × incentive, Q32 by uid. */
function perValidator(bonds: Matrix, incentive: Float64Array): Float64Array {
  const totals = new Float64Array(bonds.n);
  const paid = [...incentive.keys()].filter((column) => incentive[column] !== 0);
  bonds.uids.forEach((uid, index) => {
    const start = index * bonds.n;
    totals[uid] = sum(paid.map((column) => mul(incentive[column] as number, bonds.cells[start + column] as number)));
  });
  return totals;
}

/** Rows for everybody who has weights now or bonds from before, so that both matrices have the same shape. */
function widened(matrix: Matrix, uids: readonly number[]): Matrix {
  if (uids.length === matrix.uids.length) return matrix;
  const wide = zeroMatrix(uids, matrix.n);
  matrix.uids.forEach((uid, index) => {
    wide.cells.set(matrix.cells.subarray(index * matrix.n, (index + 1) * matrix.n), uids.indexOf(uid) * matrix.n);
  });
  return wide;
}

const rowsOf = (weights: Matrix, bonds: readonly SparseRow[]): number[] => {
  const present = new Set(weights.uids);
  bonds.forEach((row, uid) => {
    if (row.length > 0) present.add(uid);
  });
  return [...present].sort((a, b) => a - b);
};

/**
 * Yuma 2 (storage default): bonds are stake-weighted shares of each column; the stored ones are scaled so that the
 * largest of each column is 65535.
 */
function bondsRelative(input: BondsInput, weights: Weights, uids: readonly number[]): BondsOutcome {
  const { epoch, activeStake, incentive } = input;
  const old = columnNormalised(oldBonds(epoch, uids, (value) => value * ONE));
  const bought = widened(weights, uids);
  const fresh = zeroMatrix(uids, bought.n);
  uids.forEach((uid, index) => {
    const share = activeStake[uid] as number;
    if (share === 0) return;
    for (let at = index * bought.n; at < (index + 1) * bought.n; at++) {
      const cell = bought.cells[at] as number;
      if (cell !== 0) fresh.cells[at] = mul(cell, share);
    }
  });
  const alpha = bondsAlpha(epoch.hyperparameters.bondsMovingAverage);
  const bonds = columnNormalised(movingAverage(columnNormalised(fresh), old, alpha));
  return { stored: columnMaxUpscaled(bonds), dividends: normalised(perValidator(bonds, incentive)) };
}

/** Yuma 3 (what `register_network` sets): bonds are absolute, and stake enters at the dividend only. */
function bondsAbsolute(input: BondsInput, weights: Weights, uids: readonly number[]): BondsOutcome {
  const { epoch, activeStake, incentive, consensus } = input;
  const { hyperparameters } = epoch;
  const old = oldBonds(epoch, uids, proportion);
  const bought = widened(weights, uids);
  const liquid = hyperparameters.liquidAlpha && consensus.some((value) => value !== 0);
  const bonds = liquid
    ? liquidAverage(weights, old, consensus, hyperparameters)
    : movingAverage(bought, old, bondsAlpha(hyperparameters.bondsMovingAverage));
  const totals = perValidator(columnNormalised(bonds), incentive);
  return { stored: bonds, dividends: normalised(totals.map((total, uid) => mul(total, activeStake[uid] as number))) };
}

/** Per-cell moving average. A bond whose cell has no weight entry any more is gone at once. */
function liquidAverage(
  weights: Weights,
  old: Matrix,
  consensus: Float64Array,
  hyperparameters: EpochInput["hyperparameters"],
): Matrix {
  const [low, high] = hyperparameters.alphaValues;
  const alphaOf = liquidAlpha(proportion(low), proportion(high), hyperparameters.alphaSigmoidSteepness);
  const bonds = zeroMatrix(old.uids, old.n);
  weights.uids.forEach((uid, index) => {
    const start = old.uids.indexOf(uid) * old.n;
    for (let column = 0; column < old.n; column++) {
      if (weights.entries[index * old.n + column] === 0) continue;
      const weight = weights.cells[index * old.n + column] as number;
      const bond = old.cells[start + column] as number;
      const alpha = alphaOf(weight, bond, consensus[column] as number);
      bonds.cells[start + column] = Math.min(ONE, mul(ONE - alpha, bond) + mul(alpha, weight));
    }
  });
  return bonds;
}

/** Runs the bonds of one epoch by the version that the subnet has switched on. */
export function epochBonds(input: BondsInput): BondsOutcome {
  const { bondsPenalty, yuma3 } = input.epoch.hyperparameters;
  const weights = bondWeights(input.weights, input.clippedWeights, bondsPenalty);
  const uids = rowsOf(weights, input.epoch.bonds);
  return yuma3 ? bondsAbsolute(input, weights, uids) : bondsRelative(input, weights, uids);
}

/** Bonds as the chain stores them: a row for each new permit, entries ascending, zeros left out. */
export function storedBonds(bonds: Matrix, permits: readonly boolean[]): SparseRow[] {
  const rows: SparseRow[] = permits.map(() => []);
  bonds.uids.forEach((uid, index) => {
    if (permits[uid] !== true) return;
    const row: [number, number][] = [];
    for (let column = 0; column < bonds.n; column++) {
      const cell = bonds.cells[index * bonds.n + column] as number;
      if (cell > 0) row.push([column, toU16(cell)]);
    }
    rows[uid] = row;
  });
  return rows;
}
