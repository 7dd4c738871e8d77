import type { PalletSource } from "../pallet-table.ts";

/** Pallet System, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const SYSTEM: PalletSource = {
  name: "System",
  index: 0,
  crate: "frame_system",
  calls: `
    0 remark(remark: Vec<u8>)
    1 set_heap_pages(pages: u64)
    2 set_code(code: Vec<u8>)
    3 set_code_without_checks(code: Vec<u8>)
    4 set_storage(items: Vec<(Vec<u8>, Vec<u8>)>)
    5 kill_storage(keys: Vec<Vec<u8>>)
    6 kill_prefix(prefix: Vec<u8>, subkeys: u32)
    7 remark_with_event(remark: Vec<u8>)
    9 authorize_upgrade(code_hash: H256)
    10 authorize_upgrade_without_checks(code_hash: H256)
    11 apply_authorized_upgrade(code: Vec<u8>)
  `,
  storage: `
    Account [blake2 AccountId32] AccountInfo = 0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080
    ExtrinsicCount ?u32
    InherentsApplied bool
    BlockWeight PerDispatchClass
    AllExtrinsicsLen ?u32
    BlockHash [twox64 u32] H256
    ExtrinsicData [twox64 u32] Vec<u8>
    Number u32
    ParentHash H256
    Digest Digest
    Events Vec<EventRecord>
    EventCount u32
    EventTopics [blake2 H256] Vec<(u32, u32)>
    LastRuntimeUpgrade ?LastRuntimeUpgradeInfo
    UpgradedToU32RefCount bool
    UpgradedToTripleRefCount bool
    ExecutionPhase ?Phase
    AuthorizedUpgrade ?CodeUpgradeAuthorization
    ExtrinsicWeightReclaimed Weight
  `,
  events: `
    0 ExtrinsicSuccess { dispatch_info: DispatchEventInfo }
    1 ExtrinsicFailed { dispatch_error: DispatchError, dispatch_info: DispatchEventInfo }
    2 CodeUpdated
    3 NewAccount { account: AccountId32 }
    4 KilledAccount { account: AccountId32 }
    5 Remarked { sender: AccountId32, hash: H256 }
    6 UpgradeAuthorized { code_hash: H256, check_version: bool }
    7 RejectedInvalidAuthorizedUpgrade { code_hash: H256, error: DispatchError }
  `,
  errors: `
    0 InvalidSpecName, 1 SpecVersionNeedsToIncrease, 2 FailedToExtractRuntimeVersion, 3 NonDefaultComposite,
    4 NonZeroRefCount, 5 CallFiltered, 6 MultiBlockMigrationsOngoing, 7 NothingAuthorized, 8 Unauthorized
  `,
  constants: `
    BlockWeights BlockWeights = c2a0e766000b00409452a30313ffffffffffffffff2261c91900010bb837a1555d021366666666666666a6010b0030ef7dba0213ffffffffffffffbf0100002261c91900010bb847462a46031366666666666666e6010b00409452a30313ffffffffffffffff01070010a5d4e81300000000000000402261c91900000000
    BlockLength BlockLength = 000078000000a0000000a000
    BlockHashCount u32 = 60090000
    DbWeight RuntimeDbWeight = 40787d010000000000e1f50500000000
    Version RuntimeVersion = 386e6f64652d73756274656e736f72386e6f64652d73756274656e736f7201000000cd0100000100000064df6acb689907609b0500000037e397fc7c91f5e40200000040fe3ad401f8959a06000000fbc577b9d747efd601000000d2bc9897eed08f1503000000f78b278be53f454c02000000dd718d5cc53262d401000000ab3c0572291feb8b01000000ed99c5acb25eedf503000000bc9d89904f5b923f0100000037c8bb1350a9a2a804000000f3ff14d5ab52705903000000582211f65bb14b8906000000e65b00e46cedd0aa0200000068b66ba122c93fa70200000042e62be4a39e5b6001000000806df4ccaa9ed485010000008375104b299b74c5020000005d1fbfbe852f280701000000c6886e2f8e598b0a0100000043580abff6baab4504000000c0de4984d112f3b401000000cbca25e39f14238702000000a8b093e6508d9e9c010000001c4585bd5c707202010000000100000001
    SS58Prefix u16 = 2a00
  `,
};
