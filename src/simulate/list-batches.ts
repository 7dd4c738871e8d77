import type { RecordsBatch, SlicesBatch } from "./batch.ts";
import type { ByteFeed } from "./byte-feed.ts";
import { BROKEN, endOfValue, MORE, skipSpace } from "./json-scan.ts";
import { boundaryOf, type ListBoundary } from "./list-boundary.ts";
import { MAX_RECORD_BYTES, Unreadable } from "./log-cursor.ts";

const COMMA = 44;
const CLOSE_LIST = 93;
/** Records that are told apart before slices are cut by the boundary between them. */
const SAMPLE = 2;

/** Cuts a list of tasks into batches by brackets and quotes alone; whether a task is well-formed is not looked at. */
export class ListBatches {
  /** Index of the next task in the list, not counting those in slices. */
  index = 0;
  readonly #feed: ByteFeed;
  readonly #slices: boolean;
  /** Start and end of each record in the feed that is in no batch yet. */
  #spans: number[] = [];
  /** Where reading goes on, from the feed's start. */
  #offset = 0;
  #boundary: ListBoundary | undefined;

  /** @param slices - Hands most of a file on in one piece; {@link batches} goes on where the feed is moved to. */
  constructor(feed: ByteFeed, slices: boolean) {
    this.#feed = feed;
    this.#slices = slices;
  }

  /**
   * The elements of the list that begins at the feed's start; leaves the feed behind its end.
   *
   * @throws Unreadable where the list breaks, after all that stands before it.
   */
  async *batches(): AsyncGenerator<RecordsBatch | SlicesBatch> {
    const feed = this.#feed;
    feed.start++;
    this.#offset = 0;
    let afterComma = false;
    let sliced = false;
    try {
      for (;;) {
        if (this.#slices && !sliced && afterComma && this.#spans.length >= 2 * SAMPLE) {
          sliced = true;
          yield* this.#sliced();
        }
        const from = skipSpace(feed.bytes, feed.start + this.#offset, feed.end);
        const byte = feed.bytes[from];
        if (from < feed.end && byte === CLOSE_LIST && !afterComma) {
          this.#offset = from + 1 - feed.start;
          break;
        }
        const end = from < feed.end ? endOfValue(feed.bytes, from, feed.end, feed.final) : MORE;
        if (end === BROKEN) throw new Unreadable("a task or the end of the list", "something else");
        const next = end === MORE ? feed.end : skipSpace(feed.bytes, end, feed.end);
        if (next === feed.end) {
          if (feed.final) throw new Unreadable("the end of the list", "the end of the file");
          if (this.#spans.length > 0) yield* this.#flush();
          else await this.#readOn();
          continue;
        }
        const separator = feed.bytes[next];
        if (separator !== COMMA && separator !== CLOSE_LIST) {
          throw new Unreadable("a comma between tasks", "something else");
        }
        this.#spans.push(from, end);
        this.index++;
        afterComma = separator === COMMA;
        this.#offset = (afterComma ? next + 1 : next) - feed.start;
      }
    } catch (error) {
      yield* this.#flush();
      throw error;
    }
    yield* this.#flush();
    feed.start += this.#offset;
  }

  /** Gives away what was told apart so far. */
  *#flush(): Generator<RecordsBatch> {
    const spans = this.#spans;
    if (spans.length === 0) return;
    const bytes = this.#feed.cut(this.#feed.start + this.#offset);
    this.#spans = [];
    this.#offset = 0;
    yield { kind: "records", bytes, spans: Uint32Array.from(spans), index: this.index - spans.length / 2 };
  }

  async #readOn(): Promise<void> {
    const feed = this.#feed;
    if (feed.length - this.#offset > MAX_RECORD_BYTES) throw new Unreadable("a task of at most 64 MiB", "a larger one");
    feed.start += this.#offset;
    this.#offset = 0;
    await feed.more();
  }

  /** Hands the rest of the file on, if it is one of which slices can be read. */
  async *#sliced(): AsyncGenerator<RecordsBatch | SlicesBatch> {
    const feed = this.#feed;
    this.#boundary = boundaryOf(feed.bytes, this.#spans);
    yield* this.#flush();
    feed.start += await this.#nextRecord();
    const plan = this.#boundary === undefined || feed.final ? undefined : feed.rest(this.#boundary);
    if (plan !== undefined) yield { kind: "slices", plan, index: this.index };
  }

  /** Offset of the next byte that is no white space; that of the feed's end if none follows. */
  async #nextRecord(): Promise<number> {
    const feed = this.#feed;
    for (;;) {
      const at = skipSpace(feed.bytes, feed.start, feed.end);
      if (at < feed.end || feed.final) return at - feed.start;
      feed.start = feed.end;
      await feed.more();
    }
  }
}
