import { inheritedRao } from "../../../yuma/childkeys.ts";
import { taoWeightQ32 } from "../../../yuma/stake.ts";
import type { ReadableState } from "../../engine/state.ts";
import { hotkeyAlphaRao } from "./share-pool.ts";
import { ChildKeys, ParentKeys, ROOT_NETUID, StakeThreshold, TaoWeight } from "./storage.ts";

/** Stake in `where`, shifted between parents and children as they agreed for `netuid`. */
function shifted(state: ReadableState, netuid: number, hotkey: string, where: number): bigint {
  const own = hotkeyAlphaRao(state, hotkey, where);
  const children = ChildKeys.get(state, hotkey, netuid);
  const parents = ParentKeys.get(state, hotkey, netuid);
  if (children.length === 0 && parents.length === 0) return own;
  return inheritedRao(
    own,
    children.map(([proportion]) => proportion),
    parents.map(([proportion, parent]) => ({ proportion, stakeRao: hotkeyAlphaRao(state, parent, where) })),
  );
}

/** Alpha that counts for a hotkey in a subnet, rao: own, less the children's, plus the parents'. */
export const inheritedAlphaRao = (state: ReadableState, netuid: number, hotkey: string): bigint =>
  netuid === ROOT_NETUID ? hotkeyAlphaRao(state, hotkey, netuid) : shifted(state, netuid, hotkey, netuid);

/** TAO at root that counts for a hotkey in a subnet, rao. */
export const inheritedRootRao = (state: ReadableState, netuid: number, hotkey: string): bigint =>
  shifted(state, netuid, hotkey, ROOT_NETUID);

/** Alpha in the subnet and TAO at root times its weight, rao: what weights and permits go by. */
export const stakeWeightRao = (state: ReadableState, netuid: number, hotkey: string): bigint =>
  inheritedAlphaRao(state, netuid, hotkey) +
  ((inheritedRootRao(state, netuid, hotkey) * taoWeightQ32(TaoWeight.get(state))) >> 32n);

export const hasEnoughStake = (state: ReadableState, netuid: number, hotkey: string): boolean =>
  stakeWeightRao(state, netuid, hotkey) >= StakeThreshold.get(state);
