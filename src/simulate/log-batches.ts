import { checkHeader } from "../mechanism/check-header.ts";
import type { TaskLogHeader } from "../mechanism/task-log.ts";
import { ByteFeed, CHUNK_BYTES } from "./byte-feed.ts";
import { BROKEN, endOfValue, MORE, skipSpace } from "./json-scan.ts";
import { brokenLog, InvalidLogError } from "./log-error.ts";
import type { ByteSource } from "./log-source.ts";

/** A task longer than this is none. */
export const MAX_RECORD_BYTES = 64 * 1_024 * 1_024;

/** Tasks to be parsed and scored; the bytes belong to whoever got the batch. */
export type Batch =
  | {
      readonly kind: "lines";
      readonly bytes: Uint8Array;
      readonly from: number;
      readonly to: number;
      /** Number of the first line, from 1. */
      readonly line: number;
    }
  | {
      readonly kind: "records";
      readonly bytes: Uint8Array;
      /** Start and end of each record. */
      readonly spans: Uint32Array;
      /** Index of the first record in the list of tasks. */
      readonly index: number;
    }
  | {
      /** Bytes in which no task can be told from the next; all of the list from here on, or one line. */
      readonly kind: "broken";
      readonly line?: number;
      readonly index?: number;
      readonly expected: string;
      readonly found: string;
    };

/**
 * Part of a list that was cut where a boundary between tasks seems to be, without looking at what lies before. The
 * cut was right if the tasks in it, read one after the other, end exactly there; if not, the list must be read anew.
 */
export interface Region {
  readonly kind: "region";
  readonly bytes: Uint8Array;
  /** Where its first task begins. */
  readonly from: number;
  /** Where the task after its last one begins. */
  readonly to: number;
  /** Tasks before it that were in no region. */
  readonly index: number;
}

export type LogShape = "array" | "object" | "lines";

const BOM = [0xef, 0xbb, 0xbf] as const;
const NEWLINE = 10;
const QUOTE = 34;
const COLON = 58;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

