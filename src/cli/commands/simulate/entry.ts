import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import type { EntrySummary } from "../../../simulate/entry.ts";
import type { OpenContext } from "../../context.ts";
import { fraction } from "./numbers.ts";

interface EntryFlags {
  readonly preset: string;
  readonly slots: number;
  readonly clique: number;
  readonly strategy: string;
  readonly cliqueQuality: number;
  readonly newcomerQuality: number;
  readonly trapShare: number;
  readonly naturalTrapShare: number;
  readonly arrivalEvery: number;
  readonly immunity: number;
  readonly intervals: number;
  readonly runs: number;
  readonly set?: readonly string[];
}

const EXAMPLES = `Examples:
  colosseum simulate entry --preset paper
  colosseum simulate entry --preset scaled --strategy ring-informed --natural-trap-share 0.5
  colosseum simulate entry --slots 100 --clique 30 --immunity 5 --intervals 300 --json
`;

const whole =
  (flag: string, min: number, max: number) =>
  (text: string): number => {
    const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new UsageError(`${flag} must be a whole number from ${min} to ${max}, not "${text}".`, {
      code: "usage.invalid",
      hint: `For example: ${flag} ${min}`,
    });
  };

const quality =
  (flag: string) =>
  (text: string): number => {
    const value = /^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(text) ? Number(text) : Number.NaN;
    if (Math.abs(value) <= 50) return value;
    throw new UsageError(`${flag} must be a number from -50 to 50, not "${text}".`, {
      code: "usage.invalid",
      hint: `For example: ${flag} 1`,
    });
  };

const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];

/** `simulate entry`: does an honest, better newcomer displace a clique, and how long does it take? */
export const simulateEntry = (open: OpenContext): Command =>
  new Command("entry")
    .description("Let honest newcomers buy their way into a full subnet that a clique holds a part of")
    .option("--preset <name>", "paper, dojo-1.8.3 or scaled", "paper")
    .option("--slots <n>", "miners in the full subnet", whole("--slots", 4, 256), 50)
    .option("--clique <n>", "slots that the clique holds at first", whole("--clique", 1, 255), 20)
    .option("--strategy <name>", "how the clique votes", "ring-blind")
    .option("--clique-quality <q>", "quality of the clique's outputs", quality("--clique-quality"), 0)
    .option("--newcomer-quality <q>", "quality of the newcomers' outputs", quality("--newcomer-quality"), 1)
    .option("--trap-share <share>", "share of tasks that are traps", fraction("--trap-share"), 0.2)
    .option("--natural-trap-share <share>", "share of traps that nobody damaged", fraction("--natural-trap-share"), 0)
    .option("--arrival-every <n>", "intervals between two arrivals", whole("--arrival-every", 1, 10_000), 1)
    .option("--immunity <n>", "intervals without eviction for a newcomer", whole("--immunity", 0, 10_000), 3)
    .option("--intervals <n>", "intervals to play", whole("--intervals", 1, 10_000), 150)
    .option("--runs <n>", "independent repetitions", whole("--runs", 1, 10_000), 20)
    .option("--set <key=value>", "change a number of the rule set; repeatable", collect)
    .addHelpText("before", EXAMPLES)
    .action(async (flags: EntryFlags, command: Command) => {
      await using ctx = await open(command);
      const summary = await playFlags(flags);
      ctx.out.result({ ...shown(flags), ...summary }, () => describe(flags, summary));
    });

const shown = ({ set: _, ...flags }: EntryFlags): Omit<EntryFlags, "set"> => flags;

async function playFlags(flags: EntryFlags): Promise<EntrySummary> {
  const { parseSetting, ruleSetNamed } = await import("../../../mechanism/rule-set.ts");
  const { summariseEntry } = await import("../../../simulate/entry.ts");
  const { parseScenario } = await import("../../../simulate/scenario.ts");
  const { STRATEGIES } = await import("../../../simulate/population-model.ts");
  const rules = ruleSetNamed(flags.preset, Object.fromEntries((flags.set ?? []).map(parseSetting)));
  const { clique, slots, strategy } = flags;
  if (clique >= slots) {
    throw new UsageError(`A clique of ${clique} leaves no slot of ${slots} to anybody else.`, {
      code: "usage.invalid",
      hint: "Give --clique a smaller number.",
    });
  }
  if (!STRATEGIES.some((name) => name === strategy)) {
    throw new UsageError(`There is no strategy "${strategy}".`, {
      code: "usage.invalid",
      hint: `Choose one of ${STRATEGIES.join(", ")}.`,
    });
  }
  const { groups, ...world } = parseScenario({
    preset: rules.name,
    trapShare: flags.trapShare,
    naturalTrapShare: flags.naturalTrapShare,
    groups: [
      {
        name: "honest",
        count: slots - clique,
        strategy: "honest",
        quality: (flags.cliqueQuality + flags.newcomerQuality) / 2,
      },
      { name: "clique", count: clique, strategy, quality: flags.cliqueQuality },
      { name: "newcomer", count: 1, strategy: "honest", quality: flags.newcomerQuality },
    ],
  });
  const [honest, members, newcomer] = groups;
  if (honest === undefined || members === undefined || newcomer === undefined) throw new RangeError("three groups");
  return summariseEntry(
    {
      world: { ...world, rules, groups },
      honest,
      clique: members,
      newcomer,
      arrivalEvery: flags.arrivalEvery,
      immunity: flags.immunity,
      // The chain's default.
      minNonImmune: 10,
      intervals: flags.intervals,
    },
    flags.runs,
  );
}

function describe(flags: EntryFlags, summary: EntrySummary): string {
  const line = (what: string, { happened, median }: EntrySummary["allDisplaced"]): string =>
    `  ${what}: in ${(happened * 100).toFixed(0)} % of the runs${median === null ? "" : `, after ${median} intervals (median)`}`;
  return [
    `${flags.preset}: ${flags.slots} slots, a clique of ${flags.clique} (${flags.strategy}), ${flags.intervals} intervals, ${summary.runs} runs`,
    line("first member displaced", summary.firstDisplaced),
    line("half the clique        ", summary.halfDisplaced),
    line("the whole clique       ", summary.allDisplaced),
    `  at the end the clique holds ${summary.cliqueSlots.toFixed(1)} slots and ${(summary.cliqueShare * 100).toFixed(1)} % of the weights`,
    `  newcomers that lost their slot again: ${summary.newcomersLost.toFixed(1)} a run`,
  ].join("\n");
}
