import {
  AT_NANOS,
  AT_SECONDS,
  AUTHORS,
  CHOICES,
  COMPLETION_COUNT,
  FIELD_BYTES,
  FROM_VALIDATOR,
  GENERATOR_COUNT,
  GENERATORS,
  IN_TIME,
  INVITED,
  INVITED_COUNT,
  NEGATIVE,
  RECORD_END,
  RECORD_OFFSET,
  RECORD_START,
  TAPE,
  TAPE_BYTES,
  TASK,
  TRANSLATION,
  VALIDATOR,
  VOTE_COUNT,
  VOTERS,
} from "./layout";

// Tasks that one thread has read, one after the other, for another to score: the fields, then each column up to its
// count. Entries and columns begin at multiples of eight bytes.

let used: usize = 0;

@inline
function padded(length: usize): usize {
  return (length + 7) & ~7;
}

@inline
function put(at: usize, column: usize, length: usize): usize {
  memory.copy(at, column, length);
  return at + padded(length);
}

@inline
function get(at: usize, column: usize, length: usize): usize {
  memory.copy(column, at, length);
  return at + padded(length);
}

/** As {@link get}, for a column of hotkeys. */
@inline
function getHotkeys(at: usize, column: usize, count: usize): usize {
  for (let i: usize = 0; i < count; i++) store<i32>(column + 4 * i, translated(load<i32>(at + 4 * i)));
  return at + padded(4 * count);
}

@inline
function translated(id: i32): i32 {
  return load<i32>(TRANSLATION + 4 * id);
}

/** Puts the task that is loaded onto the tape; false if the tape must be taken first. */
export function appendTask(start: u32, end: u32, offset: u32): bool {
  const generators = load<usize>(GENERATOR_COUNT);
  const completions = load<usize>(COMPLETION_COUNT);
  const invited = load<usize>(INVITED_COUNT);
  const votes = load<usize>(VOTE_COUNT);
  // Four bytes for most, eight for a time, one for a mark, and what padding may add.
  const most = FIELD_BYTES + 4 * (generators + completions + invited) + completions + 21 * votes + 72;
  if (used + most > TAPE_BYTES) return false;
  store<u32>(RECORD_START, start);
  store<u32>(RECORD_END, end);
  store<u32>(RECORD_OFFSET, offset);
  let at = put(TAPE + used, TASK, FIELD_BYTES);
  at = put(at, GENERATORS, 4 * generators);
  at = put(at, AUTHORS, 4 * completions);
  at = put(at, FROM_VALIDATOR, completions);
  at = put(at, INVITED, 4 * invited);
  at = put(at, VOTERS, 4 * votes);
  at = put(at, CHOICES, 4 * votes);
  at = put(at, IN_TIME, votes);
  at = put(at, AT_NANOS, 4 * votes);
  at = put(at, AT_SECONDS, 8 * votes);
  used = at - TAPE;
  return true;
}

/** Bytes on the tape, which counts as taken. */
export function takeTape(): usize {
  const length = used;
  used = 0;
  return length;
}

/** Loads the task at `at` of another thread's tape; returns where the next one begins. */
export function readTape(at: usize): usize {
  let next = get(at, TASK, FIELD_BYTES);
  store<i32>(VALIDATOR, translated(load<i32>(VALIDATOR)));
  const negative = load<i32>(NEGATIVE);
  if (negative >= 0) store<i32>(NEGATIVE, translated(negative));
  const completions = load<usize>(COMPLETION_COUNT);
  const votes = load<usize>(VOTE_COUNT);
  next = getHotkeys(next, GENERATORS, load<usize>(GENERATOR_COUNT));
  next = getHotkeys(next, AUTHORS, completions);
  next = get(next, FROM_VALIDATOR, completions);
  next = getHotkeys(next, INVITED, load<usize>(INVITED_COUNT));
  next = getHotkeys(next, VOTERS, votes);
  next = get(next, CHOICES, 4 * votes);
  next = get(next, IN_TIME, votes);
  next = get(next, AT_NANOS, 4 * votes);
  return get(next, AT_SECONDS, 8 * votes);
}
