import { readCompletions } from "./completions";
import { hotkey, isFirst, newList, readHotkey, seedHotkeys } from "./hotkeys";
import { hashId, seedIds } from "./id-hash";
import { compareInstants, digitAt, nanos, readInstant, seconds } from "./instant";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  endOfPlain,
  forgetLineFeeds,
  OPEN_LIST,
  OPEN_OBJECT,
  pastColon,
  pastSpace,
  sawLineFeed,
  skipValue,
  UNSURE,
} from "./json";
import {
  AUTHORS,
  COMPLETION_COUNT,
  EXPIRES_NANOS,
  EXPIRES_SECONDS,
  FEW,
  FROM_VALIDATOR,
  GENERATOR_COUNT,
  GENERATORS,
  HAS_LINE_FEED,
  INTERVAL,
  INVITED,
  INVITED_COUNT,
  KIND,
  MOST_INVITED,
  NEGATIVE,
  OPEN,
  TASK_ID_FROM,
  TASK_ID_TO,
  VALIDATOR,
} from "./layout";
import {
  BEFORE_VOTES,
  memberNamed,
  REQUIRED,
  SEEN_COMPLETIONS,
  SEEN_CREATED,
  SEEN_EXPIRES,
  SEEN_GENERATORS,
  SEEN_ID,
  SEEN_INTERVAL,
  SEEN_INVITED,
  SEEN_KIND,
  SEEN_NEGATIVE,
  SEEN_OPENS,
  SEEN_TASK_TYPE,
  SEEN_VALIDATOR,
  SEEN_VOTES,
} from "./members";
import { readVotes, setUntil } from "./votes";
import { wordOf } from "./words";

const UNKNOWN: i32 = -1;
const ZERO: u8 = 48;

// Kinds by their place in TASK_KINDS.
const SYNTHETIC: i32 = 0;
const DUEL: i32 = 1;
const TRAP: i32 = 2;
const DUEL_WORD: u64 = 0x6c657564; // duel
const TRAP_WORD: u64 = 0x70617274; // trap
const SYNTHETI: u64 = 0x69746568746e7973; // syntheti
const LETTER_C: u8 = 99;

let createdSeconds: i64 = 0;
let createdNanos: i32 = 0;
let opensSeconds: i64 = 0;
let opensNanos: i32 = 0;
let expiresSeconds: i64 = 0;
let expiresNanos: i32 = 0;
let negative: i32 = UNKNOWN;

/** What holds for all tasks: votes after `until` are not kept, and the seed of all fingerprints. */
export function configure(hasUntil: bool, untilSeconds: f64, untilNanos: i32, seed: u32): void {
  setUntil(hasUntil, i64(untilSeconds), untilNanos);
  seedIds(seed);
  seedHotkeys(seed);
}

/**
 * Reads the task that begins at `start`, after white space, and may end anywhere up to `end`.
 *
 * @returns Just after it, the task being valid and all of it in memory; 0 if somebody else must look at it.
 */
export function loadTask(start: usize, end: usize): usize {
  const first = pastSpace(start);
  if (first >= end || load<u8>(first) !== OPEN_OBJECT) return UNSURE;
  forgetLineFeeds();
  let next = pastSpace(first + 1);
  let seen = 0;
  while (true) {
    const keyEnd = endOfPlain(next);
    if (keyEnd === UNSURE) return UNSURE;
    const bit = memberNamed(next + 1, keyEnd);
    next = pastColon(keyEnd + 1);
    if (next === UNSURE || (seen & bit) !== 0) return UNSURE;
    if (bit === SEEN_VOTES) {
      if ((seen & BEFORE_VOTES) !== BEFORE_VOTES) return UNSURE;
      if ((seen & SEEN_OPENS) === 0) openAtCreation();
    } else if (bit === SEEN_OPENS && (seen & SEEN_VOTES) !== 0) return UNSURE;
    next = readMember(bit, next);
    if (next === UNSURE) return UNSURE;
    seen |= bit;
    next = pastSpace(next);
    const byte = load<u8>(next++);
    if (byte === CLOSE_OBJECT) break;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next);
  }
  if (next > end || (seen & REQUIRED) !== REQUIRED || !isConsistent(seen)) return UNSURE;
  store<i32>(HAS_LINE_FEED, sawLineFeed ? 1 : 0);
  return next;
}

