import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "../../../src/base/line-diff.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

describe("diffLines", () => {
  it("leads from one text to the other", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        expect(diff.filter(({ mark }) => mark !== "+").map(({ text }) => text)).toEqual(before);
        expect(diff.filter(({ mark }) => mark !== "-").map(({ text }) => text)).toEqual(after);
      }),
    );
  });

  it("keeps what both have", () => {
    expect(diffLines(["a", "b", "c"], ["a", "x", "c"])).toEqual([
      { mark: " ", text: "a" },
      { mark: "-", text: "b" },
      { mark: "+", text: "x" },
      { mark: " ", text: "c" },
    ]);
  });

  it("bears texts of any length", () => {
    const long = Array.from({ length: 5_000 }, (_, index) => String(index));
    expect(diffLines(long, []).length).toBe(5_000);
  });
});
