import { Command } from "commander";
import { formatTao, parsePositiveTao, parseTao, showTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { agreeOnFinney, openChain } from "../../open-chain.ts";
import { coldkeyAddress, hotkeyAddress, openColdkey } from "../../open-wallet.ts";
import { type PriceFlags, parseTolerance, priceLimit } from "./price-flags.ts";

export const stakeAdd = (open: OpenContext): Command =>
  new Command("add")
    .description("Stake TAO of the coldkey (-w) on the hotkey (-H) in a subnet")
    .argument("<amount>", "TAO", parsePositiveTao)
    .option("--price-limit <tao>", "the most TAO for one alpha", parseTao)
    .option("--tolerance <fraction>", "how far the price may rise (default on finney: 0.05)", parseTolerance)
    .option("--allow-partial", "take what can be had within the limit", false)
    .option("--password-file <file>", "the coldkey's password, one line")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum stake add 100 --netuid 1 -w validator\n  $ colosseum stake add 10 --netuid 1 --price-limit 0.02\n",
    )
    .action(async (amountRao: bigint, options: PriceFlags, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const hotkey = await hotkeyAddress(ctx);
      const client = await openChain(ctx);
      const { priceRao, limit } = await priceLimit(client, netuid, options, "buy");
      const { addStake, fetchStake } = await import("../../../chain/stake.ts");
      if (ctx.flags.dryRun) {
        const data = {
          netuid,
          hotkey,
          coldkey: await coldkeyAddress(ctx),
          amountTao: formatTao(amountRao),
          priceTao: formatTao(priceRao),
          priceLimitTao: limit === undefined ? null : formatTao(limit.limitPriceRao),
        };
        ctx.out.result(
          data,
          () => `Would stake ${showTao(amountRao)} at ${showTao(priceRao)} for one alpha. Nothing was sent.`,
        );
        return;
      }
      await agreeOnFinney(ctx, client, `stake ${showTao(amountRao)} on ${hotkey} in subnet ${netuid}`);
      const coldkey = await openColdkey(ctx, options);
      ctx.out.status(`Staking ${showTao(amountRao)} in subnet ${netuid}…`);
      const done = await addStake(client, coldkey, {
        hotkey,
        netuid,
        amountRao,
        ...(limit === undefined ? {} : { limit }),
      });
      const stakeRao = await fetchStake(client, coldkey.address, hotkey, netuid, done.blockHash);
      const data = {
        netuid,
        hotkey,
        coldkey: coldkey.address,
        amountTao: formatTao(amountRao),
        stakeTao: formatTao(stakeRao),
        block: done.block,
        extrinsic: done.extrinsic,
      };
      ctx.out.result(
        data,
        () => `Staked ${showTao(amountRao)}; the hotkey now holds ${shownAlpha(stakeRao)} (block ${done.block}).`,
      );
      ctx.out.next(`colosseum validator start --netuid ${netuid}`);
    });

const shownAlpha = (rao: bigint): string => `${formatTao(rao).replace(/\.?0+$/, "")} alpha`;
