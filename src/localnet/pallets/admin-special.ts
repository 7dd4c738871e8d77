import { ensure, moduleError } from "../engine/dispatch-error.ts";
import { type CallHandlers, type Execution, ensureRoot, type Origin } from "../engine/execution.ts";
import { authorise, limitOwnerHotkey, needAdminSubnet, needOutsideFreeze, ownerOrRoot } from "./admin-limits.ts";
import { setActivityCutoffFactor, setTempo } from "./owner-calls.ts";
import { need, needSubnet } from "./subtensor/checks.ts";
import { setMechanismCount } from "./subtensor/mechanisms.ts";
import {
  AlphaSigmoidSteepness,
  AlphaValues,
  BondsMovingAverage,
  LiquidAlphaOn,
  MaxAllowedUids,
  MaxAllowedValidators,
  MaxBurn,
  MaxChildkeyTake,
  MaxMechanismCount,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  MinAllowedUids,
  MinBurn,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  NetworksAdded,
  SubnetOwnerHotkey,
  SubnetworkN,
  WeightsVersionKey,
} from "./subtensor/storage.ts";
import { trimNeurons } from "./subtensor/trim.ts";

/** Bounds that owners may not pass (SubtensorModule constants of spec 461; rao). */
const MIN_BURN_UPPER_RAO = 1_000_000_000n;
const MAX_BURN_LOWER_RAO = 100_000_000n;
const OWNER_BONDS_MOVING_AVERAGE_MAX = 975_000n;
const DEFAULT_MAX_UIDS = 256;
const LEAST_ALPHA = 1_638;

const admin: (condition: boolean, name: string) => void = (condition, name) => ensure(condition, "AdminUtils", name);

const tellSubnet = (execution: Execution, event: string, netuid: number, value: unknown): void =>
  execution.emit("SubtensorModule", event, [netuid, value]);

function setOwnerHotkey(
  execution: Execution,
  origin: Origin,
  { netuid, hotkey }: { netuid: number; hotkey: string },
): void {
  ownerOrRoot(execution, origin, netuid);
  needSubnet(execution.state, netuid);
  limitOwnerHotkey(execution, netuid);
  SubnetOwnerHotkey.set(execution.state, [netuid], hotkey);
  tellSubnet(execution, "SubnetOwnerHotkeySet", netuid, hotkey);
}

/** Calls that only say why they do nothing any more. */
const refuses = (error: string) => (): never => {
  throw moduleError("AdminUtils", error);
};

