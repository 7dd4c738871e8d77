import { schema } from "../../engine/schema.ts";
import type { State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import { stakeRao } from "./share-pool.ts";
import {
  AlphaV2,
  IsNetworkMember,
  mechanismIndex,
  SubnetTAO,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
  TotalNetworks,
} from "./storage.ts";

/** Every mechanism a subnet could have had. */
const MAX_MECHANISMS = 16;

/**
 * Removes everything a subnet stored and shares its TAO out among those who hold its alpha.
 *
 * @returns Coldkey → rao to pay back.
 */
export function dissolve(state: State, netuid: number): Map<string, bigint> {
  const holdings = [...AlphaV2.entries(state)].filter(([[, , held]]) => held === netuid).map(([key]) => key);
  const alphaByColdkey = new Map<string, bigint>();
  let alpha = 0n;
  for (const [hotkey, coldkey] of holdings) {
    const rao = stakeRao(state, hotkey, coldkey, netuid);
    alphaByColdkey.set(coldkey, (alphaByColdkey.get(coldkey) ?? 0n) + rao);
    alpha += rao;
  }
  const tao = SubnetTAO.get(state, netuid);
  const paid = new Map([...alphaByColdkey].map(([coldkey, rao]) => [coldkey, alpha === 0n ? 0n : (tao * rao) / alpha]));

  for (const [hotkey, coldkey] of holdings) {
    AlphaV2.remove(state, hotkey, coldkey, netuid);
    TotalHotkeyAlpha.remove(state, hotkey, netuid);
    TotalHotkeySharesV2.remove(state, hotkey, netuid);
  }
  for (const [[hotkey, member]] of [...IsNetworkMember.entries(state)]) {
    if (member === netuid) IsNetworkMember.remove(state, hotkey, netuid);
  }
  clearSubnet(state, netuid);
  TotalNetworks.update(state, [], (count) => count - 1);
  return paid;
}

/** Removes every entry of every item whose first key is the subnet's number or one of its mechanisms' indexes. */
function clearSubnet(state: State, netuid: number): void {
  for (const entry of schema.pallet("SubtensorModule").storage) {
    const [first] = entry.keys;
    if (first?.kind !== "named") continue;
    const item = new StorageItem<[number], unknown>("SubtensorModule", entry.name);
    if (first.name === "NetUid") item.clear(state, netuid);
    if (first.name === "NetUidStorageIndex") {
      for (let mecid = 0; mecid < MAX_MECHANISMS; mecid++) item.clear(state, mechanismIndex(netuid, mecid));
    }
  }
}
