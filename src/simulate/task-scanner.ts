import type { Ballot } from "../mechanism/ballot.ts";
import type { HotkeyTable } from "../mechanism/hotkey-table.ts";
import type { Instant, InstantCell } from "../mechanism/instant.ts";
import { TASK_KINDS } from "../mechanism/task-log.ts";
import type { IdHash } from "./id-hash.ts";

const PAGE_BYTES = 65_536;
/** Zeros behind the input, at which every loop of the scanner ends; also the most that it looks ahead. */
const STOP_BYTES = 512;
/** Where the fields of a task are, in words of four bytes; doubles in words of eight (scanner/layout.ts). */
const FIELD = {
  kind: 0,
  open: 1,
  validator: 2,
  negative: 3,
  generatorCount: 4,
  invitedCount: 5,
  completionCount: 6,
  voteCount: 7,
  idFrom: 8,
  idTo: 9,
  hashHigh: 10,
  hashLow: 11,
  expiresNanos: 12,
  hasLineFeed: 13,
} as const;
const DOUBLE = { expiresSeconds: 7, interval: 8 } as const;

/** What holds for every task of a scanner. */
export interface ScanJob {
  /** Votes after it are not loaded. */
  readonly until?: Instant;
  /** Seed of the fingerprints of ids. */
  readonly seed: number;
  /** Whether the ballot's `id` is wanted too, which costs a string for each task. */
  readonly ids: boolean;
}

interface ScannerExports {
  readonly memory: WebAssembly.Memory;
  configure(hasUntil: number, untilSeconds: number, untilNanos: number, seed: number): void;
  loadTask(start: number, end: number): number;
}

type Columns = Pick<
  Ballot,
  "generators" | "invited" | "authors" | "fromValidator" | "voters" | "choices" | "inTime" | "atSeconds" | "atNanos"
>;

/**
 * Loads tasks into a ballot straight from their bytes: no object, no string for each vote. The reading is done by a
 * WebAssembly module (`scanner/`), which is as fast at the first task as at the last; the ballot's columns are views
 * of its memory. It takes the plain form in which programs write logs and says so when a task has any other, valid or
 * not; then `JSON.parse` and `Ballot.load` decide. What it takes, they would have taken, with the same result; a
 * property test holds them together.
 */
export class TaskScanner {
  /** The fingerprint of the last task's id. */
  readonly hash: IdHash = { high: 0, low: 0 };
  readonly #ballot: Ballot;
  readonly #ids: boolean;
  readonly #exports: ScannerExports;
  readonly #input: number;
  readonly #expires: InstantCell = { seconds: 0, nanos: 0 };
  #bytes: Buffer = Buffer.alloc(0);
  #fields = new Int32Array();
  #doubles = new Float64Array();
  #columns: Columns;