type Scan = (bytes: Uint8Array, from: number, end: number, final: boolean) => number;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses bytes strictly, UTF-8 included; undefined if they are no JSON. */
function parseBytes(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Cuts a log of any shape into batches of tasks, with memory that does not grow with the log.
 *
 * First non-blank byte `[`: a list of tasks. `{`: an object with `tasks` if the first complete JSON value is one,
 * else JSON Lines, whose first line is the header if it has `format` and no `id`.
 */
export class LogBatches {
  readonly name: string;
  shape: LogShape = "lines";
  /** Whether tasks came before the end of the header, so that the header was not complete at the first batch. */
  lateHeader = false;
  readonly #feed: ByteFeed;
  #entries: [string, unknown][] = [];
  /** Index of the next task in the list, not counting those in regions. */
  #index = 0;
  /** Whether long lists are cut by guess. */
  #guessing = false;
  /** The bytes around the boundary between two tasks of this list, and where in them the second one begins. */
  #boundary: { readonly bytes: Buffer; readonly start: number } | undefined;

  constructor(source: ByteSource) {
    this.name = source.name;
    this.#feed = new ByteFeed(source);
  }

  /** Everything of the log but its tasks; complete once all batches were taken, known before the first unless {@link lateHeader}. */
  get header(): TaskLogHeader {
    return Object.fromEntries(this.#entries) as TaskLogHeader;
  }

  /** Takes a batch's buffer back when it is done with. */
  recycle(buffer: ArrayBuffer): void {
    this.#feed.recycle(buffer);
  }

  /**
   * @throws ColosseumError `log.empty`, `log.not-a-log`, `log.bad-header` (12), and what the source throws.
   */
  async *batches(): AsyncGenerator<Batch> {
    for await (const batch of this.#batches()) if (batch.kind !== "region") yield batch;
  }

  /**
   * The same, with long lists cut into regions where that is possible: an order of magnitude less work here, for
   * readers that check each region and can begin anew.
   */
  guessedBatches(): AsyncGenerator<Batch | Region> {
    this.#guessing = true;
    return this.#batches();
  }

  async *#batches(): AsyncGenerator<Batch | Region> {
    const feed = this.#feed;
    await feed.fill();
    if (feed.length === 0) {
      const hint = "A log without tasks is [], not an empty file.";
      throw brokenLog("log.empty", this.name, "the file is empty.", hint);
    }
    if (BOM.every((byte, index) => feed.bytes[feed.start + index] === byte)) feed.start += BOM.length;
    let line = 1;
    let first = await this.#need((bytes, from, end, final) => {
      const at = skipSpace(bytes, from, end);
      return at < end || final ? at : MORE;
    });
    for (let at = feed.start; at < first; at++) if (feed.bytes[at] === NEWLINE) line++;
    if (first === feed.end) {
      throw brokenLog("log.empty", this.name, "there is nothing but white space.", "A log without tasks is [].");
    }
    feed.start = first;
    const opening = feed.bytes[first];
    if (opening === OPEN_LIST) {
      this.shape = "array";
      yield* this.#array();
      return;
    }
    if (opening !== OPEN_OBJECT) {
      const message = "this is no task log: it begins with neither [ nor {.";
      const hint = "A task log is JSON or JSON Lines, as written by: colosseum validator export";
      throw brokenLog("log.not-a-log", this.name, message, hint);
    }
    if (await this.#isObject()) {
      this.shape = "object";
      yield* this.#object();
      this.#checkHeader(undefined);
      return;
    }
    first = await this.#lineEnd();
    const head = parseBytes(feed.bytes.subarray(feed.start, first));
    if (
      head !== undefined &&
      isFields(head.value) &&
      Object.hasOwn(head.value, "format") &&
      !Object.hasOwn(head.value, "id")
    ) {
      this.#entries = Object.entries(head.value);
      this.#checkHeader(line);
      if (first < feed.end) first++;
      feed.start = first;
      line++;
    }
    yield* this.#lines(line);
  }

  /** Whether the first complete JSON value has `tasks`. Consumes nothing. */
  async #isObject(): Promise<boolean> {
    const feed = this.#feed;
    const newline = feed.bytes.subarray(feed.start, feed.end).indexOf(NEWLINE);
    if (newline !== -1 || feed.final) {
      const first = parseBytes(feed.bytes.subarray(feed.start, newline === -1 ? feed.end : feed.start + newline));
      if (first !== undefined) return isFields(first.value) && Object.hasOwn(first.value, "tasks");
    }
    let offset = 1;
    try {
      for (;;) {
        const key = await this.#member(offset);
        if (key === undefined) return false;
        if (key.name === "tasks") return true;
        const end = await this.#need((b, from, e, final) => endOfValue(b, from, e, final), key.value);
        if (parseBytes(feed.bytes.subarray(feed.start + key.value, end)) === undefined) return false;
        const after = await this.#token(end - feed.start);
        if (feed.bytes[feed.start + after] !== COMMA) return false;
        offset = after + 1;
      }
    } catch (error) {
      if (error instanceof Unreadable) return false;
      throw error;
    }
  }

  async *#array(): AsyncGenerator<Batch | Region> {
    try {
      yield* this.#list();
      yield* this.#nothingMore();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      yield { kind: "broken", index: this.#index, expected: error.expected, found: error.found };
    }
  }

  /** The members of the object; those but `tasks` become the header. */
  async *#object(): AsyncGenerator<Batch | Region> {
    const feed = this.#feed;
    let seen = false;
    try {
      feed.start++;
      let key = await this.#member(0);
      while (key !== undefined) {
        feed.start += key.value;
        if (key.name === "tasks") {
          if (seen) throw new Unreadable('"tasks" once', "a second one");
          if (feed.bytes[feed.start] !== OPEN_LIST) throw new Unreadable("a list of tasks", "something else");
          seen = true;
          this.#checkHeader(undefined);
          yield* this.#list();
        } else {
          this.lateHeader ||= seen;
          const end = await this.#need((b, from, e, final) => endOfValue(b, from, e, final));
          const member = parseBytes(feed.bytes.subarray(feed.start, end));
          if (member === undefined) throw new Unreadable(`JSON after "${key.name}"`, "something else");
          this.#entries.push([key.name, member.value]);
          feed.start = end;
        }
        feed.start += await this.#token(0);
        const next = feed.bytes[feed.start];
        if (next === CLOSE_OBJECT) {
          feed.start++;
          yield* this.#nothingMore();
          return;
        }
        if (next !== COMMA) throw new Unreadable("a comma or the end of the object", "something else");
        feed.start++;
        key = await this.#member(0);
        if (key === undefined) throw new Unreadable("a member after the comma", "none");
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      yield { kind: "broken", index: this.#index, expected: error.expected, found: error.found };
    }
  }

  /** The elements of the list that begins at the feed's start; leaves the feed behind its end. */
  async *#list(): AsyncGenerator<Batch | Region> {
    const feed = this.#feed;
    let spans: number[] = [];
    let first = this.#index;
    feed.start++;
    let offset = 0;
    let afterComma = false;
    const flush = (): Batch | undefined => {
      if (spans.length === 0) return undefined;
      const at = feed.start + offset;
      if (this.#guessing) this.#boundary ??= boundaryOf(feed.bytes, spans);
      const batch: Batch = { kind: "records", bytes: feed.cut(at), spans: Uint32Array.from(spans), index: first };
      offset = 0;
      spans = [];
      first = this.#index;
      return batch;
    };
    try {
      for (;;) {
        if (spans.length === 0 && afterComma && this.#boundary !== undefined) {
          feed.start += offset;
          offset = 0;
          await feed.fill();
          const to = lastBoundary(feed, this.#boundary);
          if (to > feed.start) {
            const from = feed.start;
            yield { kind: "region", bytes: feed.cut(to), from, to, index: this.#index };
            continue;
          }
        }
        const from = skipSpace(feed.bytes, feed.start + offset, feed.end);
        const byte = feed.bytes[from];
        if (from < feed.end && byte === CLOSE_LIST && !afterComma) {
          offset = from + 1 - feed.start;
          break;
        }
        const end = from < feed.end ? endOfValue(feed.bytes, from, feed.end, feed.final) : MORE;
        if (end === BROKEN) throw new Unreadable("a task or the end of the list", "something else");
        let next = end;
        if (end !== MORE) next = skipSpace(feed.bytes, end, feed.end);
        const closed = end !== MORE && next < feed.end;
        if (!closed) {
          if (feed.final) throw new Unreadable("the end of the list", "the end of the file");
          const batch = flush();
          if (batch !== undefined) {
            yield batch;
            continue;
          }
          if (feed.length - offset > MAX_RECORD_BYTES) throw new Unreadable("a task of at most 64 MiB", "a larger one");
          feed.start += offset;
          offset = 0;
          await feed.more();
          continue;
        }
        const separator = feed.bytes[next];
        if (separator !== COMMA && separator !== CLOSE_LIST) {
          throw new Unreadable("a comma between tasks", "something else");
        }
        spans.push(from, end);
        this.#index++;
        afterComma = separator === COMMA;
        offset = (afterComma ? next + 1 : next) - feed.start;
      }
    } catch (error) {
      const batch = flush();
      if (batch !== undefined) yield batch;
      throw error;
    }
    feed.start += offset;
    offset = 0;
    const batch = flush();
    if (batch !== undefined) yield batch;
  }

  /** JSON Lines from the feed's start. */
  async *#lines(firstLine: number): AsyncGenerator<Batch> {
    const feed = this.#feed;
    let line = firstLine;
    for (;;) {
      await feed.fill();
      if (feed.length === 0) return;
      const last = feed.final ? feed.end - 1 : feed.bytes.lastIndexOf(NEWLINE, feed.end - 1);
      if (last < feed.start) {
        if (feed.length > MAX_RECORD_BYTES) {
          yield { kind: "broken", line, expected: "a task of at most 64 MiB", found: "a longer line" };
          if (!(await this.#skipLine())) return;
          line++;
        } else {
          await feed.more();
        }
        continue;
      }
      const from = feed.start;
      const lines = countNewlines(feed.bytes, from, last + 1);
      yield { kind: "lines", bytes: feed.cut(last + 1), from, to: last + 1, line };
      line += lines;
    }
  }

  /** Drops the rest of a line; false at the end of the log. */
  async #skipLine(): Promise<boolean> {
    const feed = this.#feed;
    for (;;) {
      const newline = feed.bytes.subarray(feed.start, feed.end).indexOf(NEWLINE);
      if (newline !== -1) {
        feed.start += newline + 1;
        return true;
      }
      feed.start = feed.end;
      if (feed.final) return false;
      await feed.more();
    }
  }

  async #lineEnd(): Promise<number> {
    try {
      return await this.#need((bytes, from, end, final) => {
        const newline = bytes.subarray(from, end).indexOf(NEWLINE);
        if (newline !== -1) return from + newline;
        return final ? end : MORE;
      });
    } catch (error) {
      // A first line that is too long is no header; #lines says what is wrong with it.
      if (error instanceof Unreadable) return this.#feed.start;
      throw error;
    }
  }

  async *#nothingMore(): AsyncGenerator<Batch> {
    const feed = this.#feed;
    for (;;) {
      feed.start = skipSpace(feed.bytes, feed.start, feed.end);
      if (feed.start < feed.end) {
        const expected = "nothing after the end of the log";
        yield { kind: "broken", index: this.#index, expected, found: "something else" };
        return;
      }
      if (feed.final) return;
      await feed.more();
    }
  }

  /** The next member's name and where its value begins, as offsets from the feed's start; undefined at a `}`. */
  async #member(offset: number): Promise<{ readonly name: string; readonly value: number } | undefined> {
    const feed = this.#feed;
    const at = await this.#token(offset);
    if (feed.bytes[feed.start + at] === CLOSE_OBJECT) return undefined;
    if (feed.bytes[feed.start + at] !== QUOTE) throw new Unreadable("a member's name in quotes", "something else");
    const end = await this.#need((b, from, e, final) => endOfValue(b, from, e, final), at);
    const name = parseBytes(feed.bytes.subarray(feed.start + at, end));
    if (name === undefined) throw new Unreadable("a member's name in quotes", "something else");
    const colon = await this.#token(end - feed.start);
    if (feed.bytes[feed.start + colon] !== COLON)
      throw new Unreadable("a colon after a member's name", "something else");
    return { name: String(name.value), value: await this.#token(colon + 1) };
  }

  /** Offset of the next byte that is no white space. */
  async #token(offset: number): Promise<number> {
    const at = await this.#need((bytes, from, end) => {
      const next = skipSpace(bytes, from, end);
      return next < end ? next : MORE;
    }, offset);
    return at - this.#feed.start;
  }

  /**
   * Runs a scan, with more and more bytes until it can tell.
   *
   * @returns An index in the feed's bytes.
   */
  async #need(scan: Scan, offset = 0): Promise<number> {
    const feed = this.#feed;
    for (;;) {
      const result = scan(feed.bytes, feed.start + offset, feed.end, feed.final);
      if (result >= 0) return result;
      if (result === BROKEN) throw new Unreadable("a JSON value", "something else");
      if (feed.final) throw new Unreadable("more", "the end of the file");
      if (feed.length > MAX_RECORD_BYTES + CHUNK_BYTES) throw new Unreadable("at most 64 MiB", "more");
      await feed.more();
    }
  }

  #checkHeader(line: number | undefined): void {
    const problem = checkHeader(this.header);
    if (problem === null) return;
    throw new InvalidLogError(
      "log.bad-header",
      { file: this.name, path: "", ...(line === undefined ? {} : { line }) },
      problem,
    );
  }
}

