import { isAscii, isUtf8 } from "node:buffer";
import type { TaskProblem } from "../mechanism/task-problem.ts";
import type { FullBatch } from "./batch.ts";
import { LineWalk, type RecordWalk, SpanWalk } from "./record-walk.ts";

/** One record of a batch: where it is, in the batch and in the log. */
export interface RecordPlace {
  readonly start: number;
  readonly end: number;
  /** Lines after the batch's first one, or records after its first one. */
  readonly offset: number;
}

/** The records of a batch in their order; blank lines are none. */
export function* recordsOf(batch: FullBatch): Generator<RecordPlace> {
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
  const walk: RecordWalk =
    batch.kind === "lines"
      ? new LineWalk(undefined, bytes, batch.from, batch.to)
      : new SpanWalk(undefined, bytes, batch);
  while (walk.next()) yield { start: walk.start, end: walk.end, offset: walk.offset };
}

/** Turns records of one batch into JSON values. */
export class RecordReader {
  /** The batch's bytes. */
  readonly bytes: Buffer;
  /** Whether all of them are UTF-8. */
  readonly isUtf8: boolean;
  readonly #ascii: boolean;

  constructor(bytes: Uint8Array, from: number, to: number) {
    const used = bytes.subarray(from, to);
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ascii = isAscii(used);
    this.isUtf8 = this.#ascii || isUtf8(used);
  }

  /** The record's value, or what is wrong with it. */
  read(place: {
    readonly start: number;
    readonly end: number;
  }): { readonly value: unknown } | { readonly problem: TaskProblem } {
    const { start, end } = place;
    if (!this.isUtf8 && !isUtf8(this.bytes.subarray(start, end))) {
      return { problem: notJson("UTF-8", "other bytes") };
    }
    const text = this.bytes.toString(this.#ascii ? "latin1" : "utf8", start, end);
    try {
      return { value: JSON.parse(text) as unknown };
    } catch (error) {
      return {
        problem: notJson("a task in JSON", error instanceof Error ? firstWords(error.message) : "something else"),
      };
    }
  }
}

const notJson = (expected: string, found: string): TaskProblem => ({ path: "", id: undefined, expected, found });

/** The engine's reason without the part that quotes the text, which may be long and is not ours to repeat. */
const firstWords = (message: string): string => {
  const reason = message.split(/, "|, \.\.\."/)[0] ?? message;
  return `text that is none: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
};
