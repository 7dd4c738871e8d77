import { StorageItem } from "../engine/storage-item.ts";

/** What a setting's value must be, and the error (`Pallet.Name`) where it is not. */
export interface Bound {
  readonly holds: (value: never) => boolean;
  readonly error: string;
}

/** One `sudo_set_…` call: which storage item it writes, from which argument, who may, when, and what it tells. */
export interface AdminSetting {
  readonly call: string;
  /** A chain-wide setting has no netuid. */
  readonly perSubnet: boolean;
  readonly argument: string;
  readonly item: string;
  /** Name in the owner's rate limit; without one only root may change the setting, unless `owner` says otherwise. */
  readonly hyperparameter?: string;
  /** The owner may change it, without a rate limit. */
  readonly owner?: true;
  /** Not shortly before an epoch, not even by root. */
  readonly frozen?: true;
  /** The subnet must exist. */
  readonly exists?: true;
  /** There is no such setting at root. */
  readonly notRoot?: true;
  readonly bounds?: readonly Bound[];
  /** SubtensorModule's event: [netuid, value] or [value]. */
  readonly event?: string;
  /** AdminUtils' event with named fields: netuid and the named one. */
  readonly named?: readonly [event: string, field: string];
}

type Rest = Omit<AdminSetting, "call" | "perSubnet" | "argument" | "item" | "hyperparameter">;

/** Root's, per subnet. */
const root = (call: string, argument: string, item: string, rest: Rest = {}): AdminSetting => ({
  call: `sudo_set_${call}`,
  perSubnet: true,
  argument,
  item,
  ...rest,
});
/** The owner's too, once every so many epochs and not shortly before one. */
const owner = (
  call: string,
  argument: string,
  item: string,
  hyperparameter: string,
  rest: Rest = {},
): AdminSetting => ({
  ...root(call, argument, item, { frozen: true, ...rest }),
  hyperparameter,
});
/** Root's, for the whole chain. */
const global = (
  call: string,
  argument: string,
  item: string,
  event?: string,
  bounds?: readonly Bound[],
): AdminSetting => ({
  ...root(call, argument, item),
  perSubnet: false,
  ...(event === undefined ? {} : { event }),
  ...(bounds === undefined ? {} : { bounds }),
});

const bound = (error: string, holds: (value: never) => boolean): Bound => ({ holds, error });
const between = (error: string, least: number, most: number): readonly Bound[] => [
  bound(error, ((value: number) => value >= least && value <= most) as Bound["holds"]),
];
const ONE_Q64 = 1n << 64n;
const fixedBetween = (error: string, least: bigint, most: bigint): readonly Bound[] => [
  bound(error, (({ bits }: { bits: bigint }) => bits >= least * ONE_Q64 && bits <= most * ONE_Q64) as Bound["holds"]),
];
const REVEAL_PERIOD: readonly Bound[] = [
  bound("SubtensorModule.RevealPeriodTooLarge", ((epochs: bigint) => epochs <= 100n) as Bound["holds"]),
  bound("SubtensorModule.RevealPeriodTooSmall", ((epochs: bigint) => epochs >= 1n) as Bound["holds"]),
];

const EXISTS = { exists: true } as const;
const FROZEN = { exists: true, frozen: true } as const;

/**
 * The settings that are checks, a write and an event; those with rules of their own are in admin.ts.
 *
 * @see subtensor pallets/admin-utils/src/lib.rs and utils/misc.rs (spec 425, 14bc6f9), the items by name.
 */
