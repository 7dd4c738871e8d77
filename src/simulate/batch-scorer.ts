import { Ballot } from "../mechanism/ballot.ts";
import { HotkeyTable } from "../mechanism/hotkey-table.ts";
import type { Instant } from "../mechanism/instant.ts";
import { compareInstants } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import { Scoreboard, type ScoreboardParts } from "../mechanism/settle.ts";
import type { TaskKind } from "../mechanism/task-log.ts";
import type { TaskProblem } from "../mechanism/task-problem.ts";
import type { Reason, Role, ScoringTime } from "../mechanism/task-score.ts";
import { hashId } from "./id-hash.ts";
import { endOfValue, skipSpace } from "./json-scan.ts";
import type { Region } from "./log-batches.ts";
import { type FullBatch, isBlank, type RecordPlace, RecordReader, recordsOf } from "./record-reader.ts";
import { TaskScanner } from "./task-scanner.ts";

const COMMA = 44;

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

/** What a batch came to, apart from the scores, which stay on the boards until the end. */
export interface BatchOutcome {
  /** Four numbers for each valid task: fingerprint (two halves), start in the batch, end. */
  readonly valid: Uint32Array;
  /** Place of each valid task: see RecordPlace.offset. */
  readonly offsets: Uint32Array;
  /** Records, valid or not. */
  readonly records: number;
  readonly invalid: number;
  /** Whether a region did not end where it was cut; then nothing of it counts. */
  readonly misfit: boolean;
  /** The first problem of the batch. */
  readonly problem: { readonly offset: number; readonly isJson: boolean; readonly problem: TaskProblem } | null;
  /** The newest end of a task of the wanted interval. */
  readonly newest: Instant | null;
  /** Rows with the index of their task among the valid. */
  readonly explained: readonly { readonly task: number; readonly row: ExplainedTask }[];
}

/** Parses, checks and scores batch after batch. One lives in each worker, or in the main thread for small logs. */
export class BatchScorer {
  readonly boards: readonly Scoreboard[];
  readonly #job: ScoringJob;
  readonly #ballot = new Ballot(new HotkeyTable());
  readonly #scanner: TaskScanner;
  #bytes: Buffer = Buffer.alloc(0);

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
  run(batch: FullBatch | Region, only?: ReadonlySet<number>): BatchOutcome {
    const [from, to] = batch.kind === "records" ? [0, batch.spans.at(-1) ?? 0] : [batch.from, batch.to];
    const reader = new RecordReader(batch.bytes, from, to);
    const valid: number[] = [];
    const offsets: number[] = [];
    const explained: { task: number; row: ExplainedTask }[] = [];
    const hash = { high: 0, low: 0 };
    let invalid = 0;
    let first: BatchOutcome["problem"] = null;
    let newest: Instant | null = null;
    const ballot = this.#ballot;
    const { until } = this.#job;
    const scanner = this.#scanner;
    this.#bytes = scanner.open(batch.bytes.subarray(0, to));
    const places =
      batch.kind === "region"
        ? this.#placesOf(batch, reader)
        : batch.kind === "lines" && reader.isUtf8 && only === undefined
          ? this.#linesOf(this.#bytes, from, to)
          : recordsOf(batch);
    let records = 0;
    let misfit = false;
    for (const place of places) {
      if (place === "misfit") {
        misfit = true;
        break;
      }
      records++;
      if (only !== undefined && !only.has(place.start)) continue;
      const loaded = place.loaded ?? (reader.isUtf8 && this.#loads(place.start, place.end));
      if (!loaded) {
        const read = reader.read(place);
        const problem = "problem" in read ? read.problem : ballot.load(read.value, false, until);
        if (problem !== null) {
          first ??= { offset: place.offset, isJson: !("problem" in read), problem };
          invalid++;
          if (!this.#job.skipInvalid) break;
          continue;
        }
      }
      if (this.#job.interval === undefined || ballot.interval === this.#job.interval) {
        for (const board of this.boards) board.addLoaded();
        if (newest === null || compareInstants(ballot.expiresAt, newest) > 0) {
          newest = { seconds: ballot.expiresAt.seconds, nanos: ballot.expiresAt.nanos };
        }
        if (this.#job.explain !== undefined) this.#explain(this.#job.explain, offsets.length, explained);
      }
      if (loaded) valid.push(scanner.hash.high, scanner.hash.low, place.start, place.end);
      else {
        hashId(ballot.id, this.#job.seed, hash);
        valid.push(hash.high, hash.low, place.start, place.end);
      }
      offsets.push(place.offset);
    }
    return {
      valid: Uint32Array.from(valid),
      offsets: Uint32Array.from(offsets),
      records,
      invalid,
      misfit,
      problem: first,
      newest,
      explained,
    };
  }

  #loads(start: number, end: number): boolean {
    const after = this.#scanner.load(start, end);
    return after >= 0 && skipSpace(this.#bytes, after, end) === end;
  }

  /** The records of lines; each is in the ballot where the scanner took it. */
  *#linesOf(bytes: Buffer, from: number, to: number): Generator<RecordPlace> {
    const scanner = this.#scanner;
    let offset = 0;
    for (let start = from; start < to; offset++) {
      let end = scanner.load(start, to);
      const loaded = end >= 0 && !scanner.hasLineFeed && (end === to || bytes[end] === 10);
      if (!loaded) {
        end = bytes.indexOf(10, start);
        if (end === -1 || end > to) end = to;
        if (isBlank(bytes, start, end)) {
          start = end + 1;
          continue;
        }
        yield { start, end, offset };
      } else yield { start, end, offset, loaded };
      start = end + 1;
    }
  }

  /** The records of a region, found by reading them; each is in the ballot where the scanner took it. */
  *#placesOf(region: Region, reader: RecordReader): Generator<RecordPlace | "misfit"> {
    const { bytes } = reader;
    const { to } = region;
    let start = region.from;
    for (let offset = 0; start < to; offset++) {
      const end = reader.isUtf8 ? this.#scanner.load(start, to) : -1;
      const last = end >= 0 ? end : endOfValue(bytes, start, to, true);
      // A region ends behind a comma and what white space follows it.
      const comma = last >= 0 ? skipSpace(bytes, last, to) : to;
      if (comma >= to || bytes[comma] !== COMMA) {
        yield "misfit";
        return;
      }
      yield { start, end: last, offset, loaded: end >= 0 };
      start = skipSpace(bytes, comma + 1, to);
    }
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
