import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest, compareNatural, escapeControl, shortAddress, truncate } from "../../../src/base/text.ts";

describe("escapeControl", () => {
  it("makes a terminal escape visible instead of obeying it", () => {
    expect(escapeControl("\u001b[2Jgone\u0007")).toBe("\\u001b[2Jgone\\u0007");
  });

  it("leaves no control or direction-changing character in any text", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(0x10_ffff), fc.nat(0x20_70))), (points) => {
        const text = String.fromCodePoint(...points);
        expect(escapeControl(text)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0020}]/u,
        );
      }),
    );
  });

  it("keeps line breaks where they are wanted", () => {
    expect(escapeControl("a\nb\r", { multiline: true })).toBe("a\nb\\u000d");
  });
});

describe("compareNatural", () => {
  it("puts coldkey2 before coldkey10", () => {
    expect(["coldkey10", "b", "coldkey2", "coldkey", "a1b2", "a1b10"].sort(compareNatural)).toEqual([
      "a1b2",
      "a1b10",
      "b",
      "coldkey",
      "coldkey2",
      "coldkey10",
    ]);
  });

  it("is a total order", () => {
    const name = fc.string({ maxLength: 6, unit: fc.constantFrom("a", "b", "0", "1", "9") });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
        if (compareNatural(a, b) === 0) expect(a).toBe(b);
      }),
    );
  });
});

describe("closest", () => {
  it.each([
    ["walet", ["wallet"]],
    ["simlate", ["simulate"]],
    ["wieghts", ["weights"]],
    ["xyz", []],
  ])("suggests for %s: %j", (word, expected) => {
    expect(closest(word, ["wallet", "simulate", "weights", "watch", "miner"])).toEqual(expected);
  });
});

it("truncate counts characters, not UTF-16 units", () => {
  expect(truncate("🔑🔑🔑", 3)).toBe("🔑🔑🔑");
  expect(truncate("🔑🔑🔑🔑", 3)).toBe("🔑🔑…");
});

it("shortAddress keeps the ends that people compare", () => {
  expect(shortAddress("5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty")).toBe("5FHneW…94ty");
});
