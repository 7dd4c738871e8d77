import { choice, readChoice } from "./completions";
import { hotkey, readHotkey } from "./hotkeys";
import { compareInstants, nanos, readInstant, seconds } from "./instant";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  endOfPlain,
  OPEN_LIST,
  OPEN_OBJECT,
  pastColon,
  pastSpace,
  skipValue,
  UNSURE,
} from "./json";
import { AT_NANOS, AT_SECONDS, CHOICES, IN_TIME, MOST_VOTES, VOTE_COUNT, VOTERS } from "./layout";
import { wordOf } from "./words";

// A vote as JSON.stringify writes it, in words; the second of a pair overlaps the first.
const VOTER_1: u64 = 0x227265746f76227b; // {"voter"
const VOTER_2: u16 = 0x223a; // :"
const CHOICE_1: u64 = 0x656c706d6f63222c; // ,"comple
const CHOICE_2: u64 = 0x3a226e6f6974656c; // letion":
const AT_1: u64 = 0x3a227461222c; // ,"at":
const SIX_BYTES: u64 = 0xffffffffffff;

const VOTER: u64 = 0x7265746f76; // voter
const AT: u64 = 0x7461; // at
const COMPLETI: u64 = 0x6974656c706d6f63; // completi, the rest is compared apart
const ON: u16 = 0x6e6f; // on

const SEEN_VOTER: i32 = 1;
const SEEN_CHOICE: i32 = 2;
const SEEN_AT: i32 = 4;

let hasUntil: bool = false;
let untilSeconds: i64 = 0;
let untilNanos: i32 = 0;

/** Votes after it are not kept. */
export function setUntil(has: bool, atSeconds: i64, atNanos: i32): void {
  hasUntil = has;
  untilSeconds = atSeconds;
  untilNanos = atNanos;
}

/**
 * Reads the list of votes, from its opening bracket to just after its end. The completions are known; a vote is in
 * time from the first instant to the second, both included.
 */
export function readVotes(
  at: usize,
  fromSeconds: i64,
  fromNanos: i32,
  toSeconds: i64,
  toNanos: i32,
): usize {
  store<i32>(VOTE_COUNT, 0);
  if (load<u8>(at) !== OPEN_LIST) return UNSURE;
  let next = pastSpace(at + 1);
  if (load<u8>(next) === CLOSE_LIST) return next + 1;
  let count = 0;
  while (true) {
    const plain = readPlainVote(next);
    next = plain === UNSURE ? readVote(next) : plain;
    if (next === UNSURE) return UNSURE;
    if (!hasUntil || compareInstants(seconds, nanos, untilSeconds, untilNanos) <= 0) {
      if (count === MOST_VOTES) return UNSURE;
      const inTime =
        compareInstants(seconds, nanos, fromSeconds, fromNanos) >= 0 &&
        compareInstants(seconds, nanos, toSeconds, toNanos) <= 0;
      store<i32>(VOTERS + 4 * count, hotkey);
      store<i32>(CHOICES + 4 * count, choice);
      store<u8>(IN_TIME + count, inTime ? 1 : 0);
      store<f64>(AT_SECONDS + 8 * count, f64(seconds));
      store<i32>(AT_NANOS + 4 * count, nanos);
      store<i32>(VOTE_COUNT, ++count);
    }
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === CLOSE_LIST) return next + 1;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
}

/** A vote as JSON.stringify writes `{voter, completion, at}`, perhaps with further members behind these. */
@inline
function readPlainVote(at: usize): usize {
  if (load<u64>(at) !== VOTER_1 || load<u16>(at + 8) !== VOTER_2) return UNSURE;
  let next = readHotkey(at + 9);
  if (next === UNSURE || load<u64>(next) !== CHOICE_1 || load<u64>(next + 6) !== CHOICE_2) return UNSURE;
  next = readChoice(next + 14);
  if (next === UNSURE || (load<u64>(next) & SIX_BYTES) !== AT_1) return UNSURE;
  next = readInstant(next + 6);
  if (next === UNSURE) return UNSURE;
  return load<u8>(next) === CLOSE_OBJECT ? next + 1 : skipMembers(next);
}

/** From behind a vote's last member that is read: passes over others up to the end of the vote. */
function skipMembers(at: usize): usize {
  let next = pastSpace(at);
  while (load<u8>(next) === COMMA) {
    next = pastSpace(next + 1);
    const keyEnd = endOfPlain(next);
    if (keyEnd === UNSURE || memberNamed(next, keyEnd) !== 0) return UNSURE;
    next = pastColon(keyEnd + 1);
    if (next === UNSURE) return UNSURE;
    next = skipValue(next, 0);
    if (next === UNSURE) return UNSURE;
    next = pastSpace(next);
  }
  return load<u8>(next) === CLOSE_OBJECT ? next + 1 : UNSURE;
}

/** The bit of a member, from its opening to its closing quote; 0 if nobody reads it. */
@inline
function memberNamed(at: usize, end: usize): i32 {
  const name = wordOf(at + 1, end);
  if (name === VOTER) return SEEN_VOTER;
  if (name === AT) return SEEN_AT;
  if (end - at !== 11) return 0;
  return load<u64>(at + 1) === COMPLETI && load<u16>(at + 9) === ON ? SEEN_CHOICE : 0;
}

/** A vote with white space, another order or further members. */
function readVote(at: usize): usize {
  if (load<u8>(at) !== OPEN_OBJECT) return UNSURE;
  let next = pastSpace(at + 1);
  let seen = 0;
  while (true) {
    const keyEnd = endOfPlain(next);
    if (keyEnd === UNSURE) return UNSURE;
    const bit = memberNamed(next, keyEnd);
    next = pastColon(keyEnd + 1);
    if (next === UNSURE) return UNSURE;
    if (bit === SEEN_VOTER) next = readHotkey(next);
    else if (bit === SEEN_CHOICE) next = readChoice(next);
    else if (bit === SEEN_AT) next = readInstant(next);
    else next = skipValue(next, 0);
    if (next === UNSURE || (seen & bit) !== 0) return UNSURE;
    seen |= bit;
    next = pastSpace(next);
    const byte = load<u8>(next);
    if (byte === CLOSE_OBJECT) return seen === (SEEN_VOTER | SEEN_CHOICE | SEEN_AT) ? next + 1 : UNSURE;
    if (byte !== COMMA) return UNSURE;
    next = pastSpace(next + 1);
  }
}
