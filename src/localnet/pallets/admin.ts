import { ensure } from "../engine/dispatch-error.ts";
import { type CallHandler, type CallHandlers, type Execution, ensureRoot, type Origin } from "../engine/execution.ts";
import { authorise, needAdminSubnet } from "./admin-limits.ts";
import { ADMIN_SETTINGS, type AdminSetting, itemOf } from "./admin-settings.ts";
import { ensureSubnetOwner, need, needSubnet } from "./subtensor/checks.ts";
import {
  ActivityCutoffFactorMilli,
  AlphaSigmoidSteepness,
  AlphaValues,
  BondsMovingAverage,
  LiquidAlphaOn,
  MaxAllowedUids,
  MaxAllowedValidators,
  MaxBurn,
  MaxMechanismCount,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  MinAllowedUids,
  MinBurn,
  PendingEpochAt,
  SubnetOwnerHotkey,
  SubnetworkN,
  Tempo,
  WeightsVersionKey,
} from "./subtensor/storage.ts";

/** Bounds that owners may not pass (SubtensorModule constants of spec 461; rao). */
const MIN_BURN_UPPER_RAO = 1_000_000_000n;
const MAX_BURN_LOWER_RAO = 100_000_000n;
const OWNER_BONDS_MOVING_AVERAGE_MAX = 975_000n;
const MIN_TEMPO = 360;
const MAX_TEMPO = 50_400;
const DEFAULT_MAX_UIDS = 256;

type Args = Readonly<Record<string, unknown>> & { readonly netuid: number };
type Handler<A> = (execution: Execution, origin: Origin, args: A) => void;

const admin: (condition: boolean, name: string) => void = (condition, name) => ensure(condition, "AdminUtils", name);

/** A call that checks who asks, writes one item and says so. */
const simple = (setting: AdminSetting): CallHandler => {
  const item = itemOf(setting);
  const handler: Handler<Args> = (execution, origin, args) => {
    const value = args[setting.argument];
    if (setting.by === "owner") authorise(execution, origin, args.netuid, setting.hyperparameter ?? "Unknown");
    else ensureRoot(origin);
    if (setting.perSubnet) needAdminSubnet(execution, args.netuid);
    item.set(execution.state, setting.perSubnet ? [args.netuid] : [], value);
    if (setting.event !== undefined) {
      execution.emit("SubtensorModule", setting.event, setting.perSubnet ? [args.netuid, value] : value);
    }
  };
  return handler as CallHandler;
};

const tellSubnet = (execution: Execution, event: string, netuid: number, value: unknown): void =>
  execution.emit("SubtensorModule", event, [netuid, value]);

