import { StorageItem } from "../../engine/storage-item.ts";

const P = "SubtensorModule";

/** One value for the whole chain. */
const plain = <V>(name: string): StorageItem<[], V> => new StorageItem<[], V>(P, name);
/** One value per subnet. */
const subnet = <V>(name: string): StorageItem<[netuid: number], V> => new StorageItem(P, name);
/** One value per subnet and mechanism: `mecid * 4096 + netuid`. */
const indexed = <V>(name: string): StorageItem<[index: number], V> => new StorageItem(P, name);

export type Account = string;
/** `[uid, u16]` pairs. */
export type Row = readonly (readonly [number, number])[];

// The network
export const TotalNetworks = plain<number>("TotalNetworks");
export const SubnetLimit = plain<number>("SubnetLimit");
export const NetworkRateLimit = plain<bigint>("NetworkRateLimit");
export const NetworkMinLockCost = plain<bigint>("NetworkMinLockCost");
export const NetworkLastLockCost = plain<bigint>("NetworkLastLockCost");
export const NetworkLockReductionInterval = plain<bigint>("NetworkLockReductionInterval");
export const StartCallDelay = plain<bigint>("StartCallDelay");
export const SubnetOwnerCut = plain<number>("SubnetOwnerCut");
export const StakeThreshold = plain<bigint>("StakeThreshold");
export const TaoWeight = plain<bigint>("TaoWeight");
export const BlockEmission = plain<bigint>("BlockEmission");
export const TotalIssuance = plain<bigint>("TotalIssuance");
export const TotalStake = plain<bigint>("TotalStake");
export const MaxEpochsPerBlock = plain<number>("MaxEpochsPerBlock");
export const AdminFreezeWindow = plain<number>("AdminFreezeWindow");
export const OwnerHyperparamRateLimit = plain<number>("OwnerHyperparamRateLimit");
export const CommitRevealWeightsVersion = plain<number>("CommitRevealWeightsVersion");
export const MaxMechanismCount = plain<number>("MaxMechanismCount");
export const SubnetMovingAlpha = plain<{ bits: bigint }>("SubnetMovingAlpha");
export const MaxDelegateTake = plain<number>("MaxDelegateTake");
export const TxRateLimit = plain<bigint>("TxRateLimit");
export const MinDelegateTake = plain<number>("MinDelegateTake");
export const TxDelegateTakeRateLimit = plain<bigint>("TxDelegateTakeRateLimit");

// A subnet
export const NetworksAdded = subnet<boolean>("NetworksAdded");
export const SubnetworkN = subnet<number>("SubnetworkN");
export const Tempo = subnet<number>("Tempo");
export const SubnetOwner = subnet<Account>("SubnetOwner");
export const SubnetOwnerHotkey = subnet<Account>("SubnetOwnerHotkey");
export const NetworkRegisteredAt = subnet<bigint>("NetworkRegisteredAt");
export const NetworkRegistrationAllowed = subnet<boolean>("NetworkRegistrationAllowed");
export const NetworkPowRegistrationAllowed = subnet<boolean>("NetworkPowRegistrationAllowed");
export const SubtokenEnabled = subnet<boolean>("SubtokenEnabled");
export const FirstEmissionBlockNumber = subnet<bigint | undefined>("FirstEmissionBlockNumber");
export const SubnetMechanism = subnet<number>("SubnetMechanism");
export const TokenSymbol = subnet<Uint8Array>("TokenSymbol");
export const SubnetLocked = subnet<bigint>("SubnetLocked");
export const TransferToggle = subnet<boolean>("TransferToggle");
export const SubnetEmissionEnabled = subnet<boolean>("SubnetEmissionEnabled");
export const OwnerCutEnabled = subnet<boolean>("OwnerCutEnabled");

