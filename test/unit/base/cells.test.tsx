import fc from "fast-check";
import { Box, renderToString, Text } from "ink";
import { describe, expect, it } from "vitest";
import { cellWidth, cutCells, fitCells } from "../../../src/base/cells.ts";

/** How wide Ink takes each text to be, whose layout ours must agree with. */
function inkWidths(texts: readonly string[]): number[] {
  const width = 12;
  const drawn = renderToString(
    <Box flexDirection="column" width={width}>
      {texts.map((text) => (
        <Box key={text} width={width} justifyContent="flex-end">
          <Text>{text}</Text>
        </Box>
      ))}
    </Box>,
    { columns: width },
  );
  return drawn.split("\n").map((line) => width - (/^ */.exec(line)?.[0].length ?? 0));
}

describe("cellWidth", () => {
  it("agrees with Ink on letters, wide letters, emoji, flags, marks, keycaps and families", () => {
    const texts = [
      "a",
      "é",
      "e\u0301",
      "闘",
      "한",
      "ｶﾞ",
      "का",
      "✨",
      "☠",
      "☠\ufe0f",
      "1\ufe0f\u20e3",
      "🇳🇿",
      "🇳",
      "👍🏽",
      "👩‍👩‍👧‍👦",
      "─",
      "█",
      "م",
    ];
    expect(texts.map(cellWidth)).toEqual(inkWidths(texts));
  });

  it("agrees with Ink on every twenty-third character", () => {
    const points = Array.from({ length: Math.floor(0x2_0100 / 23) }, (_, index) => 0xa1 + index * 23);
    const texts = points
      .map((point) => String.fromCodePoint(point))
      .filter((text) => !/[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(text));
    // Of the ideographs some are enough.
    const isMany = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Tangut}/u;
    const some = texts.filter((text, index) => index % 20 === 0 || !isMany.test(text));
    expect(some.length).toBeGreaterThan(700);
    const widths: number[] = [];
    for (let from = 0; from < some.length; from += 100) widths.push(...inkWidths(some.slice(from, from + 100)));
    expect(some.filter((text, index) => cellWidth(text) !== widths[index])).toEqual([]);
  });
});

describe("cutCells and fitCells", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["闘技場", 6, "闘技場"],
    ["闘技場", 5, "闘技…"],
    ["闘技場", 4, "闘…"],
    ["👍🏽👍🏽", 3, "👍🏽…"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
  ])("cuts %j to %d cells: %j", (text, width, cut) => {
    expect(cutCells(text, width)).toBe(cut);
  });

  it("never exceeds the width, and fills it exactly", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "闘", "👍🏽", "e\u0301", "م", "…", "🇳🇿"), maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat(24), fc.constantFrom("left" as const, "right" as const), (written, width, align) => {
        expect(cellWidth(cutCells(written, width))).toBeLessThanOrEqual(width);
        expect(cellWidth(fitCells(written, width, align))).toBe(width);
      }),
    );
  });

  it("marks a cut with what the terminal can show", () => {
    expect(fitCells("abcdef", 4, "left", "~")).toBe("abc~");
    expect(fitCells("ab", 4, "right")).toBe("  ab");
  });
});