const special: CallHandlers = {
  sudo_set_weights_version_key: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; weights_version_key: bigint },
  ) => {
    if (origin.type !== "root") ensureSubnetOwner(execution.state, origin, args.netuid);
    needAdminSubnet(execution, args.netuid);
    WeightsVersionKey.set(execution.state, [args.netuid], args.weights_version_key);
    tellSubnet(execution, "WeightsVersionKeySet", args.netuid, args.weights_version_key);
  },
  sudo_set_max_allowed_uids: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; max_allowed_uids: number },
  ) => {
    const { netuid, max_allowed_uids: most } = args;
    authorise(execution, origin, netuid, "MaxAllowedUids");
    needAdminSubnet(execution, netuid);
    admin(most >= MinAllowedUids.get(execution.state, netuid), "MaxAllowedUidsLessThanMinAllowedUids");
    admin(most >= SubnetworkN.get(execution.state, netuid), "MaxAllowedUIdsLessThanCurrentUIds");
    admin(most <= DEFAULT_MAX_UIDS, "MaxAllowedUidsGreaterThanDefaultMaxAllowedUids");
    MaxAllowedUids.set(execution.state, [netuid], most);
    tellSubnet(execution, "MaxAllowedUidsSet", netuid, most);
  },
  sudo_set_min_allowed_uids: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; min_allowed_uids: number },
  ) => {
    const { netuid, min_allowed_uids: least } = args;
    ensureRoot(origin);
    needAdminSubnet(execution, netuid);
    admin(least < MaxAllowedUids.get(execution.state, netuid), "MinAllowedUidsGreaterThanMaxAllowedUids");
    admin(least < SubnetworkN.get(execution.state, netuid), "MinAllowedUidsGreaterThanCurrentUids");
    MinAllowedUids.set(execution.state, [netuid], least);
    tellSubnet(execution, "MinAllowedUidsSet", netuid, least);
  },
  sudo_set_max_allowed_validators: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; max_allowed_validators: number },
  ) => {
    const { netuid, max_allowed_validators: most } = args;
    ensureRoot(origin);
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
    authorise(execution, origin, netuid, "MinBurn");
    needAdminSubnet(execution, netuid);
    admin(min_burn < MIN_BURN_UPPER_RAO && min_burn < MaxBurn.get(execution.state, netuid), "ValueNotInBounds");
    MinBurn.set(execution.state, [netuid], min_burn);
    tellSubnet(execution, "MinBurnSet", netuid, min_burn);
  },
  sudo_set_max_burn: (
    execution: Execution,
    origin: Origin,
    { netuid, max_burn }: { netuid: number; max_burn: bigint },
  ) => {
    authorise(execution, origin, netuid, "MaxBurn");
    needAdminSubnet(execution, netuid);
    admin(max_burn > MAX_BURN_LOWER_RAO && max_burn > MinBurn.get(execution.state, netuid), "ValueNotInBounds");
    MaxBurn.set(execution.state, [netuid], max_burn);
    tellSubnet(execution, "MaxBurnSet", netuid, max_burn);
  },
  sudo_set_bonds_moving_average: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; bonds_moving_average: bigint },
  ) => {
    const { netuid, bonds_moving_average: average } = args;
    authorise(execution, origin, netuid, "BondsMovingAverage");
    needAdminSubnet(execution, netuid);
    admin(origin.type === "root" || average <= OWNER_BONDS_MOVING_AVERAGE_MAX, "BondsMovingAverageMaxReached");
    BondsMovingAverage.set(execution.state, [netuid], average);
    tellSubnet(execution, "BondsMovingAverageSet", netuid, average);
  },
  sudo_set_alpha_values: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; alpha_low: number; alpha_high: number },
  ) => {
    const { netuid, alpha_low, alpha_high } = args;
    authorise(execution, origin, netuid, "AlphaValues");
    needAdminSubnet(execution, netuid);
    need(LiquidAlphaOn.get(execution.state, netuid), "LiquidAlphaDisabled");
    need(alpha_high >= 1_638, "AlphaHighTooLow");
    need(alpha_low >= 1_638 && alpha_low <= alpha_high, "AlphaLowOutOfRange");
    AlphaValues.set(execution.state, [netuid], [alpha_low, alpha_high]);
  },
  sudo_set_alpha_sigmoid_steepness: (
    execution: Execution,
    origin: Origin,
    { netuid, steepness }: { netuid: number; steepness: number },
  ) => {
    authorise(execution, origin, netuid, "AlphaSigmoidSteepness");
    needAdminSubnet(execution, netuid);
    admin(origin.type === "root" || steepness >= 0, "NegativeSigmoidSteepness");
    AlphaSigmoidSteepness.set(execution.state, [netuid], steepness);
    tellSubnet(execution, "AlphaSigmoidSteepnessSet", netuid, steepness);
  },
  sudo_set_sn_owner_hotkey: (
    execution: Execution,
    origin: Origin,
    { netuid, hotkey }: { netuid: number; hotkey: string },
  ) => {
    if (origin.type !== "root") ensureSubnetOwner(execution.state, origin, netuid);
    needAdminSubnet(execution, netuid);
    SubnetOwnerHotkey.set(execution.state, [netuid], hotkey);
    tellSubnet(execution, "SubnetOwnerHotkeySet", netuid, hotkey);
  },
  sudo_set_mechanism_count: (
    execution: Execution,
    origin: Origin,
    { netuid, mechanism_count: count }: { netuid: number; mechanism_count: number },
  ) => {
    if (origin.type !== "root") ensureSubnetOwner(execution.state, origin, netuid);
    needSubnet(execution.state, netuid);
    need(count > 0 && count <= MaxMechanismCount.get(execution.state), "InvalidValue");
    MechanismCountCurrent.set(execution.state, [netuid], count);
    MechanismEmissionSplit.remove(execution.state, netuid);
  },
  sudo_set_mechanism_emission_split: (
    execution: Execution,
    origin: Origin,
    args: { netuid: number; maybe_split: readonly number[] | undefined },
  ) => {
    const { netuid, maybe_split: split } = args;
    if (origin.type !== "root") ensureSubnetOwner(execution.state, origin, netuid);
    needSubnet(execution.state, netuid);
    if (split === undefined) return MechanismEmissionSplit.remove(execution.state, netuid);
    need(split.length <= MechanismCountCurrent.get(execution.state, netuid), "InvalidValue");
    need(split.reduce((sum, part) => sum + part, 0) === 65_535, "InvalidValue");
    MechanismEmissionSplit.set(execution.state, [netuid], split);
  },
  sudo_set_activity_cutoff_factor: (
    execution: Execution,
    origin: Origin,
    { netuid, factor_milli }: { netuid: number; factor_milli: number },
  ) => {
    ensureRoot(origin);
    setActivityCutoffFactor(execution, netuid, factor_milli);
  },
};

