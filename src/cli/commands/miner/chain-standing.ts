import type { Hotkey, Netuid } from "../../../base/ids.ts";
import { formatTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";

/** Where a miner stands on the chain: how much it gets, how soon it may lose its slot. */
export interface ChainStanding {
  readonly netuid: number;
  readonly block: number;
  /** null: not registered. */
  readonly uid: number | null;
  readonly incentive: number;
  readonly emissionTao: string;
  readonly immunityBlocksLeft: number;
  readonly immunityMsLeft: number;
  /** 1 = the next to be replaced; null: never. */
  readonly pruneRank: number | null;
  readonly slotsFree: number;
  /** Immunity ends within a tempo (or is over), the subnet is full, and it is among the next three. */
  readonly inDanger: boolean;
  readonly registrationCostRao: string;
  readonly registrationCostTao: string;
}

/** Asks the chain where a hotkey stands in a subnet. */
export async function fetchStanding(client: ChainClient, netuid: Netuid, hotkey: Hotkey): Promise<ChainStanding> {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const [graph, blockTimeMs] = await Promise.all([fetchMetagraph(client, netuid), client.blockTimeMs()]);
  const priceRao = graph.burnRao;
  const neuron = graph.neurons.find((candidate) => candidate.hotkey === hotkey);
  const slotsFree = Math.max(0, graph.maxUids - graph.n);
  const immunityBlocksLeft = neuron?.immunityBlocksLeft ?? 0;
  return {
    netuid,
    block: graph.block,
    uid: neuron?.uid ?? null,
    incentive: neuron?.incentive ?? 0,
    emissionTao: formatTao(neuron?.emissionRao ?? 0n),
    immunityBlocksLeft,
    immunityMsLeft: immunityBlocksLeft * blockTimeMs,
    pruneRank: neuron?.pruneRank ?? null,
    slotsFree,
    inDanger: slotsFree === 0 && (neuron?.pruneRank ?? 99) <= 3 && immunityBlocksLeft <= graph.tempo,
    registrationCostRao: priceRao.toString(),
    registrationCostTao: formatTao(priceRao),
  };
}
