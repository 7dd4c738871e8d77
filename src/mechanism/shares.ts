import { exactSum } from "../base/exact-sum.ts";
import { weightsU16 } from "../base/weight-row.ts";
import { dojoWeights } from "./presets/dojo-weights.ts";
import type { RuleSet } from "./rule-set.ts";

export interface Share {
  /** Part of 1. */
  readonly share: number;
  /** u16. */
  readonly weight: number;
}

/**
 * Scores to shares and weights by a rule set; negative scores count as 0.
 *
 * @param scored - Hotkey and score; finite.
 * @returns Same length and order. All 0 if nobody is above 0 (but for the burned part of `dojo-1.8.3`).
 * @see facts: bittensor 11.3.0 `intents/weights.py` for `paper` and `scaled`: w/max × 65535, half to even.
 */
export function sharesOf(
  scored: readonly { readonly hotkey: string; readonly score: number }[],
  rules: RuleSet,
): Share[] {
  if (rules.name === "dojo-1.8.3") {
    const burn = scored.findIndex(({ hotkey }) => hotkey === rules.burnHotkey);
    return dojoWeights(
      scored.map(({ score }) => score),
      burn,
      rules.burnShare,
    );
  }
  const clamped = scored.map(({ score }) => (score > 0 ? score : 0));
  const total = exactSum(clamped);
  const weights = weightsU16(clamped);
  return clamped.map((score, index) => ({ share: total === 0 ? 0 : score / total, weight: weights[index] ?? 0 }));
}
