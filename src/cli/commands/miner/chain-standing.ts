import type { Hotkey, Netuid } from "../../../base/ids.ts";
import { shortAddress } from "../../../base/text.ts";
import { formatTao, parseTao, showDuration, showTao } from "../../../base/units.ts";
import type { ChainClient } from "../../../chain/client.ts";
import type { Metagraph, Neuron } from "../../../chain/metagraph.ts";

/** What a miner should act on. */
export interface StandingWarning {
  readonly code: "miner.not-registered" | "miner.replaceable" | "miner.immunity-ends";
  readonly message: string;
}

/** Where a miner stands on the chain: how much it gets, how soon and by whose hand it may lose its slot. */
export interface ChainStanding {
  readonly netuid: number;
  readonly block: number;
  /** null: not registered. */
  readonly uid: number | null;
  readonly incentive: number;
  /** Of the last epoch, in the subnet's own token. */
  readonly emissionAlpha: string;
  readonly immunityBlocksLeft: number;
  readonly immunityMsLeft: number;
  /** As `subnet metagraph` gives it: 1 = the next to be replaced; null: never. */
  readonly pruneRank: number | null;
  /** How many would be replaced before it if its immunity were over now; null: it is never replaced. */
  readonly replacedBefore: number | null;
  readonly slotsFree: number;
  /** Who goes when the subnet is full and a newcomer comes; null: nobody can be replaced. */
  readonly nextReplaced: { readonly uid: number; readonly hotkey: string; readonly emissionAlpha: string } | null;
  /** By how much its last emission is above that of the next to go; below it where negative. */
  readonly marginAlpha: string | null;
  readonly registrationCostTao: string;
  readonly warning: StandingWarning | null;
}

/** Within so many places from the end one is warned; more before immunity ends than after, to leave time to act. */
const NEAR_THE_END = 3;
const NEAR_BEFORE_IMMUNITY_ENDS = 5;

/** Asks the chain where a hotkey stands in a subnet. */
export async function fetchStanding(client: ChainClient, netuid: Netuid, hotkey: Hotkey): Promise<ChainStanding> {
  const { fetchMetagraph } = await import("../../../chain/metagraph.ts");
  const [graph, blockTimeMs] = await Promise.all([fetchMetagraph(client, netuid), client.blockTimeMs()]);
  return standingIn(graph, hotkey, blockTimeMs);
}

/** Where a hotkey stands in a metagraph. */
export function standingIn(graph: Metagraph, hotkey: string, blockTimeMs: number): ChainStanding {
  const neuron = graph.neurons.find((candidate) => candidate.hotkey === hotkey);
  const next = graph.neurons.find(({ uid }) => uid === graph.nextPruned);
  const immunityBlocksLeft = neuron?.immunityBlocksLeft ?? 0;
  const standing = {
    netuid: graph.netuid,
    block: graph.block,
    uid: neuron?.uid ?? null,
    incentive: neuron?.incentive ?? 0,
    emissionAlpha: formatTao(neuron?.emissionRao ?? 0n),
    immunityBlocksLeft,
    immunityMsLeft: immunityBlocksLeft * blockTimeMs,
    pruneRank: neuron?.pruneRank ?? null,
    replacedBefore: neuron === undefined || neuron.pruneRank === null ? null : countBefore(graph.neurons, neuron),
    slotsFree: Math.max(0, graph.maxUids - graph.n),
    nextReplaced:
      next === undefined ? null : { uid: next.uid, hotkey: next.hotkey, emissionAlpha: formatTao(next.emissionRao) },
    marginAlpha: next === undefined || neuron === undefined ? null : formatTao(neuron.emissionRao - next.emissionRao),
    registrationCostTao: formatTao(graph.burnRao),
  };
  return { ...standing, warning: warningOf(standing, graph) };
}

