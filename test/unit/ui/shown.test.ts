import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shown } from "../../../src/ui/shown.ts";
import { themeFor } from "../../../src/ui/theme.ts";

const unicode = themeFor({ color: true, unicode: true });
const ascii = themeFor({ color: true, unicode: false });

describe("shown", () => {
  it.each([
    ["\u001b[31mred", "\\u001b[31mred"],
    ["ad\u200bmin", "ad\\u200bmin"],
    ["\u202egnp.exe", "\\u202egnp.exe"],
    ["👩\u200d👧", "👩👧"],
    ["👍🏽", "👍"],
    ["a\u0300\u0301\u0302\u0303", "a\u0300\u0301"],
    ["é 闘 ש", "é 闘 ש"],
  ])("makes %j safe: %j", (text, safe) => {
    expect(shown(text, unicode)).toBe(safe);
  });

  it.each([
    ["1 τ … 闘é", "1 TAO ~ ???"],
    ["a × b · c", "a v b | c"],
  ])("is ASCII where there is no more: %j", (text, safe) => {
    expect(shown(text, ascii)).toBe(safe);
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x10_ffff)), fc.constantFrom(unicode, ascii), (points, theme) => {
        const once = shown(String.fromCodePoint(...points), theme);
        expect(shown(once, theme)).toBe(once);
      }),
    );
  });
});
