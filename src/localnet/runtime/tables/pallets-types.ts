/** Types of the smaller pallets: proxies, commitments, drand, swap, shield. Names and shapes of spec 461; grammar in ../named-types.ts. */
export const PALLETS_TYPES = `
FixedI128 substrate_fixed::FixedI128 { bits: i128 }
FixedU128 substrate_fixed::FixedU128 { bits: u128 }
ProxyDefinition pallet_subtensor_proxy::ProxyDefinition { delegate: AccountId32, proxy_type: ProxyType,
  delay: u32 }
Announcement pallet_subtensor_proxy::Announcement { real: AccountId32, call_hash: H256, height: u32 }
DepositKind pallet_subtensor_proxy::DepositKind enum { 0 Proxies, 1 Announcements }
Timepoint pallet_multisig::Timepoint { height: u32, index: u32 }
Multisig pallet_multisig::Multisig { when: Timepoint, deposit: TaoBalance, depositor: AccountId32,
  approvals: BoundedVec<AccountId32> }
CommitmentInfo pallet_commitments::types::CommitmentInfo { fields: BoundedVec<Data> }
Registration pallet_commitments::types::Registration { deposit: TaoBalance, block: u32, info: CommitmentInfo }
UsageTracker pallet_commitments::types::UsageTracker { last_epoch: u64, used_space: u64 }
RevealFailure pallet_commitments::types::RevealFailure enum { 0 SignatureDeserialize, 1 CiphertextDeserialize,
  2 Decrypt, 3 EmptyPlaintext, 4 PulseExpired, 5 RoundMismatch }
PrecompileEnum pallet_admin_utils::pallet::PrecompileEnum enum { 0 BalanceTransfer, 1 Staking, 2 Subnet,
  3 Metagraph, 4 Neuron, 5 UidLookup, 6 Alpha, 7 Crowdloan, 8 Proxy, 9 Leasing, 10 AddressMapping,
  11 VotingPower, 12 AccountBalance, 13 Scheduler, 14 Drand, 15 Timestamp, 16 RuntimeConfiguration,
  17 PrecompileRegistry }
BeaconConfiguration pallet_drand::types::BeaconConfiguration { public_key: BoundedVec<u8>, period: u32,
  genesis_time: u32, hash: BoundedVec<u8>, group_hash: BoundedVec<u8>, scheme_id: BoundedVec<u8>,
  metadata: DrandMetadata }
DrandMetadata pallet_drand::types::Metadata { beacon_id: BoundedVec<u8> }
Pulse pallet_drand::types::Pulse { round: u64, randomness: BoundedVec<u8>, signature: BoundedVec<u8> }
TickIndex pallet_subtensor_swap::pallet::TickIndex (i32)
PositionId pallet_subtensor_swap::pallet::PositionId (u128)
Balancer pallet_subtensor_swap::pallet::balancer::Balancer { quote: Perquintill }
PendingExtrinsic pallet_shield::pallet::PendingExtrinsic { who: AccountId32, encrypted_call: BoundedVec<u8>,
  submitted_at: u32 }
FixedI64 substrate_fixed::FixedI64 { bits: i64 }
CheckShieldedTxValidity pallet_shield::extension::CheckShieldedTxValidity ()
DrandPriority pallet_drand::drand_priority::DrandPriority ()
`;
