import { GENERATE_TOKENS, JUDGE_TOKENS } from "../../../brains/answer-tokens.ts";
import type { Brain } from "../../../brains/brain.ts";
import type { BrainLimits, ChosenBrains } from "./make-brain.ts";
import { isModel } from "./session-report.ts";

/**
 * Rough sizes of a task, in tokens: a page asked for and written; a pair read in both orders. `aside`: what one request
 * sets aside before it is sent, its longest answer and its own text byte by byte (pages of 2.5 kB for a pair).
 */
const PAGE = { input: 700, output: 3_000, aside: { input: 500, output: GENERATE_TOKENS } };
const PAIR = { input: 16_000, output: 1_000, aside: { input: 6_200, output: JUDGE_TOKENS } };

type Models = { readonly brain?: Brain | undefined; readonly judge?: Brain | undefined };

const sizesOf = ({ brain, judge }: Models) => [...(isModel(brain) ? [PAGE] : []), ...(isModel(judge) ? [PAIR] : [])];

/** Tokens as the budget counts them: as they are, or as money. */
function inUnit({ input, output }: { input: number; output: number }, { budget, price }: BrainLimits): number {
  return budget?.limit.unit === "usd"
    ? ((price?.input ?? 0) * input + (price?.output ?? 0) * output) / 1_000_000
    : input + output;
}

/**
 * The most that one request of a role that a model plays sets aside, in the budget's unit: with less left it is never sent.
 * Undefined where no model or no such budget is there.
 */
export function setAside(models: Models, limits: BrainLimits): number | undefined {
  const sizes = sizesOf(models);
  if (sizes.length === 0 || limits.budget === undefined || limits.budget.limit.unit === "answers") return undefined;
  return Math.max(...sizes.map(({ aside }) => inUnit(aside, limits)));
}

/** One answer of each role that a model plays, in the budget's unit; undefined where no model or no such budget is there. */
export function estimate(models: Models, limits: BrainLimits): number | undefined {
  const { budget } = limits;
  const sizes = sizesOf(models);
  if (sizes.length === 0 || budget === undefined || budget.limit.unit === "answers") return undefined;
  return sizes.reduce((sum, size) => sum + inUnit(size, limits), 0);
}

/** What a model will cost, before it starts; nothing for brains that cost nothing. */
export function showEstimate({ brain, judge }: ChosenBrains, limits: BrainLimits): string[] {
  const { budget, price } = limits;
  const asked = [
    ...(isModel(brain) ? [{ what: "a page", size: PAGE }] : []),
    ...(isModel(judge) ? [{ what: "a vote, in both orders,", size: PAIR }] : []),
  ];
  if (asked.length === 0) return [];
  const parts = asked.map(({ what, size: { input, output } }) =>
    price === undefined
      ? `${what} about ${Math.round((input + output) / 1_000)}k tokens`
      : `${what} about ${((price.input * input + price.output * output) / 1_000_000).toFixed(4)} USD`,
  );
  const each = estimate({ brain, judge }, limits);
  const aside = setAside({ brain, judge }, limits);
  const enough =
    budget === undefined || each === undefined || each === 0
      ? ""
      : aside !== undefined && aside > budget.left()
        ? ` That is too little for one request, which sets aside ${Number(aside.toFixed(4))} before it is sent.`
        : ` That is enough for about ${Math.floor(budget.left() / each)} ${asked.length === 2 ? "of both" : "of these"}.`;
  const shown =
    budget === undefined
      ? "No --budget: it spends what the tasks ask for."
      : `At most ${budget.limit.perDay} ${budget.limit.unit} a day, ${Number(budget.left().toFixed(4))} left today.${enough}`;
  const own =
    isModel(brain) && brain.spec === judge?.spec
      ? ["One model makes pages and judges them: judges prefer what resembles their own work; --judge takes another."]
      : [];
  return [`The model costs: ${parts.join(", ")}. ${shown}`, ...own];
}
