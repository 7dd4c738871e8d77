import type { PalletSource } from "../pallet-table.ts";

/** Pallet MevShield, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const MEV_SHIELD: PalletSource = {
  name: "MevShield",
  index: 30,
  crate: "pallet_shield",
  calls: `
    0 announce_next_key(enc_key: Option<BoundedVec<u8>>)
    1 submit_encrypted(ciphertext: BoundedVec<u8>)
    2 store_encrypted(encrypted_call: BoundedVec<u8>)
    3 set_max_pending_extrinsics_number(value: u32)
    4 set_on_initialize_weight(value: u64)
    5 set_stored_extrinsic_lifetime(value: u32)
    6 set_max_extrinsic_weight(value: u64)
  `,
  storage: `
    CurrentKey ?BoundedVec<u8>
    PendingKey ?BoundedVec<u8>
    NextKey ?BoundedVec<u8>
    AuthorKeys [twox64 AuraPublic] ?BoundedVec<u8>
    PendingKeyExpiresAt ?u32
    NextKeyExpiresAt ?u32
    HasMigrationRun [identity BoundedVec<u8>] bool
    MaxPendingExtrinsicsLimit u32 = 64000000
    ExtrinsicLifetime u32 = 0a000000
    OnInitializeWeight u64 = 0088526a74000000
    MaxExtrinsicWeight u64 = 00743ba40b000000
    PendingExtrinsics [identity u32] ?PendingExtrinsic
    CounterForPendingExtrinsics u32
    NextPendingExtrinsicIndex u32
  `,
  events: `
    0 EncryptedSubmitted { id: H256, who: AccountId32 }
    1 ExtrinsicStored { index: u32, who: AccountId32 }
    2 ExtrinsicDecodeFailed { index: u32 }
    3 ExtrinsicDispatchFailed { index: u32, error: DispatchError }
    4 ExtrinsicDispatched { index: u32 }
    5 ExtrinsicExpired { index: u32 }
    6 ExtrinsicPostponed { index: u32 }
    7 MaxPendingExtrinsicsNumberSet { value: u32 }
    8 OnInitializeWeightSet { value: u64 }
    9 ExtrinsicLifetimeSet { value: u32 }
    10 MaxExtrinsicWeightSet { value: u64 }
    11 ExtrinsicWeightExceeded { index: u32 }
  `,
  errors: `
    0 BadEncKeyLen, 1 Unreachable, 2 TooManyPendingExtrinsics, 3 WeightExceedsAbsoluteMax
  `,
};
