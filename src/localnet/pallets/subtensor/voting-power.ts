import { type CallHandlers, type Execution, ensureRoot, type Origin } from "../../engine/execution.ts";
import type { State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import { ensureSubnetOwner, need } from "./checks.ts";
import { IsNetworkMember, StakeThreshold } from "./storage.ts";

const P = "SubtensorModule";
type PerSubnet<V> = StorageItem<[netuid: number], V>;
const VotingPower = new StorageItem<[netuid: number, hotkey: string], bigint>(P, "VotingPower");
const VotingPowerTrackingEnabled: PerSubnet<boolean> = new StorageItem(P, "VotingPowerTrackingEnabled");
const VotingPowerDisableAtBlock: PerSubnet<bigint> = new StorageItem(P, "VotingPowerDisableAtBlock");
const VotingPowerEmaAlpha: PerSubnet<bigint> = new StorageItem(P, "VotingPowerEmaAlpha");

/** 1 in the unit of the moving average's weight. */
const ONE = 1_000_000_000_000_000_000n;
/** Blocks that tracking goes on after it was switched off: two weeks. */
const GRACE_BLOCKS = 100_800n;

/** A new hotkey takes the old one's voting power along. */
export function moveVotingPower(state: State, netuid: number, from: string, to: string): void {
  const power = VotingPower.get(state, netuid, from);
  VotingPower.remove(state, netuid, from);
  if (power > 0n) VotingPower.update(state, [netuid, to], (existing) => existing + power);
}

/** After an epoch: the moving averages of the validators' stakes, where the subnet keeps them. */
export function updateVotingPower(
  execution: Execution,
  netuid: number,
  validators: readonly { readonly hotkey: string; readonly permit: boolean; readonly stakeRao: bigint }[],
): void {
  const { state, blockNumber } = execution;
  if (!VotingPowerTrackingEnabled.get(state, netuid)) return;
  const end = VotingPowerDisableAtBlock.get(state, netuid);
  if (end > 0n && BigInt(blockNumber) >= end) {
    VotingPower.clear(state, netuid);
    VotingPowerTrackingEnabled.set(state, [netuid], false);
    VotingPowerDisableAtBlock.remove(state, netuid);
    execution.emit(P, "VotingPowerTrackingDisabled", { netuid });
    return;
  }
  const weight = VotingPowerEmaAlpha.get(state, netuid);
  const least = StakeThreshold.get(state);
  for (const { hotkey, permit, stakeRao } of validators) {
    const before = VotingPower.get(state, netuid, hotkey);
    const now = (weight * stakeRao + (ONE - weight) * before) / ONE;
    if (!permit || (now < least && before >= least)) VotingPower.remove(state, netuid, hotkey);
    else if (now > 0n) VotingPower.set(state, [netuid, hotkey], now);
  }
  for (const [[, hotkey]] of [...VotingPower.entries(state, netuid)])
    if (!IsNetworkMember.get(state, hotkey, netuid)) VotingPower.remove(state, netuid, hotkey);
}

const ownerOrRoot = ({ state }: Execution, origin: Origin, netuid: number): void => {
  if (origin.type !== "root") ensureSubnetOwner(state, origin, netuid);
};

/** @see subtensor utils/voting_power.rs (spec 425, 14bc6f9). */
export const votingPowerCalls: CallHandlers = {
  enable_voting_power_tracking: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    ownerOrRoot(execution, origin, netuid);
    VotingPowerTrackingEnabled.set(execution.state, [netuid], true);
    VotingPowerDisableAtBlock.remove(execution.state, netuid);
    execution.emit(P, "VotingPowerTrackingEnabled", { netuid });
  },
  disable_voting_power_tracking: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    ownerOrRoot(execution, origin, netuid);
    need(VotingPowerTrackingEnabled.get(execution.state, netuid), "VotingPowerTrackingNotEnabled");
    const disable_at_block = BigInt(execution.blockNumber) + GRACE_BLOCKS;
    VotingPowerDisableAtBlock.set(execution.state, [netuid], disable_at_block);
    execution.emit(P, "VotingPowerTrackingDisableScheduled", { netuid, disable_at_block });
  },
  sudo_set_voting_power_ema_alpha: (
    execution: Execution,
    origin: Origin,
    { netuid, alpha }: { netuid: number; alpha: bigint },
  ) => {
    ensureRoot(origin);
    need(alpha <= ONE, "InvalidVotingPowerEmaAlpha");
    VotingPowerEmaAlpha.set(execution.state, [netuid], alpha);
    execution.emit(P, "VotingPowerEmaAlphaSet", { netuid, alpha });
  },
};
