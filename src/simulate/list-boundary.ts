/** What stands between two tasks of a list: enough bytes of both to tell it from what is inside tasks. */
export interface ListBoundary {
  readonly bytes: Uint8Array;
  /** Where in it the second task begins. */
  readonly start: number;
}

/** Bytes of a task's end and of the next one's beginning. */
const END_BYTES = 4;
const BEGIN_BYTES = 8;
/** With more white space between tasks than this a list is not worth guessing. */
const LONGEST = 64;

/**
 * The boundary between the last two of some records.
 *
 * @param spans - Start and end of each record.
 * @returns Undefined if there are not two, or if they are far apart.
 */
export function boundaryOf(bytes: Uint8Array, spans: readonly number[]): ListBoundary | undefined {
  const end = spans.at(-3);
  const next = spans.at(-2);
  if (spans.length < 4 || end === undefined || next === undefined || next - end > LONGEST) return undefined;
  const from = end - END_BYTES;
  return { bytes: bytes.slice(from, next + BEGIN_BYTES), start: next - from };
}
