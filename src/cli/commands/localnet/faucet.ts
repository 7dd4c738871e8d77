import { Command } from "commander";
import { parseColdkey } from "../../../base/ids.ts";
import { formatTao, parseTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { portOption, type ReachFlags, reach } from "./reach.ts";

export const localnetFaucet = (open: OpenContext): Command =>
  new Command("faucet")
    .description("Make TAO out of nothing for an address")
    .argument("<address>", "SS58", parseColdkey)
    .argument("<amount>", "TAO", parseTao)
    .addOption(portOption())
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum localnet faucet 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY 1000\n",
    )
    .action(async (address: string, amountRao: bigint, options: ReachFlags, command: Command) => {
      await using ctx = await open(command);
      const { client } = await reach(ctx, options);
      const answer = (await client.call("dev_faucet", [address, amountRao.toString()])) as { freeRao: string };
      const balanceRao = BigInt(answer.freeRao);
      ctx.out.result(
        { address, amountTao: formatTao(amountRao), balanceTao: formatTao(balanceRao) },
        () => `${address} got ${showTao(amountRao)} and has ${showTao(balanceRao)}.`,
      );
    });
