import type { ScoreboardParts } from "../mechanism/settle.ts";
import type { FullBatch } from "./batch.ts";
import { BatchScorer, type ScoringJob, type SliceOutcome } from "./batch-scorer.ts";
import { scannerModule } from "./scanner-module.ts";
import { type ScoredBatch, ScoringLane, type SliceWork } from "./scoring-lane.ts";
import { type SlicePlan, sliceCount } from "./slice-plan.ts";

/** Batches that wait in a worker: one in work, one so that it need not wait for the next. */
const QUEUE = 2;
/** Scored batches that may wait for one before them; their buffers are all that the memory of a replay grows by. */
const AHEAD = 16;

/**
 * Scores in this thread and, for large logs, in workers beside it: this one starts at once while workers still start
 * up, and it takes what they have no room for.
 */
export class ScoringPool implements AsyncDisposable {
  readonly #lanes: readonly ScoringLane[];
  readonly #local: BatchScorer;

  /** @param threads - At least 1, this one among them. */
  constructor(job: ScoringJob, threads: number) {
    this.#lanes = Array.from({ length: threads - 1 }, () => new ScoringLane(job));
    this.#local = new BatchScorer(job, scannerModule());
  }

  /** How many batches may be scored and not yet taken. */
  get width(): number {
    return this.#lanes.length === 0 ? 1 : this.#lanes.length * QUEUE + AHEAD;
  }

  async score(batch: FullBatch): Promise<ScoredBatch> {
    const free = this.#lanes.find((lane) => lane.waiting < QUEUE);
    return free === undefined ? { batch, outcome: this.#local.run(batch) } : free.score(batch);
  }

  /** Scores the slices of a plan, whoever comes first; they are yielded in their order. */
  async *scoreSlices(plan: SlicePlan): AsyncGenerator<SliceOutcome> {
    const count = sliceCount(plan);
    const work: SliceWork = { plan, next: new Int32Array(new SharedArrayBuffer(4)) };
    const done = new Map<number, SliceOutcome>();
    let failure: Error | undefined;
    let wake: () => void = () => undefined;
    for (const lane of this.#lanes) {
      lane.onSlice = ({ index, slice }) => {
        done.set(index, slice);
        wake();
      };
      lane.onFailure = (error) => {
        failure ??= error;
        wake();
      };
      lane.join(work);
    }
    try {
      for (let wanted = 0; wanted < count; ) {
        if (failure !== undefined) throw failure;
        const slice = done.get(wanted);
        if (slice !== undefined) {
          done.delete(wanted++);
          yield slice;
          continue;
        }
        const index = Atomics.add(work.next, 0, 1);
        if (index < count) done.set(index, this.#local.runSlice(plan, index));
        // Messages of the workers arrive between two slices of our own.
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (index < count) setImmediate(resolve);
        });
      }
    } finally {
      Atomics.store(work.next, 0, count);
    }
  }

  /** The boards of every scorer; call once all is scored. */
  async finish(): Promise<ScoreboardParts[][]> {
    return [this.#local.parts(), ...(await Promise.all(this.#lanes.map((lane) => lane.finish())))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }
}
