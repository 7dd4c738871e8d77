/** Blocks without a step after which an epoch runs whatever the tempo says: the largest tempo an owner may set. */
const MAX_BLOCKS_WITHOUT_STEP = 50_400;

export interface ScheduleState {
  readonly tempoBlocks: number;
  /** A pending epoch's block, set by a tempo change; 0 for none. */
  readonly pendingEpochAt: number;
  /** LastEpochBlock. */
  readonly lastEpochBlock: number;
  readonly blocksSinceLastStep: number;
}

/** Whether a subnet's epoch runs in this block's initialisation; a tempo of 0 never runs. At most two run per block. */
export function isEpochDue(state: ScheduleState, block: number): boolean {
  if (state.tempoBlocks === 0) return false;
  return (
    (state.pendingEpochAt > 0 && block >= state.pendingEpochAt) ||
    state.blocksSinceLastStep > MAX_BLOCKS_WITHOUT_STEP ||
    block - state.lastEpochBlock >= state.tempoBlocks
  );
}

/** LastEpochBlock of a subnet registered in this block: epochs of different subnets fall on different blocks. */
export const firstEpochBase = (block: number, netuid: number, tempoBlocks: number): number =>
  block - (tempoBlocks === 0 ? 0 : netuid % tempoBlocks);
