import { ensure } from "../../engine/dispatch-error.ts";
import type { Execution } from "../../engine/execution.ts";
import type { ReadableState, State } from "../../engine/state.ts";
import { StorageItem } from "../../engine/storage-item.ts";
import { fail } from "./checks.ts";
import {
  ROOT_NETUID,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetMechanism,
  SubnetTAO,
  SubnetVolume,
  TotalStake,
} from "./storage.ts";

/** What of 65 535 parts of the input a swap costs; 33 by default. */
export const FeeRate = new StorageItem<[netuid: number], number>("Swap", "FeeRate");
const FEE_UNIT = 65_535n;
const RAO = 1_000_000_000n;
const ONE_Q64 = 1n << 64n;
/** Accuracy of the balancer's powers. */
const ACCURACY = 1_000_000_000_000_000_000n;
/** Swap.MinimumReserve of spec 461, rao. */
const MINIMUM_RESERVE_RAO = 1_000_000n;
/** No swap may put in more than so many times what is there. */
const MAX_INPUT_MULTIPLE = 1_000n;
const UNLIMITED = (1n << 64n) - 1n;

/** buy: TAO for alpha; sell: alpha for TAO. */
export type Side = "buy" | "sell";

export interface Swap {
  /** What goes into the pool: the amount less the fee. */
  readonly paidRao: bigint;
  /** What comes out of it. */
  readonly gotRao: bigint;
  /** What the author of the block would get, in the coin that goes in. Nobody writes blocks here: it is burned. */
  readonly feeRao: bigint;
}

/** A subnet whose alpha is TAO: root, and subnets of mechanism 0. */
export const isOneToOne = (state: ReadableState, netuid: number): boolean =>
  netuid === ROOT_NETUID || SubnetMechanism.get(state, netuid) === 0;

/** Price of one alpha in rao of TAO. */
export function alphaPriceRao(state: ReadableState, netuid: number): bigint {
  if (isOneToOne(state, netuid)) return RAO;
  const alpha = SubnetAlphaIn.get(state, netuid);
  return alpha === 0n ? 0n : (SubnetTAO.get(state, netuid) * RAO) / alpha;
}

const reserves = (state: ReadableState, netuid: number, side: Side): { from: bigint; to: bigint } => {
  const tao = SubnetTAO.get(state, netuid);
  const alpha = SubnetAlphaIn.get(state, netuid);
  return side === "buy" ? { from: tao, to: alpha } : { from: alpha, to: tao };
};

/** amount × rate ÷ 65535, the rate rounded down to 64 fractional bits first. */
const feeOf = (state: ReadableState, netuid: number, amountRao: bigint): bigint =>
  (amountRao * ((BigInt(FeeRate.get(state, netuid)) << 64n) / FEE_UNIT)) >> 64n;

/** to × (1 − from ÷ (from + in)): the power is known to 18 decimal places, the rest to 64 fractional bits. */
function amountOut(from: bigint, to: bigint, netIn: bigint): bigint {
  if (from + netIn === 0n) return 0n;
  const power = (((ACCURACY * from) / (from + netIn)) << 64n) / ACCURACY;
  return (to * (ONE_Q64 - power)) >> 64n;
}

/**
 * What an amount would fetch: a constant product with both sides weighing the same, as every pool begins.
 *
 * @param dropFee - A move between subnets pays once, not on both sides.
 * @see subtensor pallets/swap/src/pallet/{swap_step,balancer}.rs (spec 425, 14bc6f9), with weights ½ and ½.
 */
export function simulate(state: ReadableState, netuid: number, side: Side, amountRao: bigint, dropFee = false): Swap {
  if (isOneToOne(state, netuid)) return { paidRao: amountRao, gotRao: amountRao, feeRao: 0n };
  const feeRao = dropFee ? 0n : feeOf(state, netuid, amountRao);
  const paidRao = amountRao - feeRao;
  const { from, to } = reserves(state, netuid, side);
  return { paidRao, gotRao: amountOut(from, to, paidRao), feeRao };
}

/** @throws DispatchError Swap.SwapInputTooLarge, Swap.ReservesTooLow where a pool cannot take the swap. */
function needPool(state: ReadableState, netuid: number, side: Side, swap: Swap): void {
  if (isOneToOne(state, netuid)) return;
  const { from, to } = reserves(state, netuid, side);
  ensure(swap.paidRao <= from * MAX_INPUT_MULTIPLE, "Swap", "SwapInputTooLarge");
  ensure(to >= MINIMUM_RESERVE_RAO, "Swap", "ReservesTooLow");
  ensure(swap.paidRao === 0n || swap.gotRao > 0n, "Swap", "ReservesTooLow");
}

/** The swap that a check looks at before it happens. @throws DispatchError InsufficientLiquidity where it would fail. */
export function checkedSwap(execution: Execution, netuid: number, side: Side, amountRao: bigint): Swap {
  const swap = simulate(execution.state, netuid, side, amountRao);
  const failure = execution.attempt(() => needPool(execution.state, netuid, side, swap));
  if (failure !== undefined) throw fail("InsufficientLiquidity");
  return swap;
}

