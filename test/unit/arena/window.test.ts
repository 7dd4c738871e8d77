import { describe, expect, it } from "vitest";
import { secondsOf } from "../../../src/arena/post-time.ts";
import { parseWindow, secondsAt, windowOf } from "../../../src/arena/window.ts";

describe("a post's time", () => {
  it.each<[string, unknown, number | undefined]>([
    ["a number", 1_735_000_000, 1_735_000_000],
    ["a fraction of a second", 0.5, 0.5],
    ["a truth value, as Python has it", true, 1],
    ["the first second of a calendar", -62_135_596_800, -62_135_596_800],
    ["one before it", -62_135_596_801, Number.NaN],
    ["the last second of a calendar", 253_402_300_799, 253_402_300_799],
    ["one after it", 253_402_300_800, Number.NaN],
    ["nothing", undefined, undefined],
    ["null", null, Number.NaN],
    ["a text", "1735000000", Number.NaN],
  ])("is taken from %s", (_, timestamp, seconds) => {
    expect(secondsAt(timestamp)).toBe(seconds);
  });

  it.each<[string, unknown, unknown]>([
    ["seconds", 100_000_000_000, 100_000_000_000],
    ["milliseconds", 100_000_000_001, 100_000_000.001],
    ["digits", "123456789012", 123_456_789_012],
    ["a date", "2025-01-01", 1_735_689_600],
    ["a time with an offset", "2025-01-01T01:00:00.500+01:00", 1_735_689_600.5],
    ["too many digits, which stay as they are", "1234567890123", "1234567890123"],
    ["a date that is none, which stays as it is", "2025-13-01", "2025-13-01"],
    ["a date in words, which stays as it is", "1 Jan 2025", "1 Jan 2025"],
    ["null, which stays as it is", null, null],
  ])("is read from %s", (_, value, seconds) => {
    expect(secondsOf(value)).toBe(seconds);
  });
});

describe("a window", () => {
  it.each([
    ["all", Number.POSITIVE_INFINITY],
    ["7d", 604_800],
    ["1s", 1],
    ["500ms", 0.5],
  ])("%s is so many seconds", (text, seconds) => {
    expect(parseWindow(text)).toBe(seconds);
  });

  it.each(["0d", "0"])("of %s is refused", (text) => {
    expect(() => parseWindow(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it.each<[string, number, number | undefined, number | undefined, ReturnType<typeof windowOf>]>([
    ["ends where it is told", 10, 100, 500, { from: 90, to: 100 }],
    ["ends at the newest post", 10, undefined, 500, { from: 490, to: 500 }],
    ["is empty in time where no post has any", 10, undefined, undefined, { from: -10, to: 0 }],
    ["of all posts limits nothing", Number.POSITIVE_INFINITY, undefined, 500, undefined],
    ["of all posts up to a moment", Number.POSITIVE_INFINITY, 100, 500, { from: Number.NEGATIVE_INFINITY, to: 100 }],
  ])("%s", (_, seconds, at, newest, window) => {
    expect(windowOf(seconds, at, newest)).toEqual(window);
  });
});
