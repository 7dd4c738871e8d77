import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { YumaEpochReport, YumaRun, YumaScenarioReport } from "../../../simulate/yuma.ts";
import type { OpenContext } from "../../context.ts";
import { type Column, drawTable } from "../../table.ts";

const MAX_EPOCHS = 10_000;

function parseEpochs(text: string): number {
  const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= MAX_EPOCHS))
    throw new InvalidArgumentError(`Epochs are a whole number from 1 to ${MAX_EPOCHS}.`);
  return value;
}

/** `simulate yuma FILE`: stakes and weights → incentive, dividends, bonds, exactly as the chain computes them. */
export const simulateYuma = (open: OpenContext): Command =>
  new Command("yuma")
    .description("Run the chain's epoch on stakes and weights: incentive, dividends, bonds, emission")
    .argument("<file>", "a scenario, an array of them, or a file with `scenarios`; - reads standard input")
    .option("--epochs <n>", "carry the first state forward this many epochs", parseEpochs)
    .addHelpText(
      "before",
      `Examples:
  colosseum simulate yuma examples/yuma/weight-copier.json
  colosseum simulate yuma examples/yuma/late-validator.json --epochs 20
  colosseum simulate yuma - --json < scenario.json
`,
    )
    .action(async (file: string, options: { epochs?: number }, command: Command) => {
      await using ctx = await open(command);
      const { parseInputJson, readInputText } = await import("../../../simulate/input-text.ts");
      const { parseYumaScenarios } = await import("../../../simulate/yuma-scenario.ts");
      const { runYumaScenario } = await import("../../../simulate/yuma.ts");
      const text = await readInputText(file, resolve(ctx.io.cwd, file), ctx.io.stdin, ctx.signal);
      const runs: YumaRun[] = [];
      for (const scenario of parseYumaScenarios(parseInputJson(text, file))) {
        runs.push(await runYumaScenario(scenario, { carried: options.epochs, signal: ctx.signal }));
      }
      for (const { report, inactiveFromEpoch } of runs) {
        if (inactiveFromEpoch === undefined) continue;
        ctx.out.warn({
          code: "yuma.validators-inactive",
          message: `In ${report.name} validators count as inactive from epoch ${inactiveFromEpoch} on: nobody sets new weights while a state is carried forward.`,
        });
      }
      const scenarios = runs.map(({ report }) => report);
      ctx.out.result({ scenarios }, () =>
        scenarios.map((report) => drawScenario(report, ctx.out.columns)).join("\n\n"),
      );
    });

const share = (u16: number | undefined): string => ((u16 ?? 0) / 65_535).toFixed(4);

const COLUMNS: readonly Column[] = [
  { title: "UID", align: "right" },
  { title: "STAKE", align: "right" },
  { title: "INCENTIVE", align: "right" },
  { title: "DIVIDENDS", align: "right" },
  { title: "CONSENSUS", align: "right", priority: 2 },
  { title: "TRUST", align: "right", priority: 1 },
  { title: "EMISSION τ", align: "right" },
  { title: "PERMIT", priority: 3 },
  { title: "ACTIVE", priority: 4 },
];

function epochRows(epoch: YumaEpochReport): string[][] {
  return epoch.stake_weight.map((stake, uid) => [
    String(uid),
    share(stake),
    share(epoch.incentive[uid]),
    share(epoch.dividends[uid]),
    share(epoch.consensus[uid]),
    share(epoch.validator_trust[uid]),
    (Number(epoch.emission[uid] ?? 0) / 1e9).toFixed(3),
    epoch.permits[uid] === 1 ? "yes" : "",
    epoch.active[uid] === 1 ? "yes" : "no",
  ]);
}

/** Which epochs a table has room for: the first, the last, and some between at even distance. */
function shownEpochs(count: number, room: number): number[] {
  if (count <= room) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: room }, (_, index) => Math.round((index * (count - 1)) / (room - 1)));
}

function drawHistory(report: YumaScenarioReport, field: "incentive" | "dividends", width: number): string {
  const shown = shownEpochs(report.epochs.length, Math.max(2, Math.floor((width - 5) / 9)));
  const columns: Column[] = [
    { title: "UID", align: "right" },
    ...shown.map((epoch): Column => ({ title: `#${epoch + 1}`, align: "right" })),
  ];
  const uids = report.epochs[0]?.incentive.map((_, uid) => uid) ?? [];
  const rows = uids
    .filter((uid) => report.epochs.some((epoch) => (epoch[field][uid] ?? 0) > 0))
    .map((uid) => [String(uid), ...shown.map((epoch) => share(report.epochs[epoch]?.[field][uid]))]);
  return `${field} by epoch\n${drawTable(columns, rows, width)}`;
}

function drawScenario(report: YumaScenarioReport, width: number): string {
  const last = report.epochs.at(-1);
  const count = report.epochs.length;
  const parts = [
    `${report.name}, epoch ${count} of ${count}`,
    last === undefined ? "" : drawTable(COLUMNS, epochRows(last), width),
  ];
  if (count > 1) parts.push("", drawHistory(report, "incentive", width), "", drawHistory(report, "dividends", width));
  return parts.join("\n");
}
