import { QUOTE, UNSURE } from "./json";

const DASH: u8 = 45;
const DOT: u8 = 46;
const ZERO: u8 = 48;
const COLON: u8 = 58;
const LETTER_T: u8 = 84;
/** `Z"`. */
const ZULU: u16 = 0x225a;

/** The time that was read last: seconds since the epoch and nanoseconds. */
export let seconds: i64 = 0;
export let nanos: i32 = 0;

// Most times of a log lie on the same day as the one before: its ten characters are compared, not read. The first
// word holds bytes that no date has.
let dateHead: u64 = 0;
let dateTail: u16 = 0;
let days: i64 = 0;

/**
 * `"YYYY-MM-DDTHH:MM:SS[.fraction]Z"`, real dates only; offsets and lower case are left to the general reader.
 *
 * @param at - Its opening quote.
 * @returns Just after its closing quote.
 */
export function readInstant(at: usize): usize {
  if (load<u8>(at) !== QUOTE || !readDate(at + 1)) return UNSURE;
  if (load<u8>(at + 11) !== LETTER_T || load<u8>(at + 14) !== COLON || load<u8>(at + 17) !== COLON) return UNSURE;
  const hour = pair(at + 12);
  const minute = pair(at + 15);
  const second = pair(at + 18);
  if (hour > 23 || minute > 59 || second > 59) return UNSURE;
  seconds = days * 86_400 + i64(hour * 3_600 + minute * 60 + second);
  nanos = 0;
  if (load<u16>(at + 20) === ZULU) return at + 22;
  return load<u8>(at + 20) === DOT ? readFraction(at + 21) : UNSURE;
}

/** One to nine digits, then `Z"`. */
function readFraction(at: usize): usize {
  let next = at;
  let scale = 100_000_000;
  for (let digit = digitAt(next); digit <= 9; digit = digitAt(next)) {
    if (scale === 0) return UNSURE;
    nanos += digit * scale;
    scale /= 10;
    next++;
  }
  return next > at && load<u16>(next) === ZULU ? next + 2 : UNSURE;
}

/** A digit, or more than 9. */
@inline
export function digitAt(at: usize): u32 {
  return u32(load<u8>(at)) - ZERO;
}

/** Two digits, or more than any two digits are. */
@inline
function pair(at: usize): u32 {
  const tens = digitAt(at);
  const ones = digitAt(at + 1);
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : 10_000;
}

function readDate(at: usize): bool {
  const head = load<u64>(at);
  const tail = load<u16>(at + 8);
  if (head === dateHead && tail === dateTail) return true;
  if (load<u8>(at + 4) !== DASH || load<u8>(at + 7) !== DASH) return false;
  const century = pair(at);
  const rest = pair(at + 2);
  const month = pair(at + 5);
  const day = pair(at + 8);
  if (century > 99 || rest > 99 || month < 1 || month > 12) return false;
  const year = century * 100 + rest;
  if (day < 1 || day > daysInMonth(year, month)) return false;
  days = daysFromCivil(i32(year), i32(month), i32(day));
  dateHead = head;
  dateTail = tail;
  return true;
}

function daysInMonth(year: u32, month: u32): u32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days from 1970-01-01 to a civil date (proleptic Gregorian), years 0..9999.
 *
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
 */
function daysFromCivil(year: i32, month: i32, day: i32): i64 {
  // 400 years later, so that no division meets a negative number.
  const shifted = (month <= 2 ? year - 1 : year) + 400;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return i64((era - 1) * 146_097 + dayOfEra - 719_468);
}

/** Below 0 if the first instant is earlier, 0 if they are the same, above 0 if it is later. */
@inline
export function compareInstants(aSeconds: i64, aNanos: i32, bSeconds: i64, bNanos: i32): i32 {
  if (aSeconds !== bSeconds) return aSeconds < bSeconds ? -1 : 1;
  return aNanos - bNanos;
}
