import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import type { StorageItem } from "../../engine/storage-item.ts";
import type { Tagged } from "../../scale/codec.ts";
import { debit, spendableRao } from "../accounts.ts";
import { hotkeyExists, need, needSubnet, ownerOf } from "./checks.ts";
import { mechanismIndexes } from "./neurons.ts";
import { LastRateLimitedBlock } from "./rate-limits.ts";
import { moveRelations } from "./relations.ts";
import { addStakeRao, hotkeyAlphaRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import {
  AlphaDividendsPerSubnet,
  AlphaV2,
  AutoParentDelegationEnabled,
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  Axons,
  ChildKeys,
  ChildkeyTake,
  Delegates,
  IsNetworkMember,
  Keys,
  LastHotkeySwapOnNetuid,
  NetworksAdded,
  NeuronCertificates,
  OwnedHotkeys,
  Owner,
  Prometheus,
  ROOT_NETUID,
  StakingHotkeys,
  SubnetOwnerHotkey,
  TotalHotkeyAlphaLastEpoch,
  TxRateLimit,
  Uids,
  WeightCommits,
} from "./storage.ts";
import { moveVotingPower } from "./voting-power.ts";

/** SubtensorModule.KeySwapCost and KeySwapOnSubnetCost of spec 461, rao. */
export const KEY_SWAP_COST_RAO = 100_000_000n;
const KEY_SWAP_ON_SUBNET_COST_RAO = 1_000_000n;
/** SubtensorModule.HotkeySwapOnSubnetInterval of spec 461, blocks. */
const INTERVAL_BLOCKS = 1n;

export const lastTransaction = (key: string): Tagged => ({ type: "LastTxBlock", value: key });
/** Blocks remembered for a hotkey, which a swap hands on. */
const REMEMBERED = ["LastTxBlock", "LastTxBlockDelegateTake", "LastTxBlockChildKeyTake"] as const;

const netuids = (state: ReadableState): number[] => [...NetworksAdded.entries(state)].map(([[netuid]]) => netuid);
const isRegistered = (state: ReadableState, hotkey: string, among: readonly number[]): boolean =>
  among.some((netuid) => Uids.has(state, netuid, hotkey));

/** Moves one entry of a hotkey in a subnet, if there is one. */
function rename<V>(
  item: StorageItem<[number, string], V>,
  state: State,
  first: number,
  from: string,
  to: string,
): void {
  if (!item.has(state, first, from)) return;
  item.set(state, [first, to], item.get(state, first, from));
  item.remove(state, first, from);
}

function moveMembership(state: State, netuid: number, from: string, to: string): void {
  const uid = Uids.get(state, netuid, from);
  IsNetworkMember.remove(state, from, netuid);
  if (uid === undefined) return;
  IsNetworkMember.set(state, [to, netuid], true);
  Uids.remove(state, netuid, from);
  Uids.set(state, [netuid, to], uid);
  Keys.set(state, [netuid, uid], to);
  rename(Prometheus, state, netuid, from, to);
  rename(Axons, state, netuid, from, to);
  rename(NeuronCertificates, state, netuid, from, to);
  for (const index of mechanismIndexes(state, netuid)) rename(WeightCommits, state, index, from, to);
}

function moveAutoStake(state: State, netuid: number, from: string, to: string): void {
  const coldkeys = AutoStakeDestinationColdkeys.get(state, from, netuid);
  if (coldkeys.length === 0) return;
  for (const coldkey of coldkeys) AutoStakeDestination.set(state, [coldkey, netuid], to);
  AutoStakeDestinationColdkeys.remove(state, from, netuid);
  AutoStakeDestinationColdkeys.set(state, [to, netuid], coldkeys);
}

/** Every coldkey's stake on the old hotkey goes to the new one. */
function moveStake(state: State, netuid: number, from: string, to: string): void {
  const last = TotalHotkeyAlphaLastEpoch.get(state, from, netuid);
  if (last > 0n) TotalHotkeyAlphaLastEpoch.update(state, [to, netuid], (rao) => rao + last);
  TotalHotkeyAlphaLastEpoch.remove(state, from, netuid);
  const dividends = AlphaDividendsPerSubnet.get(state, netuid, from);
  if (dividends > 0n) AlphaDividendsPerSubnet.update(state, [netuid, to], (rao) => rao + dividends);
  AlphaDividendsPerSubnet.remove(state, netuid, from);
  moveVotingPower(state, netuid, from, to);
  for (const [[, coldkey, held]] of [...AlphaV2.entries(state, from)]) {
    if (held !== netuid) continue;
    const rao = stakeRao(state, from, coldkey, netuid);
    removeStakeRao(state, from, coldkey, netuid, rao);
    addStakeRao(state, to, coldkey, netuid, rao);
  }
  if (netuid !== ROOT_NETUID || !AutoParentDelegationEnabled.has(state, from)) return;
  AutoParentDelegationEnabled.set(state, [to], AutoParentDelegationEnabled.get(state, from));
  AutoParentDelegationEnabled.remove(state, from);
}

function swapOnSubnet(state: State, netuid: number, from: string, to: string, keepStake: boolean): void {
  moveMembership(state, netuid, from, to);
  if (ChildkeyTake.has(state, from, netuid)) {
    ChildkeyTake.set(state, [to, netuid], ChildkeyTake.get(state, from, netuid));
    ChildkeyTake.remove(state, from, netuid);
  }
  moveRelations(state, netuid, from, to);
  moveAutoStake(state, netuid, from, to);
  if (SubnetOwnerHotkey.get(state, netuid) === from) SubnetOwnerHotkey.set(state, [netuid], to);
  if (!keepStake) moveStake(state, netuid, from, to);
}

function pay(execution: Execution, coldkey: string, rao: bigint): void {
  need(spendableRao(execution.state, coldkey, true) >= rao, "NotEnoughBalanceToPaySwapHotKey");
  debit(execution, coldkey, rao, { keepAlive: true, burned: true });
}

const own = (state: State, coldkey: string, hotkey: string): void => {
  Owner.set(state, [hotkey], coldkey);
  OwnedHotkeys.update(state, [coldkey], (owned) => (owned.includes(hotkey) ? owned : [...owned, hotkey]));
};

function swapEverywhere(execution: Execution, coldkey: string, from: string, to: string, keepStake: boolean): void {
  const { state, blockNumber } = execution;
  const all = netuids(state);
  const concerned = all.filter(
    (netuid) => IsNetworkMember.get(state, from, netuid) || ChildKeys.get(state, from, netuid).length > 0,
  );
  for (const netuid of concerned) {
    const last = LastHotkeySwapOnNetuid.get(state, netuid, coldkey);
    need(last === 0n || last + INTERVAL_BLOCKS < BigInt(blockNumber), "HotKeySwapOnSubnetIntervalNotPassed");
  }
  pay(execution, coldkey, KEY_SWAP_COST_RAO);
  Owner.remove(state, from);
  own(state, coldkey, to);
  OwnedHotkeys.update(state, [coldkey], (owned) => owned.filter((hotkey) => hotkey !== from));
  const stakers = new Set([...AlphaV2.entries(state, from)].map(([[, staker]]) => staker));
  for (const netuid of all) swapOnSubnet(state, netuid, from, to, keepStake);
  for (const type of REMEMBERED) LastRateLimitedBlock.remove(state, { type, value: from });
  if (Delegates.has(state, from)) {
    Delegates.set(state, [to], Delegates.get(state, from));
    Delegates.remove(state, from);
  }
  if (!keepStake) {
    for (const staker of stakers) {
      StakingHotkeys.update(state, [staker], (hotkeys) => [
        ...hotkeys.filter((hotkey) => hotkey !== from && hotkey !== to),
        to,
      ]);
    }
  }
  for (const netuid of concerned) LastHotkeySwapOnNetuid.set(state, [netuid, coldkey], BigInt(blockNumber));
  execution.emit("SubtensorModule", "HotkeySwapped", { coldkey, old_hotkey: from, new_hotkey: to });
}

function swapHotkey(execution: Execution, origin: Origin, args: SwapArgs, keepStake: boolean): void {
  const { state, blockNumber } = execution;
  const { hotkey: from, new_hotkey: to, netuid } = args;
  const coldkey = ensureSigned(origin);
  need(ownerOf(state, from) === coldkey, "NonAssociatedColdKey");
  need(!hotkeyExists(state, to) || ownerOf(state, to) === coldkey, "NonAssociatedColdKey");
  need(from !== to, "NewHotKeyIsSameWithOld");
  const last = LastRateLimitedBlock.get(state, lastTransaction(coldkey));
  const limit = TxRateLimit.get(state);
  need(limit === 0n || last === 0n || BigInt(blockNumber) - last > limit, "HotKeySetTxRateLimitExceeded");
  need(!isRegistered(state, to, netuid === undefined ? netuids(state) : [netuid]), "HotKeyAlreadyRegisteredInSubNet");
  const touchesRoot = netuid === undefined || netuid === ROOT_NETUID;
  need(!touchesRoot || hotkeyAlphaRao(state, to, ROOT_NETUID) === 0n, "NewHotKeyNotCleanForRootSwap");
  for (const type of REMEMBERED) {
    const block = LastRateLimitedBlock.get(state, { type, value: from });
    if (block > 0n) LastRateLimitedBlock.set(state, [{ type, value: to }], block);
  }
  if (netuid === undefined) {
    swapEverywhere(execution, coldkey, from, to, keepStake);
  } else {
    needSubnet(state, netuid);
    const lastHere = LastHotkeySwapOnNetuid.get(state, netuid, coldkey);
    need(lastHere + INTERVAL_BLOCKS < BigInt(blockNumber), "HotKeySwapOnSubnetIntervalNotPassed");
    pay(execution, coldkey, KEY_SWAP_ON_SUBNET_COST_RAO);
    own(state, coldkey, to);
    swapOnSubnet(state, netuid, from, to, keepStake);
    LastHotkeySwapOnNetuid.set(state, [netuid, coldkey], BigInt(blockNumber));
    execution.emit("SubtensorModule", "HotkeySwappedOnSubnet", { coldkey, old_hotkey: from, new_hotkey: to, netuid });
  }
  LastRateLimitedBlock.set(state, [lastTransaction(coldkey)], BigInt(blockNumber));
}

interface SwapArgs {
  readonly hotkey: string;
  readonly new_hotkey: string;
  readonly netuid: number | undefined;
}

/** @see subtensor swap/swap_hotkey.rs (spec 425, 14bc6f9). */
export const swapHotkeyCalls: CallHandlers = {
  swap_hotkey: (execution: Execution, origin: Origin, args: SwapArgs) => swapHotkey(execution, origin, args, false),
  swap_hotkey_v2: (execution: Execution, origin: Origin, args: SwapArgs & { keep_stake: boolean }) =>
    swapHotkey(execution, origin, args, args.keep_stake),
};
