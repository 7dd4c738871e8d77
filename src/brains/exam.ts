import type { DamageKind } from "../pages/damage.ts";
import { type Brain, type BrainCall, BrainError, type Judgement } from "./brain.ts";
import { countedShare } from "./counted-share.ts";
import type { LabelledPair } from "./exam-pairs.ts";
import type { JudgeReport, Share } from "./judge-report.ts";
import { outputLength } from "./output-length.ts";

/** How a judge did on pairs with a known answer. Abstentions are not right. */
export interface ExamScore {
  readonly right: Share;
  readonly abstained: number;
}

export interface ExamReport {
  readonly all: ExamScore;
  readonly byKind: readonly (ExamScore & { readonly kind: DamageKind })[];
  /** The rule "the longer one" on the same pairs: what needs no judge. */
  readonly longer: Share;
  /** Why it abstained, in its own words or those of the failure, the most frequent first; three at most. */
  readonly abstentions: readonly { readonly reason: string; readonly count: number }[];
  /** Pairs on which it gave no answer at all; they count as abstentions. */
  readonly failed: number;
  /** Whether it ended before the pairs did. */
  readonly budgetSpent: boolean;
  /** Its habits on these pairs; null where it keeps no record. */
  readonly habits: JudgeReport | null;
}

const MOST_REASONS = 3;

/**
 * Shows a judge labelled pairs, the better one first in half of them.
 *
 * @param callFor - What it may use for one answer.
 * @param onAnswer - Told after each pair.
 * @throws BrainError if it fails on the first pair: it does not work at all.
 */
export async function examine(
  judge: Brain,
  pairs: AsyncIterable<LabelledPair>,
  callFor: () => BrainCall,
  onAnswer: (done: number) => void = () => undefined,
): Promise<ExamReport> {
  const answers: { kind: DamageKind; right: boolean; abstained: boolean; longer: boolean }[] = [];
  let failed = 0;
  let budgetSpent = false;
  const reasons = new Map<string, number>();
  for await (const { kind, prompt, better, worse } of pairs) {
    const first = answers.length % 2 === 0;
    let choice: Judgement["choice"] = "abstain";
    let reason = "";
    try {
      ({ choice, reason } = await judge.judge(prompt, first ? better : worse, first ? worse : better, callFor()));
    } catch (thrown) {
      if (!(thrown instanceof BrainError) || answers.length === 0) throw thrown;
      budgetSpent = thrown.code === "brains.budget-spent";
      if (budgetSpent) break;
      failed++;
      reason = thrown.message;
    }
    if (choice === "abstain") reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    answers.push({
      kind,
      right: choice === (first ? "A" : "B"),
      abstained: choice === "abstain",
      longer: outputLength(better) > outputLength(worse),
    });
    onAnswer(answers.length);
  }
  const score = (of: typeof answers): ExamScore => ({
    right: countedShare(of.filter(({ right }) => right).length, of.length),
    abstained: of.filter(({ abstained }) => abstained).length,
  });
  return {
    all: score(answers),
    byKind: [...new Set(answers.map(({ kind }) => kind))].map((kind) => ({
      kind,
      ...score(answers.filter((answer) => answer.kind === kind)),
    })),
    longer: countedShare(answers.filter(({ longer }) => longer).length, answers.length),
    abstentions: [...reasons]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
      .slice(0, MOST_REASONS),
    failed,
    budgetSpent,
    habits: judge.report?.() ?? null,
  };
}