// Hyperparameters
export const ImmunityPeriod = subnet<number>("ImmunityPeriod");
export const MinAllowedUids = subnet<number>("MinAllowedUids");
export const MaxAllowedUids = subnet<number>("MaxAllowedUids");
export const MinAllowedWeights = subnet<number>("MinAllowedWeights");
export const MaxWeightsLimit = subnet<number>("MaxWeightsLimit");
export const MaxAllowedValidators = subnet<number>("MaxAllowedValidators");
export const MinNonImmuneUids = subnet<number>("MinNonImmuneUids");
export const ImmuneOwnerUidsLimit = subnet<number>("ImmuneOwnerUidsLimit");
export const WeightsVersionKey = subnet<bigint>("WeightsVersionKey");
export const WeightsSetRateLimit = subnet<bigint>("WeightsSetRateLimit");
export const ServingRateLimit = subnet<bigint>("ServingRateLimit");
export const CommitRevealWeightsEnabled = subnet<boolean>("CommitRevealWeightsEnabled");
export const RevealPeriodEpochs = subnet<bigint>("RevealPeriodEpochs");
export const Kappa = subnet<number>("Kappa");
export const Rho = subnet<number>("Rho");
export const Difficulty = subnet<bigint>("Difficulty");
export const MinDifficulty = subnet<bigint>("MinDifficulty");
export const MaxDifficulty = subnet<bigint>("MaxDifficulty");
export const Burn = subnet<bigint>("Burn");
export const MinBurn = subnet<bigint>("MinBurn");
export const MaxBurn = subnet<bigint>("MaxBurn");
export const BurnHalfLife = subnet<number>("BurnHalfLife");
export const BurnIncreaseMult = subnet<{ bits: bigint }>("BurnIncreaseMult");
export const AdjustmentInterval = subnet<number>("AdjustmentInterval");
export const AdjustmentAlpha = subnet<bigint>("AdjustmentAlpha");
export const TargetRegistrationsPerInterval = subnet<number>("TargetRegistrationsPerInterval");
export const MaxRegistrationsPerBlock = subnet<number>("MaxRegistrationsPerBlock");
export const ActivityCutoffFactorMilli = subnet<number>("ActivityCutoffFactorMilli");
export const BondsMovingAverage = subnet<bigint>("BondsMovingAverage");
export const BondsPenalty = subnet<number>("BondsPenalty");
export const BondsResetOn = subnet<boolean>("BondsResetOn");
export const LiquidAlphaOn = subnet<boolean>("LiquidAlphaOn");
export const Yuma3On = subnet<boolean>("Yuma3On");
export const AlphaValues = subnet<readonly [number, number]>("AlphaValues");
export const AlphaSigmoidSteepness = subnet<number>("AlphaSigmoidSteepness");
export const MechanismCountCurrent = subnet<number>("MechanismCountCurrent");
export const MechanismEmissionSplit = subnet<readonly number[] | undefined>("MechanismEmissionSplit");

// Epochs and emission
export const LastEpochBlock = subnet<bigint>("LastEpochBlock");
export const PendingEpochAt = subnet<bigint>("PendingEpochAt");
export const SubnetEpochIndex = subnet<bigint>("SubnetEpochIndex");
export const BlocksSinceLastStep = subnet<bigint>("BlocksSinceLastStep");
export const LastMechansimStepBlock = subnet<bigint>("LastMechansimStepBlock");
export const PendingServerEmission = subnet<bigint>("PendingServerEmission");
export const PendingValidatorEmission = subnet<bigint>("PendingValidatorEmission");
export const PendingRootAlphaDivs = subnet<bigint>("PendingRootAlphaDivs");
export const PendingOwnerCut = subnet<bigint>("PendingOwnerCut");
export const RecycleOrBurn = subnet<{ readonly type: "Burn" | "Recycle" }>("RecycleOrBurn");
export const MinerBurned = subnet<{ bits: bigint }>("MinerBurned");
export const Emission = subnet<readonly bigint[]>("Emission");
export const Consensus = subnet<readonly number[]>("Consensus");
export const Dividends = subnet<readonly number[]>("Dividends");
export const ValidatorTrust = subnet<readonly number[]>("ValidatorTrust");
export const ValidatorPermit = subnet<readonly boolean[]>("ValidatorPermit");
export const StakeWeight = subnet<readonly number[]>("StakeWeight");
export const Active = subnet<readonly boolean[]>("Active");
export const Incentive = indexed<readonly number[]>("Incentive");
export const LastUpdate = indexed<readonly bigint[]>("LastUpdate");
export const Weights = new StorageItem<[index: number, uid: number], Row>(P, "Weights");
export const Bonds = new StorageItem<[index: number, uid: number], Row>(P, "Bonds");

