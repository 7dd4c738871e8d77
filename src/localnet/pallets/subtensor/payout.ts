import type { Payout } from "../../../yuma/payout.ts";
import type { Execution } from "../../engine/execution.ts";
import { ownerOf } from "./checks.ts";
import { addStakeRao, addToEverybody, hotkeyAlphaRao } from "./share-pool.ts";
import {
  AlphaDividendsPerSubnet,
  AutoStakeDestination,
  RecycleOrBurn,
  RootAlphaDividendsPerSubnet,
  SubnetAlphaOut,
  SubnetOwner,
  SubnetOwnerHotkey,
} from "./storage.ts";

/**
 * Puts an epoch's payments on the hotkeys: miners' on their own (or where their coldkey wants it), takes to the owner of
 * the hotkey, dividends to everybody who staked on it, the owner's cut to the owner's hotkey.
 *
 * Root dividends are paid as alpha to the hotkey's owner: there are no root claims on this chain.
 */
export function payNeurons(
  execution: Execution,
  netuid: number,
  hotkeys: readonly string[],
  payout: Payout,
  ownerCutRao: bigint,
): void {
  const { state } = execution;
  const ownerHotkey = SubnetOwnerHotkey.get(state, netuid);
  addStakeRao(state, ownerHotkey, SubnetOwner.get(state, netuid), netuid, ownerCutRao);
  AlphaDividendsPerSubnet.clear(state, netuid);
  RootAlphaDividendsPerSubnet.clear(state, netuid);
  hotkeys.forEach((hotkey, uid) => {
    const owner = ownerOf(state, hotkey);
    const destination = AutoStakeDestination.get(state, owner, netuid);
    const incentive = payout.minerRao[uid] ?? 0n;
    if (destination !== undefined && uid < payout.minerRao.length && payout.burnedRao[uid] === 0n)
      execution.emit("SubtensorModule", "AutoStakeAdded", { netuid, destination, hotkey, owner, incentive });
    addStakeRao(state, destination ?? hotkey, owner, netuid, incentive);
    const dividends = payout.alphaDividendsRao[uid] ?? 0n;
    // Dividends need somebody who holds a share; root stake alone makes the owner the first.
    if (hotkeyAlphaRao(state, hotkey, netuid) > 0n) addToEverybody(state, hotkey, netuid, dividends);
    else addStakeRao(state, hotkey, owner, netuid, dividends);
    addStakeRao(state, hotkey, owner, netuid, payout.alphaTakeRao[uid] ?? 0n);
    const root = (payout.rootTakeRao[uid] ?? 0n) + (payout.rootDividendsRao[uid] ?? 0n);
    addStakeRao(state, hotkey, owner, netuid, root);
    if (dividends > 0n) AlphaDividendsPerSubnet.set(state, [netuid, hotkey], dividends);
    if (root > 0n) RootAlphaDividendsPerSubnet.set(state, [netuid, hotkey], root);
  });
  const burned = payout.burnedRao.reduce((sum, rao) => sum + rao, 0n);
  // Recycled alpha may be emitted again; burned alpha counts as issued.
  if (RecycleOrBurn.get(state, netuid).type === "Recycle")
    SubnetAlphaOut.update(state, [netuid], (alpha) => (alpha > burned ? alpha - burned : 0n));
  execution.emit("SubtensorModule", "IncentiveAlphaEmittedToMiners", { netuid, emissions: payout.minerRao });
}
