import type { MechId, Netuid } from "../base/ids.ts";
import type { ChainClient } from "./client.ts";
import { type Plain, plainList, plainNumber, plainText } from "./plain.ts";
import { mechanismIndex } from "./weights-facts.ts";

const SUBTENSOR = "SubtensorModule";

const rowOf = (value: Plain): ReadonlyMap<number, number> =>
  new Map(
    plainList(value, "Weights").map((entry) => {
      const [target, weight] = plainList(entry, "a weight");
      return [plainNumber(target, "a uid"), plainNumber(weight, "a weight")];
    }),
  );

/** What the chain holds of one setter: uid → u16. */
export async function fetchRow(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
  uid: number,
  at?: string,
): Promise<ReadonlyMap<number, number>> {
  return rowOf(await client.storage(SUBTENSOR, "Weights", [mechanismIndex(netuid, mechid), uid], at));
}

/** All rows of a mechanism: setter's uid → (uid → u16). */
export async function fetchRows(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const entries = await client.entries(SUBTENSOR, "Weights", [mechanismIndex(netuid, mechid)]);
  return new Map(entries.map(({ args, value }) => [plainNumber(args[1], "a uid"), rowOf(value)]));
}

/** A hash commit as the chain holds it. */
export interface HeldCommit {
  readonly hash: string;
  /** The epoch it was included in, which may be later than the one it was signed in. */
  readonly epoch: number;
}

/** Hash commits of a hotkey that the chain still holds, oldest first. */
export async function fetchHashCommits(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
  hotkey: string,
  at?: string,
): Promise<readonly HeldCommit[]> {
  const stored = await client.storage(SUBTENSOR, "WeightCommits", [mechanismIndex(netuid, mechid), hotkey], at);
  if (stored === null) return [];
  return plainList(stored, "WeightCommits").map((entry) => {
    const [hash, epoch] = plainList(entry, "a commit");
    return { hash: plainText(hash, "a commit's hash"), epoch: plainNumber(epoch, "a commit's epoch") };
  });
}

/** A timelocked commit that the chain has not opened yet. */
export interface SealedCommit {
  readonly hotkey: string;
  /** The block it was committed in. */
  readonly block: number;
  /** The beacon's round that opens it. */
  readonly round: number;
}

/** Timelocked commits of everybody on a mechanism, oldest first. */
export async function fetchSealedCommits(
  client: ChainClient,
  netuid: Netuid,
  mechid: MechId,
): Promise<readonly SealedCommit[]> {
  const entries = await client.entries(SUBTENSOR, "TimelockedWeightCommits", [mechanismIndex(netuid, mechid)]);
  return entries
    .flatMap(({ value }) =>
      plainList(value, "TimelockedWeightCommits").map((entry) => {
        const [hotkey, block, , round] = plainList(entry, "a commit");
        return {
          hotkey: plainText(hotkey, "a commit's hotkey"),
          block: plainNumber(block, "a commit's block"),
          round: plainNumber(round, "a commit's round"),
        };
      }),
    )
    .sort((a, b) => a.block - b.block);
}
