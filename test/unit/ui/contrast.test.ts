import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TERMINAL_PALETTES, type TerminalPalette } from "../../helpers/terminal-palettes.ts";

type Colour = readonly number[];
const READABLE = 4.5;

const channels = (hex: string): Colour => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const luminance = (colour: Colour): number => {
  const [r = 0, g = 0, b = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** Contrast as WCAG 2.2 defines it, 1 to 21. */
function contrast(ink: Colour, paper: Colour): number {
  const [a, b] = [luminance(ink), luminance(paper)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const ratios = ({ ink, paper, colours }: TerminalPalette) => {
  const ground = channels(paper);
  // Terminals keep about two thirds of the ink in dim text.
  const dim = channels(ink).map((channel, index) => (channel * 2) / 3 + (ground[index] ?? 0) / 3);
  const named = (index: number): number => contrast(channels(colours[index] ?? paper), ground);
  return {
    ink: contrast(channels(ink), ground),
    quiet: contrast(dim, ground),
    good: named(2),
    warn: named(3),
    accent: named(5),
    bar: named(6),
    bad: named(9),
    grey: named(8),
    all: colours.map((_, index) => named(index)),
  };
};
const palettes = Object.entries(TERMINAL_PALETTES).map(([name, palette]) => ({ name, ...ratios(palette) }));

describe("contrast of the screens", () => {
  it("is enough for quiet words wherever the terminal's own ink is strong", () => {
    for (const { name, ink, quiet } of palettes.filter((palette) => palette.ink >= 7)) {
      expect({ name, ink, readable: quiet >= READABLE }).toEqual({ name, ink, readable: true });
    }
  });

  it("is not enough for words in any of the sixteen colours everywhere, which is why words have none", () => {
    for (let colour = 0; colour < 16; colour++) {
      expect(Math.min(...palettes.map(({ all }) => all[colour] ?? 0))).toBeLessThan(READABLE);
    }
    // Grey is the worst: in one dark terminal it is the paper itself.
    expect(Math.min(...palettes.map(({ grey }) => grey))).toBeLessThan(1.1);
  });

  it("is in the documentation as it is here", () => {
    const page = readFileSync(new URL("../../../docs/screens.md", import.meta.url), "utf8");
    for (const { name, ink, quiet, good, bad, warn, accent, bar, grey } of palettes) {
      const figures = [ink, quiet, good, bad, warn, accent, bar, grey].map((figure) => figure.toFixed(1));
      expect(page).toContain(`| ${name} | ${figures.join(" | ")} |`);
    }
  });
});
