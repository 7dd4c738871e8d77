import { Command } from "commander";
import { type MechId, parseMechId, toMechId } from "../../../base/ids.ts";
import { shortAddress } from "../../../base/text.ts";
import { formatTao } from "../../../base/units.ts";
import type { Metagraph, Neuron } from "../../../chain/metagraph.ts";
import type { OpenContext } from "../../context.ts";
import { openChain } from "../../open-chain.ts";
import { drawTable } from "../../table.ts";

export const subnetMetagraph = (open: OpenContext): Command =>
  new Command("metagraph")
    .description("All neurons of a subnet: stake, incentive, immunity left, rank from the bottom")
    .option("--mechid <mechid>", "a mechanism of the subnet", parseMechId, toMechId(0))
    .addHelpText(
      "before",
      "Examples:\n  $ colosseum subnet metagraph --netuid 1\n  $ colosseum subnet metagraph --netuid 1 --json\n",
    )
    .action(async (options: { mechid: MechId }, command: Command) => {
      await using ctx = await open(command);
      const netuid = ctx.netuid();
      const client = await openChain(ctx, { reading: true });
      const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
      const metagraph = await fetchMetagraph(client, netuid, options.mechid);
      ctx.out.result(metagraphJson(metagraph), () => drawMetagraph(metagraph, ctx.out.columns));
    });

/** What `--json` prints. */
const metagraphJson = ({ netuid, block, n, neurons }: Metagraph) => ({
  netuid,
  block,
  n,
  neurons: neurons.map((neuron) => ({
    uid: neuron.uid,
    hotkey: neuron.hotkey,
    coldkey: neuron.coldkey,
    stakeTao: formatTao(neuron.stakeRao),
    incentive: neuron.incentive,
    dividends: neuron.dividends,
    emissionTao: formatTao(neuron.emissionRao),
    permit: neuron.permit,
    active: neuron.active,
    lastUpdate: neuron.lastUpdate,
    immunityBlocksLeft: neuron.immunityBlocksLeft,
    pruneRank: neuron.pruneRank,
    endpoint: neuron.endpoint,
  })),
});

function drawMetagraph(metagraph: Metagraph, width: number): string {
  const { netuid, block, n, maxUids, neurons } = metagraph;
  const table = drawTable(
    [
      { title: "UID", align: "right" },
      { title: "HOTKEY", min: 10 },
      { title: "STAKE", align: "right" },
      { title: "INCENTIVE", align: "right" },
      { title: "DIVIDENDS", align: "right", priority: 2 },
      { title: "PERMIT", priority: 3 },
      { title: "UPDATED", align: "right", priority: 4 },
      { title: "IMMUNE", align: "right", priority: 1 },
      { title: "PRUNED", align: "right" },
      { title: "ENDPOINT", priority: 5 },
    ],
    neurons.map((neuron) => neuronRow(neuron, block, width)),
    width,
  );
  return [
    `Subnet ${netuid} at block ${block}: ${n} of ${maxUids} neurons`,
    "",
    table,
    "",
    "IMMUNE: blocks until it may be replaced. PRUNED: rank from the bottom, - never.",
  ].join("\n");
}

/** Below this many columns a whole address would push the figures out. */
const WIDE = 130;

const neuronRow = (neuron: Neuron, block: number, width: number): string[] => [
  String(neuron.uid),
  width < WIDE ? shortAddress(neuron.hotkey) : neuron.hotkey,
  (Number(neuron.stakeRao / 1_000_000n) / 1_000).toFixed(3),
  neuron.incentive.toFixed(5),
  neuron.dividends.toFixed(5),
  neuron.permit ? "yes" : "-",
  neuron.lastUpdate === 0 ? "never" : `${block - neuron.lastUpdate} ago`,
  neuron.immunityBlocksLeft === 0 ? "-" : String(neuron.immunityBlocksLeft),
  neuron.pruneRank === null ? "-" : String(neuron.pruneRank),
  neuron.endpoint ?? "-",
];
