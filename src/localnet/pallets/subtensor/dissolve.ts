import { schema } from "../../engine/schema.ts";
import type { State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import { stakeRao } from "./share-pool.ts";
import { AlphaV2, mechanismIndex, SubnetTAO, TotalNetworks } from "./storage.ts";

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
  clearSubnet(state, netuid);
  TotalNetworks.update(state, [], (count) => count - 1);
  return paid;
}

/** Removes every entry of every item that has the subnet's number, or one of its mechanisms' indexes, among its keys. */
function clearSubnet(state: State, netuid: number): void {
  for (const entry of schema.pallet("SubtensorModule").storage) {
    const named = entry.keys.map((key) => (key.kind === "named" ? key.name : ""));
    const item = new StorageItem<[number], unknown>("SubtensorModule", entry.name);
    if (named[0] === "NetUidStorageIndex") {
      for (let mecid = 0; mecid < MAX_MECHANISMS; mecid++) item.clear(state, mechanismIndex(netuid, mecid));
    }
    const place = named.indexOf("NetUid");
    if (place === 0) item.clear(state, netuid);
    else if (place > 0) clearWithin(new StorageItem("SubtensorModule", entry.name), state, place, netuid);
  }
}

/** Items kept by account first: every entry has to be looked at. */
function clearWithin(item: StorageItem<unknown[], unknown>, state: State, place: number, netuid: number): void {
  for (const [keys] of [...item.entries(state)]) if (keys[place] === netuid) item.remove(state, ...keys);
}
