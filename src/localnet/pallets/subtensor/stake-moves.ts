import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../../engine/execution.ts";
import { hotkeyExists, need, needSubnet } from "./checks.ts";
import { amountUpToPrice, buyAlpha, sellAlpha, simulateSell } from "./pool-price.ts";
import { addStakeRao, removeStakeRao, stakeRao } from "./share-pool.ts";
import { SubnetTAO, SubtokenEnabled, TransferToggle } from "./storage.ts";

interface Move {
  readonly fromColdkey: string;
  readonly toColdkey: string;
  readonly fromHotkey: string;
  readonly toHotkey: string;
  readonly fromNetuid: number;
  readonly toNetuid: number;
  readonly alphaRao: bigint;
}

/** Moves alpha between keys and subnets; between subnets it is sold for TAO and bought again. @returns The TAO in between, rao. */
function move(execution: Execution, args: Move): bigint {
  const { state } = execution;
  const { fromNetuid, toNetuid, alphaRao } = args;
  needSubnet(state, fromNetuid);
  needSubnet(state, toNetuid);
  need(SubtokenEnabled.get(state, fromNetuid) && SubtokenEnabled.get(state, toNetuid), "SubtokenDisabled");
  need(hotkeyExists(state, args.fromHotkey) && hotkeyExists(state, args.toHotkey), "HotKeyAccountNotExists");
  need(
    alphaRao > 0n && stakeRao(state, args.fromHotkey, args.fromColdkey, fromNetuid) >= alphaRao,
    "NotEnoughStakeToWithdraw",
  );
  if (fromNetuid === toNetuid) {
    need(args.fromHotkey !== args.toHotkey || args.fromColdkey !== args.toColdkey, "SameNetuid");
    removeStakeRao(state, args.fromHotkey, args.fromColdkey, fromNetuid, alphaRao);
    addStakeRao(state, args.toHotkey, args.toColdkey, toNetuid, alphaRao);
    return simulateSell(state, fromNetuid, alphaRao).gotRao;
  }
  need(simulateSell(state, fromNetuid, alphaRao).gotRao <= SubnetTAO.get(state, fromNetuid), "InsufficientLiquidity");
  removeStakeRao(state, args.fromHotkey, args.fromColdkey, fromNetuid, alphaRao);
  const sold = sellAlpha(state, fromNetuid, alphaRao);
  const bought = buyAlpha(state, toNetuid, sold.gotRao);
  need(bought.gotRao > 0n, "AmountTooLow");
  addStakeRao(state, args.toHotkey, args.toColdkey, toNetuid, bought.gotRao);
  return sold.gotRao;
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

const moveStake = (execution: Execution, origin: Origin, args: MoveArgs): void => {
  const coldkey = ensureSigned(origin);
  const taoRao = move(execution, {
    fromColdkey: coldkey,
    toColdkey: coldkey,
    fromHotkey: args.origin_hotkey,
    toHotkey: args.destination_hotkey,
    fromNetuid: args.origin_netuid,
    toNetuid: args.destination_netuid,
    alphaRao: args.alpha_amount,
  });
  const { origin_hotkey, origin_netuid, destination_hotkey, destination_netuid } = args;
  execution.emit("SubtensorModule", "StakeMoved", [
    coldkey,
    origin_hotkey,
    origin_netuid,
    destination_hotkey,
    destination_netuid,
    taoRao,
  ]);
};

const swapStake = (execution: Execution, origin: Origin, args: SwapArgs): void => {
  const coldkey = ensureSigned(origin);
  need(args.origin_netuid !== args.destination_netuid, "SameNetuid");
  const taoRao = move(execution, {
    fromColdkey: coldkey,
    toColdkey: coldkey,
    fromHotkey: args.hotkey,
    toHotkey: args.hotkey,
    fromNetuid: args.origin_netuid,
    toNetuid: args.destination_netuid,
    alphaRao: args.alpha_amount,
  });
  execution.emit("SubtensorModule", "StakeSwapped", [
    coldkey,
    args.hotkey,
    args.origin_netuid,
    args.destination_netuid,
    taoRao,
  ]);
};

/**
 * Caps an amount by the ratio of the two prices, rao of the destination's alpha per alpha of the origin's.
 * The real chain solves for both pools at once; this takes the origin's alone, at the destination's price of the moment.
 */
const capped = <A extends SwapArgs | MoveArgs>(execution: Execution, args: A & LimitArgs): A => {
  const most = amountUpToPrice(execution.state, args.origin_netuid, args.limit_price, "sell");
  need(most > 0n && (args.allow_partial || args.alpha_amount <= most), "SlippageTooHigh");
  return args.alpha_amount <= most ? args : { ...args, alpha_amount: most };
};

export const stakeMoveCalls: CallHandlers = {
  move_stake: moveStake,
  move_stake_limit: (execution: Execution, origin: Origin, args: MoveArgs & LimitArgs) =>
    moveStake(execution, origin, capped<MoveArgs>(execution, args)),
  swap_stake: swapStake,
  swap_stake_limit: (execution: Execution, origin: Origin, args: SwapArgs & LimitArgs) =>
    swapStake(execution, origin, capped<SwapArgs>(execution, args)),
  transfer_stake: (execution: Execution, origin: Origin, args: SwapArgs & { destination_coldkey: string }) => {
    const { state } = execution;
    const coldkey = ensureSigned(origin);
    const { hotkey, destination_coldkey, origin_netuid, destination_netuid } = args;
    needSubnet(state, origin_netuid);
    needSubnet(state, destination_netuid);
    need(
      TransferToggle.get(state, origin_netuid) && TransferToggle.get(state, destination_netuid),
      "TransferDisallowed",
    );
    const taoRao = move(execution, {
      fromColdkey: coldkey,
      toColdkey: destination_coldkey,
      fromHotkey: hotkey,
      toHotkey: hotkey,
      fromNetuid: origin_netuid,
      toNetuid: destination_netuid,
      alphaRao: args.alpha_amount,
    });
    execution.emit("SubtensorModule", "StakeTransferred", [
      coldkey,
      destination_coldkey,
      hotkey,
      origin_netuid,
      destination_netuid,
      taoRao,
    ]);
  },
};
