import type { ReadableState } from "../engine/state.ts";
import { alphaPriceRao, simulate } from "../pallets/subtensor/pool-price.ts";
import { stakeRao } from "../pallets/subtensor/share-pool.ts";
import * as s from "../pallets/subtensor/storage.ts";
import type { ApiHandlers } from "./runtime-apis.ts";
import { netuidsOf } from "./subnet-views.ts";

const stakeInfo = (state: ReadableState, hotkey: string, coldkey: string, netuid: number) => {
  const uid = s.Uids.get(state, netuid, hotkey);
  return {
    hotkey,
    coldkey,
    netuid,
    stake: stakeRao(state, hotkey, coldkey, netuid),
    locked: 0n,
    emission: uid === undefined ? 0n : (s.Emission.get(state, netuid)[uid] ?? 0n),
    tao_emission: 0n,
    drain: 0n,
    is_registered: uid !== undefined,
  };
};

/** Every place where a coldkey has stake. */
const stakesOf = (state: ReadableState, coldkey: string) =>
  s.StakingHotkeys.get(state, coldkey).flatMap((hotkey) =>
    netuidsOf(state)
      .map((netuid) => stakeInfo(state, hotkey, coldkey, netuid))
      .filter(({ stake }) => stake > 0n),
  );

const availability = (state: ReadableState, coldkey: string, netuids: readonly number[]) => {
  const totals = new Map<number, bigint>();
  for (const { netuid, stake } of stakesOf(state, coldkey)) totals.set(netuid, (totals.get(netuid) ?? 0n) + stake);
  return netuids
    .map((netuid) => [netuid, totals.get(netuid) ?? 0n] as const)
    .filter(([, total]) => total > 0n)
    .map(([netuid, total]) => [netuid, { total, locked: 0n, available: total }] as const);
};

/** Nominators of a hotkey: coldkey → [netuid, rao]. */
function nominators(state: ReadableState, hotkey: string): [string, [number, bigint][]][] {
  const byColdkey = new Map<string, [number, bigint][]>();
  for (const [[, coldkey, netuid]] of s.AlphaV2.entries(state, hotkey)) {
    const rao = stakeRao(state, hotkey, coldkey, netuid);
    if (rao > 0n) byColdkey.set(coldkey, [...(byColdkey.get(coldkey) ?? []), [netuid, rao]]);
  }
  return [...byColdkey];
}

const delegateInfo = (state: ReadableState, hotkey: string) => {
  const registrations = netuidsOf(state).filter((netuid) => s.Uids.has(state, netuid, hotkey));
  return {
    delegate_ss58: hotkey,
    take: s.Delegates.get(state, hotkey),
    nominators: nominators(state, hotkey),
    owner_ss58: s.Owner.get(state, hotkey),
    registrations,
    validator_permits: registrations.filter((netuid) => {
      const uid = s.Uids.get(state, netuid, hotkey);
      return uid !== undefined && s.ValidatorPermit.get(state, netuid)[uid] === true;
    }),
    return_per_1000: 0n,
    total_daily_return: 0n,
  };
};

/** Hotkeys that hold anybody's stake. */
const delegates = (state: ReadableState): string[] => [
  ...new Set([...s.TotalHotkeyAlpha.entries(state)].flatMap(([[hotkey], rao]) => (rao > 0n ? [hotkey] : []))),
];

/** 33 of 65535 of what is swapped; moves within a subnet cost nothing. */
const stakeFee = (args: readonly unknown[]): bigint => {
  const [origin, , destination, , amount] = args as [
    [string, number] | undefined,
    string,
    [string, number] | undefined,
    string,
    bigint,
  ];
  return origin !== undefined && destination !== undefined && origin[1] === destination[1]
    ? 0n
    : (amount * 33n) / 65_535n;
};

const SIM_NONE = { tao_fee: 0n, alpha_fee: 0n, tao_slippage: 0n, alpha_slippage: 0n };
const RAO = 1_000_000_000n;
const positive = (rao: bigint): bigint => (rao > 0n ? rao : 0n);

