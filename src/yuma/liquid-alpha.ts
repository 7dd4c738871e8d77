import { divideFloor, mul, ONE, ONE_BIG } from "./fixed.ts";

const HALF = ONE_BIG / 2n;
const MAX_EXPONENT = 20n * ONE_BIG;
const clamp = (value: bigint, low: bigint, high: bigint): bigint => (value < low ? low : value > high ? high : value);
/** 1 / value in Q32, truncated. */
const reciprocal = (value: bigint): bigint => (ONE_BIG << 32n) / value;

/** Largest index of a term in the runtime's Taylor series. */
const LAST_TERM = 31;
/** Up to this argument no term of the series reaches 2³⁷, so doubles are exact; the default steepness stays within ±5. */
const EXACT_IN_DOUBLES = 5 * ONE;

/** e^size for 0 ≤ size ≤ 5 in Q32, on doubles. */
function seriesInDoubles(size: number): number {
  const whole = Math.floor(size / ONE);
  const fraction = size - whole * ONE;
  let term = size;
  let total = ONE + size;
  for (let i = 2; i <= LAST_TERM && term > 0; i++) {
    term = divideFloor(term * whole + mul(term, fraction), i);
    total += term;
  }
  return total;
}

/** e^size for 0 ≤ size ≤ 20 in Q32. */
function seriesInBigInt(size: bigint): bigint {
  let term = size;
  let total = ONE_BIG + size;
  for (let i = 2n; i <= LAST_TERM && term > 0n; i++) {
    term = ((term * size) >> 32n) / i;
    total += term;
  }
  return total;
}

/**
 * The runtime's exponential in Q32: argument clamped to ±20, a Taylor series of the terms up to i = 31, each floored;
 * for a negative argument the reciprocal.
 */
export function exponential(x: bigint): bigint {
  const argument = clamp(x, -MAX_EXPONENT, MAX_EXPONENT);
  const size = argument < 0n ? -argument : argument;
  const total = size <= EXACT_IN_DOUBLES ? BigInt(seriesInDoubles(Number(size))) : seriesInBigInt(size);
  return argument < 0n ? reciprocal(total) : total;
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
      const sigmoid = reciprocal(ONE_BIG + exponential(x));
      alpha = Number(clamp(lowest + ((sigmoid * (highest - lowest)) >> 32n), lowest, highest));
      known.set(distance, alpha);
    }
    return alpha;
  };
}
