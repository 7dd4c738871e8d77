import type { Judgement } from "./brain.ts";

/** What was measured of one output, by the names that weights have. */
export type Measures = Readonly<Record<string, number>>;

/**
 * The linear rule of the heuristic judge. Antisymmetric: swapped outputs get the swapped verdict.
 *
 * @param weights - By measure; a measure without one does not count.
 * @param measures - Their names, in the order of the sum. @param what - Is compared, for the reason.
 */
export function linearVerdict(
  left: Measures,
  right: Measures,
  weights: Readonly<Record<string, number>>,
  measures: readonly string[],
  what: string,
): Judgement {
  const parts = measures.map((name) => ({
    name,
    points: (weights[name] ?? 0) * ((left[name] ?? 0) - (right[name] ?? 0)),
  }));
  const margin = parts.reduce((sum, { points }) => sum + points, 0);
  const [decisive] = [...parts].sort((x, y) => Math.abs(y.points) - Math.abs(x.points));
  if (Math.abs(margin) < 1e-9 || decisive === undefined) {
    return { choice: "abstain", confidence: 0, reason: `The two ${what} measure the same.` };
  }
  const choice = margin > 0 ? "A" : "B";
  return {
    choice,
    confidence: Math.tanh(Math.abs(margin) / 2),
    reason: `${choice} is ahead by ${Math.abs(margin).toFixed(2)}, most of it in "${decisive.name}".`,
  };
}
