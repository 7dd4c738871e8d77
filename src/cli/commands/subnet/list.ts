import { Command } from "commander";
import { formatTao, showTao } from "../../../base/units.ts";
import type { SubnetLine } from "../../../chain/subnets.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { drawTable } from "../../table.ts";

export const subnetList = (open: OpenContext): Command =>
  new Command("list")
    .description("All subnets: size, price of a slot, tempo, owner")
    .addHelpText("before", "Examples:\n  $ colosseum subnet list -n finney\n  $ colosseum subnet list --json\n")
    .action(async (_: unknown, command: Command) => {
      await using ctx = await open(command);
      const client = await openChain(ctx, { reading: true });
      const { fetchSubnets } = await import("../../../chain/subnets.ts");
      const subnets = await fetchSubnets(client);
      ctx.out.result({ network: client.network.name, subnets: subnets.map(subnetJson) }, () =>
        subnets.length === 0 ? "This chain has no subnet." : drawSubnets(subnets, ctx.out.columns),
      );
    });

const subnetJson = ({ burnRao, ...subnet }: SubnetLine) => ({ ...subnet, burnTao: formatTao(burnRao) });

const drawSubnets = (subnets: readonly SubnetLine[], width: number): string =>
  drawTable(
    [
      { title: "NETUID", align: "right" },
      { title: "NAME", priority: 1 },
      { title: "NEURONS", align: "right" },
      { title: "SLOT COSTS", align: "right" },
      { title: "TEMPO", align: "right", priority: 2 },
      { title: "STATE" },
      { title: "OWNER", priority: 3, min: 12 },
    ],
    subnets.map((subnet) => [
      String(subnet.netuid),
      subnet.name === "" ? subnet.symbol : subnet.name,
      `${subnet.n}/${subnet.maxUids}`,
      showTao(subnet.burnRao),
      String(subnet.tempo),
      stateOf(subnet),
      subnet.ownerColdkey,
    ]),
    width,
  );

function stateOf(subnet: SubnetLine): string {
  if (!subnet.started) return "not started";
  return subnet.registrationAllowed ? "open" : "closed";
}
