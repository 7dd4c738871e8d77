import { Ballot } from "../mechanism/ballot.ts";
import { HotkeyTable } from "../mechanism/hotkey-table.ts";
import type { Task, TaskLogHeader } from "../mechanism/task-log.ts";
import { showFound, type TaskProblem } from "../mechanism/task-problem.ts";
import type { FullBatch } from "./batch.ts";
import type { ByteSource } from "./byte-source.ts";
import { LogBatches } from "./log-batches.ts";
import { InvalidLogError, nothingValid } from "./log-error.ts";
import { brokenError, placeOf } from "./log-place.ts";
import { type LogInput, openSource } from "./log-source.ts";
import { RecordReader, recordsOf } from "./record-reader.ts";
import { withoutTies } from "./valid-votes.ts";

export interface LogTasksOptions {
  readonly signal?: AbortSignal;
  /** Accept votes for no completion (`null`), ties of imported battles. */
  readonly ties?: boolean;
  /** Leave invalid tasks out instead of failing. */
  readonly skipInvalid?: boolean;
  /** Only a part of a log is read: that nothing in it is valid is no error. */
  readonly part?: boolean;
}

/**
 * The valid tasks of a log one by one, in its order: for what looks at tasks rather than scores them. Checked by the
 * same code as a replay; the first of two equal ids stays.
 */
export class LogTasks {
  readonly #input: LogInput | ByteSource;
  readonly #options: LogTasksOptions;
  readonly #ids = new Set<string>();
  #log: LogBatches | undefined;
  #valid = 0;
  /** Tasks left out. */
  invalid = 0;
  /** What was wrong with the first of them. */
  firstInvalid: InvalidLogError | null = null;

  constructor(input: LogInput | ByteSource, options: LogTasksOptions = {}) {
    this.#input = input;
    this.#options = options;
  }

  /** Everything of the log but its tasks; complete once all tasks were taken. */
  get header(): TaskLogHeader {
    return this.#log?.header ?? {};
  }

  /**
   * @throws ColosseumError `log.*` (12), in the end `log.nothing-valid` if every task was left out; `input.*` (14); the
   * signal's reason once it aborts.
   */
  async *tasks(): AsyncGenerator<Task> {
    await using source = "read" in this.#input ? this.#input : await openSource(this.#input);
    const log = new LogBatches(source);
    this.#log = log;
    // Numbers for hotkeys are only scratch here; a table of its own for each batch keeps memory flat.
    for await (const batch of log.batches()) {
      this.#options.signal?.throwIfAborted();
      if (batch.kind === "broken") {
        this.#leaveOut(brokenError(log, batch));
        continue;
      }
      yield* this.#batch(log, batch);
      log.recycle(batch.bytes.buffer as ArrayBuffer);
    }
    if (this.#valid > 0 || this.firstInvalid === null || this.#options.part === true) return;
    throw nothingValid(this.firstInvalid, this.invalid);
  }

  *#batch(log: LogBatches, batch: FullBatch): Generator<Task> {
    const [from, to] = batch.kind === "lines" ? [batch.from, batch.to] : [0, batch.spans.at(-1) ?? 0];
    const reader = new RecordReader(batch.bytes, from, to);
    const ballot = new Ballot(new HotkeyTable());
    for (const place of recordsOf(batch)) {
      const where = placeOf(log, batch, place.offset);
      const read = reader.read(place);
      if ("problem" in read) {
        this.#leaveOut(new InvalidLogError("log.not-json", where, read.problem));
        continue;
      }
      const checked = this.#options.ties === true ? withoutTies(read.value) : read.value;
      const problem = ballot.load(checked, false, undefined) ?? this.#duplicate(ballot.id);
      if (problem !== null) {
        this.#leaveOut(
          new InvalidLogError(problem.path === "id" ? "log.duplicate-id" : "log.bad-task", where, problem),
        );
        continue;
      }
      this.#valid++;
      yield read.value as Task;
    }
  }

  #duplicate(id: string): TaskProblem | null {
    if (this.#ids.has(id)) return { path: "id", id, expected: "each task id once", found: `${showFound(id)} again` };
    this.#ids.add(id);
    return null;
  }

  #leaveOut(error: InvalidLogError): void {
    if (this.#options.skipInvalid !== true) throw error;
    this.invalid++;
    this.firstInvalid ??= error;
  }
}