/** Without immunity the lower emission goes first, then the older registration, then the lower uid (`chain/pruning`). */
const countBefore = (neurons: readonly Neuron[], own: Neuron): number =>
  neurons.filter(
    (other) =>
      other.uid !== own.uid &&
      other.pruneRank !== null &&
      other.immunityBlocksLeft === 0 &&
      (other.emissionRao !== own.emissionRao
        ? other.emissionRao < own.emissionRao
        : other.registeredAtBlock !== own.registeredAtBlock
          ? other.registeredAtBlock < own.registeredAtBlock
          : other.uid < own.uid),
  ).length;

function warningOf(standing: Omit<ChainStanding, "warning">, graph: Metagraph): StandingWarning | null {
  const { uid, netuid, slotsFree, replacedBefore, immunityBlocksLeft, immunityMsLeft } = standing;
  if (uid === null) {
    return {
      code: "miner.not-registered",
      message: `This hotkey is not registered in subnet ${netuid}: no validator asks it. A slot costs ${showTao(parseTao(standing.registrationCostTao))} now: colosseum register --netuid ${netuid}`,
    };
  }
  if (slotsFree > 0 || replacedBefore === null) return null;
  const before = orderOf(replacedBefore, "only ");
  if (immunityBlocksLeft === 0) {
    return replacedBefore >= NEAR_THE_END
      ? null
      : {
          code: "miner.replaceable",
          message: `The immunity of uid ${uid} is over, the subnet is full, and ${before}: newcomers take slots one by one.`,
        };
  }
  // A quarter of the immunity, and two epochs at least: a miner needs settled tasks to rise.
  const noticeBlocks = Math.max(2 * graph.tempo, Math.floor(graph.immunityPeriod / 4));
  if (immunityBlocksLeft > noticeBlocks || replacedBefore >= NEAR_BEFORE_IMMUNITY_ENDS) return null;
  return {
    code: "miner.immunity-ends",
    message: `The immunity of uid ${uid} ends in ${immunityBlocksLeft} blocks (${showDuration(immunityMsLeft)}), and then ${before}: earn more until then.`,
  };
}

/** Where somebody stands in the order of those who go. */
const orderOf = (before: number, only = ""): string =>
  before === 0
    ? "it would be the first to be replaced"
    : `${only}${before} ${before === 1 ? "other" : "others"} would be replaced before it`;

/** The standing as lines for people. */
export function drawStanding(standing: ChainStanding): string[] {
  const { netuid, uid, nextReplaced, replacedBefore } = standing;
  const price = `A slot costs ${showTao(parseTao(standing.registrationCostTao))} now.`;
  if (uid === null) return [`Not registered in subnet ${netuid}. ${price}`];
  const immunity =
    standing.immunityBlocksLeft > 0
      ? `immune for ${standing.immunityBlocksLeft} blocks (${showDuration(standing.immunityMsLeft)})`
      : "immunity is over";
  const next =
    nextReplaced === null
      ? standing.slotsFree > 0
        ? ""
        : "Nobody can be replaced."
      : nextReplaced.uid === uid
        ? "It is itself the next to be replaced."
        : `Next to be replaced is uid ${nextReplaced.uid} (${shortAddress(nextReplaced.hotkey)}), whose last emission is ${nextReplaced.emissionAlpha} α, ${distance(standing.marginAlpha ?? "0")}.`;
  const order =
    replacedBefore === null
      ? "It is never replaced."
      : nextReplaced?.uid === uid
        ? ""
        : `${standing.immunityBlocksLeft > 0 ? "Were its immunity over," : standing.slotsFree > 0 ? "Were it full," : "Now"} ${orderOf(replacedBefore)}.`;
  return [
    `  uid ${uid} in subnet ${netuid}: incentive ${(standing.incentive * 100).toFixed(2)} %, last emission ${standing.emissionAlpha} α, ${immunity}.`,
    `  ${standing.slotsFree > 0 ? `${standing.slotsFree} slots are free, so nobody has to go yet. ` : "The subnet is full. "}${[next, order].filter((words) => words !== "").join(" ")}`.trimEnd(),
    `  ${price}`,
  ];
}

const distance = (margin: string): string =>
  /^[0.]+$/.test(margin)
    ? "as much as this one's"
    : margin.startsWith("-")
      ? `${margin.slice(1)} α above this one's`
      : `${margin} α below this one's`;