function readMember(bit: i32, at: usize): usize {
  switch (bit) {
    case SEEN_ID:
      return readId(at);
    case SEEN_KIND:
      return readKind(at);
    case SEEN_INTERVAL:
      return readInterval(at);
    case SEEN_TASK_TYPE: {
      const end = endOfPlain(at);
      return end === UNSURE ? UNSURE : end + 1;
    }
    case SEEN_CREATED: {
      const next = readInstant(at);
      createdSeconds = seconds;
      createdNanos = nanos;
      return next;
    }
    case SEEN_OPENS: {
      const next = readInstant(at);
      opensSeconds = seconds;
      opensNanos = nanos;
      return next;
    }
    case SEEN_EXPIRES: {
      const next = readInstant(at);
      expiresSeconds = seconds;
      expiresNanos = nanos;
      return next;
    }
    case SEEN_VALIDATOR: {
      const next = readHotkey(at);
      store<i32>(VALIDATOR, hotkey);
      return next;
    }
    case SEEN_NEGATIVE: {
      const next = readHotkey(at);
      negative = hotkey;
      return next;
    }
    case SEEN_GENERATORS:
      return readHotkeys(at, GENERATORS, GENERATOR_COUNT, FEW);
    case SEEN_INVITED:
      return readHotkeys(at, INVITED, INVITED_COUNT, MOST_INVITED);
    case SEEN_COMPLETIONS:
      return readCompletions(at);
    case SEEN_VOTES:
      return readVotes(at, opensSeconds, opensNanos, expiresSeconds, expiresNanos);
    default:
      return skipValue(at, 0);
  }
}

function openAtCreation(): void {
  opensSeconds = createdSeconds;
  opensNanos = createdNanos;
}

function readId(at: usize): usize {
  const end = endOfPlain(at);
  if (end === UNSURE) return UNSURE;
  store<u32>(TASK_ID_FROM, u32(at + 1));
  store<u32>(TASK_ID_TO, u32(end));
  hashId(at + 1, end);
  return end + 1;
}

function readKind(at: usize): usize {
  const end = endOfPlain(at);
  if (end === UNSURE) return UNSURE;
  const word = wordOf(at + 1, end);
  let kind = UNKNOWN;
  if (word === DUEL_WORD) kind = DUEL;
  else if (word === TRAP_WORD) kind = TRAP;
  else if (end - at === 10 && load<u64>(at + 1) === SYNTHETI && load<u8>(at + 9) === LETTER_C) kind = SYNTHETIC;
  store<i32>(KIND, kind);
  return kind === UNKNOWN ? UNSURE : end + 1;
}

/** A whole number without sign, at most fifteen digits. */
function readInterval(at: usize): usize {
  let value: u64 = 0;
  let next = at;
  for (let digit = digitAt(next); digit <= 9; digit = digitAt(next)) {
    if (next - at === 15) return UNSURE;
    value = value * 10 + digit;
    next++;
  }
  if (next === at || (next > at + 1 && load<u8>(at) === ZERO)) return UNSURE;
  store<f64>(INTERVAL, f64(value));
  return next;
}

/** A list of hotkeys, no two alike. */
function readHotkeys(at: usize, into: usize, countAt: usize, most: i32): usize {
  store<i32>(countAt, 0);
  if (load<u8>(at) !== OPEN_LIST) return UNSURE;
  let next = pastSpace(at + 1);
  if (load<u8>(next) === CLOSE_LIST) return next + 1;
  newList();
  for (let count = 0; count < most; ) {
    next = readHotkey(next);
    if (next === UNSURE || !isFirst(hotkey)) return UNSURE;
    store<i32>(into + 4 * count, hotkey);
    store<i32>(countAt, ++count);
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === CLOSE_LIST) return next + 1;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
  return UNSURE;
}

/** The rules of the format about who may be named where, and what an absent member means. */
function isConsistent(seen: i32): bool {
  if (compareInstants(opensSeconds, opensNanos, createdSeconds, createdNanos) < 0) return false;
  if (compareInstants(expiresSeconds, expiresNanos, opensSeconds, opensNanos) < 0) return false;
  store<f64>(EXPIRES_SECONDS, f64(expiresSeconds));
  store<i32>(EXPIRES_NANOS, expiresNanos);
  if ((seen & SEEN_INTERVAL) === 0) store<f64>(INTERVAL, NaN);
  const open = (seen & SEEN_INVITED) === 0;
  store<i32>(OPEN, open ? 1 : 0);
  if (open) store<i32>(INVITED_COUNT, 0);
  const validator = load<i32>(VALIDATOR);
  const count = load<i32>(COMPLETION_COUNT);
  for (let c = 0; c < count; c++) {
    const author = load<i32>(AUTHORS + 4 * c);
    if (load<u8>(FROM_VALIDATOR + c) === 1 ? author !== validator : !generates(author)) return false;
  }
  const isTrap = load<i32>(KIND) === TRAP;
  store<i32>(NEGATIVE, isTrap ? negative : UNKNOWN);
  if (!isTrap) return true;
  return (seen & SEEN_NEGATIVE) !== 0 && (negative === validator || generates(negative));
}

function generates(id: i32): bool {
  const count = load<i32>(GENERATOR_COUNT);
  for (let i = 0; i < count; i++) if (load<i32>(GENERATORS + 4 * i) === id) return true;
  return false;
}
