import type { CallHandlers, Execution, Origin } from "../engine/execution.ts";
import { blocksUntilEpoch, needOutsideFreeze, needWithinLimit, ownerOrRoot, recordLimit } from "./admin-limits.ts";
import { ensureSubnetOwner, need } from "./subtensor/checks.ts";
import {
  ActivityCutoffFactorMilli,
  AdminFreezeWindow,
  CommitRevealWeightsEnabled,
  LastEpochBlock,
  PendingEpochAt,
  Tempo,
} from "./subtensor/storage.ts";

const MIN_TEMPO = 360;
const MAX_TEMPO = 50_400;

/** A new tempo begins a new cycle. */
export function setTempo(execution: Execution, netuid: number, tempo: number): void {
  Tempo.set(execution.state, [netuid], tempo);
  LastEpochBlock.set(execution.state, [netuid], BigInt(execution.blockNumber));
  execution.emit("SubtensorModule", "TempoSet", [netuid, tempo]);
}

/** Root may change it even right before an epoch. */
export function setActivityCutoffFactor(
  execution: Execution,
  origin: Origin,
  netuid: number,
  factorMilli: number,
): void {
  const owner = ownerOrRoot(execution, origin, netuid);
  need(factorMilli >= 1_000 && factorMilli <= 50_000, "ActivityCutoffFactorMilliOutOfBounds");
  if (owner !== undefined) {
    needOutsideFreeze(execution, netuid);
    needWithinLimit(execution, owner, netuid, "ActivityCutoffFactorMilli");
    recordLimit(execution, owner, netuid, "ActivityCutoffFactorMilli");
  }
  ActivityCutoffFactorMilli.set(execution.state, [netuid], factorMilli);
  execution.emit("SubtensorModule", "ActivityCutoffFactorMilliSet", { netuid, factor_milli: factorMilli });
}

/** SubtensorModule's own calls for subnet owners. @see subtensor coinbase/tempo_control.rs (spec 425, 14bc6f9) */
export const ownerCalls: CallHandlers = {
  set_tempo: (execution: Execution, origin: Origin, { netuid, tempo }: { netuid: number; tempo: number }) => {
    const owner = ensureSubnetOwner(execution.state, origin, netuid);
    need(tempo >= MIN_TEMPO && tempo <= MAX_TEMPO, "TempoOutOfBounds");
    needOutsideFreeze(execution, netuid);
    needWithinLimit(execution, owner, netuid, { kind: "tempo" });
    setTempo(execution, netuid, tempo);
    recordLimit(execution, owner, netuid, { kind: "tempo" });
  },
  set_activity_cutoff_factor: (
    execution: Execution,
    origin: Origin,
    { netuid, factor_milli }: { netuid: number; factor_milli: number },
  ) => setActivityCutoffFactor(execution, origin, netuid, factor_milli),
  trigger_epoch: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    const { state, blockNumber } = execution;
    const by = ensureSubnetOwner(state, origin, netuid);
    need(!CommitRevealWeightsEnabled.get(state, netuid), "DynamicTempoBlockedByCommitReveal");
    need(PendingEpochAt.get(state, netuid) === 0n, "EpochTriggerAlreadyPending");
    const window = BigInt(AdminFreezeWindow.get(state));
    need(blocksUntilEpoch(state, netuid, blockNumber) >= window, "AutoEpochAlreadyImminent");
    needWithinLimit(execution, by, netuid, "TriggerEpoch");
    const firesAt = BigInt(blockNumber) + window;
    PendingEpochAt.set(state, [netuid], firesAt);
    recordLimit(execution, by, netuid, "TriggerEpoch");
    execution.emit("SubtensorModule", "EpochTriggered", { netuid, by, fires_at: firesAt });
  },
};
