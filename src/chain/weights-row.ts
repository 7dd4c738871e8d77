import { ColosseumError, ExitCode } from "../base/errors.ts";
import { toUid, type Uid } from "../base/ids.ts";
import { InvalidWeightError, U16_MAX, weightRow } from "../base/weight-row.ts";

/** Keeps clipped weights below the limit after rounding. @see bittensor, normalize_max_weight */
const EPSILON = 1e-7;

/** Nobody has a weight above zero: there is nothing to tell the chain. */
export class NobodyScoredError extends ColosseumError {
  constructor() {
    super("Nobody has a score above zero, so there are no weights to set.", {
      code: "weights.nobody-scored",
      exitCode: ExitCode.refused,
      hint: "See the scores: colosseum weights preview --netuid N",
    });
  }
}

/**
 * Cuts weights so that, normalised to 1, none is above the limit; what is cut is shared by the rest in proportion.
 *
 * @param weights - Finite, ≥ 0, any scale.
 * @param limit - Fraction of 1.
 * @returns Same length and order, normalised to a sum of 1; uniform where the limit leaves no other choice.
 * @throws {@link NobodyScoredError} if every weight is 0.
 * @see bittensor 11.3.0 `clip_to_max_weight`; vectors in test/vectors/weights.json.
 */
export function clipToMaxWeight(weights: readonly number[], limit: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new NobodyScoredError();
  const n = weights.length;
  if (n * limit <= 1) return weights.map(() => 1 / n);
  const shares = weights.map((weight) => weight / total).sort((a, b) => a - b);
  if ((shares.at(-1) ?? 0) <= limit) return weights.map((weight) => weight / total);
  // The smallest shares stay as they are; the first one that would exceed the limit, and all above it, are cut to one value.
  let below = 0;
  let kept = 0;
  let running = 0;
  shares.forEach((share, index) => {
    running += share;
    if (share / ((n - index - 1) * share + running + EPSILON) < limit) {
      below += 1;
      kept = running;
    }
  });
  const cut = ((limit * kept - EPSILON) / (1 - limit * (n - below))) * total;
  const clipped = weights.map((weight) => Math.min(weight, cut));
  const after = clipped.reduce((sum, weight) => sum + weight, 0);
  return clipped.map((weight) => weight / after);
}

/** What a subnet demands of a row. */
export interface RowRules {
  /** The setter's own uid: a single weight to oneself is exempt from the limits. */
  readonly selfUid: Uid;
  /** Neurons in the subnet: uids 0 … n − 1. */
  readonly n: number;
  readonly minAllowedWeights: number;
  /** u16; 65535 means no limit. */
  readonly maxWeightsLimit: number;
}

/** Parallel arrays in ascending uid order. */
export interface WeightsRow {
  readonly uids: readonly Uid[];
  readonly values: readonly number[];
}

/**
 * Turns relative weights into the row that goes to the chain: clipped where the subnet has a limit, scaled to u16 by
 * the maximum, zeros dropped, and then zero entries added (lowest uid first) up to min(MinAllowedWeights, n), because
 * the chain counts entries, zeros included.
 *
 * @param weights - uid → relative weight, ≥ 0, any scale; uids below n.
 * @throws {@link NobodyScoredError} if nobody has a weight; InvalidWeightError if one is negative or not finite.
 * @see bittensor 11.3.0 `intents/weights.py`, which refuses instead of adding zeros.
 */
export function conformRow(weights: ReadonlyMap<Uid, number>, rules: RowRules): WeightsRow {
  const entries = [...weights].sort(([a], [b]) => a - b);
  for (const [uid, weight] of entries) {
    if (!Number.isFinite(weight) || weight < 0) throw new InvalidWeightError(uid, weight);
  }
  if (!entries.some(([, weight]) => weight > 0)) throw new NobodyScoredError();
  const isOnlySelf = entries.length === 1 && entries[0]?.[0] === rules.selfUid;
  const limited =
    rules.maxWeightsLimit >= U16_MAX || isOnlySelf ? weights : clippedMap(entries, rules.maxWeightsLimit / U16_MAX);
  const row = weightRow(limited);
  if (isOnlySelf) return row;
  const wanted = Math.min(rules.minAllowedWeights, rules.n);
  const values = new Map<Uid, number>(row.uids.map((uid, index) => [uid, row.values[index] ?? 0]));
  for (let uid = toUid(0); values.size < wanted && uid < rules.n; uid = toUid(uid + 1)) {
    if (!values.has(uid)) values.set(uid, 0);
  }
  const sorted = [...values].sort(([a], [b]) => a - b);
  return { uids: sorted.map(([uid]) => uid), values: sorted.map(([, value]) => value) };
}

function clippedMap(entries: readonly (readonly [Uid, number])[], limit: number): ReadonlyMap<Uid, number> {
  const clipped = clipToMaxWeight(
    entries.map(([, weight]) => weight),
    limit,
  );
  return new Map(entries.map(([uid], index) => [uid, clipped[index] ?? 0]));
}

/** Whether the chain holds this row: the same values by uid, zeros ignored. */
export function sameRow(sent: WeightsRow, stored: ReadonlyMap<number, number>): boolean {
  const wanted = new Map<number, number>(
    sent.uids.flatMap((uid, index) => ((sent.values[index] ?? 0) > 0 ? [[uid, sent.values[index] ?? 0]] : [])),
  );
  const held = [...stored].filter(([, value]) => value > 0);
  return held.length === wanted.size && held.every(([uid, value]) => wanted.get(uid) === value);
}
