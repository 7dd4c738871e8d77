import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { need, needSubnet, ownerOf } from "./checks.ts";
import { alphaPriceRao } from "./pool-price.ts";
import { isAllowed, LimitedKind, lastOfKind, recordKind } from "./rate-limits.ts";
import { applyChildren, needConsistent } from "./relations.ts";
import { hotkeyAlphaRao } from "./share-pool.ts";
import {
  AutoParentDelegationEnabled,
  ChildkeyTake,
  Keys,
  MaxChildkeyTake,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  NetworksAdded,
  ParentKeys,
  PendingChildKeyCooldown,
  PendingChildKeys,
  type Relations,
  ROOT_NETUID,
  StakeThreshold,
  SubnetOwnerHotkey,
  SubtokenEnabled,
  TxChildkeyTakeRateLimit,
  Uids,
} from "./storage.ts";

const P = "SubtensorModule";
/** Blocks between two changes of one hotkey's children in a subnet. */
const SET_CHILDREN_BLOCKS = 150n;
const ALL = (1n << 64n) - 1n;
const RAO = 1_000_000_000n;

/** Lowest childkey take of a subnet: the chain's own floor or the subnet's, whichever is higher. */
export const leastChildkeyTake = (state: ReadableState, netuid: number): number =>
  Math.max(MinChildkeyTake.get(state), MinChildkeyTakePerSubnet.get(state, netuid));

/** What a child keeps of a parent's dividends, u16. */
export const childkeyTake = (state: ReadableState, hotkey: string, netuid: number): number =>
  Math.max(ChildkeyTake.get(state, hotkey, netuid), leastChildkeyTake(state, netuid));

/** All stake on a hotkey, in rao of TAO at the prices of the moment. */
export const totalStakeRao = (state: ReadableState, hotkey: string): bigint =>
  [...NetworksAdded.entries(state)].reduce(
    (sum, [[netuid]]) => sum + (hotkeyAlphaRao(state, hotkey, netuid) * alphaPriceRao(state, netuid)) / RAO,
    0n,
  );

function scheduleChildren(
  execution: Execution,
  coldkey: string,
  hotkey: string,
  netuid: number,
  children: Relations,
): void {
  const { state, blockNumber } = execution;
  const last = lastOfKind(state, hotkey, netuid, LimitedKind.setChildren);
  need(isAllowed(last, SET_CHILDREN_BLOCKS, blockNumber), "TxRateLimitExceeded");
  need(netuid !== ROOT_NETUID, "RegistrationNotPermittedOnRootSubnet");
  needSubnet(state, netuid);
  need(ownerOf(state, hotkey) === coldkey, "NonAssociatedColdKey");
  need(new Set(children.map(([, child]) => child)).size === children.length, "DuplicateChild");
  needConsistent(hotkey, children, ParentKeys.get(state, hotkey, netuid));
  const owns = SubnetOwnerHotkey.get(state, netuid) === hotkey;
  const enough = children.length === 0 || owns || totalStakeRao(state, hotkey) >= StakeThreshold.get(state);
  need(enough, "NotEnoughStakeToSetChildkeys");
  recordKind(state, hotkey, netuid, LimitedKind.setChildren, blockNumber);
  if (!SubtokenEnabled.get(state, netuid)) {
    applyChildren(execution, netuid, hotkey, children);
    return;
  }
  const coolDown = BigInt(blockNumber) + PendingChildKeyCooldown.get(state);
  PendingChildKeys.set(state, [netuid, hotkey], [children, coolDown]);
  execution.emit(P, "SetChildrenScheduled", [hotkey, netuid, coolDown, children]);
}

/** A new subnet: everybody with a seat at root lends all of its stake there to the owner's hotkey, unless it opted out. */
export function delegateRootValidators(execution: Execution, netuid: number, ownerHotkey: string): void {
  const { state } = execution;
  for (const [, hotkey] of [...Keys.entries(state, ROOT_NETUID)]) {
    if (hotkey === ownerHotkey || !AutoParentDelegationEnabled.get(state, hotkey)) continue;
    execution.attempt(() => scheduleChildren(execution, ownerOf(state, hotkey), hotkey, netuid, [[ALL, ownerHotkey]]));
  }
}

interface TakeArgs {
  readonly hotkey: string;
  readonly netuid: number;
  readonly take: number;
}

export const childrenCalls: CallHandlers = {
  set_children: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, children }: { hotkey: string; netuid: number; children: Relations },
  ) => scheduleChildren(execution, ensureSigned(origin), hotkey, netuid, children),

  set_childkey_take: (execution: Execution, origin: Origin, { hotkey, netuid, take }: TakeArgs) => {
    const { state, blockNumber } = execution;
    need(ownerOf(state, hotkey) === ensureSigned(origin), "NonAssociatedColdKey");
    const inBounds = take >= leastChildkeyTake(state, netuid) && take <= MaxChildkeyTake.get(state);
    need(inBounds, "InvalidChildkeyTake");
    if (take > childkeyTake(state, hotkey, netuid)) {
      const last = lastOfKind(state, hotkey, netuid, LimitedKind.setChildkeyTake);
      const allowed = isAllowed(last, TxChildkeyTakeRateLimit.get(state), blockNumber);
      need(allowed, "TxChildkeyTakeRateLimitExceeded");
    }
    recordKind(state, hotkey, netuid, LimitedKind.setChildkeyTake, blockNumber);
    ChildkeyTake.set(state, [hotkey, netuid], take);
    execution.emit(P, "ChildKeyTakeSet", [hotkey, take]);
  },

  set_auto_parent_delegation_enabled: (
    execution: Execution,
    origin: Origin,
    { hotkey, enabled }: { hotkey: string; enabled: boolean },
  ) => {
    const { state } = execution;
    need(ownerOf(state, hotkey) === ensureSigned(origin), "NonAssociatedColdKey");
    need(Uids.has(state, ROOT_NETUID, hotkey), "HotKeyNotRegisteredInSubNet");
    AutoParentDelegationEnabled.set(state, [hotkey], enabled);
    execution.emit(P, "AutoParentDelegationEnabledSet", { hotkey, enabled });
  },

  sudo_set_tx_childkey_take_rate_limit: (
    execution: Execution,
    origin: Origin,
    { tx_rate_limit }: { tx_rate_limit: bigint },
  ) => {
    ensureRoot(origin);
    TxChildkeyTakeRateLimit.set(execution.state, [], tx_rate_limit);
    execution.emit(P, "TxChildKeyTakeRateLimitSet", tx_rate_limit);
  },
  sudo_set_min_childkey_take: (execution: Execution, origin: Origin, { take }: { take: number }) => {
    ensureRoot(origin);
    MinChildkeyTake.set(execution.state, [], take);
    execution.emit(P, "MinChildKeyTakeSet", take);
  },
  sudo_set_max_childkey_take: (execution: Execution, origin: Origin, { take }: { take: number }) => {
    ensureRoot(origin);
    MaxChildkeyTake.set(execution.state, [], take);
    execution.emit(P, "MaxChildKeyTakeSet", take);
  },
  set_pending_childkey_cooldown: (execution: Execution, origin: Origin, { cooldown }: { cooldown: bigint }) => {
    ensureRoot(origin);
    PendingChildKeyCooldown.set(execution.state, [], cooldown);
  },
};
