import { isSpace } from "./json-scan.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LETTER_U = 117;
const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const DOT = 46;
/** Deeper nesting is left to `JSON.parse`. */
const DEEPEST = 32;
const ESCAPES: ReadonlySet<number> = new Set([34, 92, 47, 98, 102, 110, 114, 116]);

/** Not JSON, or more than this reader takes: `JSON.parse` decides. */
export const UNSURE = -1;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 102);

/** The first byte from `at` that is no white space. */
export function pastSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (isSpace(bytes[next])) next++;
  return next;
}

/**
 * Checks one JSON value and passes over it, as strictly as `JSON.parse` would.
 *
 * @param at - Its first byte.
 * @param end - No byte from here on is looked at.
 * @returns Just after it, or {@link UNSURE}.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number, depth = 0): number {
  const first = bytes[at];
  if (at >= end || first === undefined) return UNSURE;
  if (first === QUOTE) return skipString(bytes, at + 1, end);
  if (first === OPEN_OBJECT || first === OPEN_LIST) {
    return depth === DEEPEST ? UNSURE : skipGroup(bytes, at, end, depth, first === OPEN_OBJECT);
  }
  if (first === MINUS || isDigit(first)) return skipNumber(bytes, at, end);
  for (const word of ["true", "false", "null"]) {
    if (first === word.charCodeAt(0)) return skipWord(bytes, at, end, word);
  }
  return UNSURE;
}

function skipWord(bytes: Uint8Array, at: number, end: number, word: string): number {
  if (at + word.length > end) return UNSURE;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return UNSURE;
  return at + word.length;
}

/** From just after the opening quote. */
function skipString(bytes: Uint8Array, at: number, end: number): number {
  for (let next = at; next < end; next++) {
    const byte = bytes[next] ?? 0;
    if (byte === QUOTE) return next + 1;
    if (byte < 32) return UNSURE;
    if (byte !== BACKSLASH) continue;
    const escaped = bytes[++next] ?? 0;
    if (escaped === LETTER_U) {
      for (let digit = 0; digit < 4; digit++) if (!isHex(bytes[++next])) return UNSURE;
    } else if (!ESCAPES.has(escaped)) return UNSURE;
  }
  return UNSURE;
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end && isDigit(bytes[next])) next++;
  return next === at ? UNSURE : next;
}

function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  const whole = bytes[at] === MINUS ? at + 1 : at;
  let next = bytes[whole] === ZERO && whole < end ? whole + 1 : skipDigits(bytes, whole, end);
  if (next === UNSURE) return UNSURE;
  if (next < end && bytes[next] === DOT) {
    next = skipDigits(bytes, next + 1, end);
    if (next === UNSURE) return UNSURE;
  }
  if (next < end && ((bytes[next] ?? 0) | 32) === 101) {
    const sign = bytes[next + 1];
    next = skipDigits(bytes, next + (sign === MINUS || sign === 43 ? 2 : 1), end);
  }
  return next;
}

function skipGroup(bytes: Uint8Array, at: number, end: number, depth: number, keyed: boolean): number {
  const close = keyed ? CLOSE_OBJECT : CLOSE_LIST;
  let next = pastSpace(bytes, at + 1);
  if (next < end && bytes[next] === close) return next + 1;
  while (next < end) {
    if (keyed) {
      if (bytes[next] !== QUOTE) return UNSURE;
      next = skipString(bytes, next + 1, end);
      if (next === UNSURE) return UNSURE;
      next = pastSpace(bytes, next);
      if (bytes[next] !== COLON) return UNSURE;
      next = pastSpace(bytes, next + 1);
    }
    next = skipValue(bytes, next, end, depth + 1);
    if (next === UNSURE) return UNSURE;
    next = pastSpace(bytes, next);
    if (next >= end) return UNSURE;
    if (bytes[next] === close) return next + 1;
    if (bytes[next] !== COMMA) return UNSURE;
    next = pastSpace(bytes, next + 1);
  }
  return UNSURE;
}
