import type { Ballot } from "../mechanism/ballot.ts";
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
  recordStart: 18,
  recordEnd: 19,
  recordOffset: 20,
} as const;
const DOUBLE = { expiresSeconds: 7, interval: 8 } as const;
const FIELD_BYTES = 88;

/** What holds for every task of a scanner. */
export interface ScanJob {
  /** Votes after it are not loaded. */
  readonly until?: Instant;
  /** Seed of the fingerprints of ids. */
  readonly seed: number;
}

interface ScannerExports {
  readonly memory: WebAssembly.Memory;
  configure(hasUntil: number, untilSeconds: number, untilNanos: number, seed: number): void;
  loadTask(start: number, end: number): number;
  appendTask(start: number, end: number, offset: number): number;
  takeTape(): number;
  readTape(at: number): number;
}

type Columns = Pick<
  Ballot,
  "generators" | "invited" | "authors" | "fromValidator" | "voters" | "choices" | "inTime" | "atSeconds" | "atNanos"
>;

/**
 * One instance of the scanner (`scanner/`) and its memory, of which a ballot's columns are views: what the scanner
 * reads need not be copied. A ballot that had to grow for a larger task gets the views back with the next one.
 */
export class ScannerMemory {
  readonly ballot: Ballot;
  readonly exports: ScannerExports;
  /** The fingerprint of the last task's id. */
  readonly hash: IdHash = { high: 0, low: 0 };
  /** Address of the first byte of {@link room}. */
  readonly input: number;
  readonly #expires: InstantCell = { seconds: 0, nanos: 0 };
  #bytes: Buffer = Buffer.alloc(0);
  #fields = new Int32Array();
  #doubles = new Float64Array();
  #columns: Columns;

  /** @param module - See `scannerModule`. */
  constructor(ballot: Ballot, { until, seed }: ScanJob, module: WebAssembly.Module) {
    this.ballot = ballot;
    const numberOf = (at: number, length: number): number => ballot.hotkeys.idOf(this.text(at, at + length));
    const { exports } = new WebAssembly.Instance(module, { hotkeys: { numberOf } });
    this.exports = exports as ScannerExports;
    this.input = this.address("INPUT");
    this.#columns = this.#view();
    this.exports.configure(until === undefined ? 0 : 1, until?.seconds ?? 0, until?.nanos ?? 0, seed);
  }

  /**
   * Makes room for that many bytes of input; what was there before is kept.
   *
   * @returns The memory itself, at least that long; valid until the next call.
   */
  room(length: number): Buffer {
    const { memory } = this.exports;
    const missing = this.input + length + STOP_BYTES - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES));
      this.#columns = this.#view();
    }
    return this.#bytes;
  }

  /** Says how many bytes of {@link room} are in use. */
  open(length: number): void {
    this.#bytes.fill(0, length, length + STOP_BYTES);
  }

  /** Gives the ballot and {@link hash} what the scanner has in its fields; the columns are there already. */
  adopt(): void {
    const { ballot, hash } = this;
    const fields = this.#fields;
    if (!this.#isLent()) Object.assign(ballot, this.#columns);
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
    hash.high = (fields[FIELD.hashHigh] ?? 0) >>> 0;
    hash.low = (fields[FIELD.hashLow] ?? 0) >>> 0;
  }

  /**
   * The way back: gives the scanner's fields what somebody else has loaded into the ballot.
   *
   * @returns False if the task did not fit into the columns.
   */
  give({ high, low }: IdHash): boolean {
    if (!this.#isLent()) return false;
    const { ballot } = this;
    const fields = this.#fields;
    fields[FIELD.kind] = TASK_KINDS.indexOf(ballot.kind);
    fields[FIELD.open] = ballot.open ? 1 : 0;
    fields[FIELD.validator] = ballot.validator;
    fields[FIELD.negative] = ballot.negative;
    fields[FIELD.generatorCount] = ballot.generatorCount;
    fields[FIELD.invitedCount] = ballot.invitedCount;
    fields[FIELD.completionCount] = ballot.completionCount;
    fields[FIELD.voteCount] = ballot.voteCount;
    fields[FIELD.expiresNanos] = ballot.expiresAt.nanos;
    fields[FIELD.hashHigh] = high;
    fields[FIELD.hashLow] = low;
    this.#doubles[DOUBLE.expiresSeconds] = ballot.expiresAt.seconds;
    this.#doubles[DOUBLE.interval] = ballot.interval ?? Number.NaN;
    return true;
  }

  /** Where the last task of a tape was in its bytes. */
  record(): { readonly start: number; readonly end: number; readonly offset: number } {
    const fields = this.#fields;
    return {
      start: fields[FIELD.recordStart] ?? 0,
      end: fields[FIELD.recordEnd] ?? 0,
      offset: fields[FIELD.recordOffset] ?? 0,
    };
  }

  /** Whether white space inside the last task holds a line feed: then it is no line. */
  get hasLineFeed(): boolean {
    return this.#fields[FIELD.hasLineFeed] === 1;
  }

  /** The id of the task that the scanner read last. */
  id(): string {
    return this.text(this.#fields[FIELD.idFrom] ?? 0, this.#fields[FIELD.idTo] ?? 0);
  }

  /** ASCII at these addresses of the input. */
  text(from: number, to: number): string {
    return this.#bytes.toString("latin1", from - this.input, to - this.input);
  }

  /** A constant of scanner/layout.ts. */
  address(name: string): number {
    return (this.exports as unknown as Record<string, { readonly value: number } | undefined>)[name]?.value ?? 0;
  }

  #isLent(): boolean {
    const { ballot } = this;
    const columns = this.#columns;
    return (
      ballot.voters === columns.voters &&
      ballot.invited === columns.invited &&
      ballot.generators === columns.generators &&
      ballot.authors === columns.authors
    );
  }

  /** Looks at the memory anew, which is another buffer once it has grown. */
  #view(): Columns {
    const { buffer } = this.exports.memory;
    const few = this.address("FEW");
    const invited = this.address("MOST_INVITED");
    const votes = this.address("MOST_VOTES");
    this.#bytes = Buffer.from(buffer, this.input);
    this.#fields = new Int32Array(buffer, this.address("TASK"), FIELD_BYTES / 4);
    this.#doubles = new Float64Array(buffer, this.address("TASK"), FIELD_BYTES / 8);
    return {
      generators: new Int32Array(buffer, this.address("GENERATORS"), few),
      invited: new Int32Array(buffer, this.address("INVITED"), invited),
      authors: new Int32Array(buffer, this.address("AUTHORS"), few),
      fromValidator: new Uint8Array(buffer, this.address("FROM_VALIDATOR"), few),
      voters: new Int32Array(buffer, this.address("VOTERS"), votes),
      choices: new Int32Array(buffer, this.address("CHOICES"), votes),
      inTime: new Uint8Array(buffer, this.address("IN_TIME"), votes),
      atSeconds: new Float64Array(buffer, this.address("AT_SECONDS"), votes),
      atNanos: new Int32Array(buffer, this.address("AT_NANOS"), votes),
    };
  }
}
