import { ONE, ONE_BIG } from "./fixed.ts";

const HALF = ONE_BIG / 2n;
const MAX_EXPONENT = 20n * ONE_BIG;
const clamp = (value: bigint, low: bigint, high: bigint): bigint => (value < low ? low : value > high ? high : value);
const divTrunc = (a: bigint, b: bigint): bigint => (b === 0n ? 0n : (a << 32n) / b);

/**
 * The runtime's exponential in Q32: argument clamped to ±20, a Taylor series of the terms up to i = 31, each floored;
 * for a negative argument the reciprocal.
 */
export function exponential(x: bigint): bigint {
  const argument = clamp(x, -MAX_EXPONENT, MAX_EXPONENT);
  const size = argument < 0n ? -argument : argument;
  let term = size;
  let total = ONE_BIG + size;
  for (let i = 2n; i <= 31n; i++) {
    term = ((term * size) >> 32n) / i;
    if (term === 0n) break;
    total += term;
  }
  return argument < 0n ? divTrunc(ONE_BIG, total) : total;
}

/**
 * How fast one bond follows its weight: a sigmoid of how far the weight stands above the consensus (buying) or the
 * bond above the weight (selling), between the two bounds.
 *
 * @param steepness - i16, factor × 100.
 * @returns (weight, bond, consensus) → alpha, all Q32 in [0, 1].
 */
export function liquidAlpha(
  low: number,
  high: number,
  steepness: number,
): (weight: number, bond: number, consensus: number) => number {
  const lowest = BigInt(low);
  const highest = BigInt(high);
  const factor = (BigInt(steepness) << 32n) / -100n;
  const known = new Map<number, number>();
  return (weight, bond, consensus) => {
    const distance = Math.min(ONE, Math.max(0, weight >= bond ? weight - consensus : bond - weight));
    let alpha = known.get(distance);
    if (alpha === undefined) {
      const x = (factor * (BigInt(distance) - HALF)) >> 32n;
      const sigmoid = divTrunc(ONE_BIG, ONE_BIG + exponential(x));
      alpha = Number(clamp(lowest + ((sigmoid * (highest - lowest)) >> 32n), lowest, highest));
      known.set(distance, alpha);
    }
    return alpha;
  };
}