export const ADMIN_SETTINGS: readonly AdminSetting[] = [
  owner("serving_rate_limit", "serving_rate_limit", "ServingRateLimit", "ServingRateLimit", {
    event: "ServingRateLimitSet",
  }),
  root("min_difficulty", "min_difficulty", "MinDifficulty", { ...FROZEN, event: "MinDifficultySet" }),
  owner("max_difficulty", "max_difficulty", "MaxDifficulty", "MaxDifficulty", { ...EXISTS, event: "MaxDifficultySet" }),
  root("difficulty", "difficulty", "Difficulty", { ...FROZEN, event: "DifficultySet" }),
  root("weights_set_rate_limit", "weights_set_rate_limit", "WeightsSetRateLimit", {
    ...EXISTS,
    event: "WeightsSetRateLimitSet",
  }),
  root("adjustment_interval", "adjustment_interval", "AdjustmentInterval", {
    ...EXISTS,
    event: "AdjustmentIntervalSet",
  }),
  owner("adjustment_alpha", "adjustment_alpha", "AdjustmentAlpha", "AdjustmentAlpha", {
    ...EXISTS,
    event: "AdjustmentAlphaSet",
  }),
  owner("immunity_period", "immunity_period", "ImmunityPeriod", "ImmunityPeriod", {
    ...EXISTS,
    event: "ImmunityPeriodSet",
  }),
  owner("min_allowed_weights", "min_allowed_weights", "MinAllowedWeights", "MinAllowedWeights", {
    ...EXISTS,
    event: "MinAllowedWeightSet",
  }),
  root("kappa", "kappa", "Kappa", { ...EXISTS, event: "KappaSet" }),
  owner("rho", "rho", "Rho", "Rho", EXISTS),
  owner("activity_cutoff", "activity_cutoff", "ActivityCutoff", "ActivityCutoff", {
    ...EXISTS,
    // MinActivityCutoff of spec 461.
    bounds: between("SubtensorModule.ActivityCutoffTooLow", 360, 65_535),
    event: "ActivityCutoffSet",
  }),
  root("network_registration_allowed", "registration_allowed", "NetworkRegistrationAllowed", {
    event: "RegistrationAllowed",
  }),
  root("target_registrations_per_interval", "target_registrations_per_interval", "TargetRegistrationsPerInterval", {
    ...FROZEN,
    event: "RegistrationPerIntervalSet",
  }),
  root("max_registrations_per_block", "max_registrations_per_block", "MaxRegistrationsPerBlock", {
    ...FROZEN,
    event: "MaxRegistrationsPerBlockSet",
  }),
  owner("bonds_penalty", "bonds_penalty", "BondsPenalty", "BondsPenalty", { ...EXISTS, event: "BondsPenaltySet" }),
  root("rao_recycled", "rao_recycled", "RAORecycledForRegistration", {
    ...EXISTS,
    event: "RAORecycledForRegistrationSet",
  }),
  owner("commit_reveal_weights_enabled", "enabled", "CommitRevealWeightsEnabled", "CommitRevealEnabled", {
    ...EXISTS,
    event: "CommitRevealEnabled",
  }),
  owner("liquid_alpha_enabled", "enabled", "LiquidAlphaOn", "LiquidAlphaEnabled"),
  owner("toggle_transfer", "toggle", "TransferToggle", "TransferEnabled", { event: "TransferToggle" }),
  owner("recycle_or_burn", "recycle_or_burn", "RecycleOrBurn", "RecycleOrBurn"),
  owner("yuma3_enabled", "enabled", "Yuma3On", "Yuma3Enabled", { named: ["Yuma3EnableToggled", "enabled"] }),
  owner("bonds_reset_enabled", "enabled", "BondsResetOn", "BondsResetEnabled", {
    event: "BondsResetOnSet",
    named: ["BondsResetToggled", "enabled"],
  }),
  root("subtoken_enabled", "subtoken_enabled", "SubtokenEnabled", { frozen: true }),
  owner("owner_immune_neuron_limit", "immune_neurons", "ImmuneOwnerUidsLimit", "ImmuneNeuronLimit", {
    bounds: between("SubtensorModule.InvalidValue", 1, 10),
  }),
  root("ema_price_halving_period", "ema_halving", "EMAPriceHalvingBlocks"),
  root("min_non_immune_uids", "min", "MinNonImmuneUids", { event: "MinNonImmuneUidsSet" }),
  owner("burn_half_life", "burn_half_life", "BurnHalfLife", "BurnHalfLife", {
    ...EXISTS,
    notRoot: true,
    bounds: between("AdminUtils.InvalidValue", 1, 36_100),
    named: ["BurnHalfLifeSet", "burn_half_life"],
  }),
  owner("burn_increase_mult", "burn_increase_mult", "BurnIncreaseMult", "BurnIncreaseMult", {
    ...EXISTS,
    notRoot: true,
    bounds: fixedBetween("AdminUtils.InvalidValue", 1n, 3n),
    named: ["BurnIncreaseMultSet", "burn_increase_mult"],
  }),
  root("owner_cut_enabled", "enabled", "OwnerCutEnabled", { ...FROZEN, owner: true, notRoot: true }),
  root("subnet_emission_enabled", "enabled", "SubnetEmissionEnabled", {
    ...EXISTS,
    notRoot: true,
    named: ["SubnetEmissionEnabledSet", "enabled"],
  }),
  owner("commit_reveal_weights_interval", "interval", "RevealPeriodEpochs", "WeightCommitInterval", {
    ...EXISTS,
    bounds: REVEAL_PERIOD,
    event: "CommitRevealPeriodsSet",
  }),
  global("default_take", "default_take", "MaxDelegateTake", "MaxDelegateTakeSet"),
  global("min_delegate_take", "take", "MinDelegateTake", "MinDelegateTakeSet"),
  global("tx_rate_limit", "tx_rate_limit", "TxRateLimit", "TxRateLimitSet"),
  global("tx_delegate_take_rate_limit", "tx_rate_limit", "TxDelegateTakeRateLimit", "TxDelegateTakeRateLimitSet"),
  global("subnet_owner_cut", "subnet_owner_cut", "SubnetOwnerCut", "SubnetOwnerCutSet"),
  global("network_rate_limit", "rate_limit", "NetworkRateLimit", "NetworkRateLimitSet"),
  global("network_immunity_period", "immunity_period", "NetworkImmunityPeriod", "NetworkImmunityPeriodSet"),
  global("network_min_lock_cost", "lock_cost", "NetworkMinLockCost", "NetworkMinLockCostSet"),
  global("subnet_limit", "max_subnets", "SubnetLimit", "SubnetLimitSet"),
  global("lock_reduction_interval", "interval", "NetworkLockReductionInterval", "NetworkLockCostReductionIntervalSet"),
  global("stake_threshold", "min_stake", "StakeThreshold", "StakeThresholdSet"),
  global("nominator_min_required_stake", "min_stake", "NominatorMinRequiredStake"),
  global("subnet_moving_alpha", "alpha", "SubnetMovingAlpha"),
  global("commit_reveal_version", "version", "CommitRevealWeightsVersion", "CommitRevealVersionSet"),
  global("admin_freeze_window", "window", "AdminFreezeWindow", "AdminFreezeWindowSet"),
  global("owner_hparam_rate_limit", "epochs", "OwnerHyperparamRateLimit", "OwnerHyperparamRateLimitSet"),
  global(
    "max_mechanism_count",
    "max_mechanism_count",
    "MaxMechanismCount",
    undefined,
    between("SubtensorModule.InvalidValue", 1, 16),
  ),
  global("start_call_delay", "delay", "StartCallDelay", "StartCallDelaySet"),
  global(
    "max_epochs_per_block",
    "max_epochs_per_block",
    "MaxEpochsPerBlock",
    "MaxEpochsPerBlockSet",
    between("AdminUtils.ValueNotInBounds", 1, 255),
  ),
  global(
    "dissolve_network_schedule_duration",
    "duration",
    "DissolveNetworkScheduleDuration",
    "DissolveNetworkScheduleDurationSet",
  ),
  global("ck_burn", "burn", "CKBurn"),
  global(
    "coldkey_swap_announcement_delay",
    "duration",
    "ColdkeySwapAnnouncementDelay",
    "ColdkeySwapAnnouncementDelaySet",
  ),
  global(
    "coldkey_swap_reannouncement_delay",
    "duration",
    "ColdkeySwapReannouncementDelay",
    "ColdkeySwapReannouncementDelaySet",
  ),
  // Kept and told, but TAO is shared evenly here: nothing flows by them.
  global("tao_flow_cutoff", "flow_cutoff", "TaoFlowCutoff"),
  global(
    "tao_flow_normalization_exponent",
    "exponent",
    "FlowNormExponent",
    undefined,
    fixedBetween("AdminUtils.InvalidValue", 1n, 2n),
  ),
  global("tao_flow_smoothing_factor", "smoothing_factor", "FlowEmaSmoothingFactor"),
  global("net_tao_flow_enabled", "enabled", "NetTaoFlowEnabled"),
];

/** The item a setting writes; its value has the type of the call's argument. */
export const itemOf = (setting: AdminSetting): StorageItem<[netuid?: number], unknown> =>
  new StorageItem("SubtensorModule", setting.item);
