/**
 * The runtime's signed Q32 fixed point (I32F32), held as the integer value × 2³² in a double.
 *
 * Everything an epoch multiplies or divides lies in [0, 2⁵] or is a whole u16, so each value is a whole number far
 * below 2⁵³ and each step below is exact; what could leave that range goes through BigInt. That is an order of
 * magnitude faster than BigInt throughout, and equal to it bit for bit (a property test compares them).
 *
 * @see facts of node-subtensor spec 425: `mul` floors, `div` truncates and is 0 for a zero divisor.
 */
export const ONE = 4_294_967_296;
/** 2³² as BigInt, for amounts in rao. */
export const ONE_BIG = 4_294_967_296n;

const LIMB = 65_536;
/** Below this both operands of `div`, and every intermediate product, stay exact in two 16-bit steps. */
const TWO_STEP_LIMIT = 2 ** 37;
const U16_MAX = 65_535;

/**
 * floor(a × b / 2³²) of two Q32 values.
 *
 * @param a - Whole, 0 ≤ a ≤ 2³⁷.
 * @param b - Whole, 0 ≤ b ≤ 2³².
 */
export function mul(a: number, b: number): number {
  const high = Math.floor(a / LIMB);
  const upper = high * b; // ≤ 2⁵³
  const lower = (a - high * LIMB) * b; // < 2⁴⁸
  const whole = Math.floor(upper / LIMB);
  return whole + Math.floor(((upper - whole * LIMB) * LIMB + lower) / ONE);
}

/** ceil(a × b / 2³²): the floor of a negative product, with its sign taken off. Ranges as {@link mul}. */
export function mulCeil(a: number, b: number): number {
  const floor = mul(a, b);
  // a × b is a multiple of 2³² exactly if the low 32 bits vanish; Math.imul gives them without rounding.
  return Math.imul((a % ONE) | 0, (b % ONE) | 0) === 0 ? floor : floor + 1;
}

/**
 * trunc(a × 2³² / b) of two Q32 values; 0 for b = 0.
 *
 * @param a - Whole, 0 ≤ a.
 * @param b - Whole, 0 ≤ b; the quotient must stay below 2⁵³ (a ÷ b below 2²¹).
 */
export function div(a: number, b: number): number {
  if (b === 0) return 0;
  if (a >= TWO_STEP_LIMIT || b >= TWO_STEP_LIMIT) return Number((BigInt(a) << 32n) / BigInt(b));
  const first = divideFloor(a * LIMB, b);
  const second = divideFloor((a * LIMB - first * b) * LIMB, b);
  return first * LIMB + second;
}

/**
 * floor(x / y) of whole numbers, 0 ≤ x < 2⁵³, y > 0. Exact although a double's quotient is rounded: it could only reach
 * the next integer q from below if q × y were 2⁵⁴ or more.
 */
export const divideFloor = (x: number, y: number): number => Math.floor(x / y);

/** A u16 hyperparameter as a share of 65535: floor(k × 2³² / 65535). */
export const proportion = (value: number): number => divideFloor(value * ONE, U16_MAX);

/** A Q32 share as u16: trunc(x × 65535 / 2³²), clamped to 0…65535. */
export const toU16 = (value: number): number =>
  value >= ONE ? U16_MAX : value <= 0 ? 0 : Math.floor((value * U16_MAX) / ONE);

/** The plain sum; whole numbers far below 2⁵³, so exact. */
export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Each value over the sum of all; unchanged if the sum is 0. */
export function normalised(values: Float64Array): Float64Array {
  const total = sum(values);
  return total === 0 ? values : values.map((value) => div(value, total));
}
