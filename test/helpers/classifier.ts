import type { Random } from "../../src/base/random.ts";
import { below } from "../../src/base/random.ts";

/** One example: features in any unit, and what is to be guessed. */
export interface Example {
  readonly features: readonly number[];
  readonly isPositive: boolean;
}

const STEPS = 400;
const RATE = 0.5;
const DECAY = 1e-3;

/**
 * Fits a logistic regression by gradient descent on standardised features and their squares.
 *
 * @returns A score for an example: higher means more likely positive.
 */
export function fitLogistic(examples: readonly Example[]): (features: readonly number[]) => number {
  const width = examples[0]?.features.length ?? 0;
  const mean = Array.from({ length: width }, (_, j) => average(examples.map(({ features }) => features[j] ?? 0)));
  const scale = mean.map((middle, j) => {
    const variance = average(examples.map(({ features }) => ((features[j] ?? 0) - middle) ** 2));
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
  const expand = (features: readonly number[]): number[] => {
    const plain = features.map((value, j) => (value - (mean[j] ?? 0)) / (scale[j] ?? 1));
    return [1, ...plain, ...plain.map((value) => Math.min(9, value ** 2) - 1)];
  };
  const rows = examples.map(({ features, isPositive }) => ({ row: expand(features), target: isPositive ? 1 : 0 }));
  const weights = new Array<number>(1 + 2 * width).fill(0);
  const dot = (row: readonly number[]): number => row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Array<number>(weights.length).fill(0);
    for (const { row, target } of rows) {
      const miss = 1 / (1 + Math.exp(-dot(row))) - target;
      for (const [j, value] of row.entries()) gradient[j] = (gradient[j] ?? 0) + miss * value;
    }
    for (const [j, slope] of gradient.entries()) {
      weights[j] = (weights[j] ?? 0) * (1 - RATE * DECAY) - (RATE * slope) / rows.length;
    }
  }
  return (features) => dot(expand(features));
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Area under the ROC curve: the chance that a positive example scores above a negative one, ties counted half. */
export function areaUnderCurve(scored: readonly { readonly score: number; readonly isPositive: boolean }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (end < sorted.length && sorted[end]?.score === sorted[at]?.score) end++;
    const rank = (at + 1 + end) / 2;
    rankSum += rank * sorted.slice(at, end).filter(({ isPositive }) => isPositive).length;
    at = end;
  }
  const positives = sorted.filter(({ isPositive }) => isPositive).length;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

/** The 95 % interval of the area by bootstrap over examples. */
export function bootstrapInterval(
  scored: readonly { readonly score: number; readonly isPositive: boolean }[],
  random: Random,
  resamples = 400,
): readonly [low: number, high: number] {
  const areas = Array.from({ length: resamples }, () =>
    areaUnderCurve(Array.from(scored, () => scored[below(random, scored.length)] ?? { score: 0, isPositive: false })),
  ).sort((a, b) => a - b);
  return [areas[Math.floor(resamples * 0.025)] ?? 0, areas[Math.floor(resamples * 0.975)] ?? 1];
}
