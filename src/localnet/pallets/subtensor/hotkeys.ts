import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { State } from "../../engine/state.ts";
import type { Tagged } from "../../scale/codec.ts";
import { hotkeyExists, need, ownerOf } from "./checks.ts";
import { LastRateLimitedBlock } from "./rate-limits.ts";
import {
  Delegates,
  MaxDelegateTake,
  MinDelegateTake,
  OwnedHotkeys,
  Owner,
  StakingHotkeys,
  TxDelegateTakeRateLimit,
} from "./storage.ts";

/** Gives a hotkey to a coldkey unless somebody has it already. */
export function claimHotkey(state: State, coldkey: string, hotkey: string): void {
  if (hotkeyExists(state, hotkey)) return;
  Owner.set(state, [hotkey], coldkey);
  for (const item of [OwnedHotkeys, StakingHotkeys]) {
    item.update(state, [coldkey], (hotkeys) => (hotkeys.includes(hotkey) ? hotkeys : [...hotkeys, hotkey]));
  }
}

/** Claims a hotkey, or makes sure that it is the coldkey's. @throws DispatchError NonAssociatedColdKey */
export function claimOrOwn(state: State, coldkey: string, hotkey: string): void {
  claimHotkey(state, coldkey, hotkey);
  need(ownerOf(state, hotkey) === coldkey, "NonAssociatedColdKey");
}

interface TakeArgs {
  readonly hotkey: string;
  readonly take: number;
}

const needOwn = (execution: Execution, origin: Origin, hotkey: string): string => {
  const coldkey = ensureSigned(origin);
  need(hotkeyExists(execution.state, hotkey), "HotKeyAccountNotExists");
  need(ownerOf(execution.state, hotkey) === coldkey, "NonAssociatedColdKey");
  return coldkey;
};

const lastTake = (hotkey: string): Tagged => ({ type: "LastTxBlockDelegateTake", value: hotkey });

const setTake = (execution: Execution, hotkey: string, take: number): void => {
  Delegates.set(execution.state, [hotkey], take);
  LastRateLimitedBlock.set(execution.state, [lastTake(hotkey)], BigInt(execution.blockNumber));
};

const needTakeInBounds = ({ state }: Execution, take: number): void => {
  need(take >= MinDelegateTake.get(state), "DelegateTakeTooLow");
  need(take <= MaxDelegateTake.get(state), "DelegateTakeTooHigh");
};

/** A take that nobody ever set is compared with nothing: the first call may go either way. */
const takeOf = ({ state }: Execution, hotkey: string): number | undefined =>
  Delegates.has(state, hotkey) ? Delegates.get(state, hotkey) : undefined;

export const hotkeyCalls: CallHandlers = {
  try_associate_hotkey: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) =>
    claimHotkey(execution.state, ensureSigned(origin), hotkey),
  decrease_take: (execution: Execution, origin: Origin, { hotkey, take }: TakeArgs) => {
    needTakeInBounds(execution, take);
    const coldkey = needOwn(execution, origin, hotkey);
    const before = takeOf(execution, hotkey);
    need(before === undefined || take < before, "DelegateTakeTooLow");
    setTake(execution, hotkey, take);
    execution.emit("SubtensorModule", "TakeDecreased", [coldkey, hotkey, take]);
  },
  increase_take: (execution: Execution, origin: Origin, { hotkey, take }: TakeArgs) => {
    const { state, blockNumber } = execution;
    needTakeInBounds(execution, take);
    const coldkey = needOwn(execution, origin, hotkey);
    const before = takeOf(execution, hotkey);
    need(before === undefined || take > before, "DelegateTakeTooLow");
    const last = LastRateLimitedBlock.get(state, lastTake(hotkey));
    const limit = TxDelegateTakeRateLimit.get(state);
    need(last === 0n || limit === 0n || BigInt(blockNumber) - last > limit, "DelegateTxRateLimitExceeded");
    setTake(execution, hotkey, take);
    execution.emit("SubtensorModule", "TakeIncreased", [coldkey, hotkey, take]);
  },
};
