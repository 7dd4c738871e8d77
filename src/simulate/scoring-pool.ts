import type { Scoreboard } from "../mechanism/settle.ts";
import type { FullBatch } from "./batch.ts";
import { type BatchOutcome, BatchScorer, type ScoredSlice } from "./batch-scorer.ts";
import { type LaneAnswer, NEXT, ReadingLane, SCORED, type SliceAnswer, type SliceWork } from "./reading-lane.ts";
import { scannerModule } from "./scanner-module.ts";
import type { ScoringJob } from "./scoring-job.ts";
import { type SlicePlan, sliceCount } from "./slice-plan.ts";
import { Translation } from "./task-tape.ts";

/** Batches that wait in a worker: one in work, one so that it need not wait for the next. */
const QUEUE = 2;
/** Batches or slices that may wait for one before them: all that the memory of a replay grows by. */
const AHEAD = 16;

export interface ScoredBatch {
  readonly batch: FullBatch;
  readonly outcome: BatchOutcome;
}

interface Lane {
  readonly worker: ReadingLane;
  /** The worker's hotkeys in the scorer's numbers. */
  readonly translation: Translation;
}

/**
 * Scores in this thread what workers have read, and reads itself while nothing of theirs is there: it starts at once
 * while they still start up. Scoring stays in one thread, where it is compiled once.
 */
export class ScoringPool implements AsyncDisposable {
  readonly #lanes: readonly Lane[];
  readonly #scorer: BatchScorer;
  /** Whether workers read a file that somebody may close. */
  #reading = false;

  /** @param threads - At least 1, this one among them. */
  constructor(job: ScoringJob, threads: number) {
    this.#scorer = new BatchScorer(job, scannerModule());
    const { seed, skipInvalid, until } = job;
    const load = { seed, skipInvalid, ids: false, ...(until === undefined ? {} : { until }) };
    this.#lanes = Array.from({ length: threads - 1 }, () => {
      const lane = { worker: new ReadingLane(load), translation: new Translation() };
      lane.worker.onAnswer = ({ tape }) => this.#learn(lane, tape.names);
      return lane;
    });
  }

  /** What was scored so far. */
  get boards(): readonly Scoreboard[] {
    return this.#scorer.boards;
  }

  /** How many batches may be scored and not yet taken. */
  get width(): number {
    return this.#lanes.length === 0 ? 1 : this.#lanes.length * QUEUE + AHEAD;
  }

  async score(batch: FullBatch): Promise<ScoredBatch> {
    const free = this.#lanes.find(({ worker }) => worker.waiting < QUEUE);
    if (free === undefined) return { batch, outcome: this.#scorer.run(batch) };
    const { batch: back, report, tape } = await free.worker.read(batch);
    if (tape.bytes === undefined) return { batch: back, outcome: this.#scorer.run(back) };
    return { batch: back, outcome: { ...report, ...this.#scorer.runTape(tape.bytes, free.translation.ids) } };
  }

  /** Scores the slices of a plan; they are yielded in their order. */
  async *scoreSlices(plan: SlicePlan): AsyncGenerator<ScoredSlice> {
    const count = sliceCount(plan);
    const work: SliceWork = { plan, state: new Int32Array(new SharedArrayBuffer(8)), ahead: AHEAD };
    const read: (() => void)[] = [];
    const done = new Map<number, ScoredSlice>();
    let failure: Error | undefined;
    let wake: () => void = () => undefined;
    const finish = (index: number, slice: ScoredSlice): void => {
      done.set(index, slice);
      Atomics.add(work.state, SCORED, 1);
      Atomics.notify(work.state, SCORED);
    };
    for (const lane of this.#lanes) {
      lane.worker.onAnswer = (answer: LaneAnswer) => {
        this.#learn(lane, answer.tape.names);
        if ("slice" in answer) read.push(() => finish(answer.index, this.#scoreAnswer(plan, answer, lane)));
        wake();
      };
      lane.worker.onFailure = (error) => {
        failure ??= error;
        wake();
      };
      lane.worker.join(work);
    }
    this.#reading = true;
    try {
      for (let wanted = 0; wanted < count; ) {
        if (failure !== undefined) throw failure;
        const slice = done.get(wanted);
        const next = read.shift();
        if (slice !== undefined) {
          done.delete(wanted++);
          this.#reading = wanted < count;
          yield slice;
        }
        if (next !== undefined) next();
        if (slice !== undefined || next !== undefined) continue;
        // Messages of the workers arrive between two turns; only if there are none is there time to read.
        await new Promise((resolve) => setImmediate(resolve));
        if (read.length > 0 || failure !== undefined) continue;
        const index = Atomics.add(work.state, NEXT, 1);
        if (index < count) finish(index, this.#scorer.runSlice(plan, index));
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      Atomics.store(work.state, NEXT, count);
      Atomics.store(work.state, SCORED, count);
      Atomics.notify(work.state, SCORED);
    }
  }

  /** Ends the workers; idle ones are not waited for, which would be 10 ms of every replay. */
  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = Promise.all(this.#lanes.map(({ worker }) => worker.stop()));
    if (this.#reading) await stopped;
  }

  #scoreAnswer(plan: SlicePlan, { index, slice, tape }: SliceAnswer, lane: Lane): ScoredSlice {
    if (slice.state !== "loaded") return slice;
    if (tape.bytes === undefined) return this.#scorer.runSlice(plan, index);
    const { from, to, base, report } = slice;
    const outcome = { ...report, ...this.#scorer.runTape(tape.bytes, lane.translation.ids) };
    return { state: "scored", from, to, base, outcome };
  }

  #learn({ translation }: Lane, names: readonly string[]): void {
    for (const name of names) translation.add(this.#scorer.idOf(name));
  }
}
