import type { Execution } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import { need, needSubnet } from "./checks.ts";
import { immuneOwnerUids } from "./immune-owners.ts";
import { hotkeysOf, mechanismIndexes } from "./neurons.ts";
import {
  Active,
  AlphaDividendsPerSubnet,
  Axons,
  BlockAtRegistration,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  ImmunityPeriod,
  Incentive,
  IsNetworkMember,
  Keys,
  LastUpdate,
  MaxAllowedUids,
  MinAllowedUids,
  NeuronCertificates,
  Prometheus,
  type Row,
  StakeWeight,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from "./storage.ts";

const AssociatedEvmAddress = new StorageItem<[netuid: number, uid: number], unknown>(
  "SubtensorModule",
  "AssociatedEvmAddress",
);

/** Of the new size, so many per cent may be immune at most. MaxImmuneUidsPercentage of spec 461. */
const MAX_IMMUNE_PERCENT = 80;

/** uids that stay, ascending: those with the most emission, and everybody who is immune. */
function survivors(state: ReadableState, netuid: number, most: number, immune: (uid: number) => boolean): number[] {
  const emission = Emission.get(state, netuid);
  const n = SubnetworkN.get(state, netuid);
  const ranked = Array.from({ length: n }, (_, uid) => uid).sort((a, b) => {
    const [first, second] = [emission[a] ?? 0n, emission[b] ?? 0n];
    return first === second ? a - b : first > second ? -1 : 1;
  });
  let left = n;
  const gone = new Set<number>();
  for (const uid of ranked.toReversed()) {
    if (left === most) break;
    if (immune(uid)) continue;
    gone.add(uid);
    left--;
  }
  return ranked.filter((uid) => !gone.has(uid)).sort((a, b) => a - b);
}

const pick = <T>(
  item: StorageItem<[number], readonly T[]>,
  state: State,
  key: number,
  kept: readonly number[],
  zero: T,
): void => {
  const values = item.get(state, key);
  item.set(
    state,
    [key],
    kept.map((uid) => values[uid] ?? zero),
  );
};

function forget(state: State, netuid: number, hotkey: string): void {
  Uids.remove(state, netuid, hotkey);
  IsNetworkMember.remove(state, hotkey, netuid);
  AlphaDividendsPerSubnet.remove(state, netuid, hotkey);
  for (const item of [Axons, NeuronCertificates, Prometheus]) item.remove(state, netuid, hotkey);
}

/** Rows of those who stay, under their new numbers, without entries for those who went. */
function renumberRows(
  item: StorageItem<[number, number], Row>,
  state: State,
  index: number,
  kept: readonly number[],
): void {
  const numbers = new Map(kept.map((old, now) => [old, now]));
  const rows = kept.map((uid) => item.get(state, index, uid));
  item.clear(state, index);
  rows.forEach((row, uid) => {
    const left = row.flatMap(([to, value]) => {
      const now = numbers.get(to);
      return now === undefined ? [] : [[now, value] as const];
    });
    if (left.length > 0) item.set(state, [index, uid], left);
  });
}

/**
 * Makes a subnet smaller at once: those with the least emission lose their place, whoever is immune stays, and everybody
 * moves up.
 *
 * @throws DispatchError InvalidValue, TrimmingWouldExceedMaxImmunePercentage.
 * @see subtensor subnets/uids.rs, trim_to_max_allowed_uids (spec 425, 14bc6f9).
 */
export function trimNeurons(execution: Execution, netuid: number, most: number): void {
  const { state, blockNumber } = execution;
  needSubnet(state, netuid);
  need(most >= MinAllowedUids.get(state, netuid) && most <= MaxAllowedUids.get(state, netuid), "InvalidValue");
  MaxAllowedUids.set(state, [netuid], most);
  const n = SubnetworkN.get(state, netuid);
  if (n <= most) return;
  const owners = new Set(immuneOwnerUids(state, netuid));
  const period = BigInt(ImmunityPeriod.get(state, netuid));
  const immune = (uid: number): boolean =>
    owners.has(uid) || BigInt(blockNumber) - BlockAtRegistration.get(state, netuid, uid) < period;
  const protectedCount = Array.from({ length: n }, (_, uid) => uid).filter(immune).length;
  const percent = Math.floor((100 * protectedCount) / most);
  need(percent < MAX_IMMUNE_PERCENT, "TrimmingWouldExceedMaxImmunePercentage");

  const kept = survivors(state, netuid, most, immune);
  const staying = new Set(kept);
  const hotkeys = hotkeysOf(state, netuid);
  const blocks = kept.map((uid) => BlockAtRegistration.get(state, netuid, uid));
  const addresses = kept.map((uid) => AssociatedEvmAddress.get(state, netuid, uid));
  hotkeys.forEach((hotkey, uid) => {
    if (!staying.has(uid)) forget(state, netuid, hotkey);
  });
  for (const item of [Keys, BlockAtRegistration, AssociatedEvmAddress]) item.clear(state, netuid);
  kept.forEach((old, uid) => {
    const hotkey = hotkeys[old] ?? "";
    Keys.set(state, [netuid, uid], hotkey);
    Uids.set(state, [netuid, hotkey], uid);
    BlockAtRegistration.set(state, [netuid, uid], blocks[uid] ?? 0n);
    if (addresses[uid] !== undefined) AssociatedEvmAddress.set(state, [netuid, uid], addresses[uid]);
  });
  pick(Emission, state, netuid, kept, 0n);
  pick(Active, state, netuid, kept, false);
  pick(ValidatorPermit, state, netuid, kept, false);
  for (const item of [Consensus, Dividends, ValidatorTrust, StakeWeight]) pick(item, state, netuid, kept, 0);
  for (const index of mechanismIndexes(state, netuid)) {
    pick(Incentive, state, index, kept, 0);
    pick(LastUpdate, state, index, kept, 0n);
    for (const item of [Weights, Bonds]) renumberRows(item, state, index, kept);
  }
  SubnetworkN.set(state, [netuid], kept.length);
}
