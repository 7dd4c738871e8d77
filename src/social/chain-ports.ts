import type { Hotkey, MechId, Netuid } from "../base/ids.ts";
import type { Signer } from "../base/ports.ts";
import type { ChainClient } from "../chain/client.ts";
import { keepCommit } from "../chain/commit-store.ts";
import { arenaPostIn } from "../chain/commitments.ts";
import { fetchMetagraph } from "../chain/metagraph.ts";
import { previewWeights, setWeights } from "../chain/weights.ts";
import { revealKept } from "../chain/weights-kept.ts";

/** Somebody in the subnet, and where its proof is posted if it says so. */
export interface Member {
  readonly uid: number;
  readonly hotkey: string;
  readonly postId: string | undefined;
}

/** What came of sending weights. */
export interface MechanismWeights {
  readonly mode: string;
  readonly block: number;
  readonly extrinsic: string;
  readonly agents: number;
  readonly verified: boolean;
}

/** What became of weights that wait to be opened. */
export interface MechanismReveal {
  /** Block in which some were opened now. */
  readonly block: number | undefined;
  /** How many were not opened in their only epoch. */
  readonly expired: number;
  /** When it is worth looking again; undefined where nothing waits. */
  readonly againInMs: number | undefined;
}

/** The chain as the arena's process needs it. */
export interface ArenaChain {
  members(): Promise<readonly Member[]>;
  /** How long until the chain takes weights again; 0 for now. */
  waitMs(): Promise<number>;
  /** Opens weights that were committed by hash, where no beacon opens them. */
  reveal(): Promise<MechanismReveal>;
  /** @throws ColosseumError exit 13: the chain's refusals; 10 and 15: the chain is away. */
  send(scores: ReadonlyMap<string, number>): Promise<MechanismWeights>;
}

/**
 * The subnet's members, and the one door for the weights of a mechanism of it.
 *
 * @param file - Where commits by hash are kept until they are opened, for chains that no beacon's pulses reach.
 */
export const arenaChain = (
  client: ChainClient,
  signer: Signer,
  { netuid, mechid, file }: { readonly netuid: Netuid; readonly mechid: MechId; readonly file: string },
): ArenaChain => ({
  members: async () => {
    const { neurons } = await fetchMetagraph(client, netuid);
    return neurons.map(({ uid, hotkey, commitment }) => ({
      uid,
      hotkey,
      postId: commitment === null ? undefined : arenaPostIn(commitment),
    }));
  },
  waitMs: async () => {
    const input = { netuid, mechid, scores: new Map<Hotkey, number>() };
    const { facts, plan } = await previewWeights(client, input, signer.address as Hotkey);
    return plan.canSetInBlocks * facts.blockTimeMs;
  },
  reveal: async () => {
    const { revealed, expired, againAt } = await revealKept(client, signer, { netuid, mechid, file });
    const blocks = againAt === undefined ? undefined : Math.max(1, againAt - (await client.head()).number);
    return {
      block: revealed?.block,
      expired: expired.length,
      againInMs: blocks === undefined ? undefined : blocks * (await client.blockTimeMs()),
    };
  },
  send: async (scores) => {
    const input = { netuid, mechid, scores: scores as ReadonlyMap<Hotkey, number> };
    const { mode, block, extrinsic, verified, plan } = await setWeights(client, signer, input, {
      keepCommit: (commit) => keepCommit(file, commit),
    });
    return { mode, block, extrinsic, verified, agents: plan.weights.filter(({ value }) => value > 0).length };
  },
});
