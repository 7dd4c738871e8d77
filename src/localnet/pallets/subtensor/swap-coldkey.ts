import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import type { RuntimeCall } from "../../runtime/runtime.ts";
import { fromHex, toHex } from "../../scale/bytes.ts";
import { blake2_256 } from "../../scale/hashers.ts";
import { debit, freeRao, spendableRao, transfer } from "../accounts.ts";
import { fail, hotkeyExists, need } from "./checks.ts";
import { LastRateLimitedBlock } from "./rate-limits.ts";
import { addStakeRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import {
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  ColdkeySwapAnnouncementDelay,
  ColdkeySwapAnnouncements,
  ColdkeySwapDisputes,
  ColdkeySwapReannouncementDelay,
  IdentitiesV2,
  NetworksAdded,
  OwnedHotkeys,
  Owner,
  StakingHotkeys,
  SubnetOwner,
} from "./storage.ts";
import { KEY_SWAP_COST_RAO, lastTransaction } from "./swap-hotkey.ts";

const P = "SubtensorModule";

const together = (first: readonly string[], second: readonly string[]): string[] => [...new Set([...first, ...second])];

function moveInSubnet(state: State, netuid: number, from: string, to: string): void {
  if (SubnetOwner.get(state, netuid) === from) SubnetOwner.set(state, [netuid], to);
  const destination = AutoStakeDestination.get(state, from, netuid);
  if (destination !== undefined) {
    AutoStakeDestination.remove(state, from, netuid);
    AutoStakeDestination.set(state, [to, netuid], destination);
    AutoStakeDestinationColdkeys.update(state, [destination, netuid], (coldkeys) => [
      ...coldkeys.filter((coldkey) => coldkey !== from && coldkey !== to),
      to,
    ]);
  }
  for (const hotkey of StakingHotkeys.get(state, from)) {
    const rao = stakeRao(state, hotkey, from, netuid);
    removeStakeRao(state, hotkey, from, netuid, rao);
    addStakeRao(state, hotkey, to, netuid, rao);
  }
}

/** Everything of one coldkey becomes another's: stake, subnets, hotkeys, identity, money. */
function swap(execution: Execution, from: string, to: string): void {
  const { state, blockNumber } = execution;
  need(StakingHotkeys.get(state, to).length === 0, "ColdKeyAlreadyAssociated");
  need(!hotkeyExists(state, to), "NewColdKeyIsHotkey");
  const identity = IdentitiesV2.get(state, from);
  if (identity !== undefined && !IdentitiesV2.has(state, to)) {
    IdentitiesV2.remove(state, from);
    IdentitiesV2.set(state, [to], identity);
  }
  for (const [[netuid]] of [...NetworksAdded.entries(state)]) moveInSubnet(state, netuid, from, to);
  const owned = OwnedHotkeys.get(state, from);
  for (const hotkey of owned) Owner.set(state, [hotkey], to);
  for (const item of [StakingHotkeys, OwnedHotkeys]) {
    const all = together(item.get(state, to), item.get(state, from));
    item.remove(state, from);
    item.set(state, [to], all);
  }
  const left = freeRao(state, from);
  if (left > 0n) transfer(execution, from, to, left, false);
  LastRateLimitedBlock.set(state, [lastTransaction(to)], BigInt(blockNumber));
  execution.emit(P, "ColdkeySwapped", { old_coldkey: from, new_coldkey: to });
}

function charge(execution: Execution, coldkey: string, rao: bigint): void {
  if (rao === 0n) return;
  need(spendableRao(execution.state, coldkey, true) >= rao, "NotEnoughBalanceToPaySwapColdKey");
  debit(execution, coldkey, rao, { keepAlive: true, burned: true });
}

const announced = (state: ReadableState, coldkey: string): readonly [due: number, hash: string] => {
  const announcement = ColdkeySwapAnnouncements.get(state, coldkey);
  if (announcement === undefined) throw fail("ColdkeySwapAnnouncementNotFound");
  return announcement;
};

/** What a coldkey may still do once it has announced its swap. */
const WHILE_ANNOUNCED: ReadonlySet<string> = new Set([
  "SubtensorModule.announce_coldkey_swap",
  "SubtensorModule.swap_coldkey_announced",
  "SubtensorModule.dispute_coldkey_swap",
  "SubtensorModule.clear_coldkey_swap_announcement",
  "MevShield.submit_encrypted",
]);

/**
 * Holds back a coldkey whose swap is announced or disputed.
 *
 * @throws DispatchError ColdkeySwapDisputed, ColdkeySwapAnnounced.
 * @see subtensor guards/check_coldkey_swap.rs (spec 425, 14bc6f9): asked before every dispatch of a signed call.
 */
export function needNoColdkeySwap(state: ReadableState, who: string, call: RuntimeCall): void {
  if (!ColdkeySwapAnnouncements.has(state, who)) return;
  need(!ColdkeySwapDisputes.has(state, who), "ColdkeySwapDisputed");
  need(WHILE_ANNOUNCED.has(`${call.pallet}.${call.name}`), "ColdkeySwapAnnounced");
}

export const swapColdkeyCalls: CallHandlers = {
  swap_coldkey: (
    execution: Execution,
    origin: Origin,
    args: { old_coldkey: string; new_coldkey: string; swap_cost: bigint },
  ) => {
    ensureRoot(origin);
    charge(execution, args.old_coldkey, args.swap_cost);
    swap(execution, args.old_coldkey, args.new_coldkey);
    ColdkeySwapAnnouncements.remove(execution.state, args.old_coldkey);
    ColdkeySwapDisputes.remove(execution.state, args.old_coldkey);
  },
  /** Still in the metadata, and refused there too. */
  schedule_swap_coldkey: () => {
    throw fail("Deprecated");
  },
  announce_coldkey_swap: (execution: Execution, origin: Origin, { new_coldkey_hash }: { new_coldkey_hash: string }) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    const before = ColdkeySwapAnnouncements.get(state, who);
    if (before === undefined) charge(execution, who, KEY_SWAP_COST_RAO);
    else need(blockNumber >= before[0] + ColdkeySwapReannouncementDelay.get(state), "ColdkeySwapReannouncedTooEarly");
    ColdkeySwapAnnouncements.set(
      state,
      [who],
      [blockNumber + ColdkeySwapAnnouncementDelay.get(state), new_coldkey_hash],
    );
    execution.emit(P, "ColdkeySwapAnnounced", { who, new_coldkey_hash });
  },
  swap_coldkey_announced: (execution: Execution, origin: Origin, { new_coldkey }: { new_coldkey: string }) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    const [due, hash] = announced(state, who);
    need(hash === toHex(blake2_256(fromHex(new_coldkey))), "AnnouncedColdkeyHashDoesNotMatch");
    need(blockNumber >= due, "ColdkeySwapTooEarly");
    ColdkeySwapAnnouncements.remove(state, who);
    swap(execution, who, new_coldkey);
  },
  dispute_coldkey_swap: (execution: Execution, origin: Origin) => {
    const { state, blockNumber } = execution;
    const coldkey = ensureSigned(origin);
    announced(state, coldkey);
    need(!ColdkeySwapDisputes.has(state, coldkey), "ColdkeySwapAlreadyDisputed");
    ColdkeySwapDisputes.set(state, [coldkey], blockNumber);
    execution.emit(P, "ColdkeySwapDisputed", { coldkey });
  },
  reset_coldkey_swap: (execution: Execution, origin: Origin, { coldkey }: { coldkey: string }) => {
    ensureRoot(origin);
    ColdkeySwapAnnouncements.remove(execution.state, coldkey);
    ColdkeySwapDisputes.remove(execution.state, coldkey);
    execution.emit(P, "ColdkeySwapReset", { who: coldkey });
  },
  clear_coldkey_swap_announcement: (execution: Execution, origin: Origin) => {
    const { state, blockNumber } = execution;
    const who = ensureSigned(origin);
    const [due] = announced(state, who);
    need(blockNumber >= due + ColdkeySwapReannouncementDelay.get(state), "ColdkeySwapClearTooEarly");
    ColdkeySwapAnnouncements.remove(state, who);
    execution.emit(P, "ColdkeySwapCleared", { who });
  },
};