/** AdminUtils calls that check more than one item, or do more than write one. */
export const specialAdminCalls: CallHandlers = {
  sudo_set_network_pow_registration_allowed: refuses("POWRegistrationDisabled"),
  sudo_set_total_issuance: refuses("Deprecated"),
  sudo_set_tempo: (execution: Execution, origin: Origin, { netuid, tempo }: { netuid: number; tempo: number }) => {
    ensureRoot(origin);
    needOutsideFreeze(execution, netuid);
    needAdminSubnet(execution, netuid);
    setTempo(execution, netuid, tempo);
  },
  sudo_set_weights_version_key: (
    execution: Execution,
    origin: Origin,
    { netuid, weights_version_key }: { netuid: number; weights_version_key: bigint },
  ) => {
    const done = authorise(execution, origin, netuid, { kind: "versionKey" });
    needAdminSubnet(execution, netuid);
    done();
    WeightsVersionKey.set(execution.state, [netuid], weights_version_key);
    tellSubnet(execution, "WeightsVersionKeySet", netuid, weights_version_key);
  },
  sudo_set_max_allowed_uids: (
    execution: Execution,
    origin: Origin,
    { netuid, max_allowed_uids: most }: { netuid: number; max_allowed_uids: number },
  ) => {
    const { state } = execution;
    const done = authorise(execution, origin, netuid, "MaxAllowedUids");
    needAdminSubnet(execution, netuid);
    admin(most >= MinAllowedUids.get(state, netuid), "MaxAllowedUidsLessThanMinAllowedUids");
    admin(most >= SubnetworkN.get(state, netuid), "MaxAllowedUIdsLessThanCurrentUIds");
    admin(most <= DEFAULT_MAX_UIDS, "MaxAllowedUidsGreaterThanDefaultMaxAllowedUids");
    need(most * MechanismCountCurrent.get(state, netuid) <= DEFAULT_MAX_UIDS, "TooManyUIDsPerMechanism");
    MaxAllowedUids.set(state, [netuid], most);
    tellSubnet(execution, "MaxAllowedUidsSet", netuid, most);
    done();
  },
  sudo_set_min_allowed_uids: (
    execution: Execution,
    origin: Origin,
    { netuid, min_allowed_uids: least }: { netuid: number; min_allowed_uids: number },
  ) => {
    ensureRoot(origin);
    needOutsideFreeze(execution, netuid);
    needAdminSubnet(execution, netuid);
    admin(least < MaxAllowedUids.get(execution.state, netuid), "MinAllowedUidsGreaterThanMaxAllowedUids");
    admin(least < SubnetworkN.get(execution.state, netuid), "MinAllowedUidsGreaterThanCurrentUids");
    MinAllowedUids.set(execution.state, [netuid], least);
    tellSubnet(execution, "MinAllowedUidsSet", netuid, least);
  },
  sudo_set_max_allowed_validators: (
    execution: Execution,
    origin: Origin,
    { netuid, max_allowed_validators: most }: { netuid: number; max_allowed_validators: number },
  ) => {
    ensureRoot(origin);
    needOutsideFreeze(execution, netuid);
    needAdminSubnet(execution, netuid);
    admin(most <= MaxAllowedUids.get(execution.state, netuid), "MaxValidatorsLargerThanMaxUIds");
    MaxAllowedValidators.set(execution.state, [netuid], most);
    tellSubnet(execution, "MaxAllowedValidatorsSet", netuid, most);
  },
  sudo_set_min_burn: (
    execution: Execution,
    origin: Origin,
    { netuid, min_burn }: { netuid: number; min_burn: bigint },
  ) => {
    const done = authorise(execution, origin, netuid, "MinBurn");
    needAdminSubnet(execution, netuid);
    admin(min_burn < MIN_BURN_UPPER_RAO && min_burn < MaxBurn.get(execution.state, netuid), "ValueNotInBounds");
    MinBurn.set(execution.state, [netuid], min_burn);
    tellSubnet(execution, "MinBurnSet", netuid, min_burn);
    done();
  },
  sudo_set_max_burn: (
    execution: Execution,
    origin: Origin,
    { netuid, max_burn }: { netuid: number; max_burn: bigint },
  ) => {
    const done = authorise(execution, origin, netuid, "MaxBurn");
    needAdminSubnet(execution, netuid);
    admin(max_burn > MAX_BURN_LOWER_RAO && max_burn > MinBurn.get(execution.state, netuid), "ValueNotInBounds");
    MaxBurn.set(execution.state, [netuid], max_burn);
    tellSubnet(execution, "MaxBurnSet", netuid, max_burn);
    done();
  },
  sudo_set_bonds_moving_average: (
    execution: Execution,
    origin: Origin,
    { netuid, bonds_moving_average: average }: { netuid: number; bonds_moving_average: bigint },
  ) => {
    const done = authorise(execution, origin, netuid, "BondsMovingAverage");
    admin(origin.type === "root" || average <= OWNER_BONDS_MOVING_AVERAGE_MAX, "BondsMovingAverageMaxReached");
    needAdminSubnet(execution, netuid);
    BondsMovingAverage.set(execution.state, [netuid], average);
    tellSubnet(execution, "BondsMovingAverageSet", netuid, average);
    done();
  },
  sudo_set_alpha_values: (
    execution: Execution,
    origin: Origin,
    { netuid, alpha_low, alpha_high }: { netuid: number; alpha_low: number; alpha_high: number },
  ) => {
    const done = authorise(execution, origin, netuid, "AlphaValues");
    need(LiquidAlphaOn.get(execution.state, netuid), "LiquidAlphaDisabled");
    need(alpha_high >= LEAST_ALPHA, "AlphaHighTooLow");
    need(alpha_low >= LEAST_ALPHA && alpha_low <= alpha_high, "AlphaLowOutOfRange");
    AlphaValues.set(execution.state, [netuid], [alpha_low, alpha_high]);
    done();
  },
  sudo_set_alpha_sigmoid_steepness: (
    execution: Execution,
    origin: Origin,
    { netuid, steepness }: { netuid: number; steepness: number },
  ) => {
    const done = authorise(execution, origin, netuid, "AlphaSigmoidSteepness");
    needAdminSubnet(execution, netuid);
    admin(origin.type === "root" || steepness >= 0, "NegativeSigmoidSteepness");
    AlphaSigmoidSteepness.set(execution.state, [netuid], steepness);
    done();
  },
  sudo_set_min_childkey_take_per_subnet: (
    execution: Execution,
    origin: Origin,
    { netuid, take }: { netuid: number; take: number },
  ) => {
    const { state } = execution;
    const done = authorise(execution, origin, netuid, "MinChildkeyTake");
    needAdminSubnet(execution, netuid);
    admin(take >= MinChildkeyTake.get(state) && take <= MaxChildkeyTake.get(state), "InvalidValue");
    MinChildkeyTakePerSubnet.set(state, [netuid], take);
    tellSubnet(execution, "MinChildKeyTakePerSubnetSet", netuid, take);
    done();
  },
  sudo_set_sn_owner_hotkey: setOwnerHotkey,
  sudo_set_mechanism_count: (
    execution: Execution,
    origin: Origin,
    { netuid, mechanism_count: count }: { netuid: number; mechanism_count: number },
  ) => {
    const { state } = execution;
    const done = authorise(execution, origin, netuid, { kind: "mechanismCount" });
    need(NetworksAdded.get(state, netuid), "MechanismDoesNotExist");
    need(count > 0 && count <= MaxMechanismCount.get(state), "InvalidValue");
    need(count * MaxAllowedUids.get(state, netuid) <= DEFAULT_MAX_UIDS, "TooManyUIDsPerMechanism");
    setMechanismCount(state, netuid, count);
    done();
  },
  sudo_set_mechanism_emission_split: (
    execution: Execution,
    origin: Origin,
    { netuid, maybe_split: split }: { netuid: number; maybe_split: readonly number[] | undefined },
  ) => {
    const { state } = execution;
    const done = authorise(execution, origin, netuid, { kind: "mechanismEmission" });
    need(NetworksAdded.get(state, netuid), "MechanismDoesNotExist");
    if (split === undefined) {
      MechanismEmissionSplit.remove(state, netuid);
    } else {
      need(split.length > 0 && split.length <= MechanismCountCurrent.get(state, netuid), "InvalidValue");
      need(split.reduce((sum, part) => sum + part, 0) === 65_535, "InvalidValue");
      MechanismEmissionSplit.set(state, [netuid], split);
    }
    done();
  },
  sudo_trim_to_max_allowed_uids: (
    execution: Execution,
    origin: Origin,
    { netuid, max_n }: { netuid: number; max_n: number },
  ) => {
    const done = authorise(execution, origin, netuid, { kind: "trimming" });
    trimNeurons(execution, netuid, max_n);
    done();
  },
  sudo_set_activity_cutoff_factor: (
    execution: Execution,
    origin: Origin,
    { netuid, factor_milli }: { netuid: number; factor_milli: number },
  ) => setActivityCutoffFactor(execution, origin, netuid, factor_milli),
};
