import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "../chain/client.ts";
import { keepCommit } from "../chain/commit-store.ts";
import { anchorIn, fetchCommitment, publishAnchor } from "../chain/commitments.ts";
import { extrinsicHash } from "../chain/extrinsic.ts";
import type { HashCommit } from "../chain/hash-commit.ts";
import { fetchMetagraph } from "../chain/metagraph.ts";
import { fetchRow, previewWeights, setWeights } from "../chain/weights.ts";
import { revealKept } from "../chain/weights-kept.ts";
import type { WeightEntry } from "../store/settlements.ts";
import type { AnchorBoard, SubnetView, WeightsDoor } from "./ports.ts";

const MAIN = 0 as MechId;

/** The subnet's metagraph as the validator needs it. */
export const chainSubnet = (client: ChainClient, netuid: Netuid): SubnetView => ({
  fetch: async () => {
    const { block, ownerHotkey, neurons } = await fetchMetagraph(client, netuid);
    return { block, ownerHotkey, neurons };
  },
});

/** Where the seeds' hash chain is anchored: this hotkey's commitment in the subnet. */
export const chainAnchors = (client: ChainClient, signer: Signer, netuid: Netuid): AnchorBoard => ({
  read: async () => {
    const commitment = await fetchCommitment(client, netuid, signer.address);
    return commitment === undefined ? undefined : anchorIn(commitment.text);
  },
  publish: async (anchor) => {
    await publishAnchor(client, signer, netuid, anchor);
  },
});

const above0 = (weights: readonly { uid: number; hotkey: string; value: number }[]): WeightEntry[] =>
  weights.filter(({ value }) => value > 0).map(({ uid, hotkey, value }) => ({ uid, hotkey, value }));

/**
 * The one door for weights of the subnet's first mechanism.
 *
 * @param commits - File in which commits by hash are kept until their reveal, for chains that no beacon's pulses reach;
 * without one the door sends none.
 */
export function chainWeights(client: ChainClient, signer: Signer, netuid: Netuid, commits?: string): WeightsDoor {
  return {
    send: async (scores, onSigned) => {
      const input = { netuid, mechid: MAIN, scores };
      const { plan } = await previewWeights(client, input, signer.address as Hotkey);
      const weights = above0(plan.weights);
      const receipt = await setWeights(client, signer, input, {
        onSigned: async ({ hash }) => onSigned({ extrinsic: hash, atBlock: (await client.head()).number, weights }),
        ...(commits === undefined ? {} : { keepCommit: (commit: HashCommit) => keepCommit(commits, commit) }),
      });
      const { mode, block, extrinsic, verified } = receipt;
      return { mode, block, extrinsic, weights: above0(receipt.plan.weights), verified };
    },
    lookUp: async ({ extrinsic, atBlock, weights }, signal) => {
      const block = await findExtrinsic(client, extrinsic, atBlock, signal);
      if (block === undefined) return undefined;
      const { neurons } = await fetchMetagraph(client, netuid);
      const self = neurons.find(({ hotkey }) => hotkey === signer.address);
      const row = self === undefined ? new Map<number, number>() : await fetchRow(client, netuid, MAIN, self.uid);
      const verified =
        [...row].filter(([, value]) => value > 0).length === weights.length &&
        weights.every(({ uid, value }) => row.get(uid) === value);
      return { mode: verified ? "plain" : "committed", block, extrinsic, weights, verified };
    },
    reveal: async () =>
      commits === undefined
        ? { revealed: undefined, expired: [], againAt: undefined }
        : await revealKept(client, signer, { netuid, mechid: MAIN, file: commits }),
  };
}

/** Blocks of one transaction's life, and a few for the head that was read just before. */
const LIFE_BLOCKS = 132;

/** The block that holds an extrinsic, looked for from where it was sent. */
async function findExtrinsic(
  client: ChainClient,
  extrinsic: string,
  atBlock: number,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const head = (await client.head()).number;
  for (let number = Math.max(1, atBlock - 1); number <= Math.min(head, atBlock + LIFE_BLOCKS); number++) {
    signal?.throwIfAborted();
    const hash = await client.blockHash(number);
    if (hash === undefined) return undefined;
    const answer = (await client.ask("chain_getBlock", [hash])) as { block?: { extrinsics?: unknown } } | null;
    const extrinsics = answer?.block?.extrinsics;
    if (Array.isArray(extrinsics) && extrinsics.some((hex) => extrinsicHash(String(hex)) === extrinsic)) return number;
  }
  return undefined;
}
