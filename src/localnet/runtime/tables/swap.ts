import type { PalletSource } from "../pallet-table.ts";

/** Pallet Swap, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const SWAP: PalletSource = {
  name: "Swap",
  index: 28,
  crate: "pallet_subtensor_swap::pallet",
  calls: `
    0 set_fee_rate(netuid: NetUid, rate: u16)
    1 add_liquidity(hotkey: AccountId32, netuid: NetUid, tick_low: TickIndex, tick_high: TickIndex, liquidity: u64)
    2 remove_liquidity(hotkey: AccountId32, netuid: NetUid, position_id: PositionId)
    3 modify_position(hotkey: AccountId32, netuid: NetUid, position_id: PositionId, liquidity_delta: i64)
    4 toggle_user_liquidity(netuid: NetUid, enable: bool)
    5 disable_lp()
  `,
  storage: `
    FeeRate [twox64 NetUid] u16 = 2100
    SwapBalancer [twox64 NetUid] Balancer = 0000b2d3595bf006
    PalSwapInitialized [twox64 NetUid] bool
    BalancerTaoReservoir [twox64 NetUid] TaoBalance
    BalancerAlphaReservoir [twox64 NetUid] AlphaBalance
    HasMigrationRun [identity BoundedVec<u8>] bool
    ScrapReservoirAlpha [twox64 NetUid] AlphaBalance
  `,
  events: `
    0 FeeRateSet { netuid: NetUid, rate: u16 }
  `,
  errors: `
    0 FeeRateTooHigh, 1 InsufficientInputAmount, 2 InsufficientLiquidity, 3 PriceLimitExceeded,
    4 InsufficientBalance, 5 InvalidTickRange, 6 InvalidLiquidityValue, 7 ReservesTooLow, 8 MechanismDoesNotExist,
    9 SubtokenDisabled, 10 ReservesOutOfBalance, 11 SwapInputTooLarge, 12 Deprecated
  `,
  constants: `
    ProtocolId PalletId = 74656e2f73776170
    MaxFeeRate u16 = 1027
    MinimumLiquidity u64 = e803000000000000
    MinimumReserve NonZeroU64 = 40420f0000000000
  `,
};
