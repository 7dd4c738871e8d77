import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { openColdkey } from "../../open-wallet.ts";

export const subnetStart = (open: OpenContext): Command =>
  new Command("start")
    .description("Start a subnet's emission, once; only its owner may")
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText("before", "Examples:\n  $ colosseum subnet start --netuid 2 -w owner\n")
    .action(async (options: { passwordFile?: string }, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const client = await openChain(ctx);
      if (ctx.flags.dryRun) {
        ctx.out.result({ netuid, wouldStart: true }, () => `Would start subnet ${netuid}. Nothing was sent.`);
        return;
      }
      await agreeOnFinney(ctx, client, `start subnet ${netuid}`);
      const coldkey = await openColdkey(ctx, options);
      const { startSubnet } = await import("../../../chain/subnets.ts");
      const { block, extrinsic } = await startSubnet(client, coldkey, netuid);
      ctx.out.result({ netuid, block, extrinsic }, () => `Subnet ${netuid} is started (block ${block}).`);
      ctx.out.next(`colosseum stake add 100 --netuid ${netuid}`);
    });
