import { Ballot } from "../mechanism/ballot.ts";
import { HotkeyTable } from "../mechanism/hotkey-table.ts";
import type { TaskProblem } from "../mechanism/task-problem.ts";
import type { FullBatch } from "./batch.ts";
import { hashId, type IdHash } from "./id-hash.ts";
import { RecordReader } from "./record-reader.ts";
import { LineWalk, ListWalk, type RecordWalk, SpanWalk } from "./record-walk.ts";
import { type ScanJob, ScannerMemory } from "./scanner-memory.ts";
import type { SlicePlan } from "./slice-plan.ts";
import { readSlice } from "./slice-reader.ts";
import { TaskScanner } from "./task-scanner.ts";

export interface LoadJob extends ScanJob {
  readonly skipInvalid: boolean;
  /** Whether the ballot's `id` is wanted of every task. */
  readonly ids: boolean;
}

/** What was found on the way through a batch or slice. */
export interface LoadReport {
  /** Lines, or records valid or not. */
  readonly count: number;
  readonly invalid: number;
  /** The first problem. */
  readonly problem: { readonly offset: number; readonly isJson: boolean; readonly problem: TaskProblem } | null;
}

/** What became of a slice; states as in `ReadSlice`. Positions are in the file. */
export type LoadedSlice =
  | { readonly state: "nothing" }
  | { readonly state: "tail"; readonly position: number }
  | { readonly state: "misfit" }
  | {
      readonly state: "loaded";
      /** Where its first record begins, and the first one after it. */
      readonly from: number;
      readonly to: number;
      /** Where the bytes begin from which places in it are counted. */
      readonly base: number;
      readonly report: LoadReport;
    };

/**
 * Told of each valid task, which is in the ballot.
 *
 * @param hash - The fingerprint of its id.
 * @param general - Whether it was loaded by `JSON.parse`.
 */
export type OnTask = (walk: RecordWalk, hash: IdHash, general: boolean) => void;

/** Loads the tasks of batches and slices into a ballot, one after the other. */
export class RecordLoader {
  readonly ballot = new Ballot(new HotkeyTable());
  readonly memory: ScannerMemory;
  readonly #job: LoadJob;
  readonly #scanner: TaskScanner;
  readonly #hash: IdHash = { high: 0, low: 0 };

  /** @param module - See `scannerModule`. */
  constructor(job: LoadJob, module: WebAssembly.Module) {
    this.#job = job;
    this.memory = new ScannerMemory(this.ballot, job, module);
    this.#scanner = new TaskScanner(this.memory, job.ids);
  }

  /** Loads a batch. Without `skipInvalid` it stops at the first problem: nothing of such a log is used. */
  load(batch: FullBatch, onTask: OnTask): LoadReport {
    const [from, to] = batch.kind === "records" ? [0, batch.spans.at(-1) ?? 0] : [batch.from, batch.to];
    const bytes = this.memory.room(to);
    bytes.set(batch.bytes.subarray(0, to));
    this.memory.open(to);
    const reader = new RecordReader(bytes, from, to);
    const scanner = reader.isUtf8 ? this.#scanner : undefined;
    const walk = batch.kind === "lines" ? new LineWalk(scanner, bytes, from, to) : new SpanWalk(scanner, bytes, batch);
    return this.#each(walk, reader, onTask);
  }

  /** Reads a slice and loads it, else as {@link load}. */
  loadSlice(plan: SlicePlan, index: number, onTask: OnTask): LoadedSlice {
    const slice = readSlice(plan, index, (length) => this.memory.room(length));
    if (slice.state !== "records") return slice;
    const { bytes, start, end, base } = slice;
    this.memory.open(slice.length);
    const reader = new RecordReader(bytes, start, end);
    const scanner = reader.isUtf8 ? this.#scanner : undefined;
    const lines = plan.boundary === undefined;
    const walk = lines ? new LineWalk(scanner, bytes, start, end) : new ListWalk(scanner, bytes, start, end);
    const report = this.#each(walk, reader, onTask);
    if (walk instanceof ListWalk && walk.misfit) return { state: "misfit" };
    return { state: "loaded", from: base + start, to: base + end, base, report };
  }

  #each(walk: RecordWalk, reader: RecordReader, onTask: OnTask): LoadReport {
    const { until, skipInvalid, seed } = this.#job;
    let invalid = 0;
    let first: LoadReport["problem"] = null;
    while (walk.next()) {
      if (walk.loaded) {
        onTask(walk, this.memory.hash, false);
        continue;
      }
      const read = reader.read(walk);
      const problem = "problem" in read ? read.problem : this.ballot.load(read.value, false, until);
      if (problem === null) {
        hashId(this.ballot.id, seed, this.#hash);
        onTask(walk, this.#hash, true);
        continue;
      }
      first ??= { offset: walk.offset, isJson: !("problem" in read), problem };
      invalid++;
      if (!skipInvalid) break;
    }
    return { count: walk.count, invalid, problem: first };
  }
}
