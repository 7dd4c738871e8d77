import { isEpochDue } from "../../../yuma/schedule.ts";
import type { ReadableState } from "../../engine/state.ts";
import { BlocksSinceLastStep, LastEpochBlock, PendingEpochAt, SubnetEpochIndex, Tempo } from "./storage.ts";

/** Whether the subnet's epoch runs at the beginning of this block. */
export const isDue = (state: ReadableState, netuid: number, block: number): boolean =>
  isEpochDue(
    {
      tempoBlocks: Tempo.get(state, netuid),
      pendingEpochAt: Number(PendingEpochAt.get(state, netuid)),
      lastEpochBlock: Number(LastEpochBlock.get(state, netuid)),
      blocksSinceLastStep: Number(BlocksSinceLastStep.get(state, netuid)),
    },
    block,
  );

/** The epoch an extrinsic in this block belongs to, once the block has begun. */
export const epochIndex = (state: ReadableState, netuid: number): bigint => SubnetEpochIndex.get(state, netuid);

/** The epoch of a block that has not begun: one more if it will begin with an epoch. */
export const epochIndexAt = (state: ReadableState, netuid: number, block: number): bigint =>
  SubnetEpochIndex.get(state, netuid) + (isDue(state, netuid, block) ? 1n : 0n);

/** The block of the next epoch; undefined where the tempo is 0. */
export function nextEpochBlock(state: ReadableState, netuid: number, block: number): number | undefined {
  const tempo = Tempo.get(state, netuid);
  if (tempo === 0) return undefined;
  const regular = Number(LastEpochBlock.get(state, netuid)) + tempo;
  const pending = Number(PendingEpochAt.get(state, netuid));
  return Math.max(block + 1, pending > 0 ? Math.min(pending, regular) : regular);
}
