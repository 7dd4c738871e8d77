import type { PalletSource } from "../pallet-table.ts";

/** Pallet Proxy, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const PROXY: PalletSource = {
  name: "Proxy",
  index: 16,
  crate: "pallet_subtensor_proxy",
  calls: `
    0 proxy(real: MultiAddress, force_proxy_type: Option<ProxyType>, call: RuntimeCall)
    1 add_proxy(delegate: MultiAddress, proxy_type: ProxyType, delay: u32)
    2 remove_proxy(delegate: MultiAddress, proxy_type: ProxyType, delay: u32)
    3 remove_proxies()
    4 create_pure(proxy_type: ProxyType, delay: u32, index: u16)
    5 kill_pure(spawner: MultiAddress, proxy_type: ProxyType, index: u16, height: Compact<u32>, ext_index: Compact<u32>)
    6 announce(real: MultiAddress, call_hash: H256)
    7 remove_announcement(real: MultiAddress, call_hash: H256)
    8 reject_announcement(delegate: MultiAddress, call_hash: H256)
    9 proxy_announced(delegate: MultiAddress, real: MultiAddress, force_proxy_type: Option<ProxyType>, call: RuntimeCall)
    10 poke_deposit()
    11 set_real_pays_fee(delegate: MultiAddress, pays_fee: bool)
  `,
  storage: `
    Proxies [twox64 AccountId32] (BoundedVec<ProxyDefinition>, TaoBalance)
    Announcements [twox64 AccountId32] (BoundedVec<Announcement>, TaoBalance)
    LastCallResult [twox64 AccountId32] ?Result<(), DispatchError>
    RealPaysFeeConsentV1 [twox64 AccountId32, twox64 AccountId32] ?()
  `,
  events: `
    0 ProxyExecuted { result: Result<(), DispatchError> }
    1 PureCreated { pure: AccountId32, who: AccountId32, proxy_type: ProxyType, disambiguation_index: u16 }
    2 PureKilled { pure: AccountId32, spawner: AccountId32, proxy_type: ProxyType, disambiguation_index: u16 }
    3 Announced { real: AccountId32, proxy: AccountId32, call_hash: H256 }
    4 ProxyAdded { delegator: AccountId32, delegatee: AccountId32, proxy_type: ProxyType, delay: u32 }
    5 ProxyRemoved { delegator: AccountId32, delegatee: AccountId32, proxy_type: ProxyType, delay: u32 }
    6 DepositPoked { who: AccountId32, kind: DepositKind, old_deposit: TaoBalance, new_deposit: TaoBalance }
    7 RealPaysFeeSet { real: AccountId32, delegate: AccountId32, pays_fee: bool }
  `,
  errors: `
    0 TooMany, 1 NotFound, 2 NotProxy, 3 Unproxyable, 4 Duplicate, 5 NoPermission, 6 Unannounced, 7 NoSelfProxy,
    8 AnnouncementDepositInvariantViolated, 9 InvalidDerivedAccountId
  `,
  constants: `
    ProxyDepositBase TaoBalance = 0087930300000000
    ProxyDepositFactor TaoBalance = 408af70100000000
    MaxProxies u32 = 14000000
    MaxPending u32 = 4b000000
    AnnouncementDepositBase TaoBalance = 0051250200000000
    AnnouncementDepositFactor TaoBalance = 00990d0400000000
  `,
};
