import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { need, needSubnet } from "./checks.ts";
import { AutoStakeDestination, AutoStakeDestinationColdkeys, Uids } from "./storage.ts";

/** Where a coldkey's miners' emission of a subnet is staked instead of on themselves. */
export const autoStakeCalls: CallHandlers = {
  set_coldkey_auto_stake_hotkey: (
    execution: Execution,
    origin: Origin,
    { netuid, hotkey }: { netuid: number; hotkey: string },
  ) => {
    const { state } = execution;
    const coldkey = ensureSigned(origin);
    needSubnet(state, netuid);
    need(Uids.has(state, netuid, hotkey), "HotKeyNotRegisteredInSubNet");
    const before = AutoStakeDestination.get(state, coldkey, netuid);
    need(before !== hotkey, "SameAutoStakeHotkeyAlreadySet");
    if (before !== undefined) {
      AutoStakeDestinationColdkeys.update(state, [before, netuid], (coldkeys) =>
        coldkeys.filter((other) => other !== coldkey),
      );
    }
    AutoStakeDestination.set(state, [coldkey, netuid], hotkey);
    AutoStakeDestinationColdkeys.update(state, [hotkey, netuid], (coldkeys) =>
      coldkeys.includes(coldkey) ? coldkeys : [...coldkeys, coldkey],
    );
    execution.emit("SubtensorModule", "AutoStakeDestinationSet", { coldkey, netuid, hotkey });
  },
};
