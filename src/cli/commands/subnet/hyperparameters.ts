import { Command } from "commander";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { drawTable } from "../../table.ts";

export const subnetHyperparameters = (open: OpenContext): Command =>
  new Command("hyperparameters")
    .alias("hparams")
    .description("A subnet's settings, by the chain's own names")
    .addHelpText("before", "Examples:\n  $ colosseum subnet hyperparameters --netuid 1\n")
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const client = await openChain(ctx, { reading: true });
      const { fetchHyperparameters } = await import("../../../chain/hyperparameters.ts");
      const [hyperparameters, head] = await Promise.all([fetchHyperparameters(client, netuid), client.head()]);
      ctx.out.result({ netuid, block: head.number, hyperparameters }, () =>
        drawTable(
          [{ title: "NAME" }, { title: "VALUE", align: "right" }],
          Object.entries(hyperparameters).map(([name, value]) => [name, String(value)]),
          ctx.out.columns,
        ),
      );
    });