// Pools
export const SubnetTAO = subnet<bigint>("SubnetTAO");
export const SubnetAlphaIn = subnet<bigint>("SubnetAlphaIn");
export const SubnetAlphaOut = subnet<bigint>("SubnetAlphaOut");
export const SubnetVolume = subnet<bigint>("SubnetVolume");
export const SubnetMovingPrice = subnet<{ bits: bigint }>("SubnetMovingPrice");
export const EMAPriceHalvingBlocks = subnet<bigint>("EMAPriceHalvingBlocks");
export const SubnetTaoInEmission = subnet<bigint>("SubnetTaoInEmission");
export const SubnetAlphaInEmission = subnet<bigint>("SubnetAlphaInEmission");
export const SubnetAlphaOutEmission = subnet<bigint>("SubnetAlphaOutEmission");
export const RAORecycledForRegistration = subnet<bigint>("RAORecycledForRegistration");
export const RegistrationsThisBlock = subnet<number>("RegistrationsThisBlock");
export const RegistrationsThisInterval = subnet<number>("RegistrationsThisInterval");
export const BurnRegistrationsThisInterval = subnet<number>("BurnRegistrationsThisInterval");

// Neurons
export const Uids = new StorageItem<[netuid: number, hotkey: Account], number | undefined>(P, "Uids");
export const Keys = new StorageItem<[netuid: number, uid: number], Account>(P, "Keys");
export const IsNetworkMember = new StorageItem<[hotkey: Account, netuid: number], boolean>(P, "IsNetworkMember");
export const BlockAtRegistration = new StorageItem<[netuid: number, uid: number], bigint>(P, "BlockAtRegistration");

export interface AxonInfo {
  readonly block: bigint;
  readonly version: number;
  readonly ip: bigint;
  readonly port: number;
  readonly ip_type: number;
  readonly protocol: number;
  readonly placeholder1: number;
  readonly placeholder2: number;
}
export interface PrometheusInfo {
  readonly block: bigint;
  readonly version: number;
  readonly ip: bigint;
  readonly port: number;
  readonly ip_type: number;
}
type PerNeuron<V> = StorageItem<[netuid: number, hotkey: Account], V>;
export const Axons: PerNeuron<AxonInfo | undefined> = new StorageItem(P, "Axons");
export const Prometheus: PerNeuron<PrometheusInfo | undefined> = new StorageItem(P, "Prometheus");
export const NeuronCertificates: PerNeuron<{ public_key: Uint8Array; algorithm: number } | undefined> = new StorageItem(
  P,
  "NeuronCertificates",
);

// Keys and stakes
export const Owner = new StorageItem<[hotkey: Account], Account>(P, "Owner");
export const OwnedHotkeys = new StorageItem<[coldkey: Account], readonly Account[]>(P, "OwnedHotkeys");
export const StakingHotkeys = new StorageItem<[coldkey: Account], readonly Account[]>(P, "StakingHotkeys");
export const Delegates = new StorageItem<[hotkey: Account], number>(P, "Delegates");

/** `[part of 2⁶⁴ − 1, hotkey]`. */
export type Relations = readonly (readonly [proportion: bigint, hotkey: Account])[];
type PerHotkey<V> = StorageItem<[hotkey: Account, netuid: number], V>;
export const ChildKeys: PerHotkey<Relations> = new StorageItem(P, "ChildKeys");
export const ParentKeys: PerHotkey<Relations> = new StorageItem(P, "ParentKeys");
export const PendingChildKeys: StorageItem<[netuid: number, hotkey: Account], readonly [Relations, bigint]> =
  new StorageItem(P, "PendingChildKeys");
export const PendingChildKeyCooldown = plain<bigint>("PendingChildKeyCooldown");
export const ChildkeyTake: PerHotkey<number> = new StorageItem(P, "ChildkeyTake");
export const MinChildkeyTake = plain<number>("MinChildkeyTake");
export const MinChildkeyTakePerSubnet = subnet<number>("MinChildkeyTakePerSubnet");
export const MaxChildkeyTake = plain<number>("MaxChildkeyTake");
export const TxChildkeyTakeRateLimit = plain<bigint>("TxChildkeyTakeRateLimit");
export const CKBurn = plain<bigint>("CKBurn");
export const AutoParentDelegationEnabled = new StorageItem<[hotkey: Account], boolean>(
  P,
  "AutoParentDelegationEnabled",
);

