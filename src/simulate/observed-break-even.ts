import type { RuleSet } from "../mechanism/rule-set.ts";
import type { Standings } from "../mechanism/standings.ts";
import { type BreakEven, breakEven, DEFAULT_CROWD } from "./break-even.ts";

/**
 * Where honesty starts to pay in an arena of a log's size under a rule set's declared shares.
 *
 * @returns Null where the closed form does not speak: fewer than three miners, or pay that is not the paper's.
 */
export function observedBreakEven(rules: RuleSet, standings: Standings): BreakEven | null {
  const miners = standings.miners.length;
  if (miners < 3 || (rules.name === "paper" && (rules.voterPay !== 1 || rules.generatorPay !== 1))) return null;
  const { trapShare, syntheticShare } = rules;
  return breakEven(rules, { ...DEFAULT_CROWD, miners, trapShare, syntheticShare });
}
