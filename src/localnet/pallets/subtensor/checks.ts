import { badOrigin, type DispatchError, ensure, moduleError } from "../../engine/dispatch-error.ts";
import { ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { MechanismCountCurrent, NetworksAdded, NO_ACCOUNT, Owner, SubnetOwner, Uids } from "./storage.ts";

export const fail = (name: string): DispatchError => moduleError("SubtensorModule", name);

export function need(condition: boolean, name: string): asserts condition {
  ensure(condition, "SubtensorModule", name);
}

/** @throws DispatchError SubnetNotExists */
export const needSubnet = (state: ReadableState, netuid: number): void =>
  need(NetworksAdded.get(state, netuid), "SubnetNotExists");

/** @throws DispatchError MechanismDoesNotExist */
export const needMechanism = (state: ReadableState, netuid: number, mecid: number): void => {
  needSubnet(state, netuid);
  need(mecid < MechanismCountCurrent.get(state, netuid), "MechanismDoesNotExist");
};

/** The uid of a hotkey in a subnet. @throws DispatchError HotKeyNotRegisteredInSubNet */
export function needUid(state: ReadableState, netuid: number, hotkey: string): number {
  const uid = Uids.get(state, netuid, hotkey);
  need(uid !== undefined, "HotKeyNotRegisteredInSubNet");
  return uid;
}

/** Whether somebody ever claimed this hotkey. */
export const hotkeyExists = (state: ReadableState, hotkey: string): boolean => Owner.has(state, hotkey);

export const ownerOf = (state: ReadableState, hotkey: string): string => Owner.get(state, hotkey);

/** The signer, who must own the subnet. @throws DispatchError BadOrigin */
export function ensureSubnetOwner(state: ReadableState, origin: Origin, netuid: number): string {
  const who = ensureSigned(origin);
  const owner = SubnetOwner.get(state, netuid);
  if (owner === NO_ACCOUNT || owner !== who) throw badOrigin();
  return who;
}
