import type { SlicePlan } from "./slice-plan.ts";

/** Whole lines. */
export interface LinesBatch {
  readonly kind: "lines";
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Number of the first line, from 1. */
  readonly line: number;
}

/** Elements of a list of tasks. */
export interface RecordsBatch {
  readonly kind: "records";
  readonly bytes: Uint8Array;
  /** Start and end of each record. */
  readonly spans: Uint32Array;
  /** Index of the first record in the list of tasks, not counting those in slices. */
  readonly index: number;
}

/** Tasks to be parsed and scored; the bytes belong to whoever got the batch. */
export type FullBatch = LinesBatch | RecordsBatch;

/** Bytes in which no task can be told from the next; all of the list from here on, or one line. */
export interface BrokenBatch {
  readonly kind: "broken";
  readonly line?: number;
  readonly index?: number;
  readonly expected: string;
  readonly found: string;
}

export type Batch = FullBatch | BrokenBatch;

/** A part of a file that was not read here: whoever asked for slices reads and counts what is in it. */
export interface SlicesBatch {
  readonly kind: "slices";
  readonly plan: SlicePlan;
  /** As in a batch: where its first line is, or its first record. */
  readonly line?: number;
  readonly index?: number;
}
