import type { ReadableState, State } from "../../engine/state.ts";
import {
  ROOT_NETUID,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetMechanism,
  SubnetTAO,
  SubnetVolume,
  TotalStake,
} from "./storage.ts";

/** Swap.FeeRate's default and its unit: 33 of 65535 of what goes in. */
const FEE_RATE = 33n;
const FEE_UNIT = 65_535n;
const RAO = 1_000_000_000n;

export interface Swap {
  /** What goes into the pool. */
  readonly paidRao: bigint;
  /** What comes out of it. */
  readonly gotRao: bigint;
  /** Kept from what went in, in its own coin; it stays in the pool. */
  readonly feeRao: bigint;
}

/** A subnet whose alpha is TAO: root, and subnets of mechanism 0. */
const isOneToOne = (state: ReadableState, netuid: number): boolean =>
  netuid === ROOT_NETUID || SubnetMechanism.get(state, netuid) === 0;

/** Price of one alpha in rao of TAO. */
export function alphaPriceRao(state: ReadableState, netuid: number): bigint {
  if (isOneToOne(state, netuid)) return RAO;
  const alpha = SubnetAlphaIn.get(state, netuid);
  return alpha === 0n ? 0n : (SubnetTAO.get(state, netuid) * RAO) / alpha;
}

const swap = (paidRao: bigint, from: bigint, to: bigint): Swap => {
  const feeRao = (paidRao * FEE_RATE) / FEE_UNIT;
  const net = paidRao - feeRao;
  return { paidRao, gotRao: from + net === 0n ? 0n : (to * net) / (from + net), feeRao };
};

/** What `taoRao` would buy. Constant product; one to one where alpha is TAO. */
export const simulateBuy = (state: ReadableState, netuid: number, taoRao: bigint): Swap =>
  isOneToOne(state, netuid)
    ? { paidRao: taoRao, gotRao: taoRao, feeRao: 0n }
    : swap(taoRao, SubnetTAO.get(state, netuid), SubnetAlphaIn.get(state, netuid));

/** What `alphaRao` would fetch. */
export const simulateSell = (state: ReadableState, netuid: number, alphaRao: bigint): Swap =>
  isOneToOne(state, netuid)
    ? { paidRao: alphaRao, gotRao: alphaRao, feeRao: 0n }
    : swap(alphaRao, SubnetAlphaIn.get(state, netuid), SubnetTAO.get(state, netuid));

/** Performs a purchase on the pool's books; the caller moves the money. */
export function buyAlpha(state: State, netuid: number, taoRao: bigint): Swap {
  const done = simulateBuy(state, netuid, taoRao);
  SubnetTAO.update(state, [netuid], (tao) => tao + taoRao);
  if (!isOneToOne(state, netuid)) SubnetAlphaIn.update(state, [netuid], (alpha) => alpha - done.gotRao);
  SubnetAlphaOut.update(state, [netuid], (alpha) => alpha + done.gotRao);
  SubnetVolume.update(state, [netuid], (volume) => volume + taoRao);
  TotalStake.update(state, [], (total) => total + taoRao);
  return done;
}

/** Performs a sale on the pool's books; the caller moves the money. */
export function sellAlpha(state: State, netuid: number, alphaRao: bigint): Swap {
  const done = simulateSell(state, netuid, alphaRao);
  SubnetTAO.update(state, [netuid], (tao) => tao - done.gotRao);
  if (!isOneToOne(state, netuid)) SubnetAlphaIn.update(state, [netuid], (alpha) => alpha + alphaRao);
  SubnetAlphaOut.update(state, [netuid], (alpha) => (alpha > alphaRao ? alpha - alphaRao : 0n));
  SubnetVolume.update(state, [netuid], (volume) => volume + done.gotRao);
  TotalStake.update(state, [], (total) => (total > done.gotRao ? total - done.gotRao : 0n));
  return done;
}

/** The largest amount to put in so that the price after it does not pass `limitRao` (per coin bought or sold). */
export function amountUpToPrice(state: ReadableState, netuid: number, limitRao: bigint, side: "buy" | "sell"): bigint {
  if (isOneToOne(state, netuid)) {
    const fits = side === "buy" ? limitRao >= RAO : limitRao <= RAO;
    return fits ? (1n << 64n) - 1n : 0n;
  }
  const tao = SubnetTAO.get(state, netuid);
  const alpha = SubnetAlphaIn.get(state, netuid);
  const product = tao * alpha;
  // Price = tao / alpha; at the limit tao' = sqrt(product × limit), alpha' = sqrt(product ÷ limit).
  const target =
    side === "buy" ? squareRoot((product * limitRao) / RAO) : squareRoot((product * RAO) / (limitRao || 1n));
  const have = side === "buy" ? tao : alpha;
  const net = target > have ? target - have : 0n;
  return (net * FEE_UNIT) / (FEE_UNIT - FEE_RATE);
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
