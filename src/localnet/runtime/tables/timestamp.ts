import type { PalletSource } from "../pallet-table.ts";

/** Pallet Timestamp, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const TIMESTAMP: PalletSource = {
  name: "Timestamp",
  index: 2,
  crate: "pallet_timestamp",
  calls: `
    0 set(now: Compact<u64>)
  `,
  storage: `
    Now u64
    DidUpdate bool
  `,
  constants: `
    MinimumPeriod u64 = 7d00000000000000
  `,
};
