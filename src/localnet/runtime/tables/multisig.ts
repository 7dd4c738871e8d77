import type { PalletSource } from "../pallet-table.ts";

/** Pallet Multisig, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const MULTISIG: PalletSource = {
  name: "Multisig",
  index: 13,
  crate: "pallet_multisig",
  calls: `
    0 as_multi_threshold_1(other_signatories: Vec<AccountId32>, call: RuntimeCall)
    1 as_multi(threshold: u16, other_signatories: Vec<AccountId32>, maybe_timepoint: Option<Timepoint>, call: RuntimeCall, max_weight: Weight)
    2 approve_as_multi(threshold: u16, other_signatories: Vec<AccountId32>, maybe_timepoint: Option<Timepoint>, call_hash: [u8; 32], max_weight: Weight)
    3 cancel_as_multi(threshold: u16, other_signatories: Vec<AccountId32>, timepoint: Timepoint, call_hash: [u8; 32])
    4 poke_deposit(threshold: u16, other_signatories: Vec<AccountId32>, call_hash: [u8; 32])
  `,
  storage: `
    Multisigs [twox64 AccountId32, blake2 [u8; 32]] ?Multisig
  `,
  events: `
    0 NewMultisig { approving: AccountId32, multisig: AccountId32, call_hash: [u8; 32] }
    1 MultisigApproval { approving: AccountId32, timepoint: Timepoint, multisig: AccountId32, call_hash: [u8; 32] }
    2 MultisigExecuted { approving: AccountId32, timepoint: Timepoint, multisig: AccountId32, call_hash: [u8; 32], result: Result<(), DispatchError> }
    3 MultisigCancelled { cancelling: AccountId32, timepoint: Timepoint, multisig: AccountId32, call_hash: [u8; 32] }
    4 DepositPoked { who: AccountId32, call_hash: [u8; 32], old_deposit: TaoBalance, new_deposit: TaoBalance }
  `,
  errors: `
    0 MinimumThreshold, 1 AlreadyApproved, 2 NoApprovalsNeeded, 3 TooFewSignatories, 4 TooManySignatories,
    5 SignatoriesOutOfOrder, 6 SenderInSignatories, 7 NotFound, 8 NotOwner, 9 NoTimepoint, 10 WrongTimepoint,
    11 UnexpectedTimepoint, 12 MaxWeightTooLow, 13 AlreadyStored
  `,
  constants: `
    DepositBase TaoBalance = 0029de0700000000
    DepositFactor TaoBalance = 0048e80100000000
    MaxSignatories u32 = 64000000
  `,
};
