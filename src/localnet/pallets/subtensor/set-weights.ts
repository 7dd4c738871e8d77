import { upscaleWeights } from "../../../yuma/upscale.ts";
import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import { need, needMechanism, needUid } from "./checks.ts";
import { hasEnoughStake } from "./stake-weight.ts";
import {
  CommitRevealWeightsEnabled,
  LastUpdate,
  MaxWeightsLimit,
  MinAllowedWeights,
  mechanismIndex,
  ROOT_NETUID,
  SubnetOwnerHotkey,
  SubnetworkN,
  ValidatorPermit,
  Weights,
  WeightsSetRateLimit,
  WeightsVersionKey,
} from "./storage.ts";

export interface WeightsArgs {
  readonly netuid: number;
  readonly mecid: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/** The first update of a neuron is free only where none was ever recorded. */
export function isTooSoon(state: ReadableState, netuid: number, mecid: number, uid: number, block: number): boolean {
  const last = LastUpdate.get(state, mechanismIndex(netuid, mecid))[uid] ?? 0n;
  return last > 0n && BigInt(block) - last < WeightsSetRateLimit.get(state, netuid);
}

export function touch(state: State, netuid: number, mecid: number, uid: number, block: number): void {
  LastUpdate.update(state, [mechanismIndex(netuid, mecid)], (blocks) =>
    Array.from({ length: Math.max(blocks.length, uid + 1) }, (_, i) => (i === uid ? BigInt(block) : (blocks[i] ?? 0n))),
  );
}

const isSelfWeight = (uid: number, uids: readonly number[]): boolean => uids.length === 1 && uids[0] === uid;

/**
 * Checks a row in the chain's order and stores it scaled to its maximum.
 *
 * @param options.revealed - The row comes out of a commit: the commit had the rate limit and set LastUpdate.
 * @throws DispatchError with the first reason.
 * @see subtensor subnets/weights.rs, internal_set_weights (spec 425).
 */
export function storeWeights(
  execution: Execution,
  hotkey: string,
  args: WeightsArgs,
  options: { revealed: boolean },
): void {
  const { state, blockNumber } = execution;
  const { netuid, mecid, uids, values, versionKey } = args;
  need(netuid !== ROOT_NETUID, "CanNotSetRootNetworkWeights");
  need(uids.length === values.length, "WeightVecNotEqualSize");
  needMechanism(state, netuid, mecid);
  const n = SubnetworkN.get(state, netuid);
  need(uids.length <= n, "UidsLengthExceedUidsInSubNet");
  const uid = needUid(state, netuid, hotkey);
  need(hasEnoughStake(state, netuid, hotkey), "NotEnoughStakeToSetWeights");
  const wanted = WeightsVersionKey.get(state, netuid);
  need(wanted === 0n || versionKey >= wanted, "IncorrectWeightVersionKey");
  if (!options.revealed) need(!isTooSoon(state, netuid, mecid, uid, blockNumber), "SettingWeightsTooFast");
  const self = isSelfWeight(uid, uids);
  const isOwner = SubnetOwnerHotkey.get(state, netuid) === hotkey;
  need(self || isOwner || ValidatorPermit.get(state, netuid)[uid] === true, "NeuronNoValidatorPermit");
  need(new Set(uids).size === uids.length, "DuplicateUids");
  need(
    uids.every((to) => to < n),
    "UidVecContainInvalidOne",
  );
  need(self || uids.length >= Math.min(MinAllowedWeights.get(state, netuid), n), "WeightVecLengthIsLow");
  const scaled = upscaleWeights(values);
  need(self || withinMaximum(scaled, MaxWeightsLimit.get(state, netuid)), "MaxWeightExceeded");
  const index = mechanismIndex(netuid, mecid);
  Weights.set(
    state,
    [index, uid],
    uids.map((to, i) => [to, scaled[i] ?? 0] as const),
  );
  if (!options.revealed) touch(state, netuid, mecid, uid, blockNumber);
  execution.emit("SubtensorModule", "WeightsSet", [index, uid]);
}

/** No single weight may be more than `limit` of 65535 of the row's sum. */
function withinMaximum(values: readonly number[], limit: number): boolean {
  if (limit === 65_535) return true;
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 || values.every((value) => value / sum <= limit / 65_535);
}

function setWeights(execution: Execution, origin: Origin, args: WeightsArgs): void {
  const hotkey = ensureSigned(origin);
  need(hasEnoughStake(execution.state, args.netuid, hotkey), "NotEnoughStakeToSetWeights");
  need(!CommitRevealWeightsEnabled.get(execution.state, args.netuid), "CommitRevealEnabled");
  storeWeights(execution, hotkey, args, { revealed: false });
}

interface SetArgs {
  readonly netuid: number;
  readonly dests: readonly number[];
  readonly weights: readonly number[];
  readonly version_key: bigint;
}

export const setWeightsCalls: CallHandlers = {
  set_weights: (execution: Execution, origin: Origin, { netuid, dests, weights, version_key }: SetArgs) =>
    setWeights(execution, origin, { netuid, mecid: 0, uids: dests, values: weights, versionKey: version_key }),
  set_mechanism_weights: (
    execution: Execution,
    origin: Origin,
    { netuid, mecid, dests, weights, version_key }: SetArgs & { mecid: number },
  ) => setWeights(execution, origin, { netuid, mecid, uids: dests, values: weights, versionKey: version_key }),
  batch_set_weights: (
    execution: Execution,
    origin: Origin,
    args: {
      readonly netuids: readonly number[];
      readonly weights: readonly (readonly (readonly [number, number])[])[];
      readonly version_keys: readonly bigint[];
    },
  ) => {
    const hotkey = ensureSigned(origin);
    const { netuids, weights, version_keys } = args;
    need(netuids.length === weights.length && netuids.length === version_keys.length, "InputLengthsUnequal");
    let failed = false;
    netuids.forEach((netuid, i) => {
      const row = weights[i] ?? [];
      const uids = row.map(([to]) => to);
      const values = row.map(([, value]) => value);
      const failure = execution.attempt(() =>
        setWeights(execution, origin, { netuid, mecid: 0, uids, values, versionKey: version_keys[i] ?? 0n }),
      );
      if (failure === undefined) return;
      failed = true;
      execution.emit("SubtensorModule", "BatchWeightItemFailed", [netuid, failure.error]);
    });
    if (failed) execution.emit("SubtensorModule", "BatchCompletedWithErrors");
    execution.emit("SubtensorModule", "BatchWeightsCompleted", [netuids, hotkey]);
  },
};
