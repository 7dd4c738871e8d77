import { burnAfterBlock, burnDecayFactor } from "../../../yuma/registration.ts";
import type { Execution } from "../../engine/execution.ts";
import { accrue, subnetsOf, updateMovingPrices } from "./emission.ts";
import { runSubnetEpoch } from "./epoch.ts";
import { isDue } from "./epoch-clock.ts";
import { burnSettings } from "./registration.ts";
import { applyPendingChildren } from "./relations.ts";
import {
  BlocksSinceLastStep,
  Burn,
  BurnRegistrationsThisInterval,
  LastEpochBlock,
  MaxEpochsPerBlock,
  PendingEpochAt,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  SubnetEpochIndex,
} from "./storage.ts";
import { revealTimelocked } from "./timelock-commits.ts";

/** The bisection behind a decay factor is dear; half lives are few. */
const factors = new Map<number, bigint>();
const factorOf = (halfLifeBlocks: number): bigint => {
  const known = factors.get(halfLifeBlocks) ?? burnDecayFactor(halfLifeBlocks);
  factors.set(halfLifeBlocks, known);
  return known;
};

function decayBurn(execution: Execution, netuid: number): void {
  const { state, blockNumber } = execution;
  if (RegistrationsThisBlock.get(state, netuid) > 0) RegistrationsThisBlock.set(state, [netuid], 0);
  if (blockNumber === 1) return;
  const settings = burnSettings(state, netuid);
  const before = Burn.get(state, netuid);
  const after = burnAfterBlock(before, settings, factorOf(settings.halfLifeBlocks));
  if (after !== before) Burn.set(state, [netuid], after);
}

/**
 * What subtensor does before a block's extrinsics: burn prices, timelocked reveals, emission, due epochs, moving
 * prices, children whose time has come.
 *
 * @see node-subtensor spec 425, block_step; the order is the real one.
 */
export function stepSubtensor(execution: Execution): void {
  const { state, blockNumber } = execution;
  const subnets = subnetsOf(state);
  for (const netuid of subnets) decayBurn(execution, netuid);
  for (const netuid of subnets) revealTimelocked(execution, netuid);
  accrue(execution);
  const ran: number[] = [];
  let room = MaxEpochsPerBlock.get(state);
  for (const netuid of subnets) {
    if (!isDue(state, netuid, blockNumber)) {
      BlocksSinceLastStep.update(state, [netuid], (blocks) => blocks + 1n);
      continue;
    }
    if (room === 0) {
      BlocksSinceLastStep.update(state, [netuid], (blocks) => blocks + 1n);
      execution.emit("SubtensorModule", "EpochDeferred", {
        netuid,
        from_block: BigInt(blockNumber),
        to_block: BigInt(blockNumber + 1),
      });
      continue;
    }
    room--;
    LastEpochBlock.set(state, [netuid], BigInt(blockNumber));
    PendingEpochAt.set(state, [netuid], 0n);
    SubnetEpochIndex.update(state, [netuid], (index) => index + 1n);
    BlocksSinceLastStep.set(state, [netuid], 0n);
    RegistrationsThisInterval.set(state, [netuid], 0);
    BurnRegistrationsThisInterval.set(state, [netuid], 0);
    runSubnetEpoch(execution, netuid);
    ran.push(netuid);
  }
  updateMovingPrices(execution);
  for (const netuid of ran) applyPendingChildren(execution, netuid);
}
