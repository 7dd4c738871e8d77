import type { ReadableState, State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import type { Tagged } from "../../scale/codec.ts";

const P = "SubtensorModule";
/** Last block of something that is limited; 0 where it never happened. */
export const LastRateLimitedBlock = new StorageItem<[key: Tagged], bigint>(P, "LastRateLimitedBlock");
const TransactionKeyLastBlock = new StorageItem<[key: string, netuid: number, kind: number], bigint>(
  P,
  "TransactionKeyLastBlock",
);

/** Kinds of limited transactions of one key in one subnet, by the number they are stored under (spec 425). */
export const LimitedKind = {
  setChildren: 0,
  setChildkeyTake: 1,
  setWeightsVersionKey: 4,
  mechanismCountUpdate: 7,
  mechanismEmission: 8,
  maxUidsTrimming: 9,
  tempoUpdate: 11,
} as const;
type Kind = (typeof LimitedKind)[keyof typeof LimitedKind];

/** The first time is free. */
export const isAllowed = (last: bigint, limit: bigint, block: number): boolean =>
  last === 0n || BigInt(block) - last >= limit;

export const lastOfKind = (state: ReadableState, key: string, netuid: number, kind: Kind): bigint =>
  TransactionKeyLastBlock.get(state, key, netuid, kind);

export const recordKind = (state: State, key: string, netuid: number, kind: Kind, block: number): void =>
  TransactionKeyLastBlock.set(state, [key, netuid, kind], BigInt(block));
