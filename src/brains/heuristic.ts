import type { PageFile, PageRunner } from "../base/ports.ts";
import { FEATURES, pageFeatures, promptFacts } from "../pages/features.ts";
import { type Brain, cannot, type Judgement } from "./brain.ts";
import weights from "./heuristic-weights.json" with { type: "json" };

export interface HeuristicOptions {
  /** Runs the pages apart; without it only their source is looked at. */
  readonly runner?: PageRunner;
}

/**
 * A judge made of counted features and a linear rule; no model. Both pages are measured alike and the measures are
 * subtracted, so swapping the pages swaps the verdict: it has no position bias by construction. Equal pages get an
 * abstention.
 */
export function heuristicBrain(_options: HeuristicOptions = {}): Brain {
  return {
    spec: "heuristic",
    roles: ["discriminator"],
    generate: async () => {
      throw cannot("heuristic", "generator");
    },
    judge: async (prompt, a, b) => compareSources(prompt, a, b),
  };
}

function compareSources(prompt: string, a: readonly PageFile[], b: readonly PageFile[]): Judgement {
  const facts = promptFacts(prompt);
  const left = pageFeatures(a, facts);
  const right = pageFeatures(b, facts);
  const parts = FEATURES.map((name) => ({ name, points: weights.source[name] * (left[name] - right[name]) }));
  const margin = parts.reduce((sum, { points }) => sum + points, 0);
  const [decisive] = [...parts].sort((x, y) => Math.abs(y.points) - Math.abs(x.points));
  if (Math.abs(margin) < 1e-9 || decisive === undefined) {
    return { choice: "abstain", confidence: 0, reason: "The two pages measure the same." };
  }
  return {
    choice: margin > 0 ? "A" : "B",
    confidence: 2 / (1 + Math.exp(-Math.abs(margin) * weights.scale)) - 1,
    reason: `Most of the difference is in ${decisive.name}.`,
  };
}
