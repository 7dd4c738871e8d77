/** Eight heights, lowest first. */
export const SPARK_UNICODE = "▁▂▃▄▅▆▇█";
/** The same for terminals that know ASCII only. */
export const SPARK_ASCII = "_.-=+*%#";

/**
 * A row of numbers as a row of small bars, one character each, scaled to their own largest.
 *
 * @param values - Finite, ≥ 0; 0 is always the lowest bar and anything else at least the second.
 * @param levels - Characters from low to high, at least two.
 */
export function sparkline(values: readonly number[], levels: string): string {
  const heights = [...levels];
  const most = values.reduce((largest, value) => Math.max(largest, value), 0);
  const top = heights.length - 1;
  return values
    .map((value) => heights[most === 0 || value <= 0 ? 0 : Math.max(1, Math.ceil((value / most) * top))] ?? "")
    .join("");
}
