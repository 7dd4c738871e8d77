import { type ByteFeed, CHUNK_BYTES } from "./byte-feed.ts";
import { BROKEN, endOfValue, MORE, skipSpace } from "./json-scan.ts";
import { parseBytes } from "./parse-bytes.ts";

/** A task longer than this is none. */
export const MAX_RECORD_BYTES = 64 * 1_024 * 1_024;

const QUOTE = 34;
const COLON = 58;
const CLOSE_OBJECT = 125;

type Scan = (bytes: Uint8Array, from: number, end: number, final: boolean) => number;

/** The log's structure breaks here; what came before it stands. */
export class Unreadable extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}`);
    this.expected = expected;
    this.found = found;
  }
}

/** Looks at JSON in a feed without using it up; reads on where that takes more bytes. */
export class LogCursor {
  readonly #feed: ByteFeed;

  constructor(feed: ByteFeed) {
    this.#feed = feed;
  }

  /**
   * Runs a scan, with more and more bytes until it can tell.
   *
   * @param offset - From the feed's start.
   * @returns An index in the feed's bytes.
   * @throws Unreadable
   */
  async need(scan: Scan, offset = 0): Promise<number> {
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

  /** Offset of the next byte that is no white space. @throws Unreadable */
  async token(offset: number): Promise<number> {
    const at = await this.need((bytes, from, end) => {
      const next = skipSpace(bytes, from, end);
      return next < end ? next : MORE;
    }, offset);
    return at - this.#feed.start;
  }

  /** Index just after the value at `offset`, which is no white space. @throws Unreadable */
  valueEnd(offset: number): Promise<number> {
    return this.need(endOfValue, offset);
  }

  /**
   * The next member's name and where its value begins, as offsets from the feed's start; undefined at a `}`.
   *
   * @throws Unreadable
   */
  async member(offset: number): Promise<{ readonly name: string; readonly value: number } | undefined> {
    const feed = this.#feed;
    const at = await this.token(offset);
    if (feed.bytes[feed.start + at] === CLOSE_OBJECT) return undefined;
    if (feed.bytes[feed.start + at] !== QUOTE) throw new Unreadable("a member's name in quotes", "something else");
    const end = await this.valueEnd(at);
    const name = parseBytes(feed.bytes.subarray(feed.start + at, end));
    if (name === undefined) throw new Unreadable("a member's name in quotes", "something else");
    const colon = await this.token(end - feed.start);
    if (feed.bytes[feed.start + colon] !== COLON)
      throw new Unreadable("a colon after a member's name", "something else");
    return { name: String(name.value), value: await this.token(colon + 1) };
  }
}
