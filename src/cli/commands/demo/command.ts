import { Command, InvalidArgumentError } from "commander";
import type { OpenContext } from "../../context.ts";
import type { DemoFlags } from "./flags.ts";

/** A whole number within bounds, or a usage error that says the bounds. */
const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };

export const demoCommand = (open: OpenContext): Command =>
  new Command("demo")
    .description("The whole arena on this machine: embedded chain, validator, miners")
    .addHelpText(
      "before",
      `Examples:
  $ colosseum demo                      a live screen until q
  $ colosseum demo --rounds 5 --plain   plain lines, five rounds
  $ colosseum demo --seed 7 --keep ./run
`,
    )
    .option("--miners <n>", "how many miners play (3 to 64)", whole(3, 64), 8)
    .option("--rounds <n>", "end after so many rounds; without a terminal 3, else until q", whole(1, 100_000))
    .option("--seed <seed>", "decides keys, draws and brains: two runs differ in times and signatures only")
    .option("--keep <dir>", "leave wallets, store and tasks.json here; default: a new folder of the state")
    .option("--preset <name>", "rule set", "paper")
    .action(async (flags: DemoFlags, command: Command) => {
      await using ctx = await open(command);
      const { demo } = await import("./run.ts");
      await demo(ctx, flags);
    });
