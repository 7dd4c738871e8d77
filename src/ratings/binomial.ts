import { Z_95 } from "./intervals.ts";

/** A share with its interval. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A share of successes with its Wilson score interval, 95 %.
 *
 * @param successes - 0 … trials.
 * @param trials - ≥ 1.
 * @see Wilson 1927, "Probable inference, the law of succession, and statistical inference".
 */
export function wilson(successes: number, trials: number): Share {
  const share = successes / trials;
  const zz = Z_95 * Z_95;
  const centre = (share + zz / (2 * trials)) / (1 + zz / trials);
  const reach = (Z_95 / (1 + zz / trials)) * Math.sqrt((share * (1 - share)) / trials + zz / (4 * trials * trials));
  // At the ends the formula is exactly 0 or 1, and rounding must not take it off them.
  return { share, low: successes === 0 ? 0 : centre - reach, high: successes === trials ? 1 : centre + reach };
}

/** ln k! for k = 0 … n. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let k = 2; k <= n; k++) logs[k] = (logs[k - 1] as number) + Math.log(k);
  return logs;
}

/** P(X ≥ successes) for X binomial (trials, chance); 0 < chance < 1. */
export function upperTail(successes: number, trials: number, chance: number): number {
  if (successes <= 0) return 1;
  const logs = logFactorials(trials);
  let tail = 0;
  for (let k = trials; k >= successes; k--) {
    const choose = (logs[trials] as number) - (logs[k] as number) - (logs[trials - k] as number);
    tail += Math.exp(choose + k * Math.log(chance) + (trials - k) * Math.log1p(-chance));
  }
  return Math.min(1, tail);
}

/** P(X ≤ successes) for X binomial (trials, chance); 0 < chance < 1. */
export const lowerTail = (successes: number, trials: number, chance: number): number =>
  upperTail(trials - successes, trials, 1 - chance);

/** Two-sided p-value of a fair coin: twice the smaller tail. */
export function fairCoin(heads: number, tosses: number): number {
  if (tosses === 0) return 1;
  return Math.min(1, 2 * upperTail(Math.max(heads, tosses - heads), tosses, 0.5));
}
