/** A point in time at full precision: whole seconds since the Unix epoch (may be negative) and nanoseconds, 0..999999999. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** Where {@link readInstant} leaves what it read, so that a vote costs no object. */
export interface InstantCell {
  seconds: number;
  nanos: number;
}

/** @returns Below 0 if a is earlier, 0 if they are the same instant, above 0 if a is later. */
export const compareInstants = (a: Instant, b: Instant): number => a.seconds - b.seconds || a.nanos - b.nanos;

/** @returns The instant, or undefined if the text is no RFC 3339 time as {@link readInstant} takes it. */
export function parseInstant(text: string): Instant | undefined {
  const cell = { seconds: 0, nanos: 0 };
  return readInstant(text, cell) ? cell : undefined;
}

const ZERO = 48;
/** A character's value as a digit; anything outside 0..9 is none. */
const digit = (text: string, at: number): number => text.charCodeAt(at) - ZERO;
const isDigit = (value: number): boolean => value >= 0 && value <= 9;

/** Two digits as a number, or NaN. */
function pair(text: string, at: number): number {
  const tens = digit(text, at);
  const ones = digit(text, at + 1);
  return isDigit(tens) && isDigit(ones) ? tens * 10 + ones : Number.NaN;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);

/**
 * Days from 1970-01-01 to a civil date (proleptic Gregorian), years 0..9999.
 *
 * @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Most times of a log lie on a few days: the last date that was read, as YYYYMMDD, and its days since the epoch. */
let lastDate = -1;
let lastDays = 0;

/** Days since the epoch, or NaN if there is no such date. */
function daysOf(year: number, month: number, day: number): number {
  const date = year * 10_000 + month * 100 + day;
  if (date === lastDate) return lastDays;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN;
  lastDate = date;
  lastDays = daysFromCivil(year, month, day);
  return lastDays;
}

const COLON = 58;
const DASH = 45;
const isT = (code: number): boolean => code === 84 || code === 116;
const isZ = (code: number): boolean => code === 90 || code === 122;

/**
 * Reads an RFC 3339 time: `YYYY-MM-DDTHH:MM:SS`, up to 9 fractional digits, `Z` or an offset `±HH:MM`; real dates
 * only, no leap seconds (they have no place of their own in Unix time).
 *
 * @param cell - Holds the result if the answer is true, garbage otherwise.
 */
export function readInstant(text: string, cell: InstantCell): boolean {
  const days = daysOf(pair(text, 0) * 100 + pair(text, 2), pair(text, 5), pair(text, 8));
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  // Each comparison is false for NaN, so one expression refuses all that is no digit and no date.
  if (!(days > -1e9 && hour <= 23 && minute <= 59 && second <= 59)) return false;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || !isT(text.charCodeAt(10))) return false;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return false;

  let at = 19;
  let nanos = 0;
  if (text.charCodeAt(at) === 46) {
    let scale = 100_000_000;
    for (at++; ; at++) {
      const value = digit(text, at);
      if (!isDigit(value)) break;
      if (scale < 1) return false;
      nanos += value * scale;
      scale /= 10;
    }
    if (at === 20) return false;
  }
  const offsetSeconds = readOffset(text, at);
  if (Number.isNaN(offsetSeconds)) return false;
  cell.seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offsetSeconds;
  cell.nanos = nanos;
  return true;
}

/** `Z` or `±HH:MM` that ends the text, in seconds; NaN if it is neither. */
function readOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (isZ(sign)) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== 43 && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return Number.NaN;
  const hours = pair(text, at + 1);
  const minutes = pair(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return (sign === DASH ? -1 : 1) * (hours * 3_600 + minutes * 60);
}
