/** Types of SubtensorModule's own storage, calls and events. Names and shapes of spec 461; grammar in ../named-types.ts. */
export const SUBTENSOR_TYPES = `
TaoBalance subtensor_runtime_common::currency::TaoBalance (u64)
NetUid subtensor_runtime_common::NetUid (u16)
AlphaBalance subtensor_runtime_common::currency::AlphaBalance (u64)
SubnetIdentityV3 pallet_subtensor::pallet::SubnetIdentityV3 { subnet_name: Vec<u8>, github_repo: Vec<u8>,
  subnet_contact: Vec<u8>, subnet_url: Vec<u8>, discord: Vec<u8>, description: Vec<u8>, logo_url: Vec<u8>,
  additional: Vec<u8> }
MechId subtensor_runtime_common::MechId (u8)
SafeFloat share_pool::SafeFloat { mantissa: u128, exponent: i64 }
LockState pallet_subtensor::staking::lock::LockState { locked_mass: AlphaBalance, conviction: FixedU128,
  last_update: u64 }
RateLimitKey pallet_subtensor::RateLimitKey enum { 0 SetSNOwnerHotkey(NetUid), 1 OwnerHyperparamUpdate(NetUid,
  Hyperparameter), 2 NetworkLastRegistered, 3 LastTxBlock(AccountId32), 4 LastTxBlockChildKeyTake(AccountId32),
  5 LastTxBlockDelegateTake(AccountId32), 6 AddStakeBurn(NetUid) }
Hyperparameter pallet_subtensor::utils::rate_limiting::Hyperparameter enum { 0 Unknown, 1 ServingRateLimit,
  2 MaxDifficulty, 3 AdjustmentAlpha, 4 MaxWeightLimit, 5 ImmunityPeriod, 6 MinAllowedWeights, 7 Kappa, 8 Rho,
  9 ActivityCutoff, 10 PowRegistrationAllowed, 11 MinBurn, 12 MaxBurn, 13 BondsMovingAverage, 14 BondsPenalty,
  15 CommitRevealEnabled, 16 LiquidAlphaEnabled, 17 AlphaValues, 18 WeightCommitInterval, 19 TransferEnabled,
  20 AlphaSigmoidSteepness, 21 Yuma3Enabled, 22 BondsResetEnabled, 23 ImmuneNeuronLimit, 24 RecycleOrBurn,
  25 MaxAllowedUids, 26 BurnHalfLife, 27 BurnIncreaseMult, 28 SubnetEmissionEnabled, 29 MinChildkeyTake,
  30 ActivityCutoffFactorMilli, 31 TriggerEpoch, 32 CollateralLockShare, 33 CollateralDrainRatio,
  34 LiquidAlphaConsensusMode }
RecycleOrBurnEnum pallet_subtensor::pallet::RecycleOrBurnEnum enum { 0 Burn, 1 Recycle }
EpochConsensus pallet_subtensor::pallet::EpochConsensus enum { 0 Yuma, 1 Null }
ConsensusMode pallet_subtensor::pallet::ConsensusMode enum { 0 Current, 1 Previous, 2 Auto }
DissolveCleanupStatus pallet_subtensor::subnets::dissolution::DissolveCleanupStatus { netuid: NetUid,
  phase: DissolveCleanupPhase, last_key: Option<Vec<u8>>, subnet_total_alpha_value: Option<u128>,
  subnet_distributed_tao: Option<u128> }
DissolveCleanupPhase pallet_subtensor::subnets::dissolution::DissolveCleanupPhase enum { 0 SubnetRootDividendsRootClaimable,
  1 SubnetRootDividendsRootClaimed, 2 AlphaInOutStakesGetTotalAlphaValue, 3 AlphaInOutStakesSettleStakes,
  4 AlphaInOutStakesAlpha, 5 AlphaInOutStakesHotkeyTotals, 6 AlphaInOutStakesLocks,
  7 AlphaInOutStakesDecayingLocks, 8 AlphaInOutStakes, 9 ProtocolLiquidity, 10 PurgeNetuid,
  11 NetworkIsNetworkMember, 12 NetworkParameters, 13 NetworkMapParameters, 14 NetworkUpdateWeightsOnRoot,
  15 NetworkChildkeyTake, 16 NetworkChildkeys, 17 NetworkParentkeys, 18 NetworkLastHotkeyEmissionOnNetuid,
  19 NetworkTotalHotkeyAlphaLastEpoch, 20 NetworkTransactionKeyLastBlock, 21 NetworkLock,
  22 NetworkDecayingLock, 23 SubnetBasketHoldingsToRoot, 24 NetworkPendingBasketDeposits,
  25 NetworkAlphaAssetCounters }
NetworkRegistrationInfo pallet_subtensor::subnets::subnet::NetworkRegistrationInfo { coldkey: AccountId32,
  hotkey: AccountId32, mechid: u16, identity: Option<SubnetIdentityV3>, lock_amount: TaoBalance,
  median_subnet_alpha_price: FixedU128, registration_block: u64, lock_id: u32 }
NetUidStorageIndex subtensor_runtime_common::NetUidStorageIndex (u16)
AxonInfo pallet_subtensor::pallet::AxonInfo { block: u64, version: u32, ip: u128, port: u16, ip_type: u8,
  protocol: u8, placeholder1: u8, placeholder2: u8 }
NeuronCertificate pallet_subtensor::pallet::NeuronCertificate { public_key: BoundedVec<u8>, algorithm: u8 }
PrometheusInfo pallet_subtensor::pallet::PrometheusInfo { block: u64, version: u32, ip: u128, port: u16,
  ip_type: u8 }
ChainIdentityV2 pallet_subtensor::pallet::ChainIdentityV2 { name: Vec<u8>, url: Vec<u8>, github_repo: Vec<u8>,
  image: Vec<u8>, discord: Vec<u8>, description: Vec<u8>, additional: Vec<u8> }
BetaBaselineOf pallet_subtensor::pallet::BetaBaselineOf { price_divisor: FixedU128, rate0: FixedI128,
  tr_splice: FixedU128, first_block: u64 }
BetaIndexSnapshotOf pallet_subtensor::pallet::BetaIndexSnapshotOf { bag_level: FixedU128,
  stake_level: FixedU128, block: u64 }
BetaIndexSweepOf pallet_subtensor::pallet::BetaIndexSweepOf { cursor: Vec<u8>, weight_sum: u128,
  rel_bag_sum: FixedU128, rel_stake_sum: FixedU128 }
BetaIndexFundSampleOf pallet_subtensor::pallet::BetaIndexFundSampleOf { nav: u64, display: FixedU128,
  stake: FixedU128 }
SubnetLease pallet_subtensor::subnets::leasing::SubnetLease { beneficiary: AccountId32, coldkey: AccountId32,
  hotkey: AccountId32, emissions_share: Percent, end_block: Option<u32>, netuid: NetUid, cost: TaoBalance }
MinerCollateralState pallet_subtensor::pallet::MinerCollateralState { locked: AlphaBalance,
  drain_ratio: FixedU128, min_locked: AlphaBalance, earned: AlphaBalance }
ProxyType subtensor_runtime_common::proxy::ProxyType enum { 0 Any, 1 Owner, 2 NonCritical, 3 NonTransfer,
  4 Senate, 5 NonFungible, 6 Triumvirate, 7 Governance, 8 Staking, 9 Registration, 10 Transfer,
  11 SmallTransfer, 12 RootWeights, 13 ChildKeys, 14 SudoUncheckedSetCode, 15 SwapHotkey,
  16 SubnetLeaseBeneficiary, 17 RootClaim, 18 BasketTrading }
SubtensorTransactionExtension pallet_subtensor::extensions::subtensor::SubtensorTransactionExtension ()
`;
