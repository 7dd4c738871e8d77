// Draws what stands in a terminal emulator as SVG: what picture.ts and screens.ts share.
import type { Terminal } from "@xterm/headless";
import { cellWidth } from "../src/base/cells.ts";
import type { TerminalPalette } from "../test/helpers/terminal-palettes.ts";

export const CELL = { width: 8.4, height: 18 } as const;
export const MARGIN = 12;
export const FONT = 'font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:14px';

/** Teaches an emulator the widths of today's terminals; by itself it knows those of Unicode 6, without emoji. */
export function seeWide(terminal: Terminal): void {
  const wcwidth = (point: number): 0 | 1 | 2 => Math.min(2, cellWidth(String.fromCodePoint(point))) as 0 | 1 | 2;
  const version = "today";
  terminal.unicode.register({
    version,
    wcwidth,
    // Width and, where the character sits on the one before, a bit that joins them; as xterm.js packs them.
    charProperties: (point, before) => {
      const width = wcwidth(point);
      return width === 0 && before !== 0 ? (before & 6) | 1 : width << 1;
    },
  });
  terminal.unicode.activeVersion = version;
}

/** Cells of a row with the same look, together. */
export interface Run {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  /** SVG attributes of the text. */
  readonly style: string;
  /** Behind it; undefined where it is the paper. */
  readonly ground: string | undefined;
}
export type Frame = readonly (readonly Run[])[];

/** What every font of terminals draws one cell wide. */
const PLAIN = /^[ -~¡-ɏ─-▟●○▲▼✓✗━…‥]$/u;

/** How much of its ink a terminal keeps in dim text. */
const DIM = 2 / 3;

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** One colour over another. */
export const blend = (ink: string, paper: string, share: number): string => {
  const under = channels(paper);
  const mixed = channels(ink).map((channel, index) => Math.round(channel * share + (under[index] ?? 0) * (1 - share)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
};

/** The visible rows of a terminal in the colours of a palette. */
export function frameOf(terminal: Terminal, palette: TerminalPalette): Frame {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    const runs: (Run & { text: string; cells: number; readonly isPlain: boolean })[] = [];
    for (let column = 0; column < terminal.cols; column++) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const named = (colour: number, fallback: string): string => palette.colours[colour % 16] ?? fallback;
      let ink: string = cell.isFgPalette() ? named(cell.getFgColor(), palette.ink) : palette.ink;
      let ground: string = cell.isBgPalette() ? named(cell.getBgColor(), palette.paper) : palette.paper;
      if (cell.isInverse()) [ink, ground] = [ground, ink];
      if (cell.isDim()) ink = blend(ink, ground, DIM);
      const weight = cell.isBold() ? ' font-weight="bold"' : "";
      const line_ = cell.isUnderline() ? ' text-decoration="underline"' : "";
      const style = `fill="${ink}"${weight}${line_}`;
      const shownGround = ground === palette.paper ? undefined : ground;
      const chars = cell.getChars() || " ";
      const last = runs.at(-1);
      // What is wider than a cell, or may be drawn so, gets a place of its own.
      const isPlain = cell.getWidth() === 1 && PLAIN.test(chars);
      if (last?.isPlain === true && isPlain && last.style === style && last.ground === shownGround) {
        last.text += chars;
        last.cells += 1;
      } else runs.push({ column, cells: cell.getWidth(), text: chars, style, ground: shownGround, isPlain });
    }
    return runs.filter(({ text, ground }) => text.trim() !== "" || ground !== undefined);
  });
}

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The elements of one row, its top left corner at the origin. */
export function rowSvg(runs: readonly Run[]): string {
  const grounds = runs.flatMap(({ column, cells, ground }) =>
    ground === undefined
      ? []
      : [
          `<rect x="${(column * CELL.width).toFixed(1)}" y="0" width="${(cells * CELL.width).toFixed(1)}" height="${CELL.height}" fill="${ground}"/>`,
        ],
  );
  const texts = runs
    .filter(({ text }) => text.trim() !== "")
    .map(
      ({ column, cells, text, style }) =>
        `<text x="${(column * CELL.width).toFixed(1)}" y="13" textLength="${(cells * CELL.width).toFixed(1)}" ${style}>${escapeXml(text)}</text>`,
    );
  return [...grounds, ...texts].join("");
}

/** A still of one frame. */
export function stillSvg(frame: Frame, columns: number, { paper }: TerminalPalette, label: string): string {
  const [width, height] = [columns * CELL.width + 2 * MARGIN, frame.length * CELL.height + 2 * MARGIN];
  const rows = frame.map(
    (runs, row) => `<g transform="translate(${MARGIN} ${MARGIN + row * CELL.height})">${rowSvg(runs)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" width="${width.toFixed(0)}" height="${height}" role="img" aria-label="${escapeXml(label)}">
<style>text{${FONT};white-space:pre}</style>
<rect width="100%" height="100%" rx="10" fill="${paper}"/>
${rows.join("\n")}
</svg>
`;
}