/** Bytes of a task's end and of the next one's beginning that tell a boundary from what is inside tasks. */
const END_BYTES = 4;
const BEGIN_BYTES = 8;

/** What stands between the last two of some records; undefined if there is one only. */
function boundaryOf(bytes: Uint8Array, spans: readonly number[]): { bytes: Buffer; start: number } | undefined {
  const end = spans.at(-3);
  const next = spans.at(-2);
  if (spans.length < 4 || end === undefined || next === undefined) return undefined;
  const from = end - END_BYTES;
  return { bytes: Buffer.from(bytes.slice(from, next + BEGIN_BYTES)), start: next - from };
}

/** Where the last task in the feed seems to begin, or -1. */
function lastBoundary(feed: ByteFeed, boundary: { readonly bytes: Buffer; readonly start: number }): number {
  const bytes = Buffer.from(feed.bytes.buffer, feed.start, feed.length);
  const found = bytes.lastIndexOf(boundary.bytes);
  return found === -1 ? -1 : feed.start + found + boundary.start;
}

/** The log's structure breaks here; what came before it stands. */
class Unreadable extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}`);
    this.expected = expected;
    this.found = found;
  }
}

function countNewlines(array: Uint8Array, from: number, to: number): number {
  // Buffer's search is native, that of a typed array is not.
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
