import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";
import { type LocalnetStatus, statusText } from "./status-data.ts";

export const localnetStatus = (open: OpenContext): Command =>
  new Command("status")
    .description("What a running embedded chain is doing")
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet status\n  $ colosseum localnet status --port 9955 --json\n",
    )
    .action(async (options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client, endpoint } = await reach(ctx, options);
      const status = (await client.call("dev_status")) as LocalnetStatus;
      ctx.out.result({ endpoint, ...status }, () => statusText(status, endpoint));
    });
