import { readSync } from "node:fs";
import type { ListBoundary } from "./list-boundary.ts";
import { type SlicePlan, sliceAt } from "./slice-plan.ts";

const NEWLINE = 10;
/** A read from anywhere but the beginning of a page takes three times as long: the copy in the kernel is not aligned. */
const PAGE_BYTES = 4_096;
/** Read behind a slice at once, for the rest of its last record. */
const MARGIN_BYTES = 1 << 15;
/** A longer record is left to whoever reads the log from its beginning to its end. */
const LONGEST_RECORD_BYTES = 1 << 23;

/** Where in memory the records of a slice are. */
export interface SliceRecords {
  readonly state: "records";
  readonly bytes: Buffer;
  /** Bytes in use; the records are `bytes[start … end − 1]`. */
  readonly length: number;
  readonly start: number;
  readonly end: number;
  /** Position of `bytes[0]` in the file. */
  readonly base: number;
}

/**
 * `nothing`: no record begins in the slice. `tail`: one begins at `position`, but the list may end in it.
 * `misfit`: it cannot be told; the log must be read from its beginning to its end.
 */
export type ReadSlice =
  | SliceRecords
  | { readonly state: "nothing" }
  | { readonly state: "tail"; readonly position: number }
  | { readonly state: "misfit" };

/**
 * Reads a slice and finds the records that begin in it.
 *
 * @param room - Gives a buffer of at least that many bytes; what an earlier one held is kept.
 */
export function readSlice(plan: SlicePlan, index: number, room: (length: number) => Buffer): ReadSlice {
  const { from, to } = sliceAt(plan, index);
  const { boundary } = plan;
  // Whether a record begins at `from` is seen by what stands before it.
  const before = index === 0 ? 0 : boundary === undefined ? 1 : boundary.start;
  const base = Math.max(0, from - before - ((from - before) % PAGE_BYTES));
  let bytes = room(to - base + MARGIN_BYTES);
  let length = readAt(plan, bytes, 0, to - base + MARGIN_BYTES, base);
  const start = index === 0 ? from - base : recordFrom(bytes, length, from - base, boundary);
  if (start === -1 || start >= to - base) return { state: "nothing" };
  for (;;) {
    const end = recordFrom(bytes, length, to - base, boundary);
    if (end !== -1) return { state: "records", bytes, length, start, end, base };
    if (base + length >= plan.to) {
      return boundary === undefined
        ? { state: "records", bytes, length, start, end: length, base }
        : { state: "tail", position: base + start };
    }
    if (length > LONGEST_RECORD_BYTES) return { state: "misfit" };
    bytes = room(length * 2);
    const count = readAt(plan, bytes, length, length, base + length);
    if (count === 0) return { state: "misfit" };
    length += count;
  }
}

/** Index of the first record that begins at `at` or later, or -1 if none is seen. */
function recordFrom(bytes: Buffer, length: number, at: number, boundary: ListBoundary | undefined): number {
  const used = bytes.subarray(0, length);
  if (boundary === undefined) {
    const newline = used.indexOf(NEWLINE, at - 1);
    return newline === -1 ? -1 : newline + 1;
  }
  const found = used.indexOf(boundary.bytes, Math.max(0, at - boundary.start));
  return found === -1 ? -1 : found + boundary.start;
}

/** Fills `target` from `at` with up to `count` bytes of the file; fewer only at its end. */
function readAt(plan: SlicePlan, target: Buffer, at: number, count: number, position: number): number {
  const wanted = Math.min(count, plan.to - position);
  let done = 0;
  while (done < wanted) {
    const read = readSync(plan.fd, target, at + done, wanted - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}
