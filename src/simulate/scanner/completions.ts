import { hotkey, readHotkey } from "./hotkeys";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  endOfPlain,
  OPEN_LIST,
  OPEN_OBJECT,
  pastColon,
  pastSpace,
  QUOTE,
  skipValue,
  UNSURE,
} from "./json";
import { AUTHORS, COMPLETION_COUNT, FEW, FROM_VALIDATOR, ID_FROM, ID_MASK, ID_TO, ID_WORD } from "./layout";
import { wordOf } from "./words";

const UNKNOWN: i32 = -1;

const ID: u64 = 0x6469; // id
const BY: u64 = 0x7962; // by
const SOURCE: u64 = 0x656372756f73; // source
const MINER: u64 = 0x72656e696d; // miner
const VALIDATO: u64 = 0x6f746164696c6176; // validato, the rest is compared apart
const LETTER_R: u8 = 114;

const SEEN_ID: i32 = 1;
const SEEN_BY: i32 = 2;
const SEEN_SOURCE: i32 = 4;

/** The completion that was named last, by index; -1 if there is none of that id. */
export let choice: i32 = UNKNOWN;

/** Reads the list of completions, from its opening bracket to just after its end. */
export function readCompletions(at: usize): usize {
  store<i32>(COMPLETION_COUNT, 0);
  if (load<u8>(at) !== OPEN_LIST) return UNSURE;
  let next = pastSpace(at + 1);
  if (load<u8>(next) === CLOSE_LIST) return next + 1;
  for (let index = 0; index < FEW; index++) {
    next = readCompletion(next, index);
    if (next === UNSURE) return UNSURE;
    store<i32>(COMPLETION_COUNT, index + 1);
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === CLOSE_LIST) return next + 1;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
  return UNSURE;
}

function readCompletion(at: usize, index: i32): usize {
  if (load<u8>(at) !== OPEN_OBJECT) return UNSURE;
  let next = pastSpace(at + 1);
  let seen = 0;
  while (true) {
    const keyEnd = endOfPlain(next);
    if (keyEnd === UNSURE) return UNSURE;
    const key = wordOf(next + 1, keyEnd);
    next = pastColon(keyEnd + 1);
    if (next === UNSURE) return UNSURE;
    let bit = 0;
    if (key === ID) {
      bit = SEEN_ID;
      next = readId(next, index);
    } else if (key === BY) {
      bit = SEEN_BY;
      next = readAuthor(next, index);
    } else if (key === SOURCE) {
      bit = SEEN_SOURCE;
      next = readSource(next, index);
    } else {
      next = skipValue(next, 0);
    }
    if (next === UNSURE || (seen & bit) !== 0) return UNSURE;
    seen |= bit;
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === CLOSE_OBJECT) return seen === (SEEN_ID | SEEN_BY | SEEN_SOURCE) ? next + 1 : UNSURE;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
}

function readId(at: usize, index: i32): usize {
  const end = endOfPlain(at);
  if (end === UNSURE || indexOf(at + 1, end, index) !== UNKNOWN) return UNSURE;
  store<usize>(ID_FROM + 4 * index, at + 1);
  store<usize>(ID_TO + 4 * index, end);
  const length = end - at - 1;
  // With its closing quote a short id fits into one word.
  const mask: u64 = length < 8 ? u64.MAX_VALUE >> (56 - 8 * length) : 0;
  store<u64>(ID_MASK + 8 * index, mask);
  store<u64>(ID_WORD + 8 * index, length < 8 ? load<u64>(at + 1) & mask : 1);
  return end + 1;
}

function readAuthor(at: usize, index: i32): usize {
  const next = readHotkey(at);
  if (next === UNSURE) return UNSURE;
  for (let c = 0; c < index; c++) if (load<i32>(AUTHORS + 4 * c) === hotkey) return UNSURE;
  store<i32>(AUTHORS + 4 * index, hotkey);
  return next;
}

function readSource(at: usize, index: i32): usize {
  const end = endOfPlain(at);
  if (end === UNSURE) return UNSURE;
  const isValidator = end - at === 10 && load<u64>(at + 1) === VALIDATO && load<u8>(at + 9) === LETTER_R;
  if (!isValidator && wordOf(at + 1, end) !== MINER) return UNSURE;
  store<u8>(FROM_VALIDATOR + index, isValidator ? 1 : 0);
  return end + 1;
}

/** Index of the completion with this id among the first `count`, or -1. */
function indexOf(from: usize, to: usize, count: i32): i32 {
  for (let c = 0; c < count; c++) {
    const start = load<usize>(ID_FROM + 4 * c);
    if (load<usize>(ID_TO + 4 * c) - start !== to - from) continue;
    if (memory.compare(start, from, to - from) === 0) return c;
  }
  return UNKNOWN;
}

/**
 * Reads the id of a completion that a vote names.
 *
 * @param at - Its opening quote.
 * @returns Just after its closing quote; {@link choice} says which one it is.
 */
@inline
export function readChoice(at: usize): usize {
  if (load<u8>(at) !== QUOTE) return UNSURE;
  const word = load<u64>(at + 1);
  const count = load<i32>(COMPLETION_COUNT);
  for (let c = 0; c < count; c++) {
    const mask = load<u64>(ID_MASK + 8 * c);
    if ((word & mask) !== load<u64>(ID_WORD + 8 * c)) continue;
    choice = c;
    return load<usize>(ID_TO + 4 * c) - load<usize>(ID_FROM + 4 * c) + at + 2;
  }
  const end = endOfPlain(at);
  if (end === UNSURE) return UNSURE;
  choice = indexOf(at + 1, end, count);
  return end + 1;
}
