import { Command } from "commander";
import { UsageError } from "../../../base/errors.ts";
import { formatTao, parsePositiveTao, parseTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, hotkeyAddress, openColdkey } from "../../open-wallet.ts";
import { type PriceFlags, parseTolerance, priceLimit } from "./price-flags.ts";

interface RemoveFlags extends PriceFlags {
  readonly all: boolean;
}

const alpha = (rao: bigint): string => `${formatTao(rao).replace(/\.?0+$/, "")} alpha`;

export const stakeRemove = (open: OpenContext): Command =>
  new Command("remove")
    .description("Take stake off the hotkey (-H) in a subnet, back to the coldkey (-w)")
    .argument("[amount]", "alpha", parsePositiveTao)
    .option("--all", "everything there is", false)
    .option("--price-limit <tao>", "the least TAO for one alpha", parseTao)
    .option("--tolerance <fraction>", "how far the price may fall (default on finney: 0.05)", parseTolerance)
    .option("--allow-partial", "take what can be had within the limit", false)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum stake remove 10 --netuid 1\n  $ colosseum stake remove --all --netuid 1\n",
    )
    .action(async (amount: bigint | undefined, options: RemoveFlags, command: Command) => {
      await using ctx = await open(command);
      if ((amount === undefined) === !options.all) {
        throw new UsageError("How much? Give an amount of alpha, or --all.", {
          code: "usage.amount",
          hint: "For example: colosseum stake remove 10 --netuid 1",
        });
      }
      const netuid = ctx.netuid();
      const [hotkey, owner] = [await hotkeyAddress(ctx), await coldkeyAddress(ctx)];
      const client = await openChain(ctx);
      const { fetchStake, removeStake } = await import("../../../chain/stake.ts");
      const { refusedBeforehand } = await import("../../../chain/refused-beforehand.ts");
      const heldRao = await fetchStake(client, owner, hotkey, netuid);
      const alphaRao = amount ?? heldRao;
      if (alphaRao > heldRao || heldRao === 0n) {
        throw refusedBeforehand(
          "NotEnoughStakeToWithdraw",
          { netuid, hotkey, heldAlpha: formatTao(heldRao), amountAlpha: formatTao(alphaRao) },
          heldRao === 0n
            ? `The coldkey has no stake on this hotkey in subnet ${netuid}`
            : `There are ${alpha(heldRao)} on the hotkey, less than the ${alpha(alphaRao)} to be taken out`,
        );
      }
      const { priceRao, limit } = await priceLimit(client, netuid, options, "sell");
      if (ctx.flags.dryRun) {
        const data = {
          netuid,
          hotkey,
          coldkey: owner,
          amountAlpha: formatTao(alphaRao),
          heldAlpha: formatTao(heldRao),
          priceTao: formatTao(priceRao),
          priceLimitTao: limit === undefined ? null : formatTao(limit.limitPriceRao),
        };
        const offer = `at ${showTao(priceRao)} for one, before the sale itself moves the price`;
        ctx.out.result(data, () => `Would take ${alpha(alphaRao)} of ${alpha(heldRao)} ${offer}. Nothing was sent.`);
        return;
      }
      await agreeOnFinney(ctx, client, `sell ${alpha(alphaRao)} of ${hotkey} in subnet ${netuid}`);
      const coldkey = await openColdkey(ctx, options);
      ctx.out.status(`Taking ${alpha(alphaRao)} out of subnet ${netuid}…`);
      const done = await removeStake(client, coldkey, {
        hotkey,
        netuid,
        alphaRao,
        ...(limit === undefined ? {} : { limit }),
      });
      const leftRao = await fetchStake(client, owner, hotkey, netuid, done.blockHash);
      const data = {
        netuid,
        hotkey,
        coldkey: owner,
        amountAlpha: formatTao(alphaRao),
        stakeTao: formatTao(leftRao),
        block: done.block,
        extrinsic: done.extrinsic,
      };
      ctx.out.result(data, () => `Took ${alpha(alphaRao)}; ${alpha(leftRao)} is left (block ${done.block}).`);
    });
