import type { ReadableState, State } from "../../engine/state.ts";
import type { StorageItem } from "../../engine/storage-item.ts";
import {
  Active,
  Axons,
  BlockAtRegistration,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  IsNetworkMember,
  Keys,
  LastUpdate,
  MechanismCountCurrent,
  mechanismIndex,
  NeuronCertificates,
  Prometheus,
  StakeWeight,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from "./storage.ts";

const put = <T>(
  item: StorageItem<[number], readonly T[]>,
  state: State,
  key: number,
  uid: number,
  value: T,
  zero: T,
): void =>
  item.update(state, [key], (values) => {
    const copy = [...values];
    while (copy.length < uid) copy.push(zero);
    copy[uid] = value;
    return copy;
  });

export const mechanismIndexes = (state: ReadableState, netuid: number): number[] =>
  Array.from({ length: MechanismCountCurrent.get(state, netuid) }, (_, mecid) => mechanismIndex(netuid, mecid));

/** A neuron as it is on its first block: active, without permit, incentive or emission. */
function setFresh(state: State, netuid: number, uid: number, hotkey: string, block: number): void {
  Keys.set(state, [netuid, uid], hotkey);
  Uids.set(state, [netuid, hotkey], uid);
  IsNetworkMember.set(state, [hotkey, netuid], true);
  BlockAtRegistration.set(state, [netuid, uid], BigInt(block));
  put(Active, state, netuid, uid, true, true);
  put(Emission, state, netuid, uid, 0n, 0n);
  for (const item of [Consensus, Dividends, StakeWeight, ValidatorTrust]) put(item, state, netuid, uid, 0, 0);
  put(ValidatorPermit, state, netuid, uid, false, false);
  for (const index of mechanismIndexes(state, netuid)) {
    put(Incentive, state, index, uid, 0, 0);
    put(LastUpdate, state, index, uid, BigInt(block), 0n);
  }
}

/** Gives the next free uid to a hotkey. */
export function appendNeuron(state: State, netuid: number, hotkey: string, block: number): number {
  const uid = SubnetworkN.get(state, netuid);
  SubnetworkN.set(state, [netuid], uid + 1);
  setFresh(state, netuid, uid, hotkey, block);
  return uid;
}

/** Removes what belonged to the neuron itself; weights to it become 0, bonds to it are masked at the next epoch. */
export function replaceNeuron(state: State, netuid: number, uid: number, hotkey: string, block: number): void {
  const old = Keys.get(state, netuid, uid);
  Uids.remove(state, netuid, old);
  IsNetworkMember.remove(state, old, netuid);
  Axons.remove(state, netuid, old);
  Prometheus.remove(state, netuid, old);
  NeuronCertificates.remove(state, netuid, old);
  for (const index of mechanismIndexes(state, netuid)) {
    Weights.remove(state, index, uid);
    Bonds.remove(state, index, uid);
    for (const [[, from], row] of [...Weights.entries(state, index)]) {
      if (row.some(([to, value]) => to === uid && value > 0)) {
        Weights.set(
          state,
          [index, from],
          row.map(([to, value]) => [to, to === uid ? 0 : value] as const),
        );
      }
    }
  }
  setFresh(state, netuid, uid, hotkey, block);
}

/** Hotkeys of a subnet by uid. */
export const hotkeysOf = (state: ReadableState, netuid: number): string[] =>
  Array.from({ length: SubnetworkN.get(state, netuid) }, (_, uid) => Keys.get(state, netuid, uid));

/** A stored vector at its full length: rows of old subnets may be shorter than n. */
export const padded = <T>(values: readonly T[], length: number, zero: T): T[] =>
  Array.from({ length }, (_, uid) => values[uid] ?? zero);
