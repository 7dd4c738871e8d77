import type { Brain } from "../../../brains/brain.ts";
import type { BrainLimits, ChosenBrains } from "./make-brain.ts";

/** Rough sizes of a task, in tokens: a page asked for and written; a pair read in both orders. */
const PAGE = { input: 700, output: 3_000 };
const PAIR = { input: 16_000, output: 1_000 };

const isModel = (brain: Brain | undefined): brain is Brain => brain?.spec.startsWith("openai:") === true;

/** What a model will cost, before it starts; nothing for brains that cost nothing. */
export function showEstimate(chosen: ChosenBrains, { budget, price }: BrainLimits): string[] {
  if (!isModel(chosen.brain) && !isModel(chosen.judge)) return [];
  const parts: string[] = [];
  const cost = ({ input, output }: typeof PAGE): string =>
    price === undefined
      ? `about ${Math.round((input + output) / 1_000)}k tokens`
      : `about ${((input * price.input + output * price.output) / 1_000_000).toFixed(4)} USD`;
  if (isModel(chosen.brain)) parts.push(`a page ${cost(PAGE)}`);
  if (isModel(chosen.judge)) parts.push(`a vote ${cost(PAIR)} (both orders)`);
  const limit =
    budget === undefined
      ? "No --budget: it spends what the tasks ask for."
      : `At most ${budget.limit.perDay} ${budget.limit.unit} a day.`;
  return [`The model costs ${parts.join(", ")}. ${limit}`];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How the judge did, once the session is over. */
export function showJudgeReport({ judge, brain }: ChosenBrains): string[] {
  const lines: string[] = [];
  const report = judge?.report?.();
  if (report !== undefined && report.pairs > 0) {
    const { flips, first, longer, abstained, pairs } = report;
    lines.push(
      `The judge saw ${pairs} pairs: ${percent(flips.share)} of its verdicts turned with the order (95 %: ${percent(flips.low)} to ${percent(flips.high)}), ${percent(first.share)} were for what stood first, ${percent(longer.share)} for the longer output; ${abstained} abstentions.`,
      ...report.findings.map(({ message }) => `Beware of this judge: ${message}`),
    );
  }
  for (const one of new Set([brain, judge])) {
    const use = one?.use?.();
    if (use === undefined || use.calls === 0) continue;
    const money = use.usd === undefined ? "" : `, ${use.usd.toFixed(4)} USD`;
    lines.push(`${one?.spec}: ${use.calls} requests, ${use.tokens.input} tokens in, ${use.tokens.output} out${money}.`);
  }
  return lines;
}
