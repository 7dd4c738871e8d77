import type { BrokenBatch, LinesBatch, SlicesBatch } from "./batch.ts";
import type { ByteFeed } from "./byte-feed.ts";
import { MAX_RECORD_BYTES } from "./log-cursor.ts";

const NEWLINE = 10;

/**
 * Cuts JSON Lines into batches, from the feed's start on.
 *
 * @param firstLine - Number of the line that begins there.
 * @param slices - Hands the rest of a file on in one piece if it was not all read yet.
 */
export async function* lineBatches(
  feed: ByteFeed,
  firstLine: number,
  slices: boolean,
): AsyncGenerator<LinesBatch | BrokenBatch | SlicesBatch> {
  let line = firstLine;
  for (;;) {
    await feed.fill();
    if (feed.length === 0) return;
    const plan = slices && !feed.final ? feed.rest(undefined) : undefined;
    if (plan !== undefined) {
      yield { kind: "slices", plan, line };
      return;
    }
    const last = feed.final ? feed.end - 1 : feed.bytes.lastIndexOf(NEWLINE, feed.end - 1);
    if (last >= feed.start) {
      const from = feed.start;
      const lines = countNewlines(feed.bytes, from, last + 1);
      yield { kind: "lines", bytes: feed.cut(last + 1), from, to: last + 1, line };
      line += lines;
    } else if (feed.length > MAX_RECORD_BYTES) {
      yield { kind: "broken", line, expected: "a task of at most 64 MiB", found: "a longer line" };
      if (!(await skipLine(feed))) return;
      line++;
    } else {
      await feed.more();
    }
  }
}

/** Drops the rest of a line; false at the end of the log. */
async function skipLine(feed: ByteFeed): Promise<boolean> {
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

function countNewlines(array: Uint8Array, from: number, to: number): number {
  // Buffer's search is native, that of a typed array is not.
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}
