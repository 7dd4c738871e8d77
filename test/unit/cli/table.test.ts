import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellWidth } from "../../../src/base/cells.ts";
import { drawTable } from "../../../src/cli/table.ts";

const columns = [{ title: "UID", align: "right" }, { title: "HOTKEY" }, { title: "NOTE", priority: 1 }] as const;

describe("drawTable", () => {
  it("aligns and leaves no trailing blanks", () => {
    expect(
      drawTable(
        columns,
        [
          ["1", "5Grw", ""],
          ["20", "5F", "owner"],
        ],
        80,
      ),
    ).toBe(["UID  HOTKEY  NOTE", "  1  5Grw", " 20  5F      owner"].join("\n"));
  });

  it("drops the column that matters least before it shortens the others", () => {
    expect(drawTable(columns, [["1", "abcdefghijkl", "long note here"]], 18)).toBe(
      ["UID  HOTKEY", "  1  abcdefghijkl"].join("\n"),
    );
    expect(drawTable(columns, [["1", "abcdefghijkl", "x"]], 13)).toBe(["UID  HOTKEY", "  1  abcdefg…"].join("\n"));
  });

  it("never obeys a terminal escape in a cell, and fits the width whenever its minimum does", () => {
    const cell = fc.array(fc.nat(0x10_ffff), { maxLength: 30 }).map((points) => String.fromCodePoint(...points));
    const row = fc.tuple(cell, cell, cell);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 40, max: 120 }), (rows, width) => {
        for (const line of drawTable(columns, rows, width).split("\n")) {
          expect(cellWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }),
    );
  });
});
