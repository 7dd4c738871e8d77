import { Command } from "commander";
import { parseDurationMs, showDuration } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";

export const localnetWarp = (open: OpenContext): Command =>
  new Command("warp")
    .description("Move the chain's clock forward; the next block shows it, block numbers stay")
    .argument("<duration>", "such as 30s, 5m, 1h or 7d", parseDurationMs)
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet warp 1h\n  $ colosseum localnet warp 30s && colosseum localnet mine\n",
    )
    .action(async (durationMs: number, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client } = await reach(ctx, options);
      const timeMs = (await client.call("dev_warp", [durationMs])) as number;
      const time = new Date(timeMs).toISOString();
      ctx.out.result(
        { byMs: durationMs, time },
        () => `The chain's clock is ${showDuration(durationMs)} later: ${time}.`,
      );
    });