  /** @param module - See `scannerModule`. */
  constructor(ballot: Ballot, job: ScanJob, module: WebAssembly.Module) {
    this.#ballot = ballot;
    this.#ids = job.ids;
    const { exports } = new WebAssembly.Instance(module, { hotkeys: { numberOf: this.#numberer(ballot.hotkeys) } });
    this.#exports = exports as unknown as ScannerExports;
    this.#input = this.#address("INPUT");
    this.#columns = this.#view();
    const { until, seed } = job;
    this.#exports.configure(until === undefined ? 0 : 1, until?.seconds ?? 0, until?.nanos ?? 0, seed);
  }

  /**
   * Makes room for the bytes of the next tasks; what was there before is kept.
   *
   * @returns The scanner's own memory, at least that long; valid until the next call. Once filled: {@link open}.
   */
  room(length: number): Buffer {
    const { memory } = this.#exports;
    const missing = this.#input + length + STOP_BYTES - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.#columns = this.#view();
    }
    return this.#bytes;
  }

  /** Says how many bytes of {@link room} are in use; they are valid UTF-8. */
  open(length: number): void {
    this.#bytes.fill(0, length, length + STOP_BYTES);
  }

  /**
   * Loads the task that begins at `start`, after white space, and may end anywhere up to `end`.
   *
   * @returns Just after it, the ballot holding a valid task; -1 if somebody else must look at it.
   */
  load(start: number, end: number): number {
    const after = this.#exports.loadTask(this.#input + start, this.#input + end);
    if (after === 0) return -1;
    const ballot = this.#ballot;
    const fields = this.#fields;
    if (ballot.voters !== this.#columns.voters || ballot.invited !== this.#columns.invited) this.#lend();
    ballot.kind = TASK_KINDS[fields[FIELD.kind] ?? 0] ?? "duel";
    ballot.open = fields[FIELD.open] === 1;
    ballot.validator = fields[FIELD.validator] ?? 0;
    ballot.negative = fields[FIELD.negative] ?? 0;
    ballot.generatorCount = fields[FIELD.generatorCount] ?? 0;
    ballot.invitedCount = fields[FIELD.invitedCount] ?? 0;
    ballot.completionCount = fields[FIELD.completionCount] ?? 0;
    ballot.voteCount = fields[FIELD.voteCount] ?? 0;
    this.#expires.seconds = this.#doubles[DOUBLE.expiresSeconds] ?? 0;
    this.#expires.nanos = fields[FIELD.expiresNanos] ?? 0;
    ballot.expiresAt = this.#expires;
    const interval = this.#doubles[DOUBLE.interval] ?? 0;
    ballot.interval = Number.isNaN(interval) ? undefined : interval;
    this.hash.high = (fields[FIELD.hashHigh] ?? 0) >>> 0;
    this.hash.low = (fields[FIELD.hashLow] ?? 0) >>> 0;
    if (this.#ids) ballot.id = this.#text(fields[FIELD.idFrom] ?? 0, fields[FIELD.idTo] ?? 0);
    return after - this.#input;
  }

  /** Whether white space inside the last task holds a line feed: then it is no line. */
  get hasLineFeed(): boolean {
    return this.#fields[FIELD.hasLineFeed] === 1;
  }

  #numberer(hotkeys: HotkeyTable): (at: number, length: number) => number {
    return (at, length) => hotkeys.idOf(this.#text(at, at + length));
  }

  #text(from: number, to: number): string {
    return this.#bytes.toString("latin1", from - this.#input, to - this.#input);
  }

  /** A constant of scanner/layout.ts. */
  #address(name: string): number {
    return (this.#exports as unknown as Record<string, { readonly value: number } | undefined>)[name]?.value ?? 0;
  }

  /** Looks at the memory anew, which is another buffer once it has grown. */
  #view(): Columns {
    const { buffer } = this.#exports.memory;
    const few = this.#address("FEW");
    const invited = this.#address("MOST_INVITED");
    const votes = this.#address("MOST_VOTES");
    this.#bytes = Buffer.from(buffer, this.#input);
    this.#fields = new Int32Array(buffer, this.#address("TASK"), Object.keys(FIELD).length);
    this.#doubles = new Float64Array(buffer, this.#address("TASK"), 9);
    return {
      generators: new Int32Array(buffer, this.#address("GENERATORS"), few),
      invited: new Int32Array(buffer, this.#address("INVITED"), invited),
      authors: new Int32Array(buffer, this.#address("AUTHORS"), few),
      fromValidator: new Uint8Array(buffer, this.#address("FROM_VALIDATOR"), few),
      voters: new Int32Array(buffer, this.#address("VOTERS"), votes),
      choices: new Int32Array(buffer, this.#address("CHOICES"), votes),
      inTime: new Uint8Array(buffer, this.#address("IN_TIME"), votes),
      atSeconds: new Float64Array(buffer, this.#address("AT_SECONDS"), votes),
      atNanos: new Int32Array(buffer, this.#address("AT_NANOS"), votes),
    };
  }

  /** Gives the ballot the columns back that it had to replace for a larger task. */
  #lend(): void {
    Object.assign(this.#ballot, this.#columns);
  }
}
