import { withRoom } from "../mechanism/columns.ts";
import { compareInstants, type Instant } from "../mechanism/instant.ts";
import { Scoreboard } from "../mechanism/settle.ts";
import type { FullBatch } from "./batch.ts";
import type { ExplainedTask } from "./explained-task.ts";
import type { IdHash } from "./id-hash.ts";
import { type LoadedSlice, type LoadReport, RecordLoader } from "./record-loader.ts";
import type { RecordWalk } from "./record-walk.ts";
import type { ScoringJob } from "./scoring-job.ts";
import type { SlicePlan } from "./slice-plan.ts";
import { TapeWalk } from "./task-tape.ts";

/** What the valid tasks of a batch or slice came to, apart from the scores, which stay on the boards until the end. */
export interface ScoredTasks {
  /** Four numbers for each valid task: fingerprint (two halves), start in the batch, end. */
  readonly valid: Uint32Array;
  /** Lines or records before each valid task in the batch. */
  readonly offsets: Uint32Array;
  /** The newest end of a task of the wanted interval. */
  readonly newest: Instant | null;
  /** Rows with the index of their task among the valid. */
  readonly explained: readonly { readonly task: number; readonly row: ExplainedTask }[];
}

export type BatchOutcome = ScoredTasks & LoadReport;

/** What became of a slice; states as in `LoadedSlice`. */
export type ScoredSlice =
  | Exclude<LoadedSlice, { readonly state: "loaded" }>
  | {
      readonly state: "scored";
      readonly from: number;
      readonly to: number;
      readonly base: number;
      readonly outcome: BatchOutcome;
    };

/** Scores batch after batch: from their bytes, or from tapes of tasks that another thread has read. */
export class BatchScorer {
  readonly boards: readonly Scoreboard[];
  readonly #job: ScoringJob;
  readonly #loader: RecordLoader;
  /** Room for what an outcome lists. */
  #valid = new Uint32Array(4 * 1_024);
  #offsets = new Uint32Array(1_024);
  #count = 0;
  #newest: Instant | null = null;
  #explained: { task: number; row: ExplainedTask }[] = [];
  #only: ReadonlySet<number> | undefined;

  /** @param module - See `scannerModule`. */
  constructor(job: ScoringJob, module: WebAssembly.Module) {
    this.#job = job;
    this.#loader = new RecordLoader({ ...job, ids: job.explain !== undefined }, module);
    this.boards = job.boards.map(({ rules, time }) => new Scoreboard(rules, time, this.#loader.ballot));
  }

  /** The number of a hotkey in this scorer's table. */
  idOf(hotkey: string): number {
    return this.#loader.ballot.hotkeys.idOf(hotkey);
  }

  /**
   * Scores a batch. Without `skipInvalid` it stops at the first problem: nothing of such a log is used.
   *
   * @param only - Only records that begin at these bytes.
   */
  run(batch: FullBatch, only?: ReadonlySet<number>): BatchOutcome {
    this.#begin(only);
    const report = this.#loader.load(batch, this.#onTask);
    return { ...report, ...this.#outcome() };
  }

  /** Reads and scores a slice, else as {@link run}. */
  runSlice(plan: SlicePlan, index: number, only?: ReadonlySet<number>): ScoredSlice {
    this.#begin(only);
    const slice = this.#loader.loadSlice(plan, index, this.#onTask);
    if (slice.state !== "loaded") return slice;
    const { from, to, base, report } = slice;
    return { state: "scored", from, to, base, outcome: { ...report, ...this.#outcome() } };
  }

  /**
   * Scores what another thread has read.
   *
   * @param translation - For each number on the tape that of the hotkey here.
   */
  runTape(tape: Uint8Array, translation: Int32Array): ScoredTasks {
    this.#begin(undefined);
    const { memory } = this.#loader;
    const walk = new TapeWalk(memory, tape, translation);
    while (walk.next()) this.#onTask(walk, memory.hash);
    return this.#outcome();
  }

  #begin(only: ReadonlySet<number> | undefined): void {
    this.#only = only;
    this.#count = 0;
    this.#newest = null;
    this.#explained = [];
  }

  readonly #onTask = (walk: RecordWalk, hash: IdHash): void => {
    if (this.#only !== undefined && !this.#only.has(walk.start)) return;
    const { ballot } = this.#loader;
    const { interval, explain } = this.#job;
    if (interval === undefined || ballot.interval === interval) {
      for (const board of this.boards) board.addLoaded();
      if (this.#newest === null || compareInstants(ballot.expiresAt, this.#newest) > 0) {
        this.#newest = { seconds: ballot.expiresAt.seconds, nanos: ballot.expiresAt.nanos };
      }
      if (explain !== undefined) this.#explain(explain, this.#count, this.#explained);
    }
    this.#list(hash, walk);
  };

  #list({ high, low }: IdHash, { start, end, offset }: RecordWalk): void {
    const index = this.#count++;
    if (index === this.#offsets.length) {
      this.#offsets = withRoom(this.#offsets, index + 1);
      this.#valid = withRoom(this.#valid, 4 * (index + 1));
    }
    this.#offsets[index] = offset;
    this.#valid[4 * index] = high;
    this.#valid[4 * index + 1] = low;
    this.#valid[4 * index + 2] = start;
    this.#valid[4 * index + 3] = end;
  }

  #outcome(): ScoredTasks {
    return {
      valid: this.#valid.slice(0, 4 * this.#count),
      offsets: this.#offsets.slice(0, this.#count),
      newest: this.#newest,
      explained: this.#explained,
    };
  }

  #explain(hotkey: string, task: number, out: { task: number; row: ExplainedTask }[]): void {
    const score = this.boards[0]?.scorer.toScore();
    if (score === undefined) return;
    for (const entry of score.entries) {
      const { role, earned, reason } = entry;
      if (entry.hotkey !== hotkey || reason === null) continue;
      out.push({ task, row: { id: score.id, kind: score.kind, role, earned, reason } });
    }
  }
}
