import type { BattleRecord } from "./battles.ts";
import { derivatives, type Fit, logistic, virtualTieOf } from "./bradley-terry.ts";
import { Factored } from "./symmetric.ts";

/** Standard normal quantile of 97.5 %. */
export const Z_95 = 1.959963984540054;
/** Student's quantiles of 97.5 % for 1 and 2 degrees of freedom, where the expansion below is too coarse. */
const T_95_FEW = [12.706204736432095, 4.302652729911275];

/**
 * Student's t quantile of 97.5 %, within 0.03 from 3 degrees, 0.01 from 4 of freedom on (Cornish–Fisher expansion).
 *
 * @param freedom - Degrees of freedom, ≥ 1.
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
 */
export function studentT95(freedom: number): number {
  const few = T_95_FEW[Math.floor(freedom) - 1];
  if (few !== undefined) return few;
  const z = Z_95;
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  );
}

/**
 * How many standard errors a 95 % interval reaches to either side, by place. Where tasks hold several votes the spread
 * between tasks is itself an estimate from a player's tasks, so Student's quantile stands for the normal one.
 */
export function reaches95({ players, pairs }: BattleRecord): number[] {
  const battles = players.map(() => 0);
  for (const pair of pairs) for (const place of [pair.a, pair.b]) battles[place] = (battles[place] ?? 0) + pair.n;
  return tasksByPlace({ players, pairs }).map((count, place) =>
    battles[place] === count ? Z_95 : studentT95(Math.max(1, count - 1)),
  );
}

/** In how many tasks each player was judged, by place. */
function tasksByPlace({ players, pairs }: Pick<BattleRecord, "players" | "pairs">): number[] {
  const tasks = players.map(() => 0);
  for (const pair of pairs) for (const place of [pair.a, pair.b]) tasks[place] = (tasks[place] ?? 0) + pair.tasks;
  return tasks;
}

/** Below this many tasks a spread of 0 between a player's tasks is chance (one task has none at all), not certainty. */
const FEW_TASKS = 10;
/** No single task is believed to determine a strength by more than this, so that its residual stays meaningful. */
const MAX_LEVERAGE = 0.75;

/**
 * Standard errors of the strengths, mean 0 imposed, by place: the sandwich H⁻¹ M H⁻¹ with all votes of a task as one
 * cluster, each residual divided by √(1 − leverage) (HC2), so that few battles do not make it narrow.
 *
 * Votes within a task agree more than chance, and the model may be wrong; the sandwich stays honest where the model's
 * own error would be too small. The larger of both is taken where virtual ties were needed (a player that never lost has
 * no residuals to speak of) and for a player of few tasks.
 */
export function standardErrors(record: BattleRecord, fit: Fit): Float64Array {
  const count = record.players.length;
  if (count < 2) return new Float64Array(count);
  const { information } = derivatives(record, fit.theta, virtualTieOf(fit));
  const inverse = centredInverse(new Factored(information, count));
  const tasks = tasksByPlace(record);
  const weights = record.pairs.map((pair) => pairVariance(record, fit, inverse, pair));
  return Float64Array.from({ length: count }, (_, place) => {
    const row = place * count;
    let variance = 0;
    record.pairs.forEach(({ a, b }, index) => {
      const gap = (inverse[row + a] as number) - (inverse[row + b] as number);
      variance += (weights[index] as number) * gap * gap;
    });
    const believed = !fit.regularised && (tasks[place] as number) >= FEW_TASKS;
    const modelled = believed ? 0 : (inverse[row + place] as number);
    return Math.sqrt(Math.max(variance, modelled));
  });
}

/** Rows of H⁻¹ with the mean taken out on both sides. */
function centredInverse(factored: Factored): Float64Array {
  const { n } = factored;
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(-1 / n);
    unit[i] = 1 - 1 / n;
    const row = factored.solve(unit);
    const mean = row.reduce((sum, value) => sum + value, 0) / n;
    for (let j = 0; j < n; j++) inverse[i * n + j] = (row[j] as number) - mean;
  }
  return inverse;
}

/** Σ over the pair's tasks of (residual)² ÷ (1 − leverage), the leverage taken for the pair's usual size of task. */
function pairVariance(
  record: BattleRecord,
  { theta }: Fit,
  inverse: Float64Array,
  pair: BattleRecord["pairs"][number],
): number {
  const count = record.players.length;
  const { a, b, n, sizeSq, sizeScore, scoreSq } = pair;
  const p = logistic((theta[a] as number) - (theta[b] as number));
  const at = (i: number, j: number): number => inverse[i * count + j] as number;
  const resistance = at(a, a) + at(b, b) - 2 * at(a, b);
  const leverage = Math.min(MAX_LEVERAGE, (sizeSq / n) * p * (1 - p) * resistance);
  return (scoreSq - 2 * p * sizeScore + p * p * sizeSq) / (1 - leverage);
}
