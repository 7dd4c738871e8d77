import type { PalletSource } from "../pallet-table.ts";

/** Pallet Commitments, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const COMMITMENTS: PalletSource = {
  name: "Commitments",
  index: 18,
  crate: "pallet_commitments",
  calls: `
    0 set_commitment(netuid: NetUid, info: CommitmentInfo)
    2 set_max_space(new_limit: u32)
  `,
  storage: `
    TimelockedIndex BTreeSet<(NetUid, AccountId32)>
    CommitmentOf [identity NetUid, twox64 AccountId32] ?Registration
    LastCommitment [identity NetUid, twox64 AccountId32] ?u32
    LastBondsReset [identity NetUid, twox64 AccountId32] ?u32
    RevealedCommitments [identity NetUid, twox64 AccountId32] ?Vec<(Vec<u8>, u64)>
    UsedSpaceOf [identity NetUid, twox64 AccountId32] ?UsageTracker
    MaxSpace u32 = 1c0c0000
  `,
  events: `
    0 Commitment { netuid: NetUid, who: AccountId32 }
    1 TimelockCommitment { netuid: NetUid, who: AccountId32, reveal_round: u64 }
    2 CommitmentRevealed { netuid: NetUid, who: AccountId32 }
    3 CommitmentRevealFailed { netuid: NetUid, who: AccountId32, reveal_round: u64, error: RevealFailure }
  `,
  errors: `
    0 TooManyFieldsInCommitmentInfo, 1 AccountNotAllowedCommit, 2 SpaceLimitExceeded, 3 UnexpectedUnreserveLeftover,
    4 TimelockRevealFailedNotAllowed
  `,
  constants: `
    MaxFields u32 = 03000000
    InitialDeposit TaoBalance = 0000000000000000
    FieldDeposit TaoBalance = 0000000000000000
  `,
};
