import { basename, resolve } from "node:path";
import { Command, type ParseOptionsResult } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { Replay } from "../../../simulate/replay-options.ts";
import type { Context, OpenContext } from "../../context.ts";
import { simulateBreakEven } from "./break-even.ts";
import { simulateDiff } from "./diff.ts";
import { simulateEntry } from "./entry.ts";
import { simulatePopulation } from "./population.ts";
import { simulateYuma } from "./yuma.ts";

interface SimulateFlags {
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly interval?: string;
  readonly until?: string;
  readonly skipInvalid?: boolean;
  readonly explain?: string;
  readonly csv?: string;
  readonly report?: string;
  readonly workers?: string;
}

const EXAMPLES = `Examples:
  colosseum simulate tasks.json
  colosseum simulate tasks.jsonl.gz --preset scaled --set c=45 --csv scores.csv
  colosseum simulate tasks.json --interval 2 --json
  colosseum simulate tasks.json --explain 5F3s… --skip-invalid
  colosseum simulate diff tasks.json --preset paper --preset scaled
  colosseum validator export | colosseum simulate -
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** A command with an action, options and sub-commands of its own, where options such as --preset mean another thing in each. */
class SimulateCommand extends Command {
  /** Leaves the options of a sub-command to it: commander would take those that share a name with one of ours. */
  override parseOptions(argv: string[]): ParseOptionsResult {
    const [, word] = this.parent?.args ?? [];
    const isSub = this.commands.some((command) => command.name() === word || command.aliases().includes(word ?? ""));
    return isSub ? { operands: [], unknown: [...argv] } : super.parseOptions(argv);
  }
}

/** `simulate TASKS` itself, and the experiments below it. */
export const simulateCommand = (open: OpenContext): Command =>
  new SimulateCommand("simulate")
    // Further words of --set arrive as arguments; sortArguments refuses all others.
    .allowExcessArguments()
    .description("Replay a task log under any rule set, and experiment with mechanisms")
    .argument("[tasks]", "a task log: JSON, JSON Lines, .gz; - reads standard input")
    .option("--preset <name>", "paper, dojo-1.8.3 or scaled (default: the log's own, else paper)")
    .option("--set <key=value>", "change a number of the rule set; repeatable", collect)
    .option("--interval <n>", "only the tasks of one interval: equals its settlement")
    .option("--until <time>", "as it stood then: later votes do not exist, unexpired tasks are open")
    .option("--skip-invalid", "leave out what is not valid, score the rest")
    .option("--explain <hotkey>", "each task of one hotkey, what it earned and why")
    .option("--csv <file>", "write the table as CSV")
    .option("--report <file.html>", "write a page with plots that can be sent to someone")
    .option("--workers <n>", "threads to score with (default: by size and cores)")
    .addHelpText("before", EXAMPLES)
    .action(async (tasks: string | undefined, flags: SimulateFlags, command: Command) => {
      await using ctx = await open(command);
      const words = sortArguments(tasks === undefined ? [] : [tasks, ...command.args.slice(1)]);
      await simulate(ctx, words.tasks, { ...flags, set: [...(flags.set ?? []), ...words.settings] });
    })
    .addCommand(simulateDiff(open))
    .addCommand(simulatePopulation(open))
    .addCommand(simulateBreakEven(open))
    .addCommand(simulateEntry(open))
    .addCommand(simulateYuma(open))
    .hook("preSubcommand", refuseEarlyOptions);

/** An option before the sub-command's name would be read as the replay's own and silently count for nothing. */
function refuseEarlyOptions(simulate: Command, sub: Command): void {
  const early = simulate.options.find((option) => simulate.getOptionValueSource(option.attributeName()) === "cli");
  if (early === undefined) return;
  throw new UsageError(`${early.long} stands before ${sub.name()}, whose option it should be.`, {
    code: "usage.command-line",
    hint: `Put it behind: colosseum simulate ${sub.name()} … ${early.long} …`,
  });
}

/**
 * Tells the log from further words of `--set a=1 b=2`.
 *
 * @throws UsageError `usage.command-line` if there is no log, or more than one.
 */
function sortArguments(words: readonly string[]): { tasks: string; settings: string[] } {
  const isSetting = (word: string): boolean => /^[A-Za-z]+=[^/\\]*$/.test(word);
  const settings = words.filter(isSetting);
  const [tasks, ...more] = words.filter((word) => !isSetting(word));
  if (tasks === undefined) {
    throw new UsageError("Which task log? No file was given.", {
      code: "usage.command-line",
      hint: "For example: colosseum simulate tasks.json; - reads standard input.",
    });
  }
  if (more.length > 0) {
    throw new UsageError(`One task log at a time: "${more.join('", "')}" is too much.`, {
      code: "usage.command-line",
      hint: "Put several logs into one as JSON Lines, or run the command once for each.",
    });
  }
  return { tasks, settings };
}

async function simulate(ctx: Context, tasks: string, flags: SimulateFlags): Promise<void> {
  const { chooseRules, mixedRulesWarning, parseInterval, parseTime, parseWorkers } = await import("./rule-choice.ts");
  const { replayLog } = await import("../../../simulate/replay.ts");
  const { logInput } = await import("./log-input.ts");
  const { progressLine } = await import("./progress.ts");
  const interval = flags.interval === undefined ? undefined : parseInterval(flags.interval);
  const choice = chooseRules(flags.preset, flags.set ?? [], interval);
  const progress = progressLine(ctx);
  const replay = await replayLog({
    input: logInput(ctx, tasks),
    rules: (header) => [choice.rulesFor(header)],
    headerDecides: choice.headerDecides,
    skipInvalid: flags.skipInvalid === true,
    signal: ctx.signal,
    onProgress: progress.update,
    ...(flags.until === undefined ? {} : { until: parseTime(flags.until) }),
    ...(interval === undefined ? {} : { interval }),
    ...(flags.explain === undefined ? {} : { explain: flags.explain }),
    ...(flags.workers === undefined ? {} : { workers: parseWorkers(flags.workers) }),
  }).finally(progress.clear);
  const [board] = replay.boards;
  const mixed =
    board === undefined || flags.preset !== undefined || interval !== undefined
      ? undefined
      : mixedRulesWarning(replay.header, board.rules);
  if (mixed !== undefined) ctx.out.warn(mixed);
  await report(ctx, replay, flags, tasks);
}

async function report(ctx: Context, replay: Replay, flags: SimulateFlags, tasks: string): Promise<void> {
  const { warnOfInvalid } = await import("./invalid-warning.ts");
  const { standingsOf } = await import("../../../mechanism/standings.ts");
  const [board] = replay.boards;
  if (board === undefined) return;
  const { standings, warnings } = standingsOf(board);
  warnOfInvalid(ctx, replay);
  for (const warning of warnings) ctx.out.warn(warning);
  if (flags.interval !== undefined && standings.tasks.total === 0) {
    const message = `No task of the log belongs to interval ${flags.interval}.`;
    ctx.out.warn({ code: "interval-empty", message });
  }
  if (flags.csv !== undefined) {
    const { standingsCsv } = await import("../../../simulate/standings-csv.ts");
    const { writeResultFile } = await import("../../../simulate/write-file.ts");
    await writeResultFile(resolve(ctx.io.cwd, flags.csv), flags.csv, standingsCsv(standings));
    ctx.out.status(`Wrote ${flags.csv}`);
  }
  const { observedBreakEven } = await import("../../../simulate/observed-break-even.ts");
  const breakEven = observedBreakEven(board.rules, standings);
  if (flags.report !== undefined) {
    const { reportPage } = await import("../../../simulate/report-page.ts");
    const { writeResultFile } = await import("../../../simulate/write-file.ts");
    const log = tasks === "-" ? "standard input" : basename(tasks);
    const page = reportPage({ log, rules: board.rules, standings, board, breakEven, warnings });
    await writeResultFile(resolve(ctx.io.cwd, flags.report), flags.report, page);
    ctx.out.status(`Wrote ${flags.report}`);
  }
  if (flags.explain !== undefined) {
    const { hotkey, explained } = { hotkey: flags.explain, explained: replay.explained };
    if (explained.length === 0 && !standings.miners.some((row) => row.hotkey === hotkey)) {
      ctx.out.warn({ code: "unknown-hotkey", message: `${hotkey} is in none of the log's tasks.` });
    }
    const { drawExplained } = await import("./explain-table.ts");
    ctx.out.result({ hotkey, tasks: explained }, () => drawExplained(hotkey, explained, ctx.out.columns));
    return;
  }
  const { drawBreakEven, drawCounts, drawStandings } = await import("./standings-table.ts");
  ctx.out.result(standings, () =>
    [
      ...(breakEven === null ? [] : [drawBreakEven(breakEven)]),
      drawCounts(standings),
      "",
      drawStandings(standings, ctx.out.columns),
    ].join("\n"),
  );
}
