import type { RuleSet } from "../mechanism/rule-set.ts";
import type { BallotKind } from "./population-ballots.ts";

/** How the votes of one task stand. */
export interface Count {
  readonly kind: BallotKind;
  /** The validator's output stands on side 1. */
  readonly solo: boolean;
  readonly negative: 0 | 1;
  readonly votes: readonly [number, number];
  readonly silent: number;
}

/** What one task pays; reused from task to task. */
export interface Pay {
  /** To a voter of side 0, of side 1, and to a silent one. */
  readonly voter: [number, number, number];
  /** To the generators of side 0 and 1. */
  readonly generator: [number, number];
}

export const emptyPay = (): Pay => ({ voter: [0, 0, 0], generator: [0, 0] });

/**
 * What a rule set pays for one simulated task. In a simulated task everybody's pay depends on the side it chose only,
 * so three numbers stand for hundreds of voters; a property test holds this equal to `mechanism/scoring`.
 *
 * @param pay - Is overwritten.
 */
export function payFor(rules: RuleSet, count: Count, pay: Pay): void {
  pay.voter.fill(0);
  pay.generator.fill(0);
  const n = count.votes[0] + count.votes[1];
  if (n === 0) return;
  if (rules.name === "scaled") payScaled(rules, count, n, pay);
  else payPlain(rules, count, n, pay);
  if (rules.name === "dojo-1.8.3" && count.silent > 0) pay.voter[2] = -rules.noVotePenalty / count.silent;
}

function payPlain(rules: Exclude<RuleSet, { name: "scaled" }>, count: Count, n: number, pay: Pay): void {
  if (count.kind === "trap") {
    pay.voter[count.negative] = -rules.trapPenalty;
    return;
  }
  const [voterPay, generatorPay] = rules.name === "paper" ? [rules.voterPay, rules.generatorPay] : [1, 1];
  if (!count.solo) pay.voter[0] = voterPay / n;
  pay.voter[1] = voterPay / n;
  pay.generator[0] = (generatorPay * count.votes[0]) / n;
  if (!count.solo) pay.generator[1] = (generatorPay * count.votes[1]) / n;
}

function payScaled(rules: Extract<RuleSet, { name: "scaled" }>, count: Count, n: number, pay: Pay): void {
  const isTrap = count.kind === "trap";
  const [first, second] = count.votes;
  if (!isTrap) {
    if (!count.solo) pay.voter[0] = 1 / n;
    pay.voter[1] = 1 / n;
    pay.generator[0] = first / n;
    if (!count.solo) pay.generator[1] = second / n;
    if (n < rules.quorum || first === second) return;
  }
  const right = isTrap ? (count.negative === 0 ? 1 : 0) : first > second ? 0 : 1;
  const invited = n + count.silent;
  const stake = isTrap ? rules.c : rules.d;
  const mean = (count.votes[right] + count.silent / 2) / invited;
  pay.voter[right] += (stake * (1 - mean)) / invited;
  pay.voter[right === 0 ? 1 : 0] -= (stake * mean) / invited;
  pay.voter[2] = (stake * (0.5 - mean)) / invited;
}
