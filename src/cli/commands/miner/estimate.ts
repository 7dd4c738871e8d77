import type { BrainLimits, ChosenBrains } from "./make-brain.ts";
import { isModel } from "./session-report.ts";

/** Rough sizes of a task, in tokens: a page asked for and written; a pair read in both orders. */
const PAGE = { input: 700, output: 3_000 };
const PAIR = { input: 16_000, output: 1_000 };

/** What a model will cost, before it starts; nothing for brains that cost nothing. */
export function showEstimate({ brain, judge }: ChosenBrains, { budget, price }: BrainLimits): string[] {
  const asked = [
    ...(isModel(brain) ? [{ what: "a page", size: PAGE }] : []),
    ...(isModel(judge) ? [{ what: "a vote, in both orders,", size: PAIR }] : []),
  ];
  if (asked.length === 0) return [];
  const tokens = ({ input, output }: typeof PAGE): number => input + output;
  const usd = ({ input, output }: typeof PAGE): number =>
    ((price?.input ?? 0) * input + (price?.output ?? 0) * output) / 1_000_000;
  const parts = asked.map(({ what, size }) =>
    price === undefined
      ? `${what} about ${Math.round(tokens(size) / 1_000)}k tokens`
      : `${what} about ${usd(size).toFixed(4)} USD`,
  );
  const all = asked.reduce((sum, { size }) => ({ input: sum.input + size.input, output: sum.output + size.output }), {
    input: 0,
    output: 0,
  });
  const unit = budget?.limit.unit;
  const each = unit === "usd" ? usd(all) : unit === "tokens" ? tokens(all) : undefined;
  const enough =
    budget === undefined || each === undefined || each === 0
      ? ""
      : ` That is enough for about ${Math.floor(budget.left() / each)} of ${asked.length === 2 ? "both" : "these"}.`;
  const shown =
    budget === undefined
      ? "No --budget: it spends what the tasks ask for."
      : `At most ${budget.limit.perDay} ${budget.limit.unit} a day, ${Number(budget.left().toFixed(4))} left today.${enough}`;
  const own =
    isModel(brain) && isModel(judge)
      ? [
          "The same model makes pages and judges them: judges prefer what resembles their own work. Another one for --judge is safer.",
        ]
      : [];
  return [`The model costs: ${parts.join(", ")}. ${shown}`, ...(brain?.spec === judge?.spec ? own : [])];
}
