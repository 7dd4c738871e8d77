/** Fraction bits of a fixed-point type by its name, `I32F32` or `U64F64`; undefined for any other. */
export function fractionBits(type: string): number | undefined {
  const bits = /^[iu]\d+f(\d+)$/i.exec(type)?.[1];
  return bits === undefined ? undefined : Number(bits);
}

/** A fixed-point number's value from its raw bits: exact where a double can hold it. */
export const fromFixedPoint = (bits: bigint, fraction: number): number => Number(bits) / 2 ** fraction;

/**
 * Raw bits of a decimal number, the nearest ones (a tie goes up).
 *
 * @returns undefined for anything but digits with at most one point.
 */
export function toFixedPoint(text: string, fraction: number): bigint | undefined {
  const [, whole, decimals = ""] = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const scale = 10n ** BigInt(decimals.length);
  const scaled = BigInt(whole + decimals) << BigInt(fraction);
  return (2n * scaled + scale) / (2n * scale);
}
