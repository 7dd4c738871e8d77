import type { ReadableState } from "../../engine/state.ts";
import {
  BlockAtRegistration,
  ImmuneOwnerUidsLimit,
  OwnedHotkeys,
  SubnetOwner,
  SubnetOwnerHotkey,
  Uids,
} from "./storage.ts";

/**
 * uids that nobody can push out of a subnet: its owner's hotkey and the oldest of the owner's other hotkeys, as many as
 * the limit says in all. The owner's hotkey stays even where the limit is 0.
 *
 * @see subtensor subnets/registration.rs, get_immune_owner_tuples (spec 425, 14bc6f9).
 */
export function immuneOwnerUids(state: ReadableState, netuid: number): number[] {
  const own = Uids.get(state, netuid, SubnetOwnerHotkey.get(state, netuid));
  const oldest = OwnedHotkeys.get(state, SubnetOwner.get(state, netuid))
    .flatMap((hotkey) => Uids.get(state, netuid, hotkey) ?? [])
    .map((uid) => ({ uid, block: Number(BlockAtRegistration.get(state, netuid, uid)) }))
    .sort((a, b) => a.block - b.block || a.uid - b.uid)
    .map(({ uid }) => uid);
  const limit = Math.max(1, ImmuneOwnerUidsLimit.get(state, netuid));
  const first = oldest.slice(0, limit);
  return own === undefined || first.includes(own) ? first : [own, ...first].slice(0, limit);
}
