import { UsageError } from "../base/errors.ts";
import { parseDurationMs } from "../base/units.ts";

/** A stretch of time that ends at `at`; both ends belong to it. Seconds since the Unix epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The times a calendar can name (years 1 to 9999); Masa's scorer fails on any other. */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;

/**
 * A post's time as Masa's scorer takes it: any JSON number in the calendar, booleans as 0 and 1.
 *
 * @returns Seconds, `undefined` if there is no time, NaN if there is one that cannot be used.
 */
export function secondsAt(timestamp: unknown): number | undefined {
  if (timestamp === undefined) return undefined;
  if (typeof timestamp === "boolean") return Number(timestamp);
  if (typeof timestamp !== "number") return Number.NaN;
  return timestamp >= MIN_SECONDS && timestamp <= MAX_SECONDS ? timestamp : Number.NaN;
}

/** The window's length in seconds; Infinity for `all`. @throws UsageError on anything but `all` or a duration above 0. */
export function parseWindow(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  const seconds = parseDurationMs(text) / 1_000;
  if (seconds <= 0) {
    throw new UsageError("A window of no length holds no posts.", {
      code: "usage.window",
      hint: "Write a duration such as 7d, or all.",
    });
  }
  return seconds;
}

/**
 * The posts that count: those up to `at` and no older than `seconds` before it.
 *
 * @param at - Given end, or `undefined` to end at the newest post.
 * @param newest - Time of the newest post, `undefined` if none has a time.
 * @returns `undefined` where nothing limits the posts, so that those without a time count too.
 */
export function windowOf(seconds: number, at: number | undefined, newest: number | undefined): Window | undefined {
  if (seconds === Number.POSITIVE_INFINITY && at === undefined) return undefined;
  const to = at ?? newest ?? 0;
  return { from: to - seconds, to };
}
