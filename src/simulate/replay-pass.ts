import { readSync } from "node:fs";
import { availableParallelism } from "node:os";
import { ColosseumError } from "../base/errors.ts";
import { compareInstants, type Instant } from "../mechanism/instant.ts";
import { DEFAULT_PRESET, type RuleSet, ruleSetNamed } from "../mechanism/rule-set.ts";
import type { TaskLogHeader } from "../mechanism/task-log.ts";
import { showFound } from "../mechanism/task-problem.ts";
import type { SlicesBatch } from "./batch.ts";
import { type BatchOutcome, BatchScorer, type ScoredSlice } from "./batch-scorer.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ExplainedTask } from "./explained-task.ts";
import { IdSet } from "./id-hash.ts";
import { LogBatches } from "./log-batches.ts";
import { InvalidLogError, nothingValid } from "./log-error.ts";
import { type BatchPlace, brokenError, placeOf } from "./log-place.ts";
import { RecordReader } from "./record-reader.ts";
import { needsNewest, type Replay, type ReplayOptions } from "./replay-options.ts";
import { scannerModule } from "./scanner-module.ts";
import { type ScoringJob, scoringJob } from "./scoring-job.ts";
import { type ScoredBatch, ScoringPool } from "./scoring-pool.ts";
import { type SlicePlan, sliceAt } from "./slice-plan.ts";

/** A smaller log is scored before a worker has started and its code is compiled. */
const WORKERS_PAY_BYTES = 64 * 1_024 * 1_024;
/** Bytes of a task with ten votes. */
const USUAL_TASK_BYTES = 1_600;
/** With more the one that scores is what the others wait for. */
const MOST_THREADS = 4;

/** A part of the log that was scored: where it is, and its bytes again, for the rare record that is looked at twice. */
interface ScoredPart {
  readonly place: BatchPlace;
  /** The bytes of a record. */
  read(start: number, end: number): Uint8Array;
  /** Scores only the records that begin at these bytes; returns the newest end among them. */
  score(scorer: BatchScorer, only: ReadonlySet<number>): Instant | null;
}

/** One reading of the log from its first byte to its last. */
export class ReplayPass {
  rules: readonly RuleSet[];
  newest: Instant | undefined;
  /** Told before the second batch whether the log may have to be read once more. */
  onDecided: (again: boolean) => void = () => undefined;
  readonly #options: ReplayOptions;
  readonly #source: ByteSource;
  readonly #log: LogBatches;
  readonly #known: readonly RuleSet[] | undefined;
  readonly #end: Instant | undefined;
  readonly #ids: IdSet;
  readonly #explained: ExplainedTask[] = [];
  #tasks = 0;
  /** Lines or tasks in slices taken so far, which a batch's own place leaves out. */
  #inSlices = 0;
  #invalid = 0;
  #firstInvalid: ColosseumError | null = null;
  #again: BatchScorer | undefined;
  #job: ScoringJob | undefined;

  /**
   * @param rules - Known from an earlier pass.
   * @param newest - The newest end of a task, known from an earlier pass.
   */
  constructor(
    options: ReplayOptions,
    source: ByteSource,
    rules: readonly RuleSet[] | undefined,
    newest: Instant | undefined,
  ) {
    this.#options = options;
    this.#source = source;
    this.#log = new LogBatches(source);
    this.#ids = new IdSet((source.size ?? 0) / USUAL_TASK_BYTES);
    this.#known = rules;
    this.rules = rules ?? [];
    this.#end = options.until ?? newest;
  }

