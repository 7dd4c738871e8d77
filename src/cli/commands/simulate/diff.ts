import { Command } from "commander";
import { ExitCode, UsageError } from "../../../base/errors.ts";
import { percent } from "../../../base/percent.ts";
import type { ComparedMiner } from "../../../simulate/compare.ts";
import type { Context, OpenContext } from "../../context.ts";
import { type Column, drawTable } from "../../table.ts";

interface DiffFlags {
  readonly preset?: readonly string[];
  readonly setA?: readonly string[];
  readonly setB?: readonly string[];
  readonly failOn?: string;
  readonly interval?: string;
  readonly until?: string;
  readonly skipInvalid?: boolean;
  readonly workers?: string;
}

const EXAMPLES = `Examples:
  colosseum simulate diff tasks.json --preset paper --preset scaled
  colosseum simulate diff tasks.json --preset paper --preset paper --set-b trapPenalty=2
  colosseum simulate diff tasks.json --preset dojo-1.8.3 --preset paper --fail-on rank-change
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `simulate diff`: the same log under two rule sets. */
export const simulateDiff = (open: OpenContext): Command =>
  new Command("diff")
    .description("Compare two rule sets on one task log: who wins, who loses, rank changes")
    .argument("<tasks>", "a task log; - reads standard input")
    .option("--preset <name>", "give it twice: the first is a, the second b", collect)
    .option("--set-a <key=value>", "change a number of the first; repeatable", collect)
    .option("--set-b <key=value>", "change a number of the second; repeatable", collect)
    .option("--fail-on <what>", "rank-change: exit 3 if any rank differs")
    .option("--interval <n>", "only the tasks of one interval")
    .option("--until <time>", "as it stood then")
    .option("--skip-invalid", "leave out what is not valid, score the rest")
    .option("--workers <n>", "threads to score with (default: by size and cores)")
    .addHelpText("before", EXAMPLES)
    .action(async (tasks: string, flags: DiffFlags, command: Command) => {
      await using ctx = await open(command);
      await diff(ctx, tasks, flags);
    });

async function diff(ctx: Context, tasks: string, flags: DiffFlags): Promise<void> {
  const { chooseRules, parseInterval, parseTime, parseWorkers } = await import("./rule-choice.ts");
  const { replayLog } = await import("../../../simulate/replay.ts");
  const { compareStandings } = await import("../../../simulate/compare.ts");
  const { standingsOf } = await import("../../../mechanism/standings.ts");
  const { logInput } = await import("./log-input.ts");
  const { progressLine } = await import("./progress.ts");
  const { warnOfInvalid } = await import("./invalid-warning.ts");
  const [presetA, presetB] = twoPresets(flags.preset ?? []);
  if (flags.failOn !== undefined && flags.failOn !== "rank-change") {
    throw new UsageError(`--fail-on takes rank-change, not "${flags.failOn}".`, {
      code: "usage.fail-on",
      hint: "Use --fail-on rank-change",
    });
  }
  const interval = flags.interval === undefined ? undefined : parseInterval(flags.interval);
  const a = chooseRules(presetA, flags.setA ?? [], interval);
  const b = chooseRules(presetB, flags.setB ?? [], interval);
  const progress = progressLine(ctx);
  const replay = await replayLog({
    input: logInput(ctx, tasks),
    rules: (header) => [a.rulesFor(header), b.rulesFor(header)],
    headerDecides: a.headerDecides || b.headerDecides,
    skipInvalid: flags.skipInvalid === true,
    signal: ctx.signal,
    onProgress: progress.update,
    ...(flags.until === undefined ? {} : { until: parseTime(flags.until) }),
    ...(interval === undefined ? {} : { interval }),
    ...(flags.workers === undefined ? {} : { workers: parseWorkers(flags.workers) }),
  }).finally(progress.clear);
  warnOfInvalid(ctx, replay);
  const sides = replay.boards.map(standingsOf);
  const [first, second] = sides;
  if (first === undefined || second === undefined) return;
  for (const { standings, warnings } of sides) {
    for (const { code, message } of warnings) ctx.out.warn({ code, message: `${standings.preset}: ${message}` });
  }
  const miners = compareStandings(first.standings, second.standings);
  const presets = [first.standings.preset, second.standings.preset];
  ctx.out.result({ presets, miners }, () => drawDiff(presets, miners, ctx.out.columns));
  const changed = miners.filter(({ rankA, rankB }) => rankA !== rankB).length;
  if (flags.failOn === "rank-change" && changed > 0) ctx.exitWith(ExitCode.findings);
}

/** @throws UsageError `usage.two-presets` unless there are exactly two. */
function twoPresets(presets: readonly string[]): readonly [string, string] {
  const [a, b, ...more] = presets;
  if (a !== undefined && b !== undefined && more.length === 0) return [a, b];
  throw new UsageError(`A comparison takes two presets, not ${presets.length}.`, {
    code: "usage.two-presets",
    hint: "For example: --preset paper --preset scaled; the same one twice with --set-b changes one number.",
  });
}

const COLUMNS: readonly Column[] = [
  { title: "RANK", align: "right" },
  { title: "WAS", align: "right" },
  { title: "MOVE", align: "right", priority: 1 },
  { title: "HOTKEY", min: 12 },
  { title: "A", align: "right", priority: 1 },
  { title: "B", align: "right", priority: 1 },
  { title: "SHARE A", align: "right" },
  { title: "SHARE B", align: "right" },
];

const move = (from: number, to: number): string => (from === to ? "=" : from > to ? `↑${from - to}` : `↓${to - from}`);

function drawDiff(presets: readonly string[], miners: readonly ComparedMiner[], width: number): string {
  const changed = miners.filter(({ rankA, rankB }) => rankA !== rankB).length;
  const moved = miners.map(({ shareA, shareB }) => Math.abs(shareA - shareB)).reduce((sum, part) => sum + part, 0) / 2;
  const rows = miners.map((row) => [
    String(row.rankB),
    String(row.rankA),
    move(row.rankA, row.rankB),
    row.hotkey,
    row.a.toFixed(4),
    row.b.toFixed(4),
    percent(row.shareA, 2),
    percent(row.shareB, 2),
  ]);
  return [
    `a = ${presets[0]}, b = ${presets[1]}: ${changed} of ${miners.length} ranks change, ${percent(moved, 2)} of all pay moves`,
    "",
    drawTable(COLUMNS, rows, width),
  ].join("\n");
}
