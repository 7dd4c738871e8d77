// JSON by the letter: what is passed over here, JSON.parse would have taken. The bytes are known to be UTF-8.

export const QUOTE: u8 = 34;
export const COMMA: u8 = 44;
export const COLON: u8 = 58;
export const OPEN_LIST: u8 = 91;
export const CLOSE_LIST: u8 = 93;
export const OPEN_OBJECT: u8 = 123;
export const CLOSE_OBJECT: u8 = 125;
const BACKSLASH: u8 = 92;
const LINE_FEED: u8 = 10;
const SPACE: u8 = 32;
const TAB: u8 = 9;
const RETURN: u8 = 13;
const MINUS: u8 = 45;
const PLUS: u8 = 43;
const DOT: u8 = 46;
const ZERO: u8 = 48;
const LETTER_U: u8 = 117;
const TRUE: u32 = 0x65757274;
const ALSE: u32 = 0x65736c61;
const NULL: u32 = 0x6c6c756e;
/** Deeper nesting is left to `JSON.parse`. */
const DEEPEST: i32 = 32;

/** Not JSON, or more than this reader takes: somebody else decides. No address of the input is 0. */
export const UNSURE: usize = 0;

/** Whether a line feed stood in the white space passed since {@link forgetLineFeeds}. */
export let sawLineFeed: bool = false;

export function forgetLineFeeds(): void {
  sawLineFeed = false;
}

/** The first byte from `at` that is no white space. */
@inline
export function pastSpace(at: usize): usize {
  return load<u8>(at) > SPACE ? at : pastSpaces(at);
}

function pastSpaces(at: usize): usize {
  let next = at;
  while (true) {
    const byte = load<u8>(next);
    if (byte === LINE_FEED) sawLineFeed = true;
    else if (byte !== SPACE && byte !== RETURN && byte !== TAB) return next;
    next++;
  }
}

/** Just after the colon and the white space around it. */
@inline
export function pastColon(at: usize): usize {
  const colon = pastSpace(at);
  return load<u8>(colon) === COLON ? pastSpace(colon + 1) : UNSURE;
}

/**
 * A string of printable ASCII without escapes, for which bytes and characters are the same thing.
 *
 * @param at - Its opening quote.
 * @returns Its closing quote.
 */
export function endOfPlain(at: usize): usize {
  if (load<u8>(at) !== QUOTE) return UNSURE;
  let next = at + 1;
  while (true) {
    const bytes = v128.load(next);
    const odd = v128.or(
      i8x16.gt_u(i8x16.sub(bytes, i8x16.splat(32)), i8x16.splat(94)),
      i8x16.eq(bytes, i8x16.splat(BACKSLASH)),
    );
    const stops = i8x16.bitmask(v128.or(odd, i8x16.eq(bytes, i8x16.splat(QUOTE))));
    if (stops !== 0) {
      const stop = next + ctz(stops);
      return load<u8>(stop) === QUOTE ? stop : UNSURE;
    }
    next += 16;
  }
}

/** Just after a string of any kind, from just after its opening quote. */
export function skipString(at: usize): usize {
  let next = at;
  while (true) {
    const bytes = v128.load(next);
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH))),
        i8x16.lt_u(bytes, i8x16.splat(SPACE)),
      ),
    );
    if (stops === 0) {
      next += 16;
      continue;
    }
    next += ctz(stops);
    const byte = load<u8>(next);
    if (byte === QUOTE) return next + 1;
    if (byte !== BACKSLASH) return UNSURE;
    const escaped = load<u8>(next + 1);
    next += 2;
    switch (escaped) {
      case QUOTE:
      case BACKSLASH:
      case 47:
      case 98:
      case 102:
      case 110:
      case 114:
      case 116:
        break;
      case LETTER_U:
        for (let digit = 0; digit < 4; digit++) if (!isHex(load<u8>(next++))) return UNSURE;
        break;
      default:
        return UNSURE;
    }
  }
}

@inline
function isDigit(byte: u8): bool {
  return u8(byte - ZERO) <= 9;
}

function isHex(byte: u8): bool {
  return isDigit(byte) || u8((byte | 32) - 97) <= 5;
}

/** Just after one JSON value of any kind. */
export function skipValue(at: usize, depth: i32): usize {
  const first = load<u8>(at);
  if (first === QUOTE) return skipString(at + 1);
  if (first === OPEN_OBJECT || first === OPEN_LIST) {
    return depth === DEEPEST ? UNSURE : skipGroup(at, depth, first === OPEN_OBJECT);
  }
  if (first === MINUS || isDigit(first)) return skipNumber(at);
  if (load<u32>(at) === TRUE || load<u32>(at) === NULL) return at + 4;
  return first === 102 && load<u32>(at + 1) === ALSE ? at + 5 : UNSURE;
}

function skipGroup(at: usize, depth: i32, keyed: bool): usize {
  const close: u8 = keyed ? CLOSE_OBJECT : CLOSE_LIST;
  let next = pastSpace(at + 1);
  if (load<u8>(next) === close) return next + 1;
  while (true) {
    if (keyed) {
      if (load<u8>(next) !== QUOTE) return UNSURE;
      next = skipString(next + 1);
      if (next === UNSURE) return UNSURE;
      next = pastColon(next);
      if (next === UNSURE) return UNSURE;
    }
    next = skipValue(next, depth + 1);
    if (next === UNSURE) return UNSURE;
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === close) return next + 1;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
}

/** Just after at least one digit. */
function skipDigits(at: usize): usize {
  let next = at;
  while (isDigit(load<u8>(next))) next++;
  return next === at ? UNSURE : next;
}

function skipNumber(at: usize): usize {
  const whole = load<u8>(at) === MINUS ? at + 1 : at;
  let next = load<u8>(whole) === ZERO ? whole + 1 : skipDigits(whole);
  if (next === UNSURE) return UNSURE;
  if (load<u8>(next) === DOT) {
    next = skipDigits(next + 1);
    if (next === UNSURE) return UNSURE;
  }
  if ((load<u8>(next) | 32) === 101) {
    const sign = load<u8>(next + 1);
    next = skipDigits(sign === MINUS || sign === PLUS ? next + 2 : next + 1);
  }
  return next;
}
