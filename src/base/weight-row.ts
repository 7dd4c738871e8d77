import { ColosseumError, ExitCode } from "./errors.ts";
import type { Uid } from "./ids.ts";

/** The largest u16, which the largest weight becomes. */
export const U16_MAX = 65_535;

/** A weight that is negative or not finite: a bug in a scorer, refused before it reaches a chain. */
export class InvalidWeightError extends ColosseumError {
  constructor(key: string | number, weight: number) {
    super(`The weight of ${key} is ${weight}; weights are finite and not negative.`, {
      code: "weights.invalid",
      exitCode: ExitCode.invalid,
      details: { key, weight: String(weight) },
    });
  }
}

/** Rounds half to even, as Python's `round` and the v11 SDK do; `value` ≥ 0 and far below 2^52. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Scales relative weights to u16 by their maximum: w / max × 65535 in float64, rounded half to even.
 *
 * @param weights - Finite, ≥ 0, any scale.
 * @returns Same length and order; all 0 if every weight is 0.
 * @throws {@link InvalidWeightError} if a weight is negative or not finite.
 * @see bittensor 11.3.0 `intents/weights.py`.
 */
export function weightsU16(weights: readonly number[]): number[] {
  let max = 0;
  weights.forEach((weight, index) => {
    if (!Number.isFinite(weight) || weight < 0) throw new InvalidWeightError(index, weight);
    if (weight > max) max = weight;
  });
  return max === 0 ? weights.map(() => 0) : weights.map((weight) => roundHalfEven((weight / max) * U16_MAX));
}

/**
 * Turns relative weights into the u16 row that `set_weights` takes; entries that round to 0 are dropped.
 *
 * @param weights - uid → relative weight; finite, ≥ 0, any scale (need not sum to 1).
 * @returns Parallel arrays in ascending uid order; both empty if every weight is 0 (the caller refuses).
 * @throws {@link InvalidWeightError} if a weight is negative or not finite.
 * @see bittensor 11.3.0 `intents/weights.py`: w/max × 65535 in float64, rounded half to even.
 */
export function weightRow(weights: ReadonlyMap<Uid, number>): { uids: Uid[]; values: number[] } {
  const entries = [...weights].sort(([a], [b]) => a - b);
  const scaled = weightsU16(entries.map(([, weight]) => weight));
  const uids: Uid[] = [];
  const values: number[] = [];
  entries.forEach(([uid], index) => {
    const value = scaled[index] ?? 0;
    if (value === 0) return;
    uids.push(uid);
    values.push(value);
  });
  return { uids, values };
}
