import type { ReadableState } from "../engine/state.ts";
import { nextEpochBlock } from "../pallets/subtensor/epoch-clock.ts";
import { networkCostRao } from "../pallets/subtensor/networks.ts";
import * as s from "../pallets/subtensor/storage.ts";
import { concatBytes, toHex } from "../scale/bytes.ts";
import type { ApiHandlers } from "./runtime-apis.ts";

/** Root and every subnet, ascending. */
export const netuidsOf = (state: ReadableState): number[] =>
  [...s.NetworksAdded.entries(state)].flatMap(([[netuid], added]) => (added ? [netuid] : [])).sort((a, b) => a - b);

/** `view` for a subnet that exists, else None. */
export const ifExists = <T>(state: ReadableState, netuid: number, view: () => T): T | undefined =>
  s.NetworksAdded.get(state, netuid) ? view() : undefined;

const textBytes = (text: string): number[] => [...Buffer.from(text, "utf8")];

/** The name an owner gave, else that of the subnet's letter. */
export function subnetName(state: ReadableState, netuid: number): string {
  const identity = s.SubnetIdentitiesV3.get(state, netuid);
  const given = identity?.["subnet_name"];
  if (given !== undefined && given.length > 0) return Buffer.from(given).toString("utf8");
  return netuid === s.ROOT_NETUID ? "root" : `subnet-${netuid}`;
}

/** Blocks without weights after which a validator counts as inactive: the factor of the tempo. */
const activityCutoff = (state: ReadableState, netuid: number): number =>
  Math.max(1, Math.floor((s.ActivityCutoffFactorMilli.get(state, netuid) * s.Tempo.get(state, netuid)) / 1_000));

/** What dynamic info, metagraph and selective metagraph have in common. */
export const poolView = (state: ReadableState, netuid: number) => ({
  owner_hotkey: s.SubnetOwnerHotkey.get(state, netuid),
  owner_coldkey: s.SubnetOwner.get(state, netuid),
  tempo: s.Tempo.get(state, netuid),
  last_step: s.LastMechansimStepBlock.get(state, netuid),
  blocks_since_last_step: s.BlocksSinceLastStep.get(state, netuid),
  alpha_in: s.SubnetAlphaIn.get(state, netuid),
  alpha_out: s.SubnetAlphaOut.get(state, netuid),
  tao_in: s.SubnetTAO.get(state, netuid),
  alpha_out_emission: s.SubnetAlphaOutEmission.get(state, netuid),
  alpha_in_emission: s.SubnetAlphaInEmission.get(state, netuid),
  tao_in_emission: s.SubnetTaoInEmission.get(state, netuid),
  pending_alpha_emission: s.PendingServerEmission.get(state, netuid) + s.PendingValidatorEmission.get(state, netuid),
  pending_root_emission: s.PendingRootAlphaDivs.get(state, netuid),
  subnet_volume: s.SubnetVolume.get(state, netuid),
  network_registered_at: s.NetworkRegisteredAt.get(state, netuid),
  moving_price: s.SubnetMovingPrice.get(state, netuid),
});

/** Hyperparameters by the names of get_subnet_hyperparams. */
export function hyperparameters(state: ReadableState, netuid: number) {
  const [alphaLow, alphaHigh] = s.AlphaValues.get(state, netuid);
  return {
    rho: s.Rho.get(state, netuid),
    kappa: s.Kappa.get(state, netuid),
    immunity_period: s.ImmunityPeriod.get(state, netuid),
    min_allowed_weights: s.MinAllowedWeights.get(state, netuid),
    max_weights_limit: s.MaxWeightsLimit.get(state, netuid),
    tempo: s.Tempo.get(state, netuid),
    min_difficulty: s.MinDifficulty.get(state, netuid),
    max_difficulty: s.MaxDifficulty.get(state, netuid),
    weights_version: s.WeightsVersionKey.get(state, netuid),
    weights_rate_limit: s.WeightsSetRateLimit.get(state, netuid),
    adjustment_interval: s.AdjustmentInterval.get(state, netuid),
    activity_cutoff: activityCutoff(state, netuid),
    registration_allowed: s.NetworkRegistrationAllowed.get(state, netuid),
    target_regs_per_interval: s.TargetRegistrationsPerInterval.get(state, netuid),
    min_burn: s.MinBurn.get(state, netuid),
    max_burn: s.MaxBurn.get(state, netuid),
    bonds_moving_avg: s.BondsMovingAverage.get(state, netuid),
    max_regs_per_block: s.MaxRegistrationsPerBlock.get(state, netuid),
    serving_rate_limit: s.ServingRateLimit.get(state, netuid),
    max_validators: s.MaxAllowedValidators.get(state, netuid),
    adjustment_alpha: s.AdjustmentAlpha.get(state, netuid),
    difficulty: s.Difficulty.get(state, netuid),
    commit_reveal_period: s.RevealPeriodEpochs.get(state, netuid),
    commit_reveal_weights_enabled: s.CommitRevealWeightsEnabled.get(state, netuid),
    alpha_high: alphaHigh,
    alpha_low: alphaLow,
    liquid_alpha_enabled: s.LiquidAlphaOn.get(state, netuid),
  };
}

