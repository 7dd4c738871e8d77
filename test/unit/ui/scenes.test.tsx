import xterm from "@xterm/headless";
import { renderToString } from "ink";
import { describe, expect, it, vi } from "vitest";
import { cellWidth } from "../../../src/base/cells.ts";
import { themeFor } from "../../../src/ui/theme.ts";
import { SCENES } from "../../helpers/scenes/all.ts";
import type { Scene } from "../../helpers/scenes/scene.ts";

// Ink paints as far as its environment allows; here there is something to say about what it paints.
vi.hoisted(() => {
  process.env["FORCE_COLOR"] = "1";
});

const SIZES = [
  [40, 10],
  [80, 24],
  [120, 36],
  [220, 50],
] as const;
const TOO_SMALL = [
  [39, 24],
  [80, 9],
  [20, 5],
  [1, 1],
] as const;
const named = SCENES.map((scene) => [`${scene.screen}, ${scene.state}`, scene] as const);

const lines = (scene: Scene, columns: number, rows: number, unicode: boolean): string[] =>
  renderToString(scene.draw(themeFor({ color: false, unicode }), columns, rows), { columns }).split("\n");
/** What is left without the weights that our own theme sets. */
const bare = (line: string): string => line.replace(/\u001b\[(?:1|2|7|22|27)m/g, "");

describe.each(named)("%s", (_, scene) => {
  it("fits every terminal, cell by cell, whoever wrote what is in it", () => {
    for (const [columns, rows] of [...SIZES, ...TOO_SMALL]) {
      const drawn = lines(scene, columns, rows, true).map(bare);
      expect(drawn.length).toBeLessThanOrEqual(rows);
      for (const line of drawn) {
        expect(cellWidth(line)).toBeLessThanOrEqual(columns);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f]/);
      }
    }
  });

  it("is pure ASCII where the terminal has no more, with the same width", () => {
    for (const [columns, rows] of SIZES) {
      const drawn = lines(scene, columns, rows, false).map(bare);
      expect(drawn.join("")).toMatch(/^[\x20-\x7e]*$/);
      for (const line of drawn) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });

  it("has the same frame: a header, and a key bar that begins with how to leave and how to get help", () => {
    for (const [columns, rows] of SIZES) {
      const drawn = lines(scene, columns, rows, true).map(bare);
      expect(drawn[0]).toMatch(/^ COLOSSEUM /);
      expect(drawn).toHaveLength(rows);
      expect(drawn[rows - 1]).toMatch(/ q {2}quit {3}\? {2}help/);
    }
  });

  it("says that a terminal is too small, and how to go on", () => {
    expect(lines(scene, 39, 24, true).join(" ")).toContain("too small: 39 by 24, where 40 by 10");
    expect(lines(scene, 80, 9, true).join(" ")).toContain("press q to leave");
  });
});

describe("at 80 by 24", () => {
  it.each(named)("%s looks as it did when it was last looked at", (_, scene) => {
    const drawn = lines(scene, 80, 24, true).map((line) => bare(line).trimEnd());
    expect(`\n${drawn.join("\n")}\n`).toMatchSnapshot();
  });
});

describe("colour", () => {
  const screens = [...new Set(SCENES.map(({ screen }) => screen))];

  it.each(screens)(
    "is for signs and bars only in %s: letters and digits are in the terminal's own ink",
    async (name) => {
      const [columns, rows] = [160, 40];
      const seen = new Set<number>();
      for (const scene of SCENES.filter(({ screen, state }) => screen === name && state !== "hostile")) {
        const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
        const text = renderToString(scene.draw(themeFor({ color: true, unicode: true }), columns, rows), { columns });
        await new Promise<void>((done) => terminal.write(text, done));
        let coloured = "";
        for (let row = 0; row < rows; row++) {
          const line = terminal.buffer.active.getLine(row);
          for (let column = 0; column < columns; column++) {
            const cell = line?.getCell(column);
            if (cell === undefined || !cell.isFgPalette()) continue;
            seen.add(cell.getFgColor());
            coloured += cell.getChars();
          }
        }
        // The one letter among the signs is explained in the help page.
        expect({ state: scene.state, coloured }).not.toMatchObject({
          coloured: expect.stringMatching(/[A-UW-Za-z0-9]/),
        });
      }
      // A renderer without colours would prove nothing.
      expect(seen.size).toBeGreaterThanOrEqual(2);
    },
  );
});
