import { Ballot } from "../mechanism/ballot.ts";
import { withRoom } from "../mechanism/columns.ts";
import { HotkeyTable } from "../mechanism/hotkey-table.ts";
import type { Instant } from "../mechanism/instant.ts";
import { compareInstants } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import { Scoreboard, type ScoreboardParts } from "../mechanism/settle.ts";
import type { TaskKind } from "../mechanism/task-log.ts";
import type { TaskProblem } from "../mechanism/task-problem.ts";
import type { Reason, Role, ScoringTime } from "../mechanism/task-score.ts";
import type { FullBatch } from "./batch.ts";
import { hashId, type IdHash } from "./id-hash.ts";
import { RecordReader } from "./record-reader.ts";
import { LineWalk, ListWalk, type RecordWalk, SpanWalk } from "./record-walk.ts";
import type { SlicePlan } from "./slice-plan.ts";
import { readSlice } from "./slice-reader.ts";
import { TaskScanner } from "./task-scanner.ts";

/** What is to be done with every batch; plain data, handed to each worker once. */
export interface ScoringJob {
  /** Each task is scored by each of these. */
  readonly boards: readonly { readonly rules: RuleSet; readonly time: ScoringTime }[];
  /** Votes after it do not exist; the same in each board's time. */
  readonly until?: Instant;
  readonly interval?: number;
  /** Collect what this hotkey earned and why, by the first rule set. */
  readonly explain?: string;
  readonly skipInvalid: boolean;
  /** Seed of the fingerprints of ids. */
  readonly seed: number;
}

/** One line of `--explain`. */
export interface ExplainedTask {
  readonly id: string;
  readonly kind: TaskKind;
  readonly role: Role;
  readonly earned: number;
  readonly reason: Reason;
}

/** What a batch or slice came to, apart from the scores, which stay on the boards until the end. */
export interface BatchOutcome {
  /** Four numbers for each valid task: fingerprint (two halves), start in the batch, end. */
  readonly valid: Uint32Array;
  /** Lines or records before each valid task in the batch. */
  readonly offsets: Uint32Array;
  /** Lines, or records valid or not. */
  readonly count: number;
  readonly invalid: number;
  /** The first problem of the batch. */
  readonly problem: { readonly offset: number; readonly isJson: boolean; readonly problem: TaskProblem } | null;
  /** The newest end of a task of the wanted interval. */
  readonly newest: Instant | null;
  /** Rows with the index of their task among the valid. */
  readonly explained: readonly { readonly task: number; readonly row: ExplainedTask }[];
}

/** What became of a slice; states as in `ReadSlice`. Positions are in the file. */
export type SliceOutcome =
  | { readonly state: "nothing" }
  | { readonly state: "tail"; readonly position: number }
  | { readonly state: "misfit" }
  | {
      readonly state: "scored";
      /** Where its first record begins, and the first one after it. */
      readonly from: number;
      readonly to: number;
      /** Where the bytes begin from which places in the outcome are counted. */
      readonly base: number;
      readonly outcome: BatchOutcome;
    };

/** Parses, checks and scores batch after batch. One lives in each worker, and one in the main thread. */
export class BatchScorer {
  readonly boards: readonly Scoreboard[];
  readonly #job: ScoringJob;
  readonly #ballot = new Ballot(new HotkeyTable());
  readonly #scanner: TaskScanner;
  /** Room for what an outcome lists. */
  #valid = new Uint32Array(4 * 1_024);
  #offsets = new Uint32Array(1_024);

  /** @param module - See `scannerModule`. */
  constructor(job: ScoringJob, module: WebAssembly.Module) {
    this.#job = job;
    const { until, seed } = job;
    const ids = job.explain !== undefined;
    this.#scanner = new TaskScanner(this.#ballot, { ...(until === undefined ? {} : { until }), seed, ids }, module);
    this.boards = job.boards.map(({ rules, time }) => new Scoreboard(rules, time, this.#ballot));
  }

  /**
   * Scores a batch. Without `skipInvalid` it stops at the first problem: nothing of such a log is used.
   *
   * @param only - Only records that begin at these bytes.
   */
  run(batch: FullBatch, only?: ReadonlySet<number>): BatchOutcome {
    const [from, to] = batch.kind === "records" ? [0, batch.spans.at(-1) ?? 0] : [batch.from, batch.to];
    const bytes = this.#scanner.room(to);
    bytes.set(batch.bytes.subarray(0, to));
    this.#scanner.open(to);
    const reader = new RecordReader(bytes, from, to);
    const scanner = reader.isUtf8 ? this.#scanner : undefined;
    const walk = batch.kind === "lines" ? new LineWalk(scanner, bytes, from, to) : new SpanWalk(scanner, bytes, batch);
    return this.#score(walk, reader, only);
  }

  /** Reads and scores a slice, else as {@link run}. */
  runSlice(plan: SlicePlan, index: number, only?: ReadonlySet<number>): SliceOutcome {
    const slice = readSlice(plan, index, (length) => this.#scanner.room(length));
    if (slice.state !== "records") return slice;
    const { bytes, start, end, base } = slice;
    this.#scanner.open(slice.length);
    const reader = new RecordReader(bytes, start, end);
    const scanner = reader.isUtf8 ? this.#scanner : undefined;
    const walk =
      plan.boundary === undefined ? new LineWalk(scanner, bytes, start, end) : new ListWalk(scanner, bytes, start, end);
    const outcome = this.#score(walk, reader, only);
    if (walk instanceof ListWalk && walk.misfit) return { state: "misfit" };
    return { state: "scored", from: base + start, to: base + end, base, outcome };
  }

  #score(walk: RecordWalk, reader: RecordReader, only: ReadonlySet<number> | undefined): BatchOutcome {
    const explained: { task: number; row: ExplainedTask }[] = [];
    const ballot = this.#ballot;
    const { until, interval, explain, skipInvalid, seed } = this.#job;
    const fallbackHash = { high: 0, low: 0 };
    let count = 0;
    let invalid = 0;
    let first: BatchOutcome["problem"] = null;
    let newest: Instant | null = null;
    while (walk.next()) {
      if (only !== undefined && !only.has(walk.start)) continue;
      let { hash } = this.#scanner;
      if (!walk.loaded) {
        const read = reader.read(walk);
        const problem = "problem" in read ? read.problem : ballot.load(read.value, false, until);
        if (problem !== null) {
          first ??= { offset: walk.offset, isJson: !("problem" in read), problem };
          invalid++;
          if (!skipInvalid) break;
          continue;
        }
        hash = fallbackHash;
        hashId(ballot.id, seed, hash);
      }
      if (interval === undefined || ballot.interval === interval) {
        for (const board of this.boards) board.addLoaded();
        if (newest === null || compareInstants(ballot.expiresAt, newest) > 0) {
          newest = { seconds: ballot.expiresAt.seconds, nanos: ballot.expiresAt.nanos };
        }
        if (explain !== undefined) this.#explain(explain, count, explained);
      }
      this.#list(count++, hash, walk);
    }
    return {
      valid: this.#valid.slice(0, 4 * count),
      offsets: this.#offsets.slice(0, count),
      count: walk.count,
      invalid,
      problem: first,
      newest,
      explained,
    };
  }

  #list(index: number, { high, low }: IdHash, { start, end, offset }: RecordWalk): void {
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

  /** The boards' exact state, for a message. */
  parts(): ScoreboardParts[] {
    return this.boards.map((board) => board.toParts());
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