/** Performs a purchase on the pool's books; the caller moves the money. @throws DispatchError of the Swap pallet. */
export function buyAlpha(state: State, netuid: number, taoRao: bigint, dropFee = false): Swap {
  const done = simulate(state, netuid, "buy", taoRao, dropFee);
  needPool(state, netuid, "buy", done);
  SubnetTAO.update(state, [netuid], (tao) => tao + done.paidRao);
  if (!isOneToOne(state, netuid)) SubnetAlphaIn.update(state, [netuid], (alpha) => alpha - done.gotRao);
  SubnetAlphaOut.update(state, [netuid], (alpha) => alpha + done.gotRao);
  SubnetVolume.update(state, [netuid], (volume) => volume + taoRao);
  TotalStake.update(state, [], (total) => total + taoRao);
  return done;
}

/** Performs a sale on the pool's books; the caller moves the money. @throws DispatchError of the Swap pallet. */
export function sellAlpha(state: State, netuid: number, alphaRao: bigint, dropFee = false): Swap {
  const done = simulate(state, netuid, "sell", alphaRao, dropFee);
  needPool(state, netuid, "sell", done);
  SubnetTAO.update(state, [netuid], (tao) => tao - done.gotRao);
  if (!isOneToOne(state, netuid)) SubnetAlphaIn.update(state, [netuid], (alpha) => alpha + done.paidRao);
  SubnetAlphaOut.update(state, [netuid], (alpha) => (alpha > done.paidRao ? alpha - done.paidRao : 0n));
  SubnetVolume.update(state, [netuid], (volume) => volume + done.gotRao);
  TotalStake.update(state, [], (total) => (total > done.gotRao ? total - done.gotRao : 0n));
  return done;
}

/** The limit of what a pool takes at all in one swap. @throws DispatchError InsufficientLiquidity */
export function needWithinPool(state: ReadableState, netuid: number, side: Side, amountRao: bigint): void {
  if (isOneToOne(state, netuid)) return;
  if (amountRao > reserves(state, netuid, side).from * MAX_INPUT_MULTIPLE) throw fail("InsufficientLiquidity");
}

/**
 * The largest amount, fee included, whose swap leaves the price within `limitRao` (rao of TAO per alpha).
 *
 * @throws DispatchError Swap.PriceLimitExceeded where the price is past the limit already.
 * @see subtensor staking/add_stake.rs get_max_amount_add, remove_stake.rs get_max_amount_remove (spec 425, 14bc6f9).
 */
export function amountUpToPrice(state: ReadableState, netuid: number, limitRao: bigint, side: Side): bigint {
  if (isOneToOne(state, netuid)) {
    const fits = side === "buy" ? limitRao >= RAO : limitRao <= RAO;
    return fits ? UNLIMITED : 0n;
  }
  const tao = SubnetTAO.get(state, netuid);
  const alpha = SubnetAlphaIn.get(state, netuid);
  const price = alpha === 0n ? 0n : (tao << 64n) / alpha;
  const limit = (limitRao << 64n) / RAO;
  ensure(side === "buy" ? price < limit : price > limit, "Swap", "PriceLimitExceeded");
  const from = side === "buy" ? tao : alpha;
  const ceiling = from * MAX_INPUT_MULTIPLE;
  if (limit === 0n) return ceiling;
  const [high, low] = side === "buy" ? [limit, price] : [price, limit];
  // √(high ÷ low) to 18 decimal places, as the balancer's power with the exponent ½.
  const power = (squareRoot((high * ACCURACY * ACCURACY) / low) << 64n) / ACCURACY;
  const net = (from * (power - ONE_Q64)) >> 64n;
  const rate = BigInt(FeeRate.get(state, netuid));
  const fee = (net * ((rate << 64n) / (FEE_UNIT - rate))) >> 64n;
  return net + fee < ceiling ? net + fee : ceiling;
}

/**
 * The most alpha that may move between two subnets so that the ratio of their prices (origin by destination, times 10⁹)
 * does not fall below the limit.
 *
 * @see subtensor staking/move_stake.rs, get_max_amount_move (spec 425, 14bc6f9).
 */
export function amountUpToRatio(state: ReadableState, from: number, to: number, limit: bigint): bigint {
  const fromTao = isOneToOne(state, from);
  const toTao = isOneToOne(state, to);
  if (fromTao && toTao) return limit > RAO ? 0n : UNLIMITED;
  if (fromTao) return limit === 0n ? UNLIMITED : amountUpToPrice(state, to, (RAO * RAO) / limit, "buy");
  if (toTao) return amountUpToPrice(state, from, limit, "sell");
  const [tao1, tao2] = [SubnetTAO.get(state, from), SubnetTAO.get(state, to)];
  const [alpha1, alpha2] = [SubnetAlphaIn.get(state, from), SubnetAlphaIn.get(state, to)];
  if ([tao1, tao2, alpha1, alpha2].includes(0n)) return 0n;
  const ratio = (limit << 64n) / RAO;
  const current = (((tao1 << 64n) / alpha1) << 64n) / ((tao2 << 64n) / alpha2);
  if (ratio > current) return 0n;
  if (ratio === 0n) return UNLIMITED;
  const part1 = (tao1 << 64n) / (tao1 + tao2);
  const part2 = (tao2 << 64n) / (tao1 + tao2);
  const most = ((alpha2 * part1) << 64n) / ratio - alpha1 * part2;
  return most > 0n ? most >> 64n : 0n;
}

/** The whole part of a square root. */
export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