/** mantissa × 10^exponent. */
export interface SafeFloat {
  readonly mantissa: bigint;
  readonly exponent: bigint;
}
export const TotalHotkeyAlpha = new StorageItem<[hotkey: Account, netuid: number], bigint>(P, "TotalHotkeyAlpha");
export const TotalAlphaStaked = subnet<bigint>("TotalAlphaStaked");
export const TotalHotkeySharesV2 = new StorageItem<[hotkey: Account, netuid: number], SafeFloat>(
  P,
  "TotalHotkeySharesV2",
);
export const AlphaV2 = new StorageItem<[hotkey: Account, coldkey: Account, netuid: number], SafeFloat>(P, "AlphaV2");
export const AlphaDividendsPerSubnet = new StorageItem<[netuid: number, hotkey: Account], bigint>(
  P,
  "AlphaDividendsPerSubnet",
);
export const RootAlphaDividendsPerSubnet = new StorageItem<[netuid: number, hotkey: Account], bigint>(
  P,
  "RootAlphaDividendsPerSubnet",
);
export const AutoStakeDestinationColdkeys: PerHotkey<readonly Account[]> = new StorageItem(
  P,
  "AutoStakeDestinationColdkeys",
);
export const AutoStakeDestination = new StorageItem<[coldkey: Account, netuid: number], Account | undefined>(
  P,
  "AutoStakeDestination",
);
export const LastColdkeyHotkeyStakeBlock = new StorageItem<[coldkey: Account, hotkey: Account], bigint | undefined>(
  P,
  "LastColdkeyHotkeyStakeBlock",
);
export const NominatorMinRequiredStake = plain<bigint>("NominatorMinRequiredStake");
export const TotalHotkeyAlphaLastEpoch: PerHotkey<bigint> = new StorageItem(P, "TotalHotkeyAlphaLastEpoch");

// Swaps
export const LastHotkeySwapOnNetuid = new StorageItem<[netuid: number, coldkey: Account], bigint>(
  P,
  "LastHotkeySwapOnNetuid",
);
type PerColdkey<V> = StorageItem<[coldkey: Account], V>;
export const ColdkeySwapAnnouncements: PerColdkey<readonly [due: number, hash: string] | undefined> = new StorageItem(
  P,
  "ColdkeySwapAnnouncements",
);
export const ColdkeySwapDisputes: PerColdkey<number | undefined> = new StorageItem(P, "ColdkeySwapDisputes");
export const ColdkeySwapAnnouncementDelay = plain<number>("ColdkeySwapAnnouncementDelay");
export const ColdkeySwapReannouncementDelay = plain<number>("ColdkeySwapReannouncementDelay");

// Commits
export type HashCommit = readonly [hash: string, block: bigint, firstReveal: bigint, lastReveal: bigint];
export type TimelockCommit = readonly [who: Account, block: bigint, commit: Uint8Array, round: bigint];
export const WeightCommits = new StorageItem<[index: number, who: Account], readonly HashCommit[] | undefined>(
  P,
  "WeightCommits",
);
export const TimelockedWeightCommits = new StorageItem<[index: number, epoch: bigint], readonly TimelockCommit[]>(
  P,
  "TimelockedWeightCommits",
);

// Identities
export const IdentitiesV2 = new StorageItem<[coldkey: Account], Readonly<Record<string, Uint8Array>> | undefined>(
  P,
  "IdentitiesV2",
);
export const SubnetIdentitiesV3 = subnet<Readonly<Record<string, Uint8Array>> | undefined>("SubnetIdentitiesV3");

/** Storage that a mechanism has for itself is kept under this number. */
export const mechanismIndex = (netuid: number, mecid: number): number => mecid * 4_096 + netuid;

export const ROOT_NETUID = 0;
/** What an account map gives for a key it does not have. */
export const NO_ACCOUNT: Account = `0x${"00".repeat(32)}`;
