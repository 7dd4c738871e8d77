import { Command } from "commander";
import { parseColdkey } from "../../../base/ids.ts";
import { formatTao, parsePositiveTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, openColdkey } from "../../open-wallet.ts";

export const walletTransfer = (open: OpenContext): Command =>
  new Command("transfer")
    .description("Send TAO from the coldkey (-w) to an address")
    .argument("<to>", "the receiver's SS58 address", parseColdkey)
    .argument("<amount>", "TAO", parsePositiveTao)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum wallet transfer 5F… 1.5 -w validator\n  $ colosseum wallet transfer 5F… 1.5 --dry-run\n",
    )
    .action(async (to: string, amountRao: bigint, options: { passwordFile?: string }, command: Command) => {
      await using ctx = await open(command);
      const from = await coldkeyAddress(ctx);
      const client = await openChain(ctx);
      const { refuseTooPoor, transfer, transferCall } = await import("../../../chain/transfer.ts");
      const { feeRao } = await refuseTooPoor(client, from, transferCall(to, amountRao), amountRao);
      if (ctx.flags.dryRun) {
        const data = { from, to, amountTao: formatTao(amountRao), wouldPayFeeTao: formatTao(feeRao) };
        ctx.out.result(
          data,
          () => `Would send ${showTao(amountRao)} to ${to}, fee ${showTao(feeRao)}. Nothing was sent.`,
        );
        return;
      }
      await agreeOnFinney(ctx, client, `send ${showTao(amountRao)} to ${to}`);
      const coldkey = await openColdkey(ctx, options);
      ctx.out.status(`Sending ${showTao(amountRao)} to ${to}…`);
      const done = await transfer(client, coldkey, to, amountRao);
      const data = {
        from,
        to,
        amountTao: formatTao(amountRao),
        feeTao: formatTao(done.feeRao),
        block: done.block,
        extrinsic: done.extrinsic,
      };
      ctx.out.result(
        data,
        () => `Sent ${showTao(amountRao)} to ${to}, fee ${showTao(done.feeRao)} (block ${done.block}).`,
      );
    });