  /** @param slices - Read plain files in slices; the answer is `misfit` if it cannot be told what is in one of them. */
  async run(slices: boolean): Promise<Replay | "misfit"> {
    const log = this.#log;
    const under: Promise<ScoredBatch>[] = [];
    let pool: ScoringPool | undefined;
    try {
      for await (const batch of slices ? log.slicedBatches() : log.batches()) {
        pool ??= this.#start();
        if (batch.kind === "broken" || batch.kind === "slices") {
          for (const scored of under.splice(0)) this.#takeBatch(await scored);
          if (batch.kind === "broken") this.#leaveOut(brokenError(log, batch, this.#inSlices), 1);
          else if (!(await this.#takeSlices(pool, batch))) return "misfit";
          continue;
        }
        const scored = pool.score(batch);
        // A failure is met where it is awaited; until then it must not end the process.
        scored.catch(() => undefined);
        under.push(scored);
        const oldest = under.length >= pool.width ? under.shift() : undefined;
        if (oldest !== undefined) this.#takeBatch(await oldest);
        this.#options.signal?.throwIfAborted();
      }
      for (const scored of under) this.#takeBatch(await scored);
      pool ??= this.#start();
      return this.#finish(pool);
    } finally {
      await pool?.[Symbol.asyncDispose]();
    }
  }

  /** The header is known as far as it stands before the tasks: chooses rules and threads. */
  #start(): ScoringPool {
    const log = this.#log;
    const options = this.#options;
    const end = this.#end;
    const late = options.headerDecides === true && log.shape === "object";
    this.rules = this.#known ?? rulesSoFar(options, log.header, late);
    this.onDecided(this.#known === undefined && (late || needsNewest(this.rules, options.until)));
    this.#job = scoringJob(options, this.rules, end);
    return new ScoringPool(this.#job, this.#threads());
  }

  #threads(): number {
    const { explain, workers } = this.#options;
    // What workers send is numbers; an explanation needs the id of each task.
    if (explain !== undefined) return 1;
    if (workers !== undefined) return Math.max(1, workers);
    const small = this.#source.size !== undefined && this.#source.size < WORKERS_PAY_BYTES;
    return small ? 1 : Math.min(MOST_THREADS, availableParallelism());
  }

  #takeBatch({ batch, outcome }: ScoredBatch): void {
    this.#take(outcome, {
      place: batch.kind === "lines" ? { line: batch.line } : { index: batch.index },
      read: (start, end) => batch.bytes.slice(start, end),
      score: (scorer, only) => scorer.run(batch, only).newest,
    });
    this.#log.recycle(batch.bytes.buffer as ArrayBuffer);
    this.#progress(this.#source.consumed());
  }

  /**
   * Scores and takes slices in their order. Each must begin where the one before ended.
   *
   * @returns False if one does not: then nothing of this pass counts.
   */
  async #takeSlices(pool: ScoringPool, { plan, ...place }: SlicesBatch): Promise<boolean> {
    let expected = plan.from;
    let tail: number | undefined;
    let index = 0;
    for await (const slice of pool.scoreSlices(plan)) {
      const { to } = sliceAt(plan, index);
      if (slice.state === "misfit") return false;
      if (slice.state === "tail") {
        if (tail !== undefined || slice.position !== expected) return false;
        tail = slice.position;
      } else if (slice.state === "scored") {
        if (tail !== undefined || slice.from !== expected) return false;
        expected = slice.to;
        this.#takeSlice(plan, place, index, slice);
      } else if (tail === undefined && expected < to) return false;
      this.#progress(to);
      this.#options.signal?.throwIfAborted();
      index++;
    }
    if (plan.boundary !== undefined) this.#log.resumeAt(tail ?? expected);
    return true;
  }

  #takeSlice(
    plan: SlicePlan,
    place: BatchPlace,
    index: number,
    slice: ScoredSlice & { readonly state: "scored" },
  ): void {
    this.#take(slice.outcome, {
      place,
      read: (start, end) => {
        const bytes = Buffer.alloc(end - start);
        readSync(plan.fd, bytes, 0, bytes.length, slice.base + start);
        return bytes;
      },
      score: (scorer, only) => {
        const again = scorer.runSlice(plan, index, only);
        return again.state === "scored" ? again.outcome.newest : null;
      },
    });
    this.#inSlices += slice.outcome.count;
  }

  /** Takes a scored part in the log's order, so that the first of two equal ids is the first in the log. */
  #take(outcome: BatchOutcome, part: ScoredPart): void {
    const { valid, offsets } = outcome;
    const twice = new Set<number>();
    for (let i = 0; i < offsets.length; i++) {
      if (!this.#ids.add(valid[i * 4] ?? 0, valid[i * 4 + 1] ?? 0)) twice.add(i);
    }
    const problemAt = outcome.problem?.offset ?? Number.POSITIVE_INFINITY;
    for (const i of twice) {
      if ((offsets[i] ?? 0) < problemAt) this.#leaveOut(this.#duplicateError(outcome, i, part), 1);
      else this.#invalid++;
    }
    if (outcome.problem !== null) {
      const { problem, isJson, offset } = outcome.problem;
      const place = placeOf(this.#log, part.place, offset + this.#inSlices);
      this.#leaveOut(new InvalidLogError(isJson ? "log.bad-task" : "log.not-json", place, problem), outcome.invalid);
    }
    this.#tasks += offsets.length - twice.size;
    for (const { task, row } of outcome.explained) if (!twice.has(task)) this.#explained.push(row);
    const newest = twice.size > 0 ? this.#retract(outcome, twice, part) : outcome.newest;
    if (newest !== null && (this.newest === undefined || compareInstants(newest, this.newest) > 0))
      this.newest = newest;
  }

  #progress(bytes: number): void {
    this.#options.onProgress?.({ bytes, size: this.#source.size, tasks: this.#tasks });
  }

  /** Scores the later ones of equal ids again, to be taken away at the end. Returns the newest end of the others. */
  #retract({ valid, offsets }: BatchOutcome, twice: ReadonlySet<number>, part: ScoredPart): Instant | null {
    if (this.#job === undefined) return null;
    this.#again ??= new BatchScorer(this.#job, scannerModule());
    const starts = (wanted: boolean): Set<number> => {
      const chosen = Array.from(offsets, (_, i) => i).filter((i) => twice.has(i) === wanted);
      return new Set(chosen.map((i) => valid[i * 4 + 2] ?? 0));
    };
    part.score(this.#again, starts(true));
    return part.score(new BatchScorer(this.#job, scannerModule()), starts(false));
  }

  #duplicateError({ valid, offsets }: BatchOutcome, i: number, part: ScoredPart): InvalidLogError {
    const bytes = part.read(valid[i * 4 + 2] ?? 0, valid[i * 4 + 3] ?? 0);
    const read = new RecordReader(bytes, 0, bytes.length).read({ start: 0, end: bytes.length });
    const id = "value" in read ? (read.value as { readonly id: string }).id : "";
    const problem = { path: "id", id, expected: "each task id once", found: `${showFound(id)} again` };
    const place = placeOf(this.#log, part.place, (offsets[i] ?? 0) + this.#inSlices);
    return new InvalidLogError("log.duplicate-id", place, problem);
  }

  #leaveOut(error: ColosseumError, count: number): void {
    if (this.#options.skipInvalid !== true) throw error;
    this.#invalid += count;
    this.#firstInvalid ??= error;
  }

  #finish(pool: ScoringPool): Replay {
    if (this.#tasks === 0 && this.#firstInvalid !== null) throw nothingValid(this.#firstInvalid, this.#invalid);
    const { boards } = pool;
    boards.forEach((board, index) => {
      const again = this.#again?.boards[index];
      if (again !== undefined) board.retract(again);
      board.countSkipped(this.#invalid);
    });
    return {
      header: this.#log.header,
      boards,
      explained: this.#explained,
      invalid: this.#invalid,
      firstInvalid: this.#firstInvalid,
    };
  }
}

/**
 * What the header says as far as it was read. While more of it may stand behind the tasks a setting that does not fit is
 * no error yet: the preset that it belongs to may come, and is asked for at the end.
 */
function rulesSoFar(options: ReplayOptions, header: TaskLogHeader, late: boolean): readonly RuleSet[] {
  try {
    return options.rules(header);
  } catch (error) {
    if (late && error instanceof ColosseumError) return [ruleSetNamed(DEFAULT_PRESET)];
    throw error;
  }
}
