import { Command } from "commander";
import { ExitCode } from "../../../base/errors.ts";
import type { OpenContext } from "../../context.ts";
import { collectUrl } from "../miner/flags.ts";
import type { DoctorFlags } from "./run-checks.ts";

const EXAMPLES = `Examples:
  $ colosseum doctor
  $ colosseum doctor --netuid 1 -w validator --server
  $ colosseum doctor --json
`;

/** `doctor`: looks at everything that a miner or validator depends on; changes nothing, asks for no password. */
export const doctorCommand = (open: OpenContext): Command =>
  new Command("doctor")
    .description("Check machine, wallet, chain, registration and endpoint; exit 3 if something is wrong")
    .option("--server", "this machine is a server: the coldkey's secret should not be on it")
    .option("--validator <url>", "compare clocks with this validator; repeat for several", collectUrl)
    .addHelpText("before", EXAMPLES)
    .action(async (flags: DoctorFlags, command: Command) => {
      await using ctx = await open(command);
      const { runChecks } = await import("./run-checks.ts");
      const { drawChecks } = await import("./draw-checks.ts");
      const checks = (await runChecks(ctx, flags)).map((check) => ({
        ...check,
        hint: check.hint === null ? null : ctx.out.inScope(check.hint),
      }));
      ctx.out.result({ checks }, () => drawChecks(checks, ctx.out.lineWidth));
      if (checks.some(({ status }) => status === "fail")) ctx.exitWith(ExitCode.findings);
    });
