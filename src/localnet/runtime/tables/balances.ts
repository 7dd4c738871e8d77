import type { PalletSource } from "../pallet-table.ts";

/** Pallet Balances, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const BALANCES: PalletSource = {
  name: "Balances",
  index: 5,
  crate: "pallet_balances",
  calls: `
    0 transfer_allow_death(dest: MultiAddress, value: Compact<TaoBalance>)
    2 force_transfer(source: MultiAddress, dest: MultiAddress, value: Compact<TaoBalance>)
    3 transfer_keep_alive(dest: MultiAddress, value: Compact<TaoBalance>)
    4 transfer_all(dest: MultiAddress, keep_alive: bool)
    5 force_unreserve(who: MultiAddress, amount: TaoBalance)
    6 upgrade_accounts(who: Vec<AccountId32>)
    8 force_set_balance(who: MultiAddress, new_free: Compact<TaoBalance>)
    9 force_adjust_total_issuance(direction: AdjustmentDirection, delta: Compact<TaoBalance>)
    10 burn(value: Compact<TaoBalance>, keep_alive: bool)
  `,
  storage: `
    TotalIssuance TaoBalance
    InactiveIssuance TaoBalance
    Account [blake2 AccountId32] AccountData = 00000000000000000000000000000000000000000000000000000000000000000000000000000080
    Locks [blake2 AccountId32] BoundedVec<BalanceLock>
    Reserves [blake2 AccountId32] BoundedVec<ReserveData>
    Holds [blake2 AccountId32] BoundedVec<IdAmount>
    Freezes [blake2 AccountId32] BoundedVec<FreezeIdAmount>
  `,
  events: `
    0 Endowed { account: AccountId32, free_balance: TaoBalance }
    1 DustLost { account: AccountId32, amount: TaoBalance }
    2 Transfer { from: AccountId32, to: AccountId32, amount: TaoBalance }
    3 BalanceSet { who: AccountId32, free: TaoBalance }
    4 Reserved { who: AccountId32, amount: TaoBalance }
    5 Unreserved { who: AccountId32, amount: TaoBalance }
    6 ReserveRepatriated { from: AccountId32, to: AccountId32, amount: TaoBalance, destination_status: BalanceStatus }
    7 Deposit { who: AccountId32, amount: TaoBalance }
    8 Withdraw { who: AccountId32, amount: TaoBalance }
    9 Slashed { who: AccountId32, amount: TaoBalance }
    10 Minted { who: AccountId32, amount: TaoBalance }
    11 Burned { who: AccountId32, amount: TaoBalance }
    12 Suspended { who: AccountId32, amount: TaoBalance }
    13 Restored { who: AccountId32, amount: TaoBalance }
    14 Upgraded { who: AccountId32 }
    15 Issued { amount: TaoBalance }
    16 Rescinded { amount: TaoBalance }
    17 Locked { who: AccountId32, amount: TaoBalance }
    18 Unlocked { who: AccountId32, amount: TaoBalance }
    19 Frozen { who: AccountId32, amount: TaoBalance }
    20 Thawed { who: AccountId32, amount: TaoBalance }
    21 TotalIssuanceForced { old: TaoBalance, new: TaoBalance }
  `,
  errors: `
    0 VestingBalance, 1 LiquidityRestrictions, 2 InsufficientBalance, 3 ExistentialDeposit, 4 Expendability,
    5 ExistingVestingSchedule, 6 DeadAccount, 7 TooManyReserves, 8 TooManyHolds, 9 TooManyFreezes,
    10 IssuanceDeactivated, 11 DeltaZero
  `,
  constants: `
    ExistentialDeposit TaoBalance = f401000000000000
    MaxLocks u32 = 32000000
    MaxReserves u32 = 32000000
    MaxFreezes u32 = 32000000
  `,
};