function simulateBuyView(state: ReadableState, netuid: number, tao: bigint) {
  const { gotRao, feeRao } = simulate(state, netuid, "buy", tao);
  const price = alphaPriceRao(state, netuid) || 1n;
  const ideal = ((tao - feeRao) * RAO) / price;
  return {
    ...SIM_NONE,
    tao_amount: tao,
    alpha_amount: gotRao,
    tao_fee: feeRao,
    alpha_slippage: positive(ideal - gotRao),
  };
}

function simulateSellView(state: ReadableState, netuid: number, alpha: bigint) {
  const { gotRao, feeRao } = simulate(state, netuid, "sell", alpha);
  const ideal = ((alpha - feeRao) * alphaPriceRao(state, netuid)) / RAO;
  return {
    ...SIM_NONE,
    tao_amount: gotRao,
    alpha_amount: alpha,
    alpha_fee: feeRao,
    tao_slippage: positive(ideal - gotRao),
  };
}

/** StakeInfoRuntimeApi, DelegateInfoRuntimeApi and SwapRuntimeApi. */
export const stakeApis: ApiHandlers = {
  StakeInfoRuntimeApi_get_stake_info_for_coldkey: ({ tree }, [coldkey]) => stakesOf(tree, coldkey as string),
  StakeInfoRuntimeApi_get_stake_info_for_coldkeys: ({ tree }, [coldkeys]) =>
    (coldkeys as readonly string[]).map((coldkey) => [coldkey, stakesOf(tree, coldkey)]),
  StakeInfoRuntimeApi_get_stake_info_for_hotkey_coldkey_netuid: ({ tree }, [hotkey, coldkey, netuid]) =>
    stakeInfo(tree, hotkey as string, coldkey as string, netuid as number),
  StakeInfoRuntimeApi_get_stake_availability_for_coldkeys: ({ tree }, [coldkeys, netuids]) =>
    [...(coldkeys as readonly string[])]
      .sort()
      .map((coldkey) => [
        coldkey,
        availability(tree, coldkey, (netuids as readonly number[] | undefined) ?? netuidsOf(tree)),
      ]),
  StakeInfoRuntimeApi_get_stake_fee: (_, args) => stakeFee(args),
  // Stake cannot be locked here.
  StakeInfoRuntimeApi_get_coldkey_lock: () => undefined,
  StakeInfoRuntimeApi_get_hotkey_conviction: () => ({ bits: 0n }),
  StakeInfoRuntimeApi_get_most_convicted_hotkey_on_subnet: () => undefined,
  DelegateInfoRuntimeApi_get_delegates: ({ tree }) => delegates(tree).map((hotkey) => delegateInfo(tree, hotkey)),
  DelegateInfoRuntimeApi_get_delegate: ({ tree }, [hotkey]) =>
    s.Owner.has(tree, hotkey as string) ? delegateInfo(tree, hotkey as string) : undefined,
  DelegateInfoRuntimeApi_get_delegated: ({ tree }, [coldkey]) =>
    stakesOf(tree, coldkey as string).map(({ hotkey, netuid, stake }) => [delegateInfo(tree, hotkey), [netuid, stake]]),
  SwapRuntimeApi_current_alpha_price: ({ tree }, [netuid]) => alphaPriceRao(tree, netuid as number),
  SwapRuntimeApi_current_alpha_price_all: ({ tree }) =>
    netuidsOf(tree).map((netuid) => ({ netuid, price: alphaPriceRao(tree, netuid) })),
  SwapRuntimeApi_sim_swap_tao_for_alpha: ({ tree }, [netuid, tao]) =>
    simulateBuyView(tree, netuid as number, tao as bigint),
  SwapRuntimeApi_sim_swap_alpha_for_tao: ({ tree }, [netuid, alpha]) =>
    simulateSellView(tree, netuid as number, alpha as bigint),
};
