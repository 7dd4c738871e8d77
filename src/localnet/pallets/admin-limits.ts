import { moduleError } from "../engine/dispatch-error.ts";
import type { Execution, Origin } from "../engine/execution.ts";
import type { Tagged } from "../scale/codec.ts";
import { ensureSubnetOwner, need } from "./subtensor/checks.ts";
import { nextEpochBlock } from "./subtensor/epoch-clock.ts";
import { LastRateLimitedBlock } from "./subtensor/rate-limits.ts";
import { AdminFreezeWindow, NetworksAdded, OwnerHyperparamRateLimit, Tempo } from "./subtensor/storage.ts";

export const needAdminSubnet = (execution: Execution, netuid: number): void => {
  if (!NetworksAdded.get(execution.state, netuid)) throw moduleError("AdminUtils", "SubnetDoesNotExist");
};

/** Owners may not change the rules shortly before an epoch is computed by them. */
function needOutsideFreeze(execution: Execution, netuid: number): void {
  const { state, blockNumber } = execution;
  const next = nextEpochBlock(state, netuid, blockNumber);
  const window = AdminFreezeWindow.get(state);
  need(next === undefined || next - blockNumber >= window, "AdminActionProhibitedDuringWeightsWindow");
}

/** One change of one hyperparameter by the owner every so many epochs. */
function needOutsideRateLimit(execution: Execution, netuid: number, hyperparameter: string): void {
  const { state, blockNumber } = execution;
  const key: Tagged = { type: "OwnerHyperparamUpdate", value: [netuid, { type: hyperparameter }] };
  const last = LastRateLimitedBlock.get(state, key);
  const limit = BigInt(OwnerHyperparamRateLimit.get(state) * Tempo.get(state, netuid));
  need(last === 0n || BigInt(blockNumber) - last >= limit, "TxRateLimitExceeded");
  LastRateLimitedBlock.set(state, [key], BigInt(blockNumber));
}

/**
 * Lets root through at once, and the subnet's owner within its limits.
 *
 * @throws DispatchError BadOrigin, AdminActionProhibitedDuringWeightsWindow, TxRateLimitExceeded.
 */
export function authorise(execution: Execution, origin: Origin, netuid: number, hyperparameter: string): void {
  if (origin.type === "root") return;
  ensureSubnetOwner(execution.state, origin, netuid);
  needOutsideFreeze(execution, netuid);
  needOutsideRateLimit(execution, netuid, hyperparameter);
}
