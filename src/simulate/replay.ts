import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import { compareInstants, type Instant } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import { Scoreboard } from "../mechanism/settle.ts";
import type { TaskLogHeader } from "../mechanism/task-log.ts";
import { showFound } from "../mechanism/task-problem.ts";
import type { ScoringTime } from "../mechanism/task-score.ts";
import { windowStart } from "../mechanism/window.ts";
import { BatchScorer, type ExplainedTask, type ScoringJob } from "./batch-scorer.ts";
import { IdSet } from "./id-hash.ts";
import { type Batch, LogBatches } from "./log-batches.ts";
import { InvalidLogError, type LogPlace } from "./log-error.ts";
import type { ByteSource, LogInput } from "./log-source.ts";
import { RecordReader } from "./record-reader.ts";
import { repeatableInput } from "./repeatable-input.ts";
import { scannerModule } from "./scanner-module.ts";
import { type ScoredBatch, type ScoringPool, scoringPool } from "./scoring-pool.ts";

/** A smaller log is scored before a worker has started and its code is compiled. */
const WORKERS_PAY_BYTES = 64 * 1_024 * 1_024;

export interface ReplayOptions {
  readonly input: LogInput;
  /** Chooses the rule sets once the header is known. */
  readonly rules: (header: TaskLogHeader) => readonly RuleSet[];
  /** Whether `rules` looks at the header; standard input is then kept in case the header stands behind the tasks. */
  readonly headerDecides?: boolean;
  readonly until?: Instant;
  /** Only tasks of this interval. */
  readonly interval?: number;
  readonly skipInvalid?: boolean;
  /** A hotkey whose every task is wanted, by the first rule set. */
  readonly explain?: string;
  /** Threads that score, this one among them; at least 1. Default: by size and cores. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly bytes: number;
  /** Undefined where nobody knows (a pipe). */
  readonly size: number | undefined;
  readonly tasks: number;
}

export interface Replay {
  readonly header: TaskLogHeader;
  /** One for each rule set. */
  readonly boards: readonly Scoreboard[];
  readonly explained: readonly ExplainedTask[];
  /** What `skipInvalid` left out, and why the first of it. */
  readonly invalid: number;
  readonly firstInvalid: ColosseumError | null;
}

/**
 * Replays a log of any shape and size through the rule sets, with memory that does not grow with it.
 * The result is the same to the last bit for any number of workers.
 *
 * @throws ColosseumError `log.*` (12) for what the log says, `input.*` (14) for the file; what `rules` throws.
 */
export async function replayLog(options: ReplayOptions): Promise<Replay> {
  await using input = repeatableInput(options.input, options.signal);
  let rules: readonly RuleSet[] | undefined;
  let newest: Instant | undefined;
  // A pipe cannot be read again if a guess was wrong.
  let guess = "file" in options.input;
  for (;;) {
    options.signal?.throwIfAborted();
    await using source = await input.open();
    const pass = new Pass(options, source, rules, newest);
    pass.onDecided = (again) => {
      if (!again) input.once();
    };
    const replay = await pass.run(guess);
    if (replay === "misfit") {
      guess = false;
      continue;
    }
    // A header may stand behind the tasks, and a window ends at the newest of them: both are known only now.
    const right = rules ?? options.rules(replay.header);
    const measured = newest === undefined && needsNewest(right, options.until);
    if (JSON.stringify(right) === JSON.stringify(pass.rules) && !measured) return replay;
    rules = right;
    newest = pass.newest ?? { seconds: 0, nanos: 0 };
  }
}

const needsNewest = (rules: readonly RuleSet[], until: Instant | undefined): boolean =>
  until === undefined && rules.some((set) => set.name === "dojo-1.8.3" && set.windowHours !== undefined);

/** One reading of the log from its first byte to its last. */
class Pass {
  rules: readonly RuleSet[];
  newest: Instant | undefined;
  /** Told before the second batch whether the log may have to be read once more. */
  onDecided: (again: boolean) => void = () => undefined;
  readonly #options: ReplayOptions;
  readonly #source: ByteSource;
  readonly #known: readonly RuleSet[] | undefined;
  readonly #end: Instant | undefined;
  readonly #ids = new IdSet();
  readonly #explained: ExplainedTask[] = [];
  #tasks = 0;
  #misfit = false;
  /** Tasks in regions taken so far, which a batch's own index leaves out. */
  #inRegions = 0;
  #invalid = 0;
  #firstInvalid: ColosseumError | null = null;
  #again: BatchScorer | undefined;
  #job: ScoringJob | undefined;