function setActivityCutoffFactor(execution: Execution, netuid: number, factorMilli: number): void {
  needSubnet(execution.state, netuid);
  need(factorMilli >= 1_000 && factorMilli <= 50_000, "ActivityCutoffFactorMilliOutOfBounds");
  ActivityCutoffFactorMilli.set(execution.state, [netuid], factorMilli);
  execution.emit("SubtensorModule", "ActivityCutoffFactorMilliSet", { netuid, factor_milli: factorMilli });
}

/** AdminUtils: hyperparameters by sudo, and by owners within their limits. */
export const adminCalls: CallHandlers = {
  ...Object.fromEntries(ADMIN_SETTINGS.map((setting) => [setting.call, simple(setting)])),
  ...special,
};

/** SubtensorModule's own calls for subnet owners. */
export const ownerCalls: CallHandlers = {
  set_tempo: (execution: Execution, origin: Origin, { netuid, tempo }: { netuid: number; tempo: number }) => {
    needSubnet(execution.state, netuid);
    ensureSubnetOwner(execution.state, origin, netuid);
    need(tempo >= MIN_TEMPO && tempo <= MAX_TEMPO, "TempoOutOfBounds");
    Tempo.set(execution.state, [netuid], tempo);
    tellSubnet(execution, "TempoSet", netuid, tempo);
  },
  set_activity_cutoff_factor: (
    execution: Execution,
    origin: Origin,
    { netuid, factor_milli }: { netuid: number; factor_milli: number },
  ) => {
    needSubnet(execution.state, netuid);
    ensureSubnetOwner(execution.state, origin, netuid);
    setActivityCutoffFactor(execution, netuid, factor_milli);
  },
  trigger_epoch: (execution: Execution, origin: Origin, { netuid }: { netuid: number }) => {
    const { state, blockNumber } = execution;
    needSubnet(state, netuid);
    const by = ensureSubnetOwner(state, origin, netuid);
    need(PendingEpochAt.get(state, netuid) === 0n, "EpochTriggerAlreadyPending");
    const firesAt = BigInt(blockNumber + 1);
    PendingEpochAt.set(state, [netuid], firesAt);
    execution.emit("SubtensorModule", "EpochTriggered", { netuid, by, fires_at: firesAt });
  },
};
