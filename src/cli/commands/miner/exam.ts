import { Command } from "commander";
import { percent } from "../../../base/percent.ts";
import { escapeControl, truncate } from "../../../base/text.ts";
import type { Brain } from "../../../brains/brain.ts";
import { countedShare } from "../../../brains/counted-share.ts";
import type { ExamReport, ExamScore } from "../../../brains/exam.ts";
import type { Share } from "../../../brains/judge-report.ts";
import type { Context, OpenContext } from "../../context.ts";
import { drawTable } from "../../table.ts";
import { parseCount } from "./flags.ts";
import { sessionReport } from "./session-report.ts";

interface ExamFlags {
  readonly judge: string;
  readonly pairs: number;
  readonly budget?: string;
  readonly price?: string;
}

const EXAMPLES = `Examples:
  $ colosseum miner exam
  $ colosseum miner exam --judge exec:./agent.sh --pairs 5
  $ colosseum miner exam --judge openai:gpt-4o-mini --pairs 3 --budget 500ktok
`;

/** How long one answer may take. */
const ANSWER_MS = 300_000;

/** `miner exam`: how often a judge finds the damaged page, by kind of damage. */
export const minerExam = (open: OpenContext): Command =>
  new Command("exam")
    .description("How often a judge finds the damaged one of two pages, by kind of damage; needs no wallet")
    .option("--judge <spec>", "heuristic, openai:MODEL or exec:CMD", "heuristic")
    .option("--pairs <n>", "pairs of each kind of damage", parseCount("pairs"), 10)
    .option("--budget <limit>", "as in: colosseum miner start")
    .option("--price <in/out>", "US dollars for a million tokens in and out, for a budget in money")
    .addHelpText("before", EXAMPLES)
    .action(async (flags: ExamFlags, command: Command) => {
      await using ctx = await open(command);
      await runExam(ctx, flags);
    });

async function runExam(ctx: Context, flags: ExamFlags): Promise<void> {
  const { makeBrain, openLimits, requireRole } = await import("./make-brain.ts");
  const { limited } = await import("../../../brains/limited.ts");
  const { showEstimate } = await import("./estimate.ts");
  const { examPairs, FITTED_KINDS } = await import("../../../brains/exam-pairs.ts");
  const { examine } = await import("../../../brains/exam.ts");
  const { DAMAGE_KINDS } = await import("../../../pages/damage.ts");
  const { createPageRunner } = await import("../../../sandbox/runner.ts");
  const limits = await openLimits(ctx, flags);
  // These pages are our own: one process may run many of them.
  const runner = createPageRunner({ pagesPerChild: 1_000, timeoutMs: 60_000, concurrency: 2 });
  ctx.defer(() => runner.close());
  const isHeuristic = flags.judge === "heuristic";
  const judge: Brain = isHeuristic
    ? (await import("../../../brains/heuristic.ts")).heuristicBrain({ inspector: runner })
    : limited(requireRole(await makeBrain(ctx, flags.judge, limits), "discriminator"), limits.budget);
  for (const line of showEstimate({ roles: ["discriminator"], judge }, limits)) ctx.out.status(line);
  const total = flags.pairs * DAMAGE_KINDS.length;
  const plan = { split: "test" as const, perKind: flags.pairs, quality: 1, kinds: DAMAGE_KINDS };
  const report = await examine(
    judge,
    examPairs(plan, runner, ctx.signal),
    () => ({ signal: ctx.signal, deadlineMs: ctx.clock.nowMs() + ANSWER_MS, taskType: "page", seed: "exam" }),
    (done) => {
      if (done % 10 === 0) ctx.out.status(`${done} of at most ${total} pairs…`);
    },
  );
  const seen: readonly string[] = isHeuristic ? FITTED_KINDS : [];
  ctx.out.result({ judge: judge.spec, quality: plan.quality, fittedKinds: seen, ...report }, () =>
    draw(ctx, judge, report, seen),
  );
}

/** Several kinds as one. */
const joined = (scores: readonly ExamScore[]): ExamScore => {
  const sum = (of: (score: ExamScore) => number): number => scores.reduce((total, score) => total + of(score), 0);
  return {
    right: countedShare(
      sum(({ right }) => right.hits),
      sum(({ right }) => right.of),
    ),
    abstained: sum(({ abstained }) => abstained),
  };
};

const cells = (right: Share, abstained: number | undefined): string[] => [
  String(right.of),
  percent(right.share),
  `${percent(right.low)} to ${percent(right.high)}`,
  abstained === undefined ? "" : String(abstained),
];

function draw(
  ctx: Context,
  judge: Brain,
  { all, byKind, longer, abstentions, failed, budgetSpent }: ExamReport,
  fitted: readonly string[],
): string {
  const rows = byKind.map(({ kind, right, abstained }) => [
    fitted.includes(kind) ? `${kind} *` : kind,
    ...cells(right, abstained),
  ]);
  const unseen = joined(byKind.filter(({ kind }) => !fitted.includes(kind)));
  const table = drawTable(
    [
      { title: "damage" },
      { title: "pairs", align: "right" },
      { title: "right", align: "right" },
      { title: "95 %", align: "right" },
      { title: "abstained", align: "right", priority: 1 },
    ],
    [
      ...rows,
      ["all", ...cells(all.right, all.abstained)],
      ...(fitted.length === 0 ? [] : [["all but *", ...cells(unseen.right, unseen.abstained)]]),
      ["(the longer one)", ...cells(longer, undefined)],
    ],
    ctx.out.columns,
  );
  return [
    `Judge ${escapeControl(judge.spec)}: pairs of two authors' pages for one prompt, one of them damaged.`,
    "",
    table,
    ...(abstentions.length === 0 ? [] : ["", "Why it abstained:"]),
    ...abstentions.map(
      ({ reason, count }) =>
        `  ${count} ×  ${truncate(escapeControl(reason === "" ? "it gives no reason" : reason), 200)}`,
    ),
    ...(failed === 0 ? [] : ["", `It failed on ${failed} pairs; they count as abstentions.`]),
    ...(budgetSpent ? ["", "The budget was spent before all pairs were shown."] : []),
    ...(fitted.length === 0 ? [] : ["", "* A kind that its weights were fitted on, with other pages."]),
    "",
    ...sessionReport({ roles: ["discriminator"], judge }, []).lines,
  ].join("\n");
}
