import { resolve } from "node:path";
import { Command } from "commander";
import { ColosseumError, ExitCode, messageOf, UsageError } from "../../../base/errors.ts";
import { STRATEGY_SUMMARY } from "../../../simulate/population-model.ts";
import type { Context, OpenContext } from "../../context.ts";
import { populationProgress } from "./population-progress.ts";
import { drawPopulation, drawSweep } from "./population-table.ts";

interface PopulationFlags {
  readonly preset?: string;
  readonly seeds?: string;
  readonly sweep?: string;
  readonly set?: readonly string[];
  readonly workers?: string;
  readonly report?: string;
}

const EXAMPLES = `Examples:
  colosseum simulate population examples/scenarios/collusion-blind.json
  colosseum simulate population scenario.json --seeds 400 --json
  colosseum simulate population scenario.json --preset paper --set trapPenalty=0.5
  colosseum simulate population scenario.json --sweep trapShare=0:0.5:0.05
  colosseum simulate population scenario.json --sweep ring.count=2:10:2
`;

/** The strategies that a scenario may name, for the end of the help. */
const strategies = (): string =>
  `\nStrategies of a scenario's groups:\n${Object.entries(STRATEGY_SUMMARY)
    .map(([name, summary]) => `  ${name.padEnd(17)}${summary}`)
    .join("\n")}`;

const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `simulate population SCENARIO`: honest, lazy and colluding miners against the same rules. */
export const simulatePopulation = (open: OpenContext): Command =>
  new Command("population")
    .description("Play honest, lazy and colluding miners against a rule set, and judge the paper's claims")
    .argument("<scenario>", "scenario file (JSON), - for standard input")
    .option("--preset <name>", "rule set instead of the scenario's: paper, dojo-1.8.3 or scaled")
    .option("--seeds <n>", "independent repetitions (default: the scenario's, else 100)")
    .option("--sweep <key=from:to:step>", "play the scenario along a range of one number")
    .option(
      "--set <key=value>",
      "change a number of the rules, the scenario or a group (ring.count=9); repeatable",
      collect,
    )
    .option("--workers <n>", "threads (default: all cores); the result is the same with any number")
    .option("--report <file>", "write the result as one self-contained HTML page")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", strategies)
    .action(async (path: string, flags: PopulationFlags, command: Command) => {
      await using ctx = await open(command);
      const { parseScenario, parseSeeds, scenarioJson } = await import("../../../simulate/scenario.ts");
      const { parsePresetName, parseSetting } = await import("../../../mechanism/rule-set.ts");
      const workers = flags.workers === undefined ? undefined : parseWorkers(flags.workers);
      const typed = Object.fromEntries((flags.set ?? []).map(parseSetting));
      const seedsFlag = flags.seeds === undefined ? undefined : parseSeeds(flags.seeds);
      const { parseSweep, sweptScenarios } = await import("../../../simulate/sweep.ts");
      const sweep = flags.sweep === undefined ? undefined : parseSweep(flags.sweep);
      const preset = flags.preset === undefined ? {} : { preset: parsePresetName(flags.preset) };
      const read = scenarioJson(await readScenario(ctx, path), path === "-" ? "Standard input" : path);
      const { withSettings } = await import("../../../simulate/scenario-settings.ts");
      const { scenario: json, rules: settings } = withSettings(isFields(read) ? { ...read, ...preset } : read, typed);
      const scenario = parseScenario(json, settings);
      const seeds = seedsFlag ?? scenario.seeds;
      if (seeds === 1) ctx.out.warn({ code: "one-seed", message: "One seed has no interval; use --seeds 2 or more." });
      const { runPopulation, runSweep } = await import("../../../simulate/population.ts");
      const progress = populationProgress(ctx);
      const options = {
        signal: ctx.signal,
        onProgress: progress.update,
        ...(workers === undefined ? {} : { workers }),
      };
      if (sweep === undefined) {
        const result = await runPopulation({ ...scenario, seeds }, options);
        progress.end();
        await writeReport(ctx, flags.report, async () =>
          (await import("../../../simulate/population-page.ts")).populationPage(result),
        );
        ctx.out.result(result, () => drawPopulation(result, ctx.out.columns));
        return;
      }
      const points = sweptScenarios(json as Readonly<Record<string, unknown>>, settings, sweep);
      const swept = await runSweep(points, { ...options, seeds });
      progress.end();
      const result = { preset: scenario.rules.name, seeds, key: sweep.key, points: swept };
      await writeReport(ctx, flags.report, async () =>
        (await import("../../../simulate/population-page.ts")).sweepPage(result),
      );
      ctx.out.result(result, () => drawSweep(sweep.key, swept, ctx.out.columns));
    });

function parseWorkers(text: string): number {
  const workers = /^[0-9]{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (workers >= 1 && workers <= 256) return workers;
  throw new UsageError(`--workers must be a whole number from 1 to 256, not "${text}".`, {
    code: "usage.workers",
    hint: "Leave it out to use every core.",
  });
}

async function readScenario(ctx: Context, path: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const { text } = await import("node:stream/consumers");
  try {
    return path === "-" ? await text(ctx.io.stdin) : await readFile(resolve(ctx.io.cwd, path), "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new ColosseumError(missing ? `There is no file ${path}.` : `Cannot read ${path}: ${messageOf(error)}.`, {
      code: missing ? "simulate.missing-file" : "simulate.unreadable",
      exitCode: ExitCode.io,
      hint: "Give a scenario file; examples/scenarios/ has one for each claim.",
      details: { path },
      cause: error,
    });
  }
}

async function writeReport(ctx: Context, path: string | undefined, page: () => Promise<string>): Promise<void> {
  if (path === undefined) return;
  const { writeResultFile } = await import("../../../simulate/write-file.ts");
  await writeResultFile(resolve(ctx.io.cwd, path), path, await page());
  ctx.out.status(`Wrote ${path}`);
}
