import type { PageFile } from "../base/ports.ts";
import type { PageInspector } from "../pages/checks.ts";
import { FEATURES, pageFeatures, promptFacts } from "../pages/features.ts";
import { checksOfPrompt } from "../pages/known-checks.ts";
import type { Label } from "../protocol/messages.ts";
import { BEHAVIOURS, pageBehaviour } from "./behaviour.ts";
import type { OneVerdict } from "./both-orders.ts";
import { type Brain, type BrainCall, cannot, type Judgement } from "./brain.ts";
import fitted from "./heuristic-weights.json" with { type: "json" };
import { judgeRecord } from "./judge-record.ts";
import { linearVerdict, type Measures } from "./linear-verdict.ts";
import { outputLength } from "./output-length.ts";
import { judgeTexts } from "./text-judge.ts";

export interface HeuristicOptions {
  /** Runs the pages apart; without it only their source is looked at. */
  readonly inspector?: PageInspector;
  /** Tries what the bank's own tasks must do where it knows the prompt; default true. */
  readonly knowsBank?: boolean;
}

/** Running both pages takes a second or two; with less time than this only the source is looked at. */
const RUN_NEEDS_MS = 5_000;

/**
 * A judge made of counted features and a linear rule; no model; texts have features of their own. Both pages are measured alike and the measures are
 * subtracted, so swapping the pages swaps the verdict: it has no position bias by construction. Pages that measure the
 * same get an abstention. Its accuracy by kind of defect is what `bench/brains.ts` prints.
 */
export function heuristicBrain(options: HeuristicOptions = {}): Brain {
  const record = judgeRecord();
  return {
    spec: "heuristic",
    roles: ["discriminator"],
    generate: async () => {
      throw cannot("heuristic", "generator");
    },
    judge: async (prompt, a, b, call) => {
      if (call.taskType === "text") {
        return judgeTexts(prompt, a, b, options.knowsBank !== false);
      }
      const { left, right, ran } = await measureBoth(prompt, a, b, options, call);
      const judgement = verdict(left, right, ran ? fitted.weights : fitted.sourceWeights);
      const { confidence, reason } = judgement;
      const forward = { choice: placeOf(judgement.choice, "A"), confidence, reason };
      // Asked the other way round it answers the other way round: that is how the rule is made.
      const backward = { choice: placeOf(judgement.choice, "B"), confidence, reason };
      record.add({ judgement, forward, backward }, { a: outputLength(a), b: outputLength(b) });
      return judgement;
    },
    report: record.report,
  };
}

const placeOf = (choice: Judgement["choice"], first: Label): OneVerdict["choice"] =>
  choice === "abstain" ? "abstain" : choice === first ? "first" : "second";

/** Measures both pages with the same means: both run, or none. */
export async function measureBoth(
  prompt: string,
  a: readonly PageFile[],
  b: readonly PageFile[],
  options: HeuristicOptions,
  call: Pick<BrainCall, "signal" | "deadlineMs"> & { readonly nowMs?: number },
): Promise<{ readonly left: Measures; readonly right: Measures; readonly ran: boolean }> {
  const facts = promptFacts(prompt);
  const [left, right] = [pageFeatures(a, facts), pageFeatures(b, facts)];
  const { inspector } = options;
  const timeLeftMs = call.deadlineMs - (call.nowMs ?? Date.now());
  if (inspector === undefined || timeLeftMs < RUN_NEEDS_MS) return { left, right, ran: false };
  const checks = options.knowsBank === false ? [] : checksOfPrompt(prompt);
  const behaviours = await Promise.all(
    [a, b].map(async (files) => {
      const { run, passed } = await inspector.inspect(files, checks, call.signal);
      return pageBehaviour(run, passed, facts);
    }),
  );
  return { left: { ...left, ...behaviours[0] }, right: { ...right, ...behaviours[1] }, ran: true };
}

/** Every measure there is, source first. */
export const MEASURES: readonly string[] = [...FEATURES, ...BEHAVIOURS];

/** The linear rule over a page's measures. @see linearVerdict */
export const verdict = (left: Measures, right: Measures, weights: Readonly<Record<string, number>>): Judgement =>
  linearVerdict(left, right, weights, MEASURES, "pages");
