import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { State } from "../../engine/state.ts";
import { hotkeyExists, need, ownerOf } from "./checks.ts";
import {
  Delegates,
  LastTxBlockDelegateTake,
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

const setTake = (execution: Execution, hotkey: string, take: number): void => {
  Delegates.set(execution.state, [hotkey], take);
  LastTxBlockDelegateTake.set(execution.state, [hotkey], BigInt(execution.blockNumber));
};

export const hotkeyCalls: CallHandlers = {
  try_associate_hotkey: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) =>
    claimHotkey(execution.state, ensureSigned(origin), hotkey),
  decrease_take: (execution: Execution, origin: Origin, { hotkey, take }: TakeArgs) => {
    const { state } = execution;
    const coldkey = needOwn(execution, origin, hotkey);
    need(take < Delegates.get(state, hotkey), "DelegateTakeTooLow");
    need(take >= MinDelegateTake.get(state), "DelegateTakeTooLow");
    setTake(execution, hotkey, take);
    execution.emit("SubtensorModule", "TakeDecreased", [coldkey, hotkey, take]);
  },
  increase_take: (execution: Execution, origin: Origin, { hotkey, take }: TakeArgs) => {
    const { state } = execution;
    const coldkey = needOwn(execution, origin, hotkey);
    need(take > Delegates.get(state, hotkey), "DelegateTakeTooLow");
    need(take <= MaxDelegateTake.get(state), "DelegateTakeTooHigh");
    const last = LastTxBlockDelegateTake.get(state, hotkey);
    const limit = TxDelegateTakeRateLimit.get(state);
    need(last === 0n || limit === 0n || BigInt(execution.blockNumber) - last > limit, "DelegateTxRateLimitExceeded");
    setTake(execution, hotkey, take);
    execution.emit("SubtensorModule", "TakeIncreased", [coldkey, hotkey, take]);
  },
};
