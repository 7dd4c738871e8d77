/** More bytes are needed to tell. */
export const MORE = -1;
/** No JSON value begins here. */
export const BROKEN = -2;

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** A string longer than this is searched for its end by native code, which pays from there on. */
const LONG_STRING = 64;

export const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/** The first byte from `at` that is no JSON white space, or `end`. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isSpace(bytes[next])) next++;
  return next;
}

/**
 * The end of a string.
 *
 * @param at - Just after its opening quote.
 * @returns Just after its closing quote, or {@link MORE}.
 */
function endOfString(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  const near = Math.min(end, at + LONG_STRING);
  for (; next < near; next++) {
    const byte = bytes[next];
    if (byte === QUOTE) return next + 1;
    if (byte === BACKSLASH) next++;
  }
  while (next < end) {
    const quote = bytes.indexOf(QUOTE, next);
    if (quote === -1 || quote >= end) return MORE;
    let backslashes = 0;
    while (quote - 1 - backslashes >= at && bytes[quote - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    next = quote + 1;
  }
  return MORE;
}

/**
 * The end of a JSON value, found by brackets and quotes alone: whether it is well-formed is for `JSON.parse` to say.
 *
 * @param at - Its first byte, no white space.
 * @param final - No bytes will follow `end`.
 * @returns Just after it, {@link MORE}, or {@link BROKEN} if no value begins here.
 */
export function endOfValue(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  if (at >= end) return final ? BROKEN : MORE;
  const first = bytes[at];
  if (first === QUOTE) return endOfString(bytes, at + 1, end);
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) return endOfScalar(bytes, at, end, final);
  let depth = 0;
  for (let next = at; next < end; next++) {
    const byte = bytes[next];
    if (byte === QUOTE) {
      const after = endOfString(bytes, next + 1, end);
      if (after === MORE) return MORE;
      next = after - 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (--depth === 0) return next + 1;
    }
  }
  return MORE;
}

function endOfScalar(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  let next = at;
  for (; next < end; next++) {
    const byte = bytes[next];
    if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) break;
  }
  if (next === at) return BROKEN;
  return next < end || final ? next : MORE;
}
