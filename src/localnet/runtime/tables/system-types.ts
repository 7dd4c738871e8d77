/** Types of the framework: accounts, digests, errors, weights, transaction extensions. Names and shapes of spec 461; grammar in ../named-types.ts. */
export const SYSTEM_TYPES = `
H256 primitive_types::H256 ([u8; 32])
AccountId32 sp_core::crypto::AccountId32 ([u8; 32])
AccountInfo frame_system::AccountInfo { nonce: u32, consumers: u32, providers: u32, sufficients: u32,
  data: AccountData }
AccountData pallet_balances::types::AccountData { free: TaoBalance, reserved: TaoBalance, frozen: TaoBalance,
  flags: ExtraFlags }
ExtraFlags pallet_balances::types::ExtraFlags (u128)
PerDispatchClass frame_support::dispatch::PerDispatchClass<T = Weight> { normal: Weight, operational: Weight,
  mandatory: Weight }
Weight sp_weights::weight_v2::Weight { ref_time: Compact<u64>, proof_size: Compact<u64> }
Digest sp_runtime::generic::digest::Digest { logs: Vec<DigestItem> }
DigestItem sp_runtime::generic::digest::DigestItem enum { 6 PreRuntime([u8; 4], Vec<u8>), 4 Consensus([u8; 4],
  Vec<u8>), 5 Seal([u8; 4], Vec<u8>), 0 Other(Vec<u8>), 8 RuntimeEnvironmentUpdated }
EventRecord frame_system::EventRecord<E = RuntimeEvent, T = H256> { phase: Phase, event: RuntimeEvent, topics: Vec<H256> }
Phase frame_system::Phase enum { 0 ApplyExtrinsic(u32), 1 Finalization, 2 Initialization }
LastRuntimeUpgradeInfo frame_system::LastRuntimeUpgradeInfo { spec_version: Compact<u32>, spec_name: str }
CodeUpgradeAuthorization frame_system::CodeUpgradeAuthorization { code_hash: H256, check_version: bool }
DispatchEventInfo frame_system::DispatchEventInfo { weight: Weight, class: DispatchClass, pays_fee: Pays }
DispatchClass frame_support::dispatch::DispatchClass enum { 0 Normal, 1 Operational, 2 Mandatory }
Pays frame_support::dispatch::Pays enum { 0 Yes, 1 No }
DispatchError sp_runtime::DispatchError enum { 0 Other, 1 CannotLookup, 2 BadOrigin, 3 Module(ModuleError),
  4 ConsumerRemaining, 5 NoProviders, 6 TooManyConsumers, 7 Token(TokenError), 8 Arithmetic(ArithmeticError),
  9 Transactional(TransactionalError), 10 Exhausted, 11 Corruption, 12 Unavailable, 13 RootNotAllowed,
  14 Trie(TrieError) }
ModuleError sp_runtime::ModuleError { index: u8, error: [u8; 4] }
TokenError sp_runtime::TokenError enum { 0 FundsUnavailable, 1 OnlyProvider, 2 BelowMinimum, 3 CannotCreate,
  4 UnknownAsset, 5 Frozen, 6 Unsupported, 7 CannotCreateHold, 8 NotExpendable, 9 Blocked }
ArithmeticError sp_arithmetic::ArithmeticError enum { 0 Underflow, 1 Overflow, 2 DivisionByZero }
TransactionalError sp_runtime::TransactionalError enum { 0 LimitReached, 1 NoLayer }
TrieError sp_runtime::proving_trie::TrieError enum { 0 InvalidStateRoot, 1 IncompleteDatabase,
  2 ValueAtIncompleteKey, 3 DecoderError, 4 InvalidHash, 5 DuplicateKey, 6 ExtraneousNode, 7 ExtraneousValue,
  8 ExtraneousHashReference, 9 InvalidChildReference, 10 ValueMismatch, 11 IncompleteProof, 12 RootMismatch,
  13 DecodeError }
BlockWeights frame_system::limits::BlockWeights { base_block: Weight, max_block: Weight,
  per_class: WeightsPerDispatchClass }
WeightsPerDispatchClass frame_support::dispatch::PerDispatchClass<T = WeightsPerClass> { normal: WeightsPerClass,
  operational: WeightsPerClass, mandatory: WeightsPerClass }
WeightsPerClass frame_system::limits::WeightsPerClass { base_extrinsic: Weight, max_extrinsic: Option<Weight>,
  max_total: Option<Weight>, reserved: Option<Weight> }
BlockLength frame_system::limits::BlockLength { max: LengthPerDispatchClass }
LengthPerDispatchClass frame_support::dispatch::PerDispatchClass<T = u32> { normal: u32, operational: u32,
  mandatory: u32 }
RuntimeDbWeight sp_weights::RuntimeDbWeight { read: u64, write: u64 }
RuntimeVersion sp_version::RuntimeVersion { spec_name: str, impl_name: str, authoring_version: u32,
  spec_version: u32, impl_version: u32, apis: Vec<([u8; 8], u32)>, transaction_version: u32,
  system_version: u8 }
MultiAddress sp_runtime::multiaddress::MultiAddress<AccountId = AccountId32, AccountIndex = ()> enum { 0 Id(AccountId32), 1 Index(Compact<()>),
  2 Raw(Vec<u8>), 3 Address32([u8; 32]), 4 Address20([u8; 20]) }
AdjustmentDirection pallet_balances::types::AdjustmentDirection enum { 0 Increase, 1 Decrease }
BalanceLock pallet_balances::types::BalanceLock { id: [u8; 8], amount: TaoBalance, reasons: Reasons }
Reasons pallet_balances::types::Reasons enum { 0 Fee, 1 Misc, 2 All }
ReserveData pallet_balances::types::ReserveData { id: [u8; 8], amount: TaoBalance }
IdAmount frame_support::traits::tokens::misc::IdAmount<Id = RuntimeHoldReason, Balance = TaoBalance> { id: RuntimeHoldReason, amount: TaoBalance }
RuntimeHoldReason node_subtensor_runtime::RuntimeHoldReason enum { 14 Preimage(HoldReason),
  20 SafeMode(SafeModeHoldReason), 29 Contracts(ContractsHoldReason) }
HoldReason pallet_preimage::pallet::HoldReason enum { 0 Preimage }
SafeModeHoldReason pallet_safe_mode::pallet::HoldReason enum { 0 EnterOrExtend }
ContractsHoldReason pallet_contracts::pallet::HoldReason enum { 0 CodeUploadDepositReserve,
  1 StorageDepositReserve }
FreezeIdAmount frame_support::traits::tokens::misc::IdAmount<Id = RuntimeFreezeReason, Balance = TaoBalance> { id: RuntimeFreezeReason, amount: TaoBalance }
RuntimeFreezeReason node_subtensor_runtime::RuntimeFreezeReason enum {  }
BalanceStatus frame_support::traits::tokens::misc::BalanceStatus enum { 0 Free, 1 Reserved }
PlainFixedU128 sp_arithmetic::fixed_point::FixedU128 (u128)
Releases pallet_transaction_payment::Releases enum { 0 V1Ancient, 1 V2 }
PerU16 sp_arithmetic::per_things::PerU16 (u16)
Percent sp_arithmetic::per_things::Percent (u8)
H160 primitive_types::H160 ([u8; 20])
PalletId frame_support::PalletId ([u8; 8])
Perquintill sp_arithmetic::per_things::Perquintill (u64)
NonZeroU64 NonZeroU64 (u64)
AuraPublic sp_consensus_aura::sr25519::app_sr25519::Public ([u8; 32])
OpaqueMetadata sp_core::OpaqueMetadata (Vec<u8>)
TransactionSource sp_runtime::transaction_validity::TransactionSource enum { 0 InBlock, 1 Local, 2 External }
ValidTransaction sp_runtime::transaction_validity::ValidTransaction { priority: u64, requires: Vec<Vec<u8>>,
  provides: Vec<Vec<u8>>, longevity: u64, propagate: bool }
TransactionValidityError sp_runtime::transaction_validity::TransactionValidityError enum { 0 Invalid(InvalidTransaction),
  1 Unknown(UnknownTransaction) }
InvalidTransaction sp_runtime::transaction_validity::InvalidTransaction enum { 0 Call, 1 Payment, 2 Future,
  3 Stale, 4 BadProof, 5 AncientBirthBlock, 6 ExhaustsResources, 7 Custom(u8), 8 BadMandatory,
  9 MandatoryValidation, 10 BadSigner, 11 IndeterminateImplicit, 12 UnknownOrigin }
UnknownTransaction sp_runtime::transaction_validity::UnknownTransaction enum { 0 CannotLookup,
  1 NoUnsignedValidator, 2 Custom(u8) }
RuntimeDispatchInfo pallet_transaction_payment::types::RuntimeDispatchInfo { weight: Weight,
  class: DispatchClass, partial_fee: TaoBalance }
FeeDetails pallet_transaction_payment::types::FeeDetails { inclusion_fee: Option<InclusionFee>,
  tip: TaoBalance }
InclusionFee pallet_transaction_payment::types::InclusionFee { base_fee: TaoBalance, len_fee: TaoBalance,
  adjusted_weight_fee: TaoBalance }
MultiSignature sp_runtime::MultiSignature enum { 0 Ed25519([u8; 64]), 1 Sr25519([u8; 64]), 2 Ecdsa([u8; 65]) }
CheckNonZeroSender frame_system::extensions::check_non_zero_sender::CheckNonZeroSender ()
CheckSpecVersion frame_system::extensions::check_spec_version::CheckSpecVersion ()
CheckTxVersion frame_system::extensions::check_tx_version::CheckTxVersion ()
CheckGenesis frame_system::extensions::check_genesis::CheckGenesis ()
CheckMortality node_subtensor_runtime::check_mortality::CheckMortality (Era)
CheckNonce node_subtensor_runtime::check_nonce::CheckNonce (Compact<u32>)
CheckWeight frame_system::extensions::check_weight::CheckWeight ()
ChargeTransactionPayment pallet_transaction_payment::ChargeTransactionPayment (Compact<TaoBalance>)
SudoTransactionExtension node_subtensor_runtime::sudo_wrapper::SudoTransactionExtension ()
CheckMetadataHash frame_metadata_hash_extension::CheckMetadataHash { mode: Mode }
Mode frame_metadata_hash_extension::Mode enum { 0 Disabled, 1 Enabled }
`;
