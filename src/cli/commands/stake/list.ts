import { Command } from "commander";
import { formatTao } from "../../../base/units.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { coldkeyAddress } from "../../open-wallet.ts";
import { drawTable } from "../../table.ts";

export const stakeList = (open: OpenContext): Command =>
  new Command("list")
    .description("Where the coldkey (-w) has stake; in one subnet with --netuid")
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum stake list -w validator\n  $ colosseum stake list --netuid 1 --json\n",
    )
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.config.netuid.value === undefined ? undefined : ctx.netuid();
      const coldkey = await coldkeyAddress(ctx);
      const client = await openChain(ctx, { reading: true });
      const { fetchStakes } = await import("../../../chain/stake.ts");
      const stakes = (await fetchStakes(client, coldkey)).filter(
        (stake) => netuid === undefined || stake.netuid === netuid,
      );
      const data = {
        coldkey,
        stakes: stakes.map(({ stakeRao, emissionRao, ...stake }) => ({
          ...stake,
          stakeTao: formatTao(stakeRao),
          emissionTao: formatTao(emissionRao),
        })),
      };
      ctx.out.result(data, () =>
        stakes.length === 0
          ? `${coldkey} has no stake${netuid === undefined ? "" : ` in subnet ${netuid}`}.`
          : drawTable(
              [
                { title: "NETUID", align: "right" },
                { title: "HOTKEY", min: 10 },
                { title: "STAKE (ALPHA)", align: "right" },
                { title: "PER EPOCH", align: "right", priority: 2 },
                { title: "REGISTERED", priority: 1 },
              ],
              stakes.map((stake) => [
                String(stake.netuid),
                stake.hotkey,
                formatTao(stake.stakeRao),
                formatTao(stake.emissionRao),
                stake.registered ? "yes" : "no",
              ]),
              ctx.out.columns,
            ),
      );
    });
