import { Command } from "commander";
import { parseColdkey } from "../../../base/ids.ts";
import { formatTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { coldkeyAddress } from "../../open-wallet.ts";

export const walletBalance = (open: OpenContext): Command =>
  new Command("balance")
    .description("What the coldkey (-w), or any address, has on the chain")
    .option("--address <ss58>", "another account than the wallet's", parseColdkey)
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum wallet balance -w validator\n  $ colosseum wallet balance --address 5F… --json\n",
    )
    .action(async (options: { address?: string }, command: Command) => {
      await using ctx = await open(command);
      const address = options.address ?? (await coldkeyAddress(ctx));
      const client = await openChain(ctx, { reading: true });
      const { hash, number } = await client.head();
      const { freeRao, reservedRao, frozenRao } = await client.balance(address, hash);
      const data = {
        address,
        freeTao: formatTao(freeRao),
        reservedTao: formatTao(reservedRao),
        frozenTao: formatTao(frozenRao),
        block: number,
      };
      ctx.out.result(data, () => {
        const extras = [
          ...(reservedRao > 0n ? [`${showTao(reservedRao)} reserved`] : []),
          ...(frozenRao > 0n ? [`${showTao(frozenRao)} of it frozen`] : []),
        ];
        return `${address}  ${showTao(freeRao)}${extras.length === 0 ? "" : ` (${extras.join(", ")})`}`;
      });
    });
