import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { type Coldkey, parseColdkey } from "../../../base/ids.ts";
import { isSs58 } from "../../../base/ss58.ts";
import { formatTao, parsePositiveTao, showTao } from "../../../base/units.ts";
import type { Context, OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";

export const localnetFaucet = (open: OpenContext): Command =>
  new Command("faucet")
    .description("Make TAO out of nothing for an address or a wallet")
    .argument("<address>", "SS58, or the name of a wallet")
    .argument("<amount>", "TAO", parsePositiveTao)
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet faucet miner 1000\n  $ colosseum localnet faucet 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY 1000\n",
    )
    .action(async (given: string, amountRao: bigint, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const address = await recipient(ctx, given);
      const { client } = await reach(ctx, options);
      const answer = (await client.call("dev_faucet", [address, amountRao.toString()])) as { freeRao: string };
      const balanceRao = BigInt(answer.freeRao);
      ctx.out.result(
        { address, amountTao: formatTao(amountRao), balanceTao: formatTao(balanceRao) },
        () => `${address} got ${showTao(amountRao)} and has ${showTao(balanceRao)}.`,
      );
    });

/** The coldkey of a wallet by that name, else an address. @throws UsageError for what is neither. */
async function recipient(ctx: Context, given: string): Promise<Coldkey> {
  const { listWallets } = await import("../../../wallet/folder.ts");
  const wallets = await listWallets(ctx.paths.walletDir, () => undefined).catch(() => []);
  const named = wallets.find(({ name }) => name === given)?.coldkey;
  if (named === undefined && !isSs58(given)) {
    throw new UsageError(`"${given}" is neither an SS58 address nor a wallet in ${ctx.paths.walletDir}.`, {
      code: "usage.address",
      hint: "See the wallets: colosseum wallet list",
    });
  }
  return parseColdkey(named ?? given);
}
