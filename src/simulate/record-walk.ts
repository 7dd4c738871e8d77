import type { RecordsBatch } from "./batch.ts";
import { endOfValue, isSpace, skipSpace } from "./json-scan.ts";
import type { TaskScanner } from "./task-scanner.ts";

const LINE_FEED = 10;
const COMMA = 44;

/**
 * Goes from record to record of some bytes, loading each into the scanner's ballot on the way where the scanner takes
 * it. {@link next} steps to the next one; its place is valid until then.
 */
export interface RecordWalk {
  /** Where the record is in the bytes. */
  readonly start: number;
  readonly end: number;
  /** Lines or records before it in these bytes. */
  readonly offset: number;
  /** Whether the ballot holds it. */
  readonly loaded: boolean;
  /** Lines or records passed so far. */
  readonly count: number;
  /** False at the end. */
  next(): boolean;
}

/** The records of JSON Lines: `bytes[from … to − 1]`; blank lines are none. */
export class LineWalk implements RecordWalk {
  start = 0;
  end = 0;
  offset = -1;
  loaded = false;
  count = 0;
  readonly #scanner: TaskScanner | undefined;
  readonly #bytes: Buffer;
  readonly #to: number;
  #at: number;

  /** @param scanner - Has the bytes open; without one (they are no UTF-8) nothing is loaded. */
  constructor(scanner: TaskScanner | undefined, bytes: Buffer, from: number, to: number) {
    this.#scanner = scanner;
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  next(): boolean {
    const bytes = this.#bytes;
    const to = this.#to;
    while (this.#at < to) {
      const from = this.#at;
      this.offset = this.count++;
      const first = this.#pastBlanks(from);
      if (first === to || bytes[first] === LINE_FEED) {
        this.#at = first + 1;
        continue;
      }
      this.start = from;
      this.loaded = this.#load(first);
      if (!this.loaded) {
        const lineFeed = bytes.indexOf(LINE_FEED, first);
        this.end = lineFeed === -1 || lineFeed > to ? to : lineFeed;
      }
      this.#at = this.end + 1;
      return true;
    }
    return false;
  }

  /** Loads the task that begins at `first` and sets `end`, if it is alone on its line. */
  #load(first: number): boolean {
    if (this.#scanner === undefined) return false;
    const after = this.#scanner.load(first, this.#to);
    if (after < 0 || this.#scanner.hasLineFeed) return false;
    this.end = this.#pastBlanks(after);
    return this.end === this.#to || this.#bytes[this.end] === LINE_FEED;
  }

  #pastBlanks(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (at < this.#to && bytes[at] !== LINE_FEED && isSpace(bytes[at])) at++;
    return at;
  }
}

/** The records of a part of a list that should end where the next record begins. */
export class ListWalk implements RecordWalk {
  start = 0;
  end = 0;
  offset = -1;
  loaded = false;
  count = 0;
  /** Whether the records do not end there: then it was no boundary between them. */
  misfit = false;
  readonly #scanner: TaskScanner | undefined;
  readonly #bytes: Buffer;
  readonly #to: number;
  #at: number;

  constructor(scanner: TaskScanner | undefined, bytes: Buffer, from: number, to: number) {
    this.#scanner = scanner;
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  next(): boolean {
    if (this.#at >= this.#to) return false;
    const bytes = this.#bytes;
    this.start = this.#at;
    const after = this.#scanner?.load(this.start, this.#to) ?? -1;
    this.loaded = after >= 0;
    this.end = this.loaded ? after : endOfValue(bytes, this.start, this.#to, true);
    const comma = this.end >= 0 ? skipSpace(bytes, this.end, this.#to) : this.#to;
    this.misfit = comma >= this.#to || bytes[comma] !== COMMA;
    if (this.misfit) return false;
    this.offset = this.count++;
    this.#at = skipSpace(bytes, comma + 1, this.#to);
    return true;
  }
}

/** Records whose places are known. */
export class SpanWalk implements RecordWalk {
  start = 0;
  end = 0;
  offset = -1;
  loaded = false;
  count = 0;
  readonly #scanner: TaskScanner | undefined;
  readonly #bytes: Buffer;
  readonly #spans: Uint32Array;

  constructor(scanner: TaskScanner | undefined, bytes: Buffer, { spans }: RecordsBatch) {
    this.#scanner = scanner;
    this.#bytes = bytes;
    this.#spans = spans;
  }

  next(): boolean {
    if (this.count * 2 >= this.#spans.length) return false;
    this.offset = this.count++;
    this.start = this.#spans[this.offset * 2] ?? 0;
    this.end = this.#spans[this.offset * 2 + 1] ?? 0;
    const after = this.#scanner?.load(this.start, this.end) ?? -1;
    this.loaded = after >= 0 && skipSpace(this.#bytes, after, this.end) === this.end;
    return true;
  }
}
