import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { parseBlocks } from "./block-time.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";
import type { LocalnetStatus } from "./status-data.ts";

export const localnetMine = (open: OpenContext): Command =>
  new Command("mine")
    .description("Make blocks now, each a block time later than the last")
    .argument("[blocks]", "how many", parseBlocks, 1)
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet mine 10\n  $ colosseum localnet mine 360   # one default tempo\n",
    )
    .action(async (blocks: number, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client } = await reach(ctx, options);
      const hash = (await client.call("dev_newBlock", [{ count: blocks }])) as string;
      const { block } = (await client.call("dev_status")) as LocalnetStatus;
      ctx.out.result(
        { mined: blocks, block, hash },
        () => `Made ${blocks} ${blocks === 1 ? "block" : "blocks"}; the chain is at block ${block}.`,
      );
    });
