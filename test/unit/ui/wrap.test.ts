import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellWidth } from "../../../src/base/cells.ts";
import { wrapCells } from "../../../src/ui/wrap.ts";

describe("wrapCells", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["one  two", 20, ["one  two"]],
    ["  indented and long", 10, ["  indented", "and long"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["at abcdefgh", 5, ["at", "abcde", "fgh"]],
    ["闘技場の審判", 5, ["闘技", "場の", "審判"]],
    ["a\n\nb", 5, ["a", "", "b"]],
    ["", 5, [""]],
  ])("breaks %j at %d cells", (text, width, lines) => {
    expect(wrapCells(text, width)).toEqual(lines);
  });

  it("leaves no letter out and no line too long", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", " ", "闘", "e\u0301", "\n", "👍🏽"), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (written, width) => {
        const lines = wrapCells(written, width);
        expect(lines.join("").replace(/ /g, "")).toBe(written.replace(/[ \n]/g, ""));
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
