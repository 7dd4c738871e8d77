import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { credit, debit, spendableRao } from "../accounts.ts";
import { hotkeyExists, need, needSubnet } from "./checks.ts";
import { amountUpToPrice, buyAlpha, sellAlpha, simulateBuy, simulateSell } from "./pool-price.ts";
import { addStakeRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import { NetworksAdded, ROOT_NETUID, SubnetAlphaOut, SubnetTAO, SubtokenEnabled } from "./storage.ts";

/** InitialMinStake: less is not worth an entry. Rao. */
export const MIN_STAKE_RAO = 2_000_000n;

const needOpen = (state: ReadableState, netuid: number): void => {
  needSubnet(state, netuid);
  need(SubtokenEnabled.get(state, netuid), "SubtokenDisabled");
};

/** Caps an amount by a price limit. @throws DispatchError SlippageTooHigh where the whole amount is wanted and does not fit. */
function withinLimit(amountRao: bigint, most: bigint, allowPartial: boolean): bigint {
  need(most > 0n && (allowPartial || amountRao <= most), "SlippageTooHigh");
  return amountRao < most ? amountRao : most;
}

/** TAO of a coldkey becomes alpha on a hotkey. */
export function addStake(execution: Execution, coldkey: string, hotkey: string, netuid: number, taoRao: bigint): void {
  const { state } = execution;
  needOpen(state, netuid);
  need(taoRao >= MIN_STAKE_RAO, "AmountTooLow");
  need(spendableRao(state, coldkey, true) >= taoRao, "NotEnoughBalanceToStake");
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  need(simulateBuy(state, netuid, taoRao).gotRao > 0n, "InsufficientLiquidity");
  debit(execution, coldkey, taoRao, { keepAlive: true, burned: false });
  const { gotRao, feeRao } = buyAlpha(state, netuid, taoRao);
  addStakeRao(state, hotkey, coldkey, netuid, gotRao);
  execution.emit("SubtensorModule", "StakeAdded", [coldkey, hotkey, taoRao - feeRao, gotRao, netuid, feeRao]);
}

const needStake = (state: ReadableState, hotkey: string, coldkey: string, netuid: number, alphaRao: bigint): void => {
  needSubnet(state, netuid);
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  need(alphaRao > 0n && stakeRao(state, hotkey, coldkey, netuid) >= alphaRao, "NotEnoughStakeToWithdraw");
};

/** Alpha on a hotkey becomes TAO of its coldkey. @returns The TAO, rao. */
export function removeStake(
  execution: Execution,
  coldkey: string,
  hotkey: string,
  netuid: number,
  alphaRao: bigint,
): bigint {
  const { state } = execution;
  needStake(state, hotkey, coldkey, netuid, alphaRao);
  need(SubtokenEnabled.get(state, netuid), "SubtokenDisabled");
  const { gotRao: expected } = simulateSell(state, netuid, alphaRao);
  need(expected > 0n && expected <= SubnetTAO.get(state, netuid), "InsufficientLiquidity");
  removeStakeRao(state, hotkey, coldkey, netuid, alphaRao);
  const { gotRao, feeRao } = sellAlpha(state, netuid, alphaRao);
  credit(execution, coldkey, gotRao, { minted: false });
  execution.emit("SubtensorModule", "StakeRemoved", [coldkey, hotkey, gotRao, alphaRao, netuid, feeRao]);
  return gotRao;
}

interface StakeArgs {
  readonly hotkey: string;
  readonly netuid: number;
}
interface LimitArgs extends StakeArgs {
  readonly limit_price: bigint;
  readonly allow_partial: boolean;
}

/** Each subnet where the coldkey has alpha on the hotkey. */
const holdings = (state: ReadableState, hotkey: string, coldkey: string): { netuid: number; rao: bigint }[] =>
  [...NetworksAdded.entries(state)]
    .map(([[netuid]]) => ({ netuid, rao: stakeRao(state, hotkey, coldkey, netuid) }))
    .filter(({ rao }) => rao > 0n)
    .sort((a, b) => a.netuid - b.netuid);

/** Takes alpha out of existence. `recycled` alpha may be emitted again, burned alpha counts as issued. */
function destroyAlpha(
  execution: Execution,
  origin: Origin,
  { hotkey, netuid, amount }: StakeArgs & { amount: bigint },
  recycled: boolean,
): void {
  const { state } = execution;
  const coldkey = ensureSigned(origin);
  need(netuid !== ROOT_NETUID, "CannotBurnOrRecycleOnRootSubnet");
  needStake(state, hotkey, coldkey, netuid, amount);
  removeStakeRao(state, hotkey, coldkey, netuid, amount);
  if (recycled) SubnetAlphaOut.update(state, [netuid], (alpha) => alpha - amount);
  execution.emit("SubtensorModule", recycled ? "AlphaRecycled" : "AlphaBurned", [coldkey, hotkey, amount, netuid]);
}

export const stakeCalls: CallHandlers = {
  add_stake: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, amount_staked }: StakeArgs & { amount_staked: bigint },
  ) => addStake(execution, ensureSigned(origin), hotkey, netuid, amount_staked),
  add_stake_limit: (execution: Execution, origin: Origin, args: LimitArgs & { amount_staked: bigint }) => {
    const coldkey = ensureSigned(origin);
    needOpen(execution.state, args.netuid);
    const most = amountUpToPrice(execution.state, args.netuid, args.limit_price, "buy");
    addStake(execution, coldkey, args.hotkey, args.netuid, withinLimit(args.amount_staked, most, args.allow_partial));
  },
  remove_stake: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, amount_unstaked }: StakeArgs & { amount_unstaked: bigint },
  ) => {
    removeStake(execution, ensureSigned(origin), hotkey, netuid, amount_unstaked);
  },
  remove_stake_limit: (execution: Execution, origin: Origin, args: LimitArgs & { amount_unstaked: bigint }) => {
    const coldkey = ensureSigned(origin);
    needStake(execution.state, args.hotkey, coldkey, args.netuid, args.amount_unstaked);
    const most = amountUpToPrice(execution.state, args.netuid, args.limit_price, "sell");
    removeStake(
      execution,
      coldkey,
      args.hotkey,
      args.netuid,
      withinLimit(args.amount_unstaked, most, args.allow_partial),
    );
  },
  remove_stake_full_limit: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, limit_price }: StakeArgs & { limit_price: bigint | undefined },
  ) => {
    const coldkey = ensureSigned(origin);
    const all = stakeRao(execution.state, hotkey, coldkey, netuid);
    needStake(execution.state, hotkey, coldkey, netuid, all);
    if (limit_price !== undefined)
      withinLimit(all, amountUpToPrice(execution.state, netuid, limit_price, "sell"), false);
    removeStake(execution, coldkey, hotkey, netuid, all);
  },
  unstake_all: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) => {
    const coldkey = ensureSigned(origin);
    need(hotkeyExists(execution.state, hotkey), "HotKeyAccountNotExists");
    for (const { netuid, rao } of holdings(execution.state, hotkey, coldkey)) {
      // What cannot be sold stays, as on the real chain.
      execution.attempt(() => void removeStake(execution, coldkey, hotkey, netuid, rao));
    }
  },
  unstake_all_alpha: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) => {
    const coldkey = ensureSigned(origin);
    need(hotkeyExists(execution.state, hotkey), "HotKeyAccountNotExists");
    let totalRao = 0n;
    for (const { netuid, rao } of holdings(execution.state, hotkey, coldkey)) {
      if (netuid === ROOT_NETUID) continue;
      execution.attempt(() => {
        totalRao += removeStake(execution, coldkey, hotkey, netuid, rao);
      });
    }
    addStake(execution, coldkey, hotkey, ROOT_NETUID, totalRao);
  },
  recycle_alpha: (execution: Execution, origin: Origin, args: StakeArgs & { amount: bigint }) =>
    destroyAlpha(execution, origin, args, true),
  burn_alpha: (execution: Execution, origin: Origin, args: StakeArgs & { amount: bigint }) =>
    destroyAlpha(execution, origin, args, false),
};
