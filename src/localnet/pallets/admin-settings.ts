import { StorageItem } from "../engine/storage-item.ts";

/** Who may change a setting: root alone, or the subnet's owner too. */
export type Setter = "root" | "owner";

/** One `sudo_set_…` call: which storage item it writes, from which argument, and what it tells. */
export interface AdminSetting {
  readonly call: string;
  /** A chain-wide setting has no netuid. */
  readonly perSubnet: boolean;
  readonly argument: string;
  readonly item: string;
  readonly by: Setter;
  /** SubtensorModule's event: [netuid, value] or [value]. */
  readonly event?: string;
  /** Name in the owner's rate limit. */
  readonly hyperparameter?: string;
}

const root = (call: string, argument: string, item: string, event?: string): AdminSetting => ({
  call,
  perSubnet: true,
  argument,
  item,
  by: "root",
  ...(event === undefined ? {} : { event }),
});
const owner = (call: string, argument: string, item: string, hyperparameter: string, event?: string): AdminSetting => ({
  ...root(call, argument, item, event),
  by: "owner",
  hyperparameter,
});
const global = (call: string, argument: string, item: string, event?: string): AdminSetting => ({
  ...root(call, argument, item, event),
  perSubnet: false,
});

/** The settings that are a check of the origin, a write and an event; those with rules of their own are in admin.ts. */
export const ADMIN_SETTINGS: readonly AdminSetting[] = [
  owner(
    "sudo_set_serving_rate_limit",
    "serving_rate_limit",
    "ServingRateLimit",
    "ServingRateLimit",
    "ServingRateLimitSet",
  ),
  root("sudo_set_min_difficulty", "min_difficulty", "MinDifficulty", "MinDifficultySet"),
  owner("sudo_set_max_difficulty", "max_difficulty", "MaxDifficulty", "MaxDifficulty", "MaxDifficultySet"),
  root("sudo_set_difficulty", "difficulty", "Difficulty", "DifficultySet"),
  root("sudo_set_weights_set_rate_limit", "weights_set_rate_limit", "WeightsSetRateLimit", "WeightsSetRateLimitSet"),
  root("sudo_set_adjustment_interval", "adjustment_interval", "AdjustmentInterval", "AdjustmentIntervalSet"),
  owner("sudo_set_adjustment_alpha", "adjustment_alpha", "AdjustmentAlpha", "AdjustmentAlpha", "AdjustmentAlphaSet"),
  owner("sudo_set_immunity_period", "immunity_period", "ImmunityPeriod", "ImmunityPeriod", "ImmunityPeriodSet"),
  owner(
    "sudo_set_min_allowed_weights",
    "min_allowed_weights",
    "MinAllowedWeights",
    "MinAllowedWeights",
    "MinAllowedWeightSet",
  ),
  root("sudo_set_kappa", "kappa", "Kappa", "KappaSet"),
  owner("sudo_set_rho", "rho", "Rho", "Rho", "RhoSet"),
  owner("sudo_set_activity_cutoff", "activity_cutoff", "ActivityCutoff", "ActivityCutoff", "ActivityCutoffSet"),
  root(
    "sudo_set_network_registration_allowed",
    "registration_allowed",
    "NetworkRegistrationAllowed",
    "RegistrationAllowed",
  ),
  root(
    "sudo_set_target_registrations_per_interval",
    "target_registrations_per_interval",
    "TargetRegistrationsPerInterval",
    "RegistrationPerIntervalSet",
  ),
  root(
    "sudo_set_max_registrations_per_block",
    "max_registrations_per_block",
    "MaxRegistrationsPerBlock",
    "MaxRegistrationsPerBlockSet",
  ),
  owner("sudo_set_bonds_penalty", "bonds_penalty", "BondsPenalty", "BondsPenalty", "BondsPenaltySet"),
  root("sudo_set_tempo", "tempo", "Tempo", "TempoSet"),
  root("sudo_set_rao_recycled", "rao_recycled", "RAORecycledForRegistration", "RAORecycledForRegistrationSet"),
  owner(
    "sudo_set_commit_reveal_weights_enabled",
    "enabled",
    "CommitRevealWeightsEnabled",
    "CommitRevealEnabled",
    "CommitRevealEnabled",
  ),
  owner("sudo_set_liquid_alpha_enabled", "enabled", "LiquidAlphaOn", "LiquidAlphaEnabled"),
  owner(
    "sudo_set_commit_reveal_weights_interval",
    "interval",
    "RevealPeriodEpochs",
    "WeightCommitInterval",
    "CommitRevealPeriodsSet",
  ),
  owner("sudo_set_toggle_transfer", "toggle", "TransferToggle", "TransferEnabled", "TransferToggle"),
  owner("sudo_set_recycle_or_burn", "recycle_or_burn", "RecycleOrBurn", "RecycleOrBurn"),
  owner("sudo_set_yuma3_enabled", "enabled", "Yuma3On", "Yuma3Enabled"),
  owner("sudo_set_bonds_reset_enabled", "enabled", "BondsResetOn", "BondsResetEnabled", "BondsResetOnSet"),
  root("sudo_set_subtoken_enabled", "subtoken_enabled", "SubtokenEnabled"),
  owner("sudo_set_owner_immune_neuron_limit", "immune_neurons", "ImmuneOwnerUidsLimit", "ImmuneNeuronLimit"),
  root("sudo_set_ema_price_halving_period", "ema_halving", "EMAPriceHalvingBlocks"),
  root("sudo_set_min_non_immune_uids", "min", "MinNonImmuneUids", "MinNonImmuneUidsSet"),
  owner("sudo_set_burn_half_life", "burn_half_life", "BurnHalfLife", "BurnHalfLife"),
  owner("sudo_set_burn_increase_mult", "burn_increase_mult", "BurnIncreaseMult", "BurnIncreaseMult"),
  root("sudo_set_owner_cut_enabled", "enabled", "OwnerCutEnabled"),
  root("sudo_set_subnet_emission_enabled", "enabled", "SubnetEmissionEnabled"),
  global("sudo_set_default_take", "default_take", "MaxDelegateTake", "MaxDelegateTakeSet"),
  global("sudo_set_min_delegate_take", "take", "MinDelegateTake", "MinDelegateTakeSet"),
  global("sudo_set_tx_rate_limit", "tx_rate_limit", "TxRateLimit", "TxRateLimitSet"),
  global(
    "sudo_set_tx_delegate_take_rate_limit",
    "tx_rate_limit",
    "TxDelegateTakeRateLimit",
    "TxDelegateTakeRateLimitSet",
  ),
  global("sudo_set_subnet_owner_cut", "subnet_owner_cut", "SubnetOwnerCut", "SubnetOwnerCutSet"),
  global("sudo_set_network_rate_limit", "rate_limit", "NetworkRateLimit", "NetworkRateLimitSet"),
  global("sudo_set_total_issuance", "total_issuance", "TotalIssuance"),
  global("sudo_set_network_immunity_period", "immunity_period", "NetworkImmunityPeriod", "NetworkImmunityPeriodSet"),
  global("sudo_set_network_min_lock_cost", "lock_cost", "NetworkMinLockCost", "NetworkMinLockCostSet"),
  global("sudo_set_subnet_limit", "max_subnets", "SubnetLimit", "SubnetLimitSet"),
  global(
    "sudo_set_lock_reduction_interval",
    "interval",
    "NetworkLockReductionInterval",
    "NetworkLockCostReductionIntervalSet",
  ),
  global("sudo_set_stake_threshold", "min_stake", "StakeThreshold", "StakeThresholdSet"),
  global("sudo_set_nominator_min_required_stake", "min_stake", "NominatorMinRequiredStake"),
  global("sudo_set_subnet_moving_alpha", "alpha", "SubnetMovingAlpha"),
  global("sudo_set_commit_reveal_version", "version", "CommitRevealWeightsVersion", "CommitRevealVersionSet"),
  global("sudo_set_admin_freeze_window", "window", "AdminFreezeWindow", "AdminFreezeWindowSet"),
  global("sudo_set_owner_hparam_rate_limit", "epochs", "OwnerHyperparamRateLimit", "OwnerHyperparamRateLimitSet"),
  global("sudo_set_max_mechanism_count", "max_mechanism_count", "MaxMechanismCount"),
  global("sudo_set_start_call_delay", "delay", "StartCallDelay", "StartCallDelaySet"),
  global("sudo_set_max_epochs_per_block", "max_epochs_per_block", "MaxEpochsPerBlock", "MaxEpochsPerBlockSet"),
  global("sudo_set_dissolve_network_schedule_duration", "duration", "DissolveNetworkScheduleDuration"),
];

/** The item a setting writes; its value has the type of the call's argument. */
export const itemOf = (setting: AdminSetting): StorageItem<[netuid?: number], unknown> =>
  new StorageItem("SubtensorModule", setting.item);
