import { ColosseumError, ExitCode } from "../base/errors.ts";

/** A subnet's epoch clock, as the chain keeps it at one block. */
export interface EpochClock {
  readonly block: number;
  readonly lastEpochBlock: number;
  /** 0 where none is asked for. */
  readonly pendingEpochAt: number;
  readonly epochIndex: number;
  /** 0 where the subnet runs no epochs. */
  readonly tempo: number;
  readonly blocksSinceLastStep: number;
}

/** An epoch is run in any case after this many blocks without one. @see subtensor MAX_TEMPO */
const MAX_BLOCKS_WITHOUT_STEP = 50_400;
/** Blocks between the reveal epoch's first block and the one whose pulse is surely in the past. */
const INGEST_MARGIN_BLOCKS = 3;

/** A subnet whose epochs never run: nothing committed there would ever be revealed. */
export class NoEpochsError extends ColosseumError {
  constructor() {
    super("The subnet runs no epochs (its tempo is 0), so nothing committed there would be revealed.", {
      code: "weights.no-epochs",
      exitCode: ExitCode.refused,
      hint: "The owner sets a tempo first; see: colosseum subnet hyperparameters --netuid N",
    });
  }
}

const runsAt = (clock: EpochClock, block: number): boolean =>
  (clock.pendingEpochAt > 0 && block >= clock.pendingEpochAt) ||
  clock.blocksSinceLastStep > MAX_BLOCKS_WITHOUT_STEP ||
  block - clock.lastEpochBlock >= clock.tempo;

/** The clock after the next block. */
function step(clock: EpochClock): EpochClock {
  const block = clock.block + 1;
  if (runsAt(clock, block)) {
    return {
      ...clock,
      block,
      lastEpochBlock: block,
      pendingEpochAt: 0,
      epochIndex: clock.epochIndex + 1,
      blocksSinceLastStep: 0,
    };
  }
  return { ...clock, block, blocksSinceLastStep: clock.blocksSinceLastStep + 1 };
}

/** The epoch that a commit included in the next block belongs to. @throws {@link NoEpochsError} */
export function commitEpoch(clock: EpochClock): number {
  if (clock.tempo === 0) throw new NoEpochsError();
  return clock.epochIndex + (runsAt(clock, clock.block + 1) ? 1 : 0);
}

/**
 * The first block of a later epoch.
 *
 * @param epoch - Its index; at least the one of the next block.
 * @throws {@link NoEpochsError}
 */
export function firstBlockOfEpoch(clock: EpochClock, epoch: number): number {
  if (clock.tempo === 0) throw new NoEpochsError();
  let state = clock;
  while (state.epochIndex < epoch) {
    const next = step(state);
    // Between epochs nothing but the two counters moves, so the blocks until the next one are taken at once.
    if (next.epochIndex === state.epochIndex) {
      const target = Math.min(
        state.lastEpochBlock + state.tempo,
        state.pendingEpochAt > 0 ? state.pendingEpochAt : Number.POSITIVE_INFINITY,
        state.block + MAX_BLOCKS_WITHOUT_STEP + 2 - state.blocksSinceLastStep,
      );
      const skipped = Math.max(1, target - 1 - state.block);
      state = { ...state, block: state.block + skipped, blocksSinceLastStep: state.blocksSinceLastStep + skipped };
      continue;
    }
    state = next;
  }
  return state.block;
}

/** The beacon that opens timelocked weights. */
export interface BeaconTiming {
  /** Seconds since the Unix epoch. */
  readonly genesisTime: number;
  readonly periodSeconds: number;
}

export interface RevealPlan {
  /** Index of the epoch in which the chain opens the commit. */
  readonly epoch: number;
  readonly firstRevealBlock: number;
  /** First block by which the round's pulse is surely there. */
  readonly ingestBlock: number;
  readonly round: number;
}

/**
 * When a commit included in the next block will be revealed, and the beacon's round that must have happened by then.
 *
 * @param nowMs - The chain's time at `clock.block`.
 * @param blockTimeMs - Measured.
 * @throws {@link NoEpochsError}
 * @see bittensor-core 0.1.5 timelock/epoch_schedule.rs; 18 vectors in test/vectors/timelock.json.
 */
export function planReveal(
  clock: EpochClock,
  revealPeriodEpochs: number,
  nowMs: number,
  blockTimeMs: number,
  beacon: BeaconTiming,
): RevealPlan {
  const epoch = commitEpoch(clock) + revealPeriodEpochs;
  const firstRevealBlock = firstBlockOfEpoch(clock, epoch);
  const ingestBlock = firstRevealBlock + INGEST_MARGIN_BLOCKS;
  const ingestAt = nowMs / 1_000 + ((ingestBlock - clock.block) * blockTimeMs) / 1_000;
  const round = Math.max(1, Math.floor((ingestAt - beacon.genesisTime) / beacon.periodSeconds));
  return { epoch, firstRevealBlock, ingestBlock, round };
}

/**
 * The round to lock a commit to: the plan's own, which lies before the reveal. Where blocks are faster than rounds the
 * reveal may be so near that this round is past, and the chain takes no past one; then it is the newest that the chain
 * has seen. That one hides nothing any more, but it opens in time, and a later one might miss the epoch.
 *
 * @param lastStoredRound - Newest round of the chain at the block of the plan; 0 where it has seen none.
 */
export const roundToLockTo = (plan: RevealPlan, lastStoredRound: number): number =>
  Math.max(plan.round, lastStoredRound);