const hyperparametersV2 = (state: ReadableState, netuid: number) => ({
  ...hyperparameters(state, netuid),
  alpha_sigmoid_steepness: { bits: BigInt(s.AlphaSigmoidSteepness.get(state, netuid)) << 32n },
  yuma_version: s.Yuma3On.get(state, netuid) ? 3 : 2,
  subnet_is_active: s.SubtokenEnabled.get(state, netuid),
  transfers_enabled: s.TransferToggle.get(state, netuid),
  bonds_reset_enabled: s.BondsResetOn.get(state, netuid),
  user_liquidity_enabled: false,
});

/** Kinds of the values of get_subnet_hyperparams_v3, where not U16. */
const V3_KINDS: Readonly<Record<string, string>> = {
  min_burn: "TaoBalance",
  max_burn: "TaoBalance",
  alpha_sigmoid_steepness: "I32F32",
  activity_cutoff: "U64",
};

const v3Entry = ([name, value]: readonly [string, unknown]): unknown => {
  const natural = typeof value === "boolean" ? "Bool" : typeof value === "bigint" ? "U64" : "U16";
  return { name: Buffer.from(name, "utf8"), value: { type: V3_KINDS[name] ?? natural, value } };
};

const dynamicInfo = (state: ReadableState, netuid: number) => ({
  netuid,
  ...poolView(state, netuid),
  subnet_name: textBytes(subnetName(state, netuid)),
  token_symbol: [...s.TokenSymbol.get(state, netuid)],
  emission: s.SubnetTaoInEmission.get(state, netuid),
  subnet_identity: s.SubnetIdentitiesV3.get(state, netuid),
});

const subnetInfo = (state: ReadableState, netuid: number) => ({
  netuid,
  ...hyperparameters(state, netuid),
  max_allowed_validators: s.MaxAllowedValidators.get(state, netuid),
  scaling_law_power: 50,
  subnetwork_n: s.SubnetworkN.get(state, netuid),
  max_allowed_uids: s.MaxAllowedUids.get(state, netuid),
  blocks_since_last_step: s.BlocksSinceLastStep.get(state, netuid),
  network_modality: 0,
  network_connect: [],
  emission_values: s.SubnetTaoInEmission.get(state, netuid),
  emission_value: s.SubnetTaoInEmission.get(state, netuid),
  burn: s.Burn.get(state, netuid),
  owner: s.SubnetOwner.get(state, netuid),
  identity: s.SubnetIdentitiesV3.get(state, netuid),
});

/** "modl", the pallet's id and the netuid: an account without a key. */
const subnetAccount = (netuid: number): string => {
  const account = new Uint8Array(32);
  account.set(concatBytes(Buffer.from("modlsubtensr", "ascii"), Uint8Array.of(netuid & 255, netuid >> 8)));
  return toHex(account);
};

/** SubnetInfoRuntimeApi without the metagraphs, and the price of a subnet. */
export const subnetApis: ApiHandlers = {
  SubnetInfoRuntimeApi_get_subnet_info: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => subnetInfo(tree, netuid as number)),
  SubnetInfoRuntimeApi_get_subnets_info: ({ tree }) => netuidsOf(tree).map((netuid) => subnetInfo(tree, netuid)),
  SubnetInfoRuntimeApi_get_subnet_info_v2: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => subnetInfo(tree, netuid as number)),
  SubnetInfoRuntimeApi_get_subnets_info_v2: ({ tree }) => netuidsOf(tree).map((netuid) => subnetInfo(tree, netuid)),
  SubnetInfoRuntimeApi_get_subnet_hyperparams: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => hyperparameters(tree, netuid as number)),
  SubnetInfoRuntimeApi_get_subnet_hyperparams_v2: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => hyperparametersV2(tree, netuid as number)),
  SubnetInfoRuntimeApi_get_subnet_hyperparams_v3: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => Object.entries(hyperparametersV2(tree, netuid as number)).map(v3Entry)),
  SubnetInfoRuntimeApi_get_dynamic_info: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => dynamicInfo(tree, netuid as number)),
  SubnetInfoRuntimeApi_get_all_dynamic_info: ({ tree }) => netuidsOf(tree).map((netuid) => dynamicInfo(tree, netuid)),
  SubnetInfoRuntimeApi_get_coldkey_auto_stake_hotkey: ({ tree }, [coldkey, netuid]) =>
    s.AutoStakeDestination.get(tree, coldkey as string, netuid as number),
  SubnetInfoRuntimeApi_get_subnet_to_prune: () => undefined,
  SubnetInfoRuntimeApi_get_subnet_account_id: ({ tree }, [netuid]) =>
    ifExists(tree, netuid as number, () => subnetAccount(netuid as number)),
  SubnetInfoRuntimeApi_get_next_epoch_start_block: ({ tree, header }, [netuid]) =>
    ifExists(tree, netuid as number, () => nextEpochBlock(tree, netuid as number, header.number)),
  SubnetInfoRuntimeApi_get_block_emission: ({ tree }) => s.BlockEmission.get(tree),
  SubnetRegistrationRuntimeApi_get_network_registration_cost: ({ tree, header }) => networkCostRao(tree, header.number),
};
