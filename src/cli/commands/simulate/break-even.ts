import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { percent } from "../../../base/percent.ts";
import type { BreakEven } from "../../../simulate/break-even.ts";
import type { OpenContext } from "../../context.ts";
import { fraction } from "./numbers.ts";

interface BreakEvenFlags {
  readonly miners: number;
  readonly preset: string;
  readonly trapShare: number;
  readonly syntheticShare: number;
  readonly accuracy: number;
  readonly trapAccuracy: number;
  readonly set?: readonly string[];
}

const EXAMPLES = `Examples:
  colosseum simulate break-even --miners 250
  colosseum simulate break-even --miners 20 --preset dojo-1.8.3 --trap-share .15
  colosseum simulate break-even --miners 100 --preset scaled --trap-accuracy .7 --json
`;

const MAX_MINERS = 65_536;

function parseMiners(text: string): number {
  const miners = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (miners >= 3 && miners <= MAX_MINERS) return miners;
  throw new UsageError(`--miners must be a whole number from 3 to ${MAX_MINERS}, not "${text}".`, {
    code: "usage.miners",
    hint: "A duel needs two generators and somebody to vote: --miners 3 or more.",
  });
}

const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];

/** `simulate break-even`: from which accuracy honesty pays, in closed form. */
export const simulateBreakEven = (open: OpenContext): Command =>
  new Command("break-even")
    .description("From which voter accuracy honesty pays and from which trap share collusion does not, in closed form")
    .requiredOption("--miners <n>", "miners in the subnet", parseMiners)
    .option("--preset <name>", "paper, dojo-1.8.3 or scaled", "paper")
    .option("--trap-share <share>", "share of tasks that are traps", fraction("--trap-share"), 0.2)
    .option(
      "--synthetic-share <share>",
      "share of synthetic tasks among the others",
      fraction("--synthetic-share"),
      0.2,
    )
    .option("--accuracy <p>", "an honest voter picks the better output", fraction("--accuracy"), 0.8)
    .option("--trap-accuracy <p>", "an honest voter avoids a trap", fraction("--trap-accuracy"), 0.9)
    .option("--set <key=value>", "change a number of the rule set; repeatable", collect)
    .addHelpText("before", EXAMPLES)
    .action(async (flags: BreakEvenFlags, command: Command) => {
      await using ctx = await open(command);
      const { breakEven, DEFAULT_CROWD } = await import("../../../simulate/break-even.ts");
      const { parseSetting, ruleSetNamed } = await import("../../../mechanism/rule-set.ts");
      const { breakEvenRules } = await import("../../../simulate/population.ts");
      const rules = ruleSetNamed(flags.preset, Object.fromEntries((flags.set ?? []).map(parseSetting)));
      const { miners, trapShare, syntheticShare, accuracy, trapAccuracy } = flags;
      const crowd = { ...DEFAULT_CROWD, miners, trapShare, syntheticShare, accuracy, trapAccuracy };
      const result = breakEven(breakEvenRules(rules), crowd);
      ctx.out.result(result, () => describeBreakEven(result, trapAccuracy).join("\n"));
    });

const accuracy = (value: number | null): string =>
  value === null ? "no accuracy" : value === 0 ? "any accuracy" : `an accuracy above ${percent(value, 1)}`;

/** The thresholds in sentences, for people. */
export function describeBreakEven(
  result: Pick<
    BreakEven,
    "preset" | "miners" | "trapShare" | "voterTrapAccuracy" | "totalTrapAccuracy" | "collusionTrapShare"
  >,
  trapAccuracy?: number,
): string[] {
  const { preset, miners, trapShare, voterTrapAccuracy, totalTrapAccuracy, collusionTrapShare: share } = result;
  const crowd =
    preset === "scaled" && trapAccuracy !== undefined ? `, in a crowd with ${percent(trapAccuracy, 1)}` : "";
  return [
    `Break-even under ${preset} with ${miners} miners and ${percent(trapShare, 1)} traps${crowd}`,
    `  voting pays with              ${accuracy(voterTrapAccuracy)} in traps`,
    `  voting and generating pay with ${accuracy(totalTrapAccuracy)} in traps`,
    share === null
      ? "  a blind ring pays at any trap share"
      : `  a blind ring loses above      ${percent(share, 1)} traps among two-generator tasks`,
  ];
}
