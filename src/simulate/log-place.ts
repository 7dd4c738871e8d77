import type { BrokenBatch } from "./batch.ts";
import type { LogBatches } from "./log-batches.ts";
import { InvalidLogError, type LogPlace } from "./log-error.ts";

/** Where a batch begins in its log: a line, or an index in the list of tasks. */
export interface BatchPlace {
  readonly line?: number;
  readonly index?: number;
}

/** Where the record `offset` after a batch's first one stands. */
export function placeOf(log: LogBatches, { line, index }: BatchPlace, offset: number): LogPlace {
  if (line !== undefined) return { file: log.name, line: line + offset, path: "" };
  const path = `[${(index ?? 0) + offset}]`;
  return { file: log.name, path: log.shape === "object" ? `tasks${path}` : path };
}

/** @param offset - Lines or tasks before it that its own place does not count. */
export function brokenError(log: LogBatches, batch: BrokenBatch, offset = 0): InvalidLogError {
  const { expected, found } = batch;
  return new InvalidLogError("log.not-json", placeOf(log, batch, offset), {
    path: "",
    id: undefined,
    expected,
    found,
  });
}
