import { percent } from "../../../base/percent.ts";
import { escapeControl, shortAddress } from "../../../base/text.ts";
import type { Brain } from "../../../brains/brain.ts";
import { countedShare } from "../../../brains/counted-share.ts";
import type { JudgeReport, Share } from "../../../brains/judge-report.ts";
import type { MeResponse } from "../../../protocol/messages.ts";
import type { ChosenBrains } from "./make-brain.ts";

const range = ({ low, high }: Share): string => `95 %: ${percent(low)} to ${percent(high)}`;

/** A trap record with its interval: the only ground truth that a miner ever gets about its judge. */
export function showTraps({ faced, avoided }: MeResponse["traps"]): string {
  if (faced === 0) return "no traps settled yet";
  const share = countedShare(avoided, faced);
  return `${avoided} of ${faced} traps avoided (${percent(share.share)}; ${range(share)})`;
}

/** How a judge behaved in a session, as lines for people. */
function showJudge(spec: string, report: JudgeReport): string[] {
  if (report.pairs === 0) return [];
  const { flips, first, longer, abstained, pairs, lengthCorrelation } = report;
  const correlation =
    lengthCorrelation === null ? "" : ` (correlation of choice and length ${lengthCorrelation.toFixed(2)})`;
  return [
    `Judge ${escapeControl(spec)}: ${pairs} pair${pairs === 1 ? "" : "s"}, ${abstained} abstention${abstained === 1 ? "" : "s"}. ${percent(flips.share)} of its verdicts turned with the order (${range(flips)}); ${percent(first.share)} were for what stood first, ${percent(longer.share)} for the longer output${correlation}.`,
    ...report.findings.map(({ message }) => `Beware of this judge: ${message}`),
  ];
}

/** What a session comes to: the judge's habits, what models cost, the traps at each validator. */
export function sessionReport(
  { judge, brain }: ChosenBrains,
  traps: readonly { readonly validator: string; readonly traps: MeResponse["traps"] }[],
): { readonly lines: string[]; readonly facts: Readonly<Record<string, unknown>> } {
  const report = judge?.report?.();
  const used = [...new Set([brain, judge])].flatMap((one) => {
    const use = one?.use?.();
    return one === undefined || use === undefined || use.calls === 0 ? [] : [{ spec: one.spec, ...use }];
  });
  const lines = [
    ...(judge === undefined || report === undefined ? [] : showJudge(judge.spec, report)),
    ...used.map(
      ({ spec, calls, retries, tokens, usd }) =>
        `${escapeControl(spec)}: ${calls} requests (${retries} of them again), ${tokens.input} tokens in, ${tokens.output} out${usd === undefined ? "" : `, ${usd.toFixed(4)} USD`}.`,
    ),
    ...traps.map(({ validator, traps: record }) => `At ${shortAddress(validator)}: ${showTraps(record)}.`),
  ];
  return { lines, facts: { judge: report ?? null, models: used, traps } };
}

/** Whether a brain asks a model, which costs money. */
export const isModel = (brain: Brain | undefined): brain is Brain => brain?.spec.startsWith("openai:") === true;
