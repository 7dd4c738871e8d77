import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareInstants, parseInstant } from "../../../src/mechanism/instant.ts";

describe("parseInstant", () => {
  it.each([
    ["the epoch", "1970-01-01T00:00:00Z", 0, 0],
    ["nanoseconds", "1970-01-01T00:00:01.000000001Z", 1, 1],
    ["the largest fraction", "1970-01-01T00:00:00.999999999Z", 0, 999_999_999],
    ["the largest offset", "1970-01-01T23:59:00+23:59", 0, 0],
    ["the last second of a day", "1970-01-01T23:59:59Z", 86_399, 0],
    ["the same day again", "1970-01-01T00:00:02Z", 2, 0],
    ["a fraction with an offset", "1970-01-01T01:00:00.25+01:00", 0, 250_000_000],
    ["a short fraction", "1970-01-01T00:00:00.5Z", 0, 500_000_000],
    ["an offset east", "1970-01-01T02:00:00+02:00", 0, 0],
    ["an offset west", "1969-12-31T22:30:00-01:30", 0, 0],
    ["lower case", "1970-01-01t00:00:00z", 0, 0],
    ["a leap day", "2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29) / 1_000, 0],
    ["before the epoch", "1969-12-31T23:59:59.25Z", -1, 250_000_000],
    ["the last second of the format", "9999-12-31T23:59:59Z", 253_402_300_799, 0],
    ["the year 0", "0000-01-01T00:00:00Z", -62_167_219_200, 0],
  ])("reads %s", (_, text, seconds, nanos) => {
    expect(parseInstant(text)).toEqual({ seconds, nanos });
  });

  it.each([
    "",
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z",
    "2026/01-01T00:00:00Z",
    "2026-01/01T00:00:00Z",
    "2026-01-01T00.00:00Z",
    "2026-01-01T00:00.00Z",
    "2026-01-01T00:00:00,5Z",
    "2026-01-01T00:00:00+02.00",
    "2026-01-01T00:00:00+02:60",
    "2026-01-01T00:00:00*02:00",
    "2026-01-01T00:00:00+02:00Z",
    "2026-01-00T00:00:00Z",
    "2026-01-01T0a:00:00Z",
    "2026-01-01T00:0:000Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:60:00Z",
    "2016-12-31T23:59:60Z",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567890Z",
    "2026-01-01T00:00:00+2:00",
    "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+0200",
    "2026-01-01T00:00:00ZZ",
    " 2026-01-01T00:00:00Z",
    "2026-1-01T00:00:00Z",
    "+2026-01-01T00:00:00Z",
    "２026-01-01T00:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it("knows how many days every month of a common and of a leap year has", () => {
    for (const year of [2023, 2024]) {
      for (let month = 1; month <= 12; month++) {
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        for (let day = 28; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, "0")}-${day}T00:00:00Z`;
          expect(parseInstant(text) !== undefined, text).toBe(day <= days);
        }
      }
    }
  });

  it("agrees with the platform on every millisecond of four digits of years", () => {
    const dates = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        const instant = parseInstant(date.toISOString());
        expect((instant?.seconds ?? 0) * 1_000 + (instant?.nanos ?? 0) / 1e6).toBe(date.getTime());
      }),
    );
  });

  it("orders by the nanosecond, whatever the offset", () => {
    const earlier = parseInstant("2026-01-01T01:00:00.123456788+01:00");
    const later = parseInstant("2026-01-01T00:00:00.123456789Z");
    expect(earlier !== undefined && later !== undefined && compareInstants(earlier, later)).toBe(-1);
  });
});