  constructor(
    options: ReplayOptions,
    source: ByteSource,
    rules: readonly RuleSet[] | undefined,
    newest: Instant | undefined,
  ) {
    this.#options = options;
    this.#source = source;
    this.#known = rules;
    this.rules = rules ?? [];
    this.#end = options.until ?? newest;
  }

  /** @param guess - Cut long lists by guess; the answer is `misfit` if a guess was wrong. */
  async run(guess: boolean): Promise<Replay | "misfit"> {
    const log = new LogBatches(this.#source);
    const under: Promise<ScoredBatch>[] = [];
    let pool: ScoringPool | undefined;
    try {
      for await (const batch of guess ? log.guessedBatches() : log.batches()) {
        pool ??= this.#start(log);
        if (batch.kind === "broken") {
          for (const scored of under.splice(0)) await this.#take(log, await scored);
          if (this.#misfit) return "misfit";
          this.#leaveOut(brokenError(log, batch, this.#inRegions), 1);
          continue;
        }
        const scored = pool.score(batch);
        // A failure is met where it is awaited; until then it must not end the process.
        scored.catch(() => undefined);
        under.push(scored);
        const oldest = under.length >= pool.width ? under.shift() : undefined;
        if (oldest !== undefined) await this.#take(log, await oldest);
        if (this.#misfit) return "misfit";
        this.#options.signal?.throwIfAborted();
      }
      for (const scored of under) await this.#take(log, await scored);
      if (this.#misfit) return "misfit";
      pool ??= this.#start(log);
      return await this.#finish(log, pool);
    } catch (error) {
      // Behind a wrong guess the log looks broken where it is not.
      const later = await Promise.allSettled(under);
      if (later.some((scored) => scored.status === "fulfilled" && scored.value.outcome.misfit)) return "misfit";
      throw error;
    } finally {
      await pool?.[Symbol.asyncDispose]();
    }
  }

  /** The header is known as far as it stands before the tasks: chooses rules and threads. */
  #start(log: LogBatches): ScoringPool {
    const options = this.#options;
    const end = this.#end;
    this.rules = this.#known ?? options.rules(log.header);
    const late = options.headerDecides === true && log.shape === "object";
    this.onDecided(this.#known === undefined && (late || needsNewest(this.rules, options.until)));
    this.#job = {
      boards: this.rules.map((rules) => ({ rules, time: scoringTime(rules, options.until, end) })),
      skipInvalid: options.skipInvalid === true,
      ...(options.until === undefined ? {} : { until: options.until }),
      seed: randomInt(2 ** 32),
      ...(options.interval === undefined ? {} : { interval: options.interval }),
      ...(options.explain === undefined ? {} : { explain: options.explain }),
    };
    const small = this.#source.size !== undefined && this.#source.size < WORKERS_PAY_BYTES;
    return scoringPool(this.#job, Math.max(1, options.workers ?? (small ? 1 : Math.min(8, availableParallelism()))));
  }

  /** Takes a scored batch in the log's order, so that the first of two equal ids is the first in the log. */
  async #take(log: LogBatches, { batch, outcome }: ScoredBatch): Promise<void> {
    const { valid, offsets } = outcome;
    this.#misfit ||= outcome.misfit;
    if (this.#misfit) return;
    const twice = new Set<number>();
    for (let i = 0; i < offsets.length; i++) {
      if (!this.#ids.add(valid[i * 4] ?? 0, valid[i * 4 + 1] ?? 0)) twice.add(i);
    }
    const problemAt = outcome.problem?.offset ?? Number.POSITIVE_INFINITY;
    for (const i of twice) {
      if ((offsets[i] ?? 0) < problemAt)
        this.#leaveOut(duplicateError(log, batch, outcome.valid, offsets, i, this.#inRegions), 1);
      else this.#invalid++;
    }
    if (outcome.problem !== null) {
      const place = placeOf(log, batch, outcome.problem.offset + this.#inRegions);
      const { problem, isJson } = outcome.problem;
      const code = isJson ? "log.bad-task" : "log.not-json";
      this.#leaveOut(new InvalidLogError(code, place, problem), outcome.invalid);
    }
    if (batch.kind === "region") this.#inRegions += outcome.records;
    this.#tasks += offsets.length - twice.size;
    for (const { task, row } of outcome.explained) if (!twice.has(task)) this.#explained.push(row);
    let { newest } = outcome;
    if (twice.size > 0) newest = this.#retract(batch, valid, offsets.length, twice);
    if (newest !== null && (this.newest === undefined || compareInstants(newest, this.newest) > 0))
      this.newest = newest;
    log.recycle(batch.bytes.buffer as ArrayBuffer);
    this.#options.onProgress?.({ bytes: this.#source.consumed(), size: this.#source.size, tasks: this.#tasks });
  }

  /** Scores the later ones of equal ids again, to be taken away at the end. Returns the newest end of the others. */
  #retract(batch: ScoredBatch["batch"], valid: Uint32Array, count: number, twice: ReadonlySet<number>): Instant | null {
    if (this.#job === undefined) return null;
    this.#again ??= new BatchScorer(this.#job, scannerModule());
    const starts = (wanted: boolean): Set<number> => {
      const chosen = Array.from({ length: count }, (_, i) => i).filter((i) => twice.has(i) === wanted);
      return new Set(chosen.map((i) => valid[i * 4 + 2] ?? 0));
    };
    this.#again.run(batch, starts(true));
    return new BatchScorer(this.#job, scannerModule()).run(batch, starts(false)).newest;
  }

  #leaveOut(error: ColosseumError, count: number): void {
    if (this.#options.skipInvalid !== true) throw error;
    this.#invalid += count;
    this.#firstInvalid ??= error;
  }

  async #finish(log: LogBatches, pool: ScoringPool): Promise<Replay> {
    if (this.#tasks === 0 && this.#firstInvalid !== null) throw nothingValid(this.#firstInvalid, this.#invalid);
    const parts = await pool.finish();
    const boards = (this.#job?.boards ?? []).map(({ rules, time }, index) => {
      const board = new Scoreboard(rules, time);
      for (const lane of parts) {
        const part = lane[index];
        if (part !== undefined) board.merge(part);
      }
      const again = this.#again?.boards[index];
      if (again !== undefined) board.retract(again);
      board.countSkipped(this.#invalid);
      return board;
    });
    return {
      header: log.header,
      boards,
      explained: this.#explained,
      invalid: this.#invalid,
      firstInvalid: this.#firstInvalid,
    };
  }
}

function scoringTime(rules: RuleSet, until: Instant | undefined, end: Instant | undefined): ScoringTime {
  const after = end === undefined ? undefined : windowStart(rules, end);
  return { ...(until === undefined ? {} : { until }), ...(after === undefined ? {} : { after }) };
}

/** Where the record `offset` after a batch's first one stands; in lists, plus the tasks in regions before it. */
function placeOf(log: LogBatches, batch: ScoredBatch["batch"], offset: number): LogPlace {
  if (batch.kind === "lines") return { file: log.name, line: batch.line + offset, path: "" };
  return { file: log.name, path: taskPath(log, batch.index + offset) };
}

const taskPath = (log: LogBatches, index: number): string =>
  log.shape === "object" ? `tasks[${index}]` : `[${index}]`;

function brokenError(log: LogBatches, batch: Extract<Batch, { kind: "broken" }>, inRegions: number): InvalidLogError {
  const { expected, found, line, index } = batch;
  const path = index === undefined ? "" : taskPath(log, index + inRegions);
  const place: LogPlace = { file: log.name, path, ...(line === undefined ? {} : { line }) };
  return new InvalidLogError("log.not-json", place, { path: "", id: undefined, expected, found });
}

function duplicateError(
  log: LogBatches,
  batch: ScoredBatch["batch"],
  valid: Uint32Array,
  offsets: Uint32Array,
  i: number,
  inRegions: number,
): InvalidLogError {
  const [start, end, offset] = [valid[i * 4 + 2] ?? 0, valid[i * 4 + 3] ?? 0, offsets[i] ?? 0];
  const read = new RecordReader(batch.bytes, start, end).read({ start, end, offset });
  const id = "value" in read ? (read.value as { readonly id: string }).id : "";
  const problem = { path: "id", id, expected: "each task id once", found: `${showFound(id)} again` };
  return new InvalidLogError("log.duplicate-id", placeOf(log, batch, offset + inRegions), problem);
}

const nothingValid = (first: ColosseumError, count: number): ColosseumError =>
  new ColosseumError(
    `Nothing valid is left: all ${count} of the log's tasks were left out. The first: ${first.message}`,
    {
      code: "log.nothing-valid",
      exitCode: ExitCode.invalid,
      hint: "Look at the first problem; one wrong field name makes every task invalid.",
      details: { ...first.details, invalid: count },
    },
  );
