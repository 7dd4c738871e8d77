import { Command } from "commander";
import { ColosseumError, ExitCode } from "../../../base/errors.ts";
import { formatTao, parseTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { hotkeyAddress, openColdkey } from "../../open-wallet.ts";

interface CreateFlags {
  readonly maxCost?: bigint;
  readonly passwordFile?: string;
}

export const subnetCreate = (open: OpenContext): Command =>
  new Command("create")
    .description("Create a subnet, owned by the coldkey (-w), with the hotkey (-H) as its uid 0")
    .option("--max-cost <tao>", "refuse a higher price", parseTao)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum subnet create -w owner --dry-run\n  $ colosseum subnet create -w owner --max-cost 500\n",
    )
    .action(async (options: CreateFlags, command: Command) => {
      await using ctx = await open(command);
      const hotkey = await hotkeyAddress(ctx);
      const client = await openChain(ctx);
      const { createSubnet, fetchSubnetPriceRao } = await import("../../../chain/subnets.ts");
      const priceRao = await fetchSubnetPriceRao(client);
      const maxCostRao = options.maxCost ?? priceRao;
      if (priceRao > maxCostRao) throw tooDear(priceRao, maxCostRao);
      if (ctx.flags.dryRun) {
        const data = {
          wouldPayTao: formatTao(priceRao),
          maxCostTao: formatTao(maxCostRao),
          block: (await client.head()).number,
        };
        ctx.out.result(data, () => `A subnet costs ${showTao(priceRao)} now. Nothing was sent.`);
        return;
      }
      await agreeOnFinney(ctx, client, `create a subnet for ${showTao(priceRao)}`);
      const coldkey = await openColdkey(ctx, options);
      ctx.out.status(`Creating a subnet for ${showTao(priceRao)}…`);
      const made = await createSubnet(client, coldkey, hotkey);
      const { netuid, block, extrinsic } = made;
      ctx.out.result(
        { netuid, hotkey, costTao: formatTao(made.costRao), block, extrinsic },
        () => `Subnet ${netuid} is yours, for ${showTao(made.costRao)} (block ${block}).`,
      );
      ctx.out.next(`colosseum subnet start --netuid ${netuid}`);
    });

const tooDear = (priceRao: bigint, maxCostRao: bigint): ColosseumError =>
  new ColosseumError(`A subnet costs ${showTao(priceRao)} now, more than the ${showTao(maxCostRao)} allowed.`, {
    code: "chain.subnet-price-above-limit",
    exitCode: ExitCode.refused,
    hint: `Wait, or allow it: colosseum subnet create --max-cost ${formatTao(priceRao).replace(/\.?0+$/, "")}`,
    details: { priceTao: formatTao(priceRao), maxCostTao: formatTao(maxCostRao) },
  });
