/**
 * SubtensorModule storage, names, indexes and types of spec 461; grammar in ../pallet-table.ts. SubnetEpochConsensus is
 * younger (bittensor 11.3.0 reads it before it sets weights, without asking whether it exists); here it is always Yuma.
 */
export const SUBTENSOR_STORAGE = `
MinActivityCutoff u16 = 6801
AdminFreezeWindow u16 = 0a00
OwnerHyperparamRateLimit u16 = 0200
DissolveNetworkScheduleDuration u32 = a08c0000
LastHotkeySwapOnNetuid [identity NetUid, blake2 AccountId32] u64
HotkeySuccessor [identity NetUid, blake2 AccountId32] ?AccountId32
HotkeyRoot [identity NetUid, blake2 AccountId32] ?AccountId32
ColdkeySuccessor [blake2 AccountId32] ?AccountId32
ColdkeyRoot [blake2 AccountId32] ?AccountId32
NextStakeJobId u64
TaoWeight u64 = fc62e03efa3c7c0d
CKBurn u64
MaxDelegateTake PerU16 = 142e
MinDelegateTake PerU16
MaxChildkeyTake PerU16 = 142e
MinChildkeyTake PerU16
MinChildkeyTakePerSubnet [identity NetUid] PerU16
Owner [blake2 AccountId32] AccountId32
AccountFlags [blake2 AccountId32] u128
Delegates [blake2 AccountId32] PerU16 = 142e
ChildkeyTake [blake2 AccountId32, identity NetUid] PerU16
ChildkeyThresholdChecks [blake2 AccountId32] ?()
ChildkeyThresholdSuspended [blake2 AccountId32] ?()
PendingChildKeys [identity NetUid, blake2 AccountId32] (Vec<(u64, AccountId32)>, u64)
ChildKeys [blake2 AccountId32, identity NetUid] Vec<(u64, AccountId32)>
ParentKeys [blake2 AccountId32, identity NetUid] Vec<(u64, AccountId32)>
AlphaDividendsPerSubnet [identity NetUid, blake2 AccountId32] AlphaBalance
RootAlphaDividendsPerSubnet [identity NetUid, blake2 AccountId32] AlphaBalance
PendingBasketDeposits [blake2 AccountId32, identity NetUid] AlphaBalance
PendingBasketFlushCursor ?Vec<u8>
BlockEmission u64 = 00ca9a3b00000000
LastHotkeyEmissionOnNetuid [blake2 AccountId32, identity NetUid] AlphaBalance
SubnetLimit u16 = 8000
TotalIssuance TaoBalance
TotalStake TaoBalance
SubnetMovingAlpha FixedI128 = 55320000000000000000000000000000
SubnetMovingPrice [identity NetUid] FixedI128
SubnetFastMovingPrice [identity NetUid] ?FixedU128
RootProp [identity NetUid] FixedU128
SubnetVolume [identity NetUid] u128
SubnetTAO [identity NetUid] TaoBalance
SubnetAlphaInEmission [identity NetUid] AlphaBalance
SubnetEmissionEnabled [identity NetUid] bool = 01
SubnetAlphaOutEmission [identity NetUid] AlphaBalance
SubnetTaoInEmission [identity NetUid] TaoBalance
SubnetExcessTao [identity NetUid] TaoBalance
SubnetRootSellTao [identity NetUid] TaoBalance
SubnetAlphaIn [identity NetUid] AlphaBalance
SubnetAlphaOut [identity NetUid] AlphaBalance
SubnetProtocolAlpha [identity NetUid] AlphaBalance
StakingHotkeys [blake2 AccountId32] Vec<AccountId32>
OwnedHotkeys [blake2 AccountId32] Vec<AccountId32>
AutoStakeDestination [blake2 AccountId32, identity NetUid] ?AccountId32
AutoStakeDestinationColdkeys [blake2 AccountId32, identity NetUid] Vec<AccountId32>
ColdkeySwapAnnouncementDelay u32 = 32000000
ColdkeySwapReannouncementDelay u32 = 0a000000
ColdkeySwapAnnouncements [twox64 AccountId32] ?(u32, H256)
ColdkeySwapDisputes [twox64 AccountId32] ?u32
TotalHotkeyAlpha [blake2 AccountId32, identity NetUid] AlphaBalance
TotalAlphaStaked [identity NetUid] AlphaBalance
TotalHotkeyAlphaLastEpoch [blake2 AccountId32, identity NetUid] AlphaBalance
TotalHotkeyShares [blake2 AccountId32, identity NetUid] FixedU128
Alpha [blake2 AccountId32, blake2 AccountId32, identity NetUid] FixedU128
TotalHotkeySharesV2 [blake2 AccountId32, identity NetUid] SafeFloat
AlphaV2 [blake2 AccountId32, blake2 AccountId32, identity NetUid] SafeFloat
AlphaSharePoolEpoch [blake2 AccountId32, identity NetUid] u64
AlphaShareEpoch [blake2 AccountId32, blake2 AccountId32, identity NetUid] u64
Lock [blake2 AccountId32, identity NetUid, blake2 AccountId32] ?LockState
LockingColdkeys [identity NetUid, blake2 AccountId32, blake2 AccountId32] ?()
HotkeyLock [identity NetUid, blake2 AccountId32] ?LockState
DecayingHotkeyLock [identity NetUid, blake2 AccountId32] ?LockState
OwnerLock [identity NetUid] ?LockState
DecayingOwnerLock [identity NetUid] ?LockState
DecayingLock [blake2 AccountId32, identity NetUid] ?bool
OwnerCutAutoLockEnabled [identity NetUid] bool
MaturityRate u64 = d2430e0000000000
UnlockRate u64 = d2430e0000000000
AlphaMapLastKey Option<Vec<u8>>
AlphaV2MapLastKey Option<Vec<u8>>
TokenSymbol [identity NetUid] Vec<u8> = 10f09d9c8f
SubnetTaoFlow [identity NetUid] i64
SubnetEmaTaoFlow [identity NetUid] ?(u64, FixedI128)
NetTaoFlowEnabled bool = 01
SubnetProtocolFlow [identity NetUid] i64
SubnetEmaProtocolFlow [identity NetUid] ?(u64, FixedI128)
TaoFlowCutoff FixedI128
FlowNormExponent FixedU128 = 00000000000000000100000000000000
EmissionBarQuantile FixedU128 = 00285c8fc2f5289c0000000000000000
EmissionBarRank u16 = 2000
EmissionGateExponent FixedU128 = 00000000000000000300000000000000
EmissionGateBar FixedU128
FlowEmaSmoothingFactor u64 = 9dd5ab4beb1a0000
UsedWork [identity Vec<u8>] u64
MaxRegistrationsPerBlock [identity NetUid] u16 = 0100
TotalNetworks u16
NetworkImmunityPeriod u64 = 80c6130000000000
StartCallDelay u64
NetworkMinLockCost TaoBalance = 0010a5d4e8000000
NetworkLastLockCost TaoBalance = 0010a5d4e8000000
NetworkLockReductionInterval u64 = c089010000000000
SubnetOwnerCut u16 = 142e
OwnerCutEnabled [identity NetUid] bool = 01
NetworkRateLimit u64 = 201c000000000000
NominatorMinRequiredStake u64
WeightsVersionKeyRateLimit u64 = 0500000000000000
LastRateLimitedBlock [identity RateLimitKey] u64
TransferToggle [identity NetUid] bool = 01
SubnetLocked [identity NetUid] TaoBalance
LargestLocked [identity NetUid] u64
Tempo [identity NetUid] u16 = 0a00
LastEpochBlock [identity NetUid] u64
PendingEpochAt [identity NetUid] u64
SubnetEpochIndex [identity NetUid] u64
ActivityCutoffFactorMilli [identity NetUid] u32 = 41360000
FirstEmissionBlockNumber [identity NetUid] ?u64
SubnetMechanism [identity NetUid] u16
SubnetworkN [identity NetUid] u16
NetworksAdded [identity NetUid] bool
IsNetworkMember [blake2 AccountId32, identity NetUid] bool
NetworkRegistrationAllowed [identity NetUid] bool = 01
NetworkPowRegistrationAllowed [identity NetUid] bool = 01
NetworkRegisteredAt [identity NetUid] u64
RegisteredSubnetCounter [identity NetUid] u64
PendingServerEmission [identity NetUid] AlphaBalance
PendingValidatorEmission [identity NetUid] AlphaBalance
PendingRootAlphaDivs [identity NetUid] AlphaBalance
PendingOwnerCut [identity NetUid] AlphaBalance
MinerBurned [identity NetUid] FixedU128
BlocksSinceLastStep [identity NetUid] u64
LastMechansimStepBlock [identity NetUid] u64
SubnetOwner [identity NetUid] AccountId32
SubnetOwnerHotkey [identity NetUid] AccountId32
RecycleOrBurn [identity NetUid] RecycleOrBurnEnum
ServingRateLimit [identity NetUid] u64 = 3200000000000000
Rho [identity NetUid] u16 = 0a00
AlphaSigmoidSteepness [identity NetUid] i16 = e803
Kappa [identity NetUid] u16 = ff7f
RegistrationsThisInterval [identity NetUid] u16
POWRegistrationsThisInterval [identity NetUid] u16
BurnRegistrationsThisInterval [identity NetUid] u16
MinAllowedUids [identity NetUid] u16 = 4000
MaxAllowedUids [identity NetUid] u16 = 0001
ImmunityPeriod [identity NetUid] u16 = 0010
ActivityCutoff [identity NetUid] u16 = 8813
MaxWeightsLimit [identity NetUid] u16 = ffff
WeightsVersionKey [identity NetUid] u64
MinAllowedWeights [identity NetUid] u16 = 0004
MaxAllowedValidators [identity NetUid] u16 = 8000
AdjustmentInterval [identity NetUid] u16 = 6400
BondsMovingAverage [identity NetUid] u64 = a0bb0d0000000000
BondsPenalty [identity NetUid] u16 = ffff
BondsResetOn [identity NetUid] bool
WeightsSetRateLimit [identity NetUid] u64 = 6400000000000000
ValidatorPruneLen [identity NetUid] u64 = 0100000000000000
ScalingLawPower [identity NetUid] u16 = 3200
TargetRegistrationsPerInterval [identity NetUid] u16 = 0200
AdjustmentAlpha [identity NetUid] u64
CommitRevealWeightsEnabled [identity NetUid] bool = 01
Burn [identity NetUid] TaoBalance = 00e1f50500000000
Difficulty [identity NetUid] u64 = 8096980000000000
MinBurn [identity NetUid] TaoBalance = 20a1070000000000
MaxBurn [identity NetUid] TaoBalance = 00e8764817000000
MinDifficulty [identity NetUid] u64 = 8096980000000000
MaxDifficulty [identity NetUid] u64 = ffffffffffffff3f
LastAdjustmentBlock [identity NetUid] u64
RegistrationsThisBlock [identity NetUid] u16
EMAPriceHalvingBlocks [identity NetUid] u64 = 8013030000000000
RAORecycledForRegistration [identity NetUid] TaoBalance
MaxEpochsPerBlock u8 = 20
TxRateLimit u64 = e803000000000000
TxDelegateTakeRateLimit u64 = c04b030000000000
TxChildkeyTakeRateLimit u64 = 0500000000000000
LiquidAlphaOn [blake2 NetUid] bool
Yuma3On [blake2 NetUid] bool
AlphaValues [identity NetUid] (u16, u16) = 33b366e6
LiquidAlphaConsensusMode [identity NetUid] ConsensusMode = 02
SubtokenEnabled [identity NetUid] bool
DissolveCleanupQueue Vec<NetUid>
CurrentDissolveCleanupStatus ?DissolveCleanupStatus
NetworkRegistrationQueue Vec<NetworkRegistrationInfo>
NetworkRegistrationLockId u32
VotingPower [identity NetUid, blake2 AccountId32] u64
TotalVotingPower [identity NetUid] u64
VotingPowerTrackingEnabled [identity NetUid] bool
VotingPowerDisableAtBlock [identity NetUid] u64
VotingPowerEmaAlpha [identity NetUid] u64 = 0020d965e5ae0c00
ImmuneOwnerUidsLimit [identity NetUid] u16 = 0100
StakeWeight [identity NetUid] Vec<u16>
Uids [identity NetUid, blake2 AccountId32] ?u16
Keys [identity NetUid, identity u16] AccountId32
LoadedEmission [identity NetUid] ?Vec<(AccountId32, u64, u64)>
Active [identity NetUid] Vec<bool>
Consensus [identity NetUid] Vec<PerU16>
ConsensusByMechanism [identity NetUidStorageIndex] Vec<PerU16>
Incentive [identity NetUidStorageIndex] Vec<PerU16>
Dividends [identity NetUid] Vec<PerU16>
Emission [identity NetUid] Vec<AlphaBalance>
LastUpdate [identity NetUidStorageIndex] Vec<u64>
ValidatorTrust [identity NetUid] Vec<PerU16>
ValidatorPermit [identity NetUid] Vec<bool>
Weights [identity NetUidStorageIndex, identity u16] Vec<(u16, u16)>
Bonds [identity NetUidStorageIndex, identity u16] Vec<(u16, u16)>
BlockAtRegistration [identity NetUid, identity u16] u64
Axons [identity NetUid, blake2 AccountId32] ?AxonInfo
NeuronCertificates [identity NetUid, blake2 AccountId32] ?NeuronCertificate
Prometheus [identity NetUid, blake2 AccountId32] ?PrometheusInfo
IdentitiesV2 [blake2 AccountId32] ?ChainIdentityV2
SubnetIdentitiesV3 [blake2 NetUid] ?SubnetIdentityV3
TransactionKeyLastBlock [blake2 AccountId32, identity NetUid, identity u16] u64
LastTxBlock [identity AccountId32] u64
LastTxBlockChildKeyTake [identity AccountId32] u64
LastTxBlockDelegateTake [identity AccountId32] u64
StakeThreshold u64
WeightCommits [twox64 NetUidStorageIndex, twox64 AccountId32] ?Vec<(H256, u64, u64, u64)>
TimelockedWeightCommits [twox64 NetUidStorageIndex, twox64 u64] Vec<(AccountId32, u64, BoundedVec<u8>, u64)>
CRV3WeightCommits [twox64 NetUidStorageIndex, twox64 u64] Vec<(AccountId32, BoundedVec<u8>, u64)>
CRV3WeightCommitsV2 [twox64 NetUidStorageIndex, twox64 u64] Vec<(AccountId32, u64, BoundedVec<u8>, u64)>
RevealPeriodEpochs [twox64 NetUid] u64 = 0100000000000000
SubnetEpochConsensus [identity NetUid] EpochConsensus
LastColdkeyHotkeyStakeBlock [twox64 AccountId32, twox64 AccountId32] ?u64
RootStakeUnlockInterval u64
BasketTradingEnabled bool
BasketTradingFrozen [blake2 AccountId32] ?()
BasketDailyTurnoverCap u16 = 9919
BasketLiquidityCap u16 = 9919
BasketTradeBucket [blake2 AccountId32] ?(u64, u64)
BasketConcentrationCap u16 = 0010
RootClaimableThreshold [blake2 NetUid] FixedI128 = 0000000020a107000000000000000000
RootClaimable [blake2 AccountId32] BTreeMap<NetUid, FixedI128>
RootClaimed [identity NetUid, blake2 AccountId32, blake2 AccountId32] u128
BasketShares [blake2 AccountId32] u64
BasketRate [blake2 AccountId32] FixedI128
BetaBaseline [blake2 AccountId32] ?BetaBaselineOf
BasketTwr [blake2 AccountId32] FixedU128 = 00000000000000000100000000000000
BetaIndexSnapshot ?BetaIndexSnapshotOf
BetaIndexSweep ?BetaIndexSweepOf
BetaIndexFundSample [blake2 AccountId32] ?BetaIndexFundSampleOf
BasketClaimed [blake2 AccountId32, blake2 AccountId32] i128
BasketDepositedTao [blake2 AccountId32] TaoBalance
BasketRedeemedTao [blake2 AccountId32] TaoBalance
StakingColdkeysByIndex [identity u64] ?AccountId32
StakingColdkeys [identity AccountId32] ?u64
NumStakingColdkeys u64
AssociatedEvmAddress [twox64 NetUid, twox64 u16] ?(H160, u64)
AssociatedUidsByEvmAddress [twox64 NetUid, twox64 H160] BoundedVec<(u16, u64)>
SubnetLeases [twox64 u32] ?SubnetLease
SubnetLeaseShares [twox64 u32, identity AccountId32] FixedU128
SubnetUidToLeaseId [twox64 NetUid] ?u32
NextSubnetLeaseId u32
AccumulatedLeaseDividends [twox64 u32] AlphaBalance
CommitRevealWeightsVersion u16 = 0400
NetworkRegistrationStartBlock u64
TaoInRefundDeploymentBlock u64
MinNonImmuneUids [identity NetUid] u16 = 0a00
MaxMechanismCount MechId = 02
MechanismCountCurrent [twox64 NetUid] MechId = 01
MechanismEmissionSplit [twox64 NetUid] ?Vec<u16>
BurnHalfLife [identity NetUid] u16 = 6801
BurnIncreaseMult [identity NetUid] FixedU128 = 0090c2f5285c8f420100000000000000
CollateralLockShare [identity NetUid] u16
CollateralDrainRatio [identity NetUid] FixedU128 = 00000000000000000100000000000000
MinerCollateral [identity NetUid, blake2 AccountId32, blake2 AccountId32] ?MinerCollateralState
ColdkeyMinerCollateral [identity NetUid, blake2 AccountId32] AlphaBalance
ColdkeyCollateralHotkeys [identity NetUid, blake2 AccountId32] BoundedVec<AccountId32>
AutoParentDelegationEnabled [blake2 AccountId32] bool = 01
HasMigrationRun [identity Vec<u8>] bool
PendingChildKeyCooldown u64 = 0f00000000000000
`;
