import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { transfer } from "../accounts.ts";
import { hotkeyExists, need, needSubnet } from "./checks.ts";
import { alphaPriceRao, amountUpToRatio, checkedSwap } from "./pool-price.ts";
import { addStakeRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import { becomeDelegate, MIN_STAKE_RAO, stakeInto, unstakeFrom } from "./stake.ts";
import { LastColdkeyHotkeyStakeBlock, ROOT_NETUID, SubtokenEnabled, TransferToggle } from "./storage.ts";

const P = "SubtensorModule";
const RAO = 1_000_000_000n;

interface Place {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
}
interface Move {
  readonly from: Place;
  readonly to: Place;
  readonly alphaRao: bigint;
  /** Lowest ratio of the prices, times 10⁹. */
  readonly limit?: bigint;
  readonly partial?: boolean;
  /** Another coldkey gets it: both subnets must allow that. */
  readonly transfers: boolean;
}

/** @throws DispatchError with the first reason, in the chain's order. */
function needMovable(execution: Execution, move: Move, alphaRao: bigint, most: bigint): void {
  const { state } = execution;
  const { from, to } = move;
  const crosses = from.netuid !== to.netuid;
  need(crosses || from.coldkey !== to.coldkey || from.hotkey !== to.hotkey, "SameNetuid");
  needSubnet(state, from.netuid);
  needSubnet(state, to.netuid);
  for (const { netuid } of [from, to]) need(SubtokenEnabled.get(state, netuid), "SubtokenDisabled");
  for (const { hotkey } of [from, to]) need(hotkeyExists(state, hotkey), "HotKeyAccountNotExists");
  if (crosses) {
    need(checkedSwap(execution, from.netuid, "sell", alphaRao).gotRao > MIN_STAKE_RAO, "AmountTooLow");
    need(move.partial !== false || alphaRao <= most, "SlippageTooHigh");
  }
  if (move.transfers)
    for (const { netuid } of [from, to]) need(TransferToggle.get(state, netuid), "TransferDisallowed");
}

/** Within a subnet no alpha is lost; what is moved must be worth an entry. @returns Its worth, rao of TAO. */
function moveWithin(execution: Execution, { from, to }: Move, alphaRao: bigint): bigint {
  const { state, blockNumber } = execution;
  removeStakeRao(state, from.hotkey, from.coldkey, from.netuid, alphaRao);
  addStakeRao(state, to.hotkey, to.coldkey, to.netuid, alphaRao);
  const taoRao = (alphaPriceRao(state, from.netuid) * alphaRao) / RAO;
  need(taoRao >= MIN_STAKE_RAO, "AmountTooLow");
  LastColdkeyHotkeyStakeBlock.set(state, [to.coldkey, to.hotkey], BigInt(blockNumber));
  execution.emit(P, "StakeRemoved", [from.coldkey, from.hotkey, taoRao, alphaRao, from.netuid, 0n]);
  execution.emit(P, "StakeAdded", [to.coldkey, to.hotkey, taoRao, alphaRao, to.netuid, 0n]);
  return taoRao;
}

/** Sells in one subnet and buys in another; the fee is paid once. @returns The TAO in between, rao. */
function moveAcross(execution: Execution, { from, to }: Move, alphaRao: bigint): bigint {
  const fromRoot = from.netuid === ROOT_NETUID;
  const taoRao = unstakeFrom(execution, from.coldkey, from.hotkey, from.netuid, alphaRao, fromRoot);
  if (from.coldkey !== to.coldkey) transfer(execution, from.coldkey, to.coldkey, taoRao, false);
  if (taoRao >= MIN_STAKE_RAO) {
    becomeDelegate(execution, to.hotkey, to.coldkey);
    stakeInto(execution, to.coldkey, to.hotkey, to.netuid, taoRao, !fromRoot);
  }
  return taoRao;
}

/** @returns Rao of TAO that the move was worth. */
function perform(execution: Execution, move: Move): bigint {
  const { state } = execution;
  const { from, to } = move;
  const held = stakeRao(state, from.hotkey, from.coldkey, from.netuid);
  const wanted = move.alphaRao < held ? move.alphaRao : held;
  const crosses = from.netuid !== to.netuid;
  const most =
    crosses && move.limit !== undefined ? amountUpToRatio(state, from.netuid, to.netuid, move.limit) : wanted;
  needMovable(execution, move, wanted, most);
  const alphaRao = wanted < most ? wanted : most;
  return crosses ? moveAcross(execution, move, alphaRao) : moveWithin(execution, move, alphaRao);
}

interface MoveArgs {
  readonly origin_hotkey: string;
  readonly destination_hotkey: string;
  readonly origin_netuid: number;
  readonly destination_netuid: number;
  readonly alpha_amount: bigint;
}
interface SwapArgs {
  readonly hotkey: string;
  readonly origin_netuid: number;
  readonly destination_netuid: number;
  readonly alpha_amount: bigint;
}
interface LimitArgs {
  readonly limit_price: bigint;
  readonly allow_partial: boolean;
}

const limits = ({ limit_price, allow_partial }: LimitArgs) => ({ limit: limit_price, partial: allow_partial });

function moveStake(
  execution: Execution,
  origin: Origin,
  args: MoveArgs,
  limit: Pick<Move, "limit" | "partial"> = {},
): void {
  const coldkey = ensureSigned(origin);
  const { origin_hotkey, origin_netuid, destination_hotkey, destination_netuid } = args;
  const taoRao = perform(execution, {
    from: { coldkey, hotkey: origin_hotkey, netuid: origin_netuid },
    to: { coldkey, hotkey: destination_hotkey, netuid: destination_netuid },
    alphaRao: args.alpha_amount,
    transfers: false,
    ...limit,
  });
  execution.emit(P, "StakeMoved", [
    coldkey,
    origin_hotkey,
    origin_netuid,
    destination_hotkey,
    destination_netuid,
    taoRao,
  ]);
}

function swapStake(
  execution: Execution,
  origin: Origin,
  args: SwapArgs,
  limit: Pick<Move, "limit" | "partial"> = {},
): void {
  const coldkey = ensureSigned(origin);
  const { hotkey, origin_netuid, destination_netuid } = args;
  const taoRao = perform(execution, {
    from: { coldkey, hotkey, netuid: origin_netuid },
    to: { coldkey, hotkey, netuid: destination_netuid },
    alphaRao: args.alpha_amount,
    transfers: false,
    ...limit,
  });
  execution.emit(P, "StakeSwapped", [coldkey, hotkey, origin_netuid, destination_netuid, taoRao]);
}

/** @see subtensor staking/move_stake.rs (spec 425, 14bc6f9); move_stake_limit and transfer_stake_and_hotkey are of spec 461. */
export const stakeMoveCalls: CallHandlers = {
  move_stake: (execution: Execution, origin: Origin, args: MoveArgs) => moveStake(execution, origin, args),
  move_stake_limit: (execution: Execution, origin: Origin, args: MoveArgs & LimitArgs) =>
    moveStake(execution, origin, args, limits(args)),
  swap_stake: (execution: Execution, origin: Origin, args: SwapArgs) => swapStake(execution, origin, args),
  swap_stake_limit: (execution: Execution, origin: Origin, args: SwapArgs & LimitArgs) =>
    swapStake(execution, origin, args, limits(args)),
  transfer_stake: (execution: Execution, origin: Origin, args: SwapArgs & { destination_coldkey: string }) => {
    const coldkey = ensureSigned(origin);
    const { hotkey, destination_coldkey, origin_netuid, destination_netuid } = args;
    const taoRao = perform(execution, {
      from: { coldkey, hotkey, netuid: origin_netuid },
      to: { coldkey: destination_coldkey, hotkey, netuid: destination_netuid },
      alphaRao: args.alpha_amount,
      transfers: true,
    });
    execution.emit(P, "StakeTransferred", [
      coldkey,
      destination_coldkey,
      hotkey,
      origin_netuid,
      destination_netuid,
      taoRao,
    ]);
  },
  transfer_stake_and_hotkey: (
    execution: Execution,
    origin: Origin,
    args: MoveArgs & { destination_coldkey: string },
  ) => {
    const coldkey = ensureSigned(origin);
    const { destination_coldkey, origin_hotkey, destination_hotkey, origin_netuid, destination_netuid } = args;
    const amount = perform(execution, {
      from: { coldkey, hotkey: origin_hotkey, netuid: origin_netuid },
      to: { coldkey: destination_coldkey, hotkey: destination_hotkey, netuid: destination_netuid },
      alphaRao: args.alpha_amount,
      transfers: true,
    });
    execution.emit(P, "StakeAndHotkeyTransferred", {
      origin_coldkey: coldkey,
      destination_coldkey,
      origin_hotkey,
      destination_hotkey,
      origin_netuid,
      destination_netuid,
      amount,
    });
  },
};
