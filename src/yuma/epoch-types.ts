/** A row as the chain stores it: `[uid, u16]`, ascending by uid for bonds, any order for weights. */
export type SparseRow = readonly (readonly [uid: number, value: number])[];

/** What a subnet's owner can set and the epoch reads. Units and defaults: node-subtensor spec 425. */
export interface EpochHyperparameters {
  /** Blocks between epochs, > 0. Default 360. */
  readonly tempoBlocks: number;
  /** u16 share of stake that decides. Default 32767. */
  readonly kappa: number;
  /** Parts of a million; the share of the old bonds that stays. Default 900000. */
  readonly bondsMovingAverage: number;
  /** u16 share of the way from raw to clipped weights in bonds. Default 65535. */
  readonly bondsPenalty: number;
  /** Thousandths of a tempo without new weights until a validator is inactive. Default 13889. */
  readonly activityCutoffFactorMilli: number;
  /** Permits at most (the owner's comes on top). Default 128; 64 on a registered subnet. */
  readonly maxAllowedValidators: number;
  /** Rao of total stake below which a uid counts as having none. Default 0. */
  readonly stakeThresholdRao: bigint;
  /** Bonds as absolute numbers (§6b); off in storage by default, on in a registered subnet. */
  readonly yuma3: boolean;
  /** Per-cell moving average; no effect without Yuma 3. */
  readonly liquidAlpha: boolean;
  /** u16 bounds of the liquid alpha. Default 45875, 58982. */
  readonly alphaValues: readonly [low: number, high: number];
  /** i16; the sigmoid's factor × 100. Default 1000. */
  readonly alphaSigmoidSteepness: number;
  /** Only then do pending commits mask weights. */
  readonly commitReveal: boolean;
}

/** A weights commit that has not been revealed, of either form. */
export interface PendingCommit {
  readonly uid: number;
  /** The subnet's epoch index when it was made. */
  readonly commitEpoch: number;
  readonly commitBlock: number;
}

/** The state of one subnet just before its epoch; arrays by uid, all of length n. */
export interface EpochInput {
  readonly hyperparameters: EpochHyperparameters;
  /** The block whose initialisation runs the epoch. */
  readonly block: number;
  /** uid of the owner's hotkey, if it is registered. */
  readonly ownerUid: number | undefined;
  readonly weights: readonly SparseRow[];
  readonly bonds: readonly SparseRow[];
  readonly lastUpdate: readonly number[];
  readonly blockAtRegistration: readonly number[];
  /** Alpha on the hotkey in this subnet, after parents and children. */
  readonly alphaStakeRao: readonly bigint[];
  /** TAO on the hotkey at root, after parents and children. */
  readonly rootStakeRao: readonly bigint[];
  readonly permits: readonly boolean[];
  /** Block of the last epoch's distribution; 0 if none ever ran. */
  readonly lastMechanismStepBlock: number;
  /** PendingServer + PendingValidator + PendingRootAlphaDivs; the owner's cut is not in it. */
  readonly emissionRao: bigint;
  /** TaoWeight as stored (share of 2⁶⁴ − 1). Default 971718665099567868. */
  readonly taoWeight: bigint;
  /** Unrevealed commits; empty if there are none. */
  readonly pendingCommits: readonly PendingCommit[];
  /** SubnetEpochIndex, already advanced for this epoch. Only read where commits are pending. */
  readonly epochIndex: number;
  readonly revealPeriodEpochs: number;
}

/** What the chain stores after the epoch; arrays by uid, shares as u16 (0…65535, truncated). */
export interface EpochOutput {
  readonly incentive: readonly number[];
  readonly dividends: readonly number[];
  readonly consensus: readonly number[];
  readonly validatorTrust: readonly number[];
  readonly stakeWeight: readonly number[];
  readonly active: readonly boolean[];
  /** They take effect in the next epoch. */
  readonly permits: readonly boolean[];
  /** Ascending by uid; empty rows for uids without a new permit. */
  readonly bonds: readonly SparseRow[];
  /** `Emission` in storage: server and validator parts together, rao. */
  readonly emissionRao: readonly bigint[];
  /** What miners are paid from, rao. */
  readonly serverEmissionRao: readonly bigint[];
  /** What validators' shares of the pool are taken from, rao. */
  readonly validatorEmissionRao: readonly bigint[];
}

/** TaoWeight that a fresh chain has (0.0526769…). */
export const DEFAULT_TAO_WEIGHT = 971_718_665_099_567_868n;

/** What `register_network` sets (Yuma 3 on); the storage defaults differ in validators, Yuma 3 and burn. */
export const REGISTERED_SUBNET_HYPERPARAMETERS: EpochHyperparameters = {
  tempoBlocks: 360,
  kappa: 32_767,
  bondsMovingAverage: 900_000,
  bondsPenalty: 65_535,
  activityCutoffFactorMilli: 13_889,
  maxAllowedValidators: 64,
  stakeThresholdRao: 0n,
  yuma3: true,
  liquidAlpha: false,
  alphaValues: [45_875, 58_982],
  alphaSigmoidSteepness: 1_000,
  commitReveal: true,
};
