import type { PalletSource } from "../pallet-table.ts";

/** Pallet Drand, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const DRAND: PalletSource = {
  name: "Drand",
  index: 26,
  crate: "pallet_drand",
  calls: `
    2 set_oldest_stored_round(oldest_round: u64)
  `,
  storage: `
    BeaconConfig BeaconConfiguration = 810183cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a030000002721e6648052db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e97180f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e60626c732d756e636861696e65642d67312d7266633933383020717569636b6e6574
    HasMigrationRun [identity BoundedVec<u8>] bool
    Pulses [blake2 u64] ?Pulse
    LastStoredRound u64
    OldestStoredRound u64
    NextUnsignedAt u32
  `,
  events: `
    0 BeaconConfigChanged
    1 NewPulse { rounds: Vec<u64> }
    2 SetOldestStoredRound(u64)
  `,
  errors: `
    0 NoneValue, 1 StorageOverflow, 2 DrandConnectionFailure, 3 UnverifiedPulse, 4 InvalidRoundNumber,
    5 PulseVerificationError
  `,
  constants: `
    UnsignedPriority u64 = 0000100000000000
    HttpFetchTimeout u64 = e803000000000000
  `,
};
