const U16_MAX = 65_535;
const HALF_RANGE = 32_768;

/** round(x ÷ 2³²), half up, of a whole x. */
const roundQ32 = (value: bigint): number => Number((value + 0x8000_0000n) >> 32n);

/**
 * The row that `set_weights` stores: scaled so that the largest value is 65535. Order and zeros are kept.
 *
 * Above 32768 the runtime truncates the factor before it multiplies: 20000 of at most 40000 becomes 32767.
 *
 * @param values - u16 each.
 * @returns u16 each, same order; all 0 if the largest is 0.
 * @see node-subtensor spec 425, `vec_u16_max_upscale_to_u16`; checked against 12 stored rows.
 */
export function upscaleWeights(values: readonly number[]): number[] {
  const max = values.reduce((top, value) => Math.max(top, value), 0);
  if (max === 0) return values.map(() => 0);
  const top = BigInt(max);
  if (max <= HALF_RANGE) return values.map((value) => roundQ32(((BigInt(value) * 65_535n) << 32n) / top));
  const factor = (BigInt(U16_MAX) << 32n) / top;
  return values.map((value) => Math.min(U16_MAX, roundQ32(BigInt(value) * factor)));
}
