import { isJsonObject } from "../base/json-object.ts";
import { checkHeader } from "../mechanism/check-header.ts";
import type { TaskLogHeader } from "../mechanism/task-log.ts";
import type { Batch, BrokenBatch, SlicesBatch } from "./batch.ts";
import { ByteFeed } from "./byte-feed.ts";
import type { ByteSource } from "./byte-source.ts";
import { MORE, skipSpace } from "./json-scan.ts";
import { lineBatches } from "./line-batches.ts";
import { ListBatches } from "./list-batches.ts";
import { LogCursor, Unreadable } from "./log-cursor.ts";
import { brokenLog, InvalidLogError } from "./log-error.ts";
import { parseBytes } from "./parse-bytes.ts";

export type LogShape = "array" | "object" | "lines";

const BOM = [0xef, 0xbb, 0xbf] as const;
const NEWLINE = 10;
const COMMA = 44;
const OPEN_LIST = 91;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

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
  readonly #cursor: LogCursor;
  #entries: [string, unknown][] = [];
  #list: ListBatches | undefined;

  constructor(source: ByteSource) {
    this.name = source.name;
    this.#feed = new ByteFeed(source);
    this.#cursor = new LogCursor(this.#feed);
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
    for await (const batch of this.#batches(false)) if (batch.kind !== "slices") yield batch;
  }

  /**
   * The same, but of a plain file most is handed on in one piece, to be read by whoever asked. After the slices of a
   * list this one goes on where {@link resumeAt} says.
   */
  slicedBatches(): AsyncGenerator<Batch | SlicesBatch> {
    return this.#batches(true);
  }

  /** Says where in the file a record begins that was in no slice. */
  resumeAt(position: number): void {
    this.#feed.moveTo(position);
  }

  async *#batches(slices: boolean): AsyncGenerator<Batch | SlicesBatch> {
    const feed = this.#feed;
    await feed.fill();
    if (feed.length === 0) {
      const hint = "A log without tasks is [], not an empty file.";
      throw brokenLog("log.empty", this.name, "the file is empty.", hint);
    }
    if (BOM.every((byte, index) => feed.bytes[feed.start + index] === byte)) feed.start += BOM.length;
    let line = 1;
    let first = await this.#cursor.need((bytes, from, end, final) => {
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
      yield* this.#array(slices);
      return;
    }
    if (opening !== OPEN_OBJECT) {
      const message = "this is no task log: it begins with neither [ nor {.";
      const hint = "A task log is JSON or JSON Lines, as written by: colosseum validator export";
      throw brokenLog("log.not-a-log", this.name, message, hint);
    }
    if (await this.#isObject()) {
      this.shape = "object";
      yield* this.#object(slices);
      this.#checkHeader(undefined);
      return;
    }
    first = await this.#lineEnd();
    const head = parseBytes(feed.bytes.subarray(feed.start, first));
    if (
      head !== undefined &&
      isJsonObject(head.value) &&
      Object.hasOwn(head.value, "format") &&
      !Object.hasOwn(head.value, "id")
    ) {
      this.#entries = Object.entries(head.value);
      this.#checkHeader(line);
      if (first < feed.end) first++;
      feed.start = first;
      line++;
    }
    yield* lineBatches(feed, line, slices);
  }

  /** Whether the first complete JSON value has `tasks`. Consumes nothing. */
  async #isObject(): Promise<boolean> {
    const feed = this.#feed;
    const newline = feed.bytes.subarray(feed.start, feed.end).indexOf(NEWLINE);
    if (newline !== -1 || feed.final) {
      const first = parseBytes(feed.bytes.subarray(feed.start, newline === -1 ? feed.end : feed.start + newline));
      if (first !== undefined) return isJsonObject(first.value) && Object.hasOwn(first.value, "tasks");
    }
    let offset = 1;
    try {
      for (;;) {
        const key = await this.#cursor.member(offset);
        if (key === undefined) return false;
        if (key.name === "tasks") return true;
        const end = await this.#cursor.valueEnd(key.value);
        if (parseBytes(feed.bytes.subarray(feed.start + key.value, end)) === undefined) return false;
        const after = await this.#cursor.token(end - feed.start);
        if (feed.bytes[feed.start + after] !== COMMA) return false;
        offset = after + 1;
      }
    } catch (error) {
      if (error instanceof Unreadable) return false;
      throw error;
    }
  }

  async *#array(slices: boolean): AsyncGenerator<Batch | SlicesBatch> {
    this.#list = new ListBatches(this.#feed, slices);
    try {
      yield* this.#list.batches();
      await this.#nothingMore();
    } catch (error) {
      yield this.#broken(error);
    }
  }

  /** The members of the object; those but `tasks` become the header. */
  async *#object(slices: boolean): AsyncGenerator<Batch | SlicesBatch> {
    const feed = this.#feed;
    const list = new ListBatches(feed, slices);
    this.#list = list;
    let seen = false;
    try {
      feed.start++;
      let key = await this.#cursor.member(0);
      while (key !== undefined) {
        feed.start += key.value;
        if (key.name === "tasks") {
          if (seen) throw new Unreadable('"tasks" once', "a second one");
          if (feed.bytes[feed.start] !== OPEN_LIST) throw this.#noList();
          seen = true;
          this.#checkHeader(undefined);
          yield* list.batches();
        } else {
          this.lateHeader ||= seen;
          const end = await this.#cursor.valueEnd(0);
          const member = parseBytes(feed.bytes.subarray(feed.start, end));
          if (member === undefined) throw new Unreadable(`JSON after "${key.name}"`, "something else");
          this.#entries.push([key.name, member.value]);
          feed.start = end;
        }
        feed.start += await this.#cursor.token(0);
        const next = feed.bytes[feed.start];
        if (next === CLOSE_OBJECT) {
          feed.start++;
          await this.#nothingMore();
          return;
        }
        if (next !== COMMA) throw new Unreadable("a comma or the end of the object", "something else");
        feed.start++;
        key = await this.#cursor.member(0);
        if (key === undefined) throw new Unreadable("a member after the comma", "none");
      }
    } catch (error) {
      yield this.#broken(error);
    }
  }

  async #lineEnd(): Promise<number> {
    try {
      return await this.#cursor.need((bytes, from, end, final) => {
        const newline = bytes.subarray(from, end).indexOf(NEWLINE);
        if (newline !== -1) return from + newline;
        return final ? end : MORE;
      });
    } catch (error) {
      // A first line that is too long is no header; the lines say what is wrong with it.
      if (error instanceof Unreadable) return this.#feed.start;
      throw error;
    }
  }

  async #nothingMore(): Promise<void> {
    const feed = this.#feed;
    for (;;) {
      feed.start = skipSpace(feed.bytes, feed.start, feed.end);
      if (feed.start < feed.end) {
        throw new Unreadable("nothing after the end of the log", "something else");
      }
      if (feed.final) return;
      await feed.more();
    }
  }

  /** What is told of a break; anything else goes on as it is. */
  #broken(error: unknown): BrokenBatch {
    if (!(error instanceof Unreadable)) throw error;
    return { kind: "broken", index: this.#list?.index ?? 0, expected: error.expected, found: error.found };
  }

  #noList(): InvalidLogError {
    const problem = { path: "tasks", id: undefined, expected: "a list of tasks", found: "something else" };
    return new InvalidLogError("log.bad-header", { file: this.name, path: "" }, problem);
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
