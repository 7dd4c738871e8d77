import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTao, parseDurationMs, parseTao, showDuration, showTao } from "../../../src/base/units.ts";

describe("TAO amounts", () => {
  it.each([
    [0n, "0.000000000"],
    [1n, "0.000000001"],
    [1_000_000_000n, "1.000000000"],
    [-1_500_000_000n, "-1.500000000"],
    [21_000_000_000_000_000n, "21000000.000000000"],
  ])("%s rao is %s", (rao, text) => {
    expect(formatTao(rao)).toBe(text);
  });

  it("come back exactly from text", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 21_000_000n * 1_000_000_000n), (rao) => {
        expect(parseTao(formatTao(rao))).toBe(rao);
      }),
    );
  });

  it.each(["", "1e3", "-1", "1.0000000001", ".5", "1.", "0x10", " 1", "999999999999"])(
    "are never read from %j",
    (text) => {
      expect(() => parseTao(text)).toThrow(expect.objectContaining({ code: "usage.amount", exitCode: 2 }));
    },
  );

  it("lose their trailing zeros for people", () => {
    expect([showTao(1_500_000_000n), showTao(10_000_000_000n), showTao(0n)]).toEqual(["1.5 τ", "10 τ", "0 τ"]);
  });
});

describe("durations", () => {
  it.each([
    ["250ms", 250],
    ["1.5s", 1_500],
    ["5m", 300_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(["", "5", "s", "-1s", "1w", "1 h", "1e3s"])("are never read from %j", (text) => {
    expect(() => parseDurationMs(text)).toThrow(expect.objectContaining({ code: "usage.duration" }));
  });

  it.each([
    [12, "12 ms"],
    [30_000, "30 s"],
    [444_000, "7 min 24 s"],
    [3_600_000, "1 h"],
    [90_000_000, "1 d 1 h"],
  ])("%d ms reads %s", (ms, text) => {
    expect(showDuration(ms)).toBe(text);
  });
});
