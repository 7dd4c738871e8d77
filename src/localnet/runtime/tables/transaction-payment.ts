import type { PalletSource } from "../pallet-table.ts";

/** Pallet TransactionPayment, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const TRANSACTION_PAYMENT: PalletSource = {
  name: "TransactionPayment",
  index: 6,
  crate: "pallet_transaction_payment",
  storage: `
    NextFeeMultiplier PlainFixedU128 = 000064a7b3b6e00d0000000000000000
    StorageVersion Releases
  `,
  events: `
    0 TransactionFeePaid { who: AccountId32, actual_fee: TaoBalance, tip: TaoBalance }
  `,
  constants: `
    OperationalFeeMultiplier u8 = 05
  `,
};
