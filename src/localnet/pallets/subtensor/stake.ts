import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import type { ReadableState } from "../../engine/state.ts";
import { credit, debit, spendableRao } from "../accounts.ts";
import { hotkeyExists, need, needSubnet, ownerOf } from "./checks.ts";
import { totalStakeRao } from "./children.ts";
import {
  alphaPriceRao,
  amountUpToPrice,
  buyAlpha,
  checkedSwap,
  needWithinPool,
  sellAlpha,
  simulate,
} from "./pool-price.ts";
import { addStakeRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import {
  Delegates,
  LastColdkeyHotkeyStakeBlock,
  NetworksAdded,
  NominatorMinRequiredStake,
  PendingChildKeys,
  ROOT_NETUID,
  StakeThreshold,
  SubnetAlphaOut,
  SubtokenEnabled,
} from "./storage.ts";

const P = "SubtensorModule";
/** InitialMinStake: less is not worth an entry. Rao. */
export const MIN_STAKE_RAO = 2_000_000n;
const RAO = 1_000_000_000n;
const DEFAULT_TAKE = 11_796;

const needOpen = (state: ReadableState, netuid: number): void =>
  need(SubtokenEnabled.get(state, netuid), "SubtokenDisabled");

/** A hotkey that strangers stake on has a take from then on, if it had none. */
export function becomeDelegate({ state }: Execution, hotkey: string, coldkey: string): void {
  if (ownerOf(state, hotkey) !== coldkey && !Delegates.has(state, hotkey)) Delegates.set(state, [hotkey], DEFAULT_TAKE);
}

interface Amount {
  readonly rao: bigint;
  /** The most that keeps within a price limit. */
  readonly most: bigint;
  readonly partial: boolean;
}
const whole = (rao: bigint): Amount => ({ rao, most: rao, partial: false });
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What must hold before TAO becomes alpha. @throws DispatchError with the first reason, in the chain's order. */
function needStakeable(execution: Execution, coldkey: string, hotkey: string, netuid: number, amount: Amount): void {
  const { state } = execution;
  needSubnet(state, netuid);
  needOpen(state, netuid);
  need(amount.rao >= MIN_STAKE_RAO + simulate(state, netuid, "buy", MIN_STAKE_RAO).feeRao, "AmountTooLow");
  need(amount.partial || amount.rao <= amount.most, "SlippageTooHigh");
  const rao = least(amount.rao, amount.most);
  need(spendableRao(state, coldkey, true) >= rao, "NotEnoughBalanceToStake");
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  const { paidRao, gotRao } = checkedSwap(execution, netuid, "buy", rao);
  need(paidRao >= MIN_STAKE_RAO, "AmountTooLow");
  need(gotRao > 0n, "InsufficientLiquidity");
}

/** TAO of a coldkey becomes alpha on a hotkey. @returns The alpha, rao. */
export function stakeInto(
  execution: Execution,
  coldkey: string,
  hotkey: string,
  netuid: number,
  taoRao: bigint,
  dropFee = false,
): bigint {
  const { state, blockNumber } = execution;
  const { gotRao, feeRao } = buyAlpha(state, netuid, taoRao, dropFee);
  need(gotRao > 0n, "AmountTooLow");
  // The pool's TAO is on its books alone; what was paid as a fee is gone.
  debit(execution, coldkey, taoRao - feeRao, { keepAlive: true, burned: false });
  debit(execution, coldkey, feeRao, { keepAlive: true, burned: true });
  addStakeRao(state, hotkey, coldkey, netuid, gotRao);
  LastColdkeyHotkeyStakeBlock.set(state, [coldkey, hotkey], BigInt(blockNumber));
  execution.emit(P, "StakeAdded", [coldkey, hotkey, taoRao, gotRao, netuid, feeRao]);
  return gotRao;
}

function addStake(execution: Execution, coldkey: string, hotkey: string, netuid: number, taoRao: bigint): bigint {
  needWithinPool(execution.state, netuid, "buy", taoRao);
  needStakeable(execution, coldkey, hotkey, netuid, whole(taoRao));
  return stakeInto(execution, coldkey, hotkey, netuid, taoRao);
}

function addStakeLimit(
  execution: Execution,
  coldkey: string,
  args: StakeArgs & { amount: bigint; limit: bigint; partial: boolean },
): bigint {
  const { hotkey, netuid, amount, limit, partial } = args;
  needWithinPool(execution.state, netuid, "buy", amount);
  const most = amountUpToPrice(execution.state, netuid, limit, "buy");
  needStakeable(execution, coldkey, hotkey, netuid, { rao: amount, most, partial });
  becomeDelegate(execution, hotkey, coldkey);
  return stakeInto(execution, coldkey, hotkey, netuid, least(amount, most));
}

/** What must hold before alpha becomes TAO. @throws DispatchError with the first reason, in the chain's order. */
function needUnstakeable(execution: Execution, coldkey: string, hotkey: string, netuid: number, amount: Amount): void {
  const { state } = execution;
  needSubnet(state, netuid);
  need(amount.rao > 0n, "AmountTooLow");
  const held = stakeRao(state, hotkey, coldkey, netuid);
  need(held >= amount.rao, "NotEnoughStakeToWithdraw");
  const { gotRao } = checkedSwap(execution, netuid, "sell", amount.rao);
  need(held === amount.rao || gotRao >= MIN_STAKE_RAO, "AmountTooLow");
  need(amount.partial || amount.rao <= amount.most, "SlippageTooHigh");
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
}

/** Alpha on a hotkey becomes TAO of its coldkey. @returns The TAO, rao. */
export function unstakeFrom(
  execution: Execution,
  coldkey: string,
  hotkey: string,
  netuid: number,
  alphaRao: bigint,
  dropFee = false,
): bigint {
  const { state, blockNumber } = execution;
  removeStakeRao(state, hotkey, coldkey, netuid, alphaRao);
  const { paidRao, gotRao, feeRao } = sellAlpha(state, netuid, alphaRao, dropFee);
  credit(execution, coldkey, gotRao, { minted: false });
  LastColdkeyHotkeyStakeBlock.set(state, [coldkey, hotkey], BigInt(blockNumber));
  execution.emit(P, "StakeRemoved", [coldkey, hotkey, gotRao, paidRao, netuid, feeRao]);
  return gotRao;
}

/** A stranger's stake that is no longer worth an entry is sold too. */
export function clearSmallNomination(execution: Execution, coldkey: string, hotkey: string, netuid: number): void {
  const { state } = execution;
  if (ownerOf(state, hotkey) === coldkey) return;
  const price = alphaPriceRao(state, netuid) || 1n;
  const fewest = (NominatorMinRequiredStake.get(state) * RAO) / price;
  const left = stakeRao(state, hotkey, coldkey, netuid);
  if (left > 0n && left < fewest) execution.attempt(() => void unstakeFrom(execution, coldkey, hotkey, netuid, left));
}

/** Too little stake plans no children. */
function forgetPlans({ state }: Execution, hotkey: string): void {
  if (totalStakeRao(state, hotkey) >= StakeThreshold.get(state)) return;
  for (const [[netuid]] of NetworksAdded.entries(state)) PendingChildKeys.remove(state, netuid, hotkey);
}

function removeStake(execution: Execution, coldkey: string, { hotkey, netuid }: StakeArgs, alphaRao: bigint): void {
  const { state } = execution;
  needOpen(state, netuid);
  const amount = least(alphaRao, stakeRao(state, hotkey, coldkey, netuid));
  needWithinPool(state, netuid, "sell", amount);
  needUnstakeable(execution, coldkey, hotkey, netuid, whole(amount));
  unstakeFrom(execution, coldkey, hotkey, netuid, amount);
  clearSmallNomination(execution, coldkey, hotkey, netuid);
  forgetPlans(execution, hotkey);
}

function removeStakeLimit(
  execution: Execution,
  coldkey: string,
  args: StakeArgs & { amount: bigint; limit: bigint; partial: boolean },
): void {
  const { hotkey, netuid, amount, limit, partial } = args;
  needWithinPool(execution.state, netuid, "sell", amount);
  const most = amountUpToPrice(execution.state, netuid, limit, "sell");
  needUnstakeable(execution, coldkey, hotkey, netuid, { rao: amount, most, partial });
  unstakeFrom(execution, coldkey, hotkey, netuid, least(amount, most));
  clearSmallNomination(execution, coldkey, hotkey, netuid);
  forgetPlans(execution, hotkey);
}

/** Sells all that can be sold of a coldkey's alpha on a hotkey; what cannot stays. @returns The TAO, rao. */
function unstakeAll(execution: Execution, coldkey: string, hotkey: string, root: boolean): bigint {
  const { state } = execution;
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  let taoRao = 0n;
  for (const [[netuid]] of [...NetworksAdded.entries(state)].sort(([[a]], [[b]]) => a - b)) {
    if (!SubtokenEnabled.get(state, netuid) || (netuid === ROOT_NETUID && !root)) continue;
    const held = stakeRao(state, hotkey, coldkey, netuid);
    const refused = execution.attempt(() => needUnstakeable(execution, coldkey, hotkey, netuid, whole(held)));
    if (refused !== undefined) continue;
    taoRao += unstakeFrom(execution, coldkey, hotkey, netuid, held);
    clearSmallNomination(execution, coldkey, hotkey, netuid);
  }
  return taoRao;
}

interface StakeArgs {
  readonly hotkey: string;
  readonly netuid: number;
}
interface LimitArgs extends StakeArgs {
  readonly limit_price: bigint;
  readonly allow_partial: boolean;
}

/** Takes alpha out of existence. `recycled` alpha may be emitted again, burned alpha counts as issued. */
function destroyAlpha(
  execution: Execution,
  coldkey: string,
  { hotkey, netuid, amount }: StakeArgs & { amount: bigint },
  recycled: boolean,
): void {
  const { state } = execution;
  needSubnet(state, netuid);
  need(netuid !== ROOT_NETUID, "CannotBurnOrRecycleOnRootSubnet");
  needOpen(state, netuid);
  need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  const taken = least(amount, stakeRao(state, hotkey, coldkey, netuid));
  need(SubnetAlphaOut.get(state, netuid) >= taken, "InsufficientLiquidity");
  removeStakeRao(state, hotkey, coldkey, netuid, taken);
  if (recycled) SubnetAlphaOut.update(state, [netuid], (alpha) => alpha - taken);
  execution.emit(P, recycled ? "AlphaRecycled" : "AlphaBurned", [coldkey, hotkey, taken, netuid]);
}

/** @see subtensor staking/{add_stake,remove_stake,recycle_alpha,stake_utils}.rs (spec 425, 14bc6f9). */
export const stakeCalls: CallHandlers = {
  add_stake: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, amount_staked }: StakeArgs & { amount_staked: bigint },
  ) => void addStake(execution, ensureSigned(origin), hotkey, netuid, amount_staked),
  add_stake_limit: (execution: Execution, origin: Origin, args: LimitArgs & { amount_staked: bigint }) => {
    const { hotkey, netuid, amount_staked: amount, limit_price: limit, allow_partial: partial } = args;
    addStakeLimit(execution, ensureSigned(origin), { hotkey, netuid, amount, limit, partial });
  },
  remove_stake: (execution: Execution, origin: Origin, args: StakeArgs & { amount_unstaked: bigint }) =>
    removeStake(execution, ensureSigned(origin), args, args.amount_unstaked),
  remove_stake_limit: (execution: Execution, origin: Origin, args: LimitArgs & { amount_unstaked: bigint }) => {
    const { hotkey, netuid, amount_unstaked: amount, limit_price: limit, allow_partial: partial } = args;
    removeStakeLimit(execution, ensureSigned(origin), { hotkey, netuid, amount, limit, partial });
  },
  remove_stake_full_limit: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, limit_price: limit }: StakeArgs & { limit_price: bigint | undefined },
  ) => {
    const coldkey = ensureSigned(origin);
    const amount = stakeRao(execution.state, hotkey, coldkey, netuid);
    if (limit === undefined) removeStake(execution, coldkey, { hotkey, netuid }, amount);
    else removeStakeLimit(execution, coldkey, { hotkey, netuid, amount, limit, partial: false });
  },
  unstake_all: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) =>
    void unstakeAll(execution, ensureSigned(origin), hotkey, true),
  unstake_all_alpha: (execution: Execution, origin: Origin, { hotkey }: { hotkey: string }) => {
    const coldkey = ensureSigned(origin);
    const taoRao = unstakeAll(execution, coldkey, hotkey, false);
    stakeInto(execution, coldkey, hotkey, ROOT_NETUID, taoRao);
  },
  recycle_alpha: (execution: Execution, origin: Origin, args: StakeArgs & { amount: bigint }) =>
    destroyAlpha(execution, ensureSigned(origin), args, true),
  burn_alpha: (execution: Execution, origin: Origin, args: StakeArgs & { amount: bigint }) =>
    destroyAlpha(execution, ensureSigned(origin), args, false),
  add_stake_burn: (
    execution: Execution,
    origin: Origin,
    { hotkey, netuid, amount, limit }: StakeArgs & { amount: bigint; limit: bigint | undefined },
  ) => {
    const coldkey = ensureSigned(origin);
    const alpha =
      limit === undefined
        ? addStake(execution, coldkey, hotkey, netuid, amount)
        : addStakeLimit(execution, coldkey, { hotkey, netuid, amount, limit, partial: false });
    destroyAlpha(execution, coldkey, { hotkey, netuid, amount: alpha }, false);
    execution.emit(P, "AddStakeBurn", { netuid, hotkey, amount, alpha });
  },
};
