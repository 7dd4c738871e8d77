/** A mean over seeds with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959_963_984_540_054;

/**
 * The two-sided 95 % quantile of Student's t.
 *
 * @param freedom - Degrees of freedom, ≥ 1.
 * @see Abramowitz & Stegun 26.7.5 (error below 1e-3 from 4 on); the first three from the table.
 */
function quantile(freedom: number): number {
  const known = [12.7062, 4.3027, 3.1824][freedom - 1];
  if (known !== undefined) return known;
  const [z, v] = [Z, freedom];
  return (
    z +
    (z ** 3 + z) / (4 * v) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3)
  );
}

/**
 * Mean and 95 % interval of independent values.
 *
 * @param values - One per seed, at least one; a single one has no width, because nothing is known of it.
 */
export function estimate(values: readonly number[]): Estimate {
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  if (count < 2) return { mean, low: mean, high: mean };
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const half = quantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { mean, low: mean - half, high: mean + half };
}
