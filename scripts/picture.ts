// Draws README's moving picture: the demo as a person sees it, in a terminal emulator, frame by frame.
// Usage: npm run build && node scripts/picture.ts        writes docs/demo.svg
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

const COLUMNS = 96;
const ROWS = 26;
const FRAMES = 28;
const EVERY_MS = 900;
/** Until there is something to see. */
const LEAD_MS = 2_500;
const CELL = { width: 8.4, height: 18 } as const;
/** The sixteen colours as a dark terminal shows them; the screens name nothing else. */
const PALETTE = [
  "#1d1f21",
  "#e06c75",
  "#98c379",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#dcdfe4",
  "#7f848e",
  "#e06c75",
  "#98c379",
  "#e5c07b",
  "#61afef",
  "#c678dd",
  "#56b6c2",
  "#ffffff",
];
const INK = "#dcdfe4";
const root = new URL("..", import.meta.url).pathname;

interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}
type Frame = readonly (readonly Run[])[];

const home = mkdtempSync(join(tmpdir(), "colosseum-picture-"));
const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
const { CI: _, ...outside } = process.env;
const pty = spawn(process.execPath, [join(root, "bin/colosseum.js"), "demo"], {
  cols: COLUMNS,
  rows: ROWS,
  cwd: home,
  env: { PATH: outside["PATH"] ?? "", HOME: home, TERM: "xterm-256color", LANG: "C.UTF-8" },
});
pty.onData((chunk) => terminal.write(chunk));
const ended = new Promise<void>((resolve) => {
  pty.onExit(() => resolve());
});

/** Cells with the same look, together. */
function frame(): Frame {
  return Array.from({ length: ROWS }, (_, row) => {
    const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
    const runs: { column: number; text: string; style: string }[] = [];
    for (let column = 0; column < COLUMNS; column++) {
      const cell = line?.getCell(column);
      const chars = cell?.getChars() || " ";
      const ink = cell?.isFgPalette() ? (PALETTE[cell.getFgColor() % 16] ?? INK) : INK;
      const style = `fill="${ink}"${cell?.isBold() ? ' font-weight="bold"' : ""}${cell?.isDim() ? ' opacity=".55"' : ""}`;
      const last = runs.at(-1);
      if (last?.style === style) last.text += chars;
      else runs.push({ column, text: chars, style });
    }
    return runs.filter(({ text }) => text.trim() !== "");
  });
}

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

function draw(frames: readonly Frame[]): string {
  const [width, height] = [COLUMNS * CELL.width + 24, ROWS * CELL.height + 24];
  const seconds = (frames.length * EVERY_MS) / 1_000;
  const shown = 100 / frames.length;
  // Rows that do not change from one frame to the next are drawn once, for as long as they stand.
  const spans: { row: number; from: number; to: number; runs: readonly Run[] }[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (const [index, one] of frames.entries()) {
      const runs = one[row] ?? [];
      const before = spans.findLast((span) => span.row === row);
      if (before !== undefined && before.to === index && JSON.stringify(before.runs) === JSON.stringify(runs))
        before.to++;
      else spans.push({ row, from: index, to: index + 1, runs });
    }
  }
  const times = [...new Set(spans.map(({ from, to }) => `${from}-${to}`))];
  const styles = times.map((time) => {
    const [from = 0, to = 0] = time.split("-").map(Number);
    if (from === 0 && to === frames.length) return "";
    const at = (index: number): string => `${(index * shown).toFixed(3)}%`;
    const on = from === 0 ? "0%{opacity:1}" : `0%{opacity:0}${at(from)}{opacity:1}`;
    return `@keyframes k${time}{${on}${at(to)}{opacity:0}100%{opacity:${from === 0 && to === frames.length ? 1 : 0}}}.k${time}{opacity:0;animation:k${time} ${seconds}s step-end infinite}`;
  });
  const lines = spans
    .filter(({ runs }) => runs.length > 0)
    .map(({ row, from, to, runs }) => {
      const texts = runs.map(
        ({ column, text, style }) =>
          `<text x="${(12 + column * CELL.width).toFixed(1)}" textLength="${(text.length * CELL.width).toFixed(1)}" ${style}>${escapeXml(text)}</text>`,
      );
      return `<g class="k${from}-${to}" transform="translate(0 ${(12 + row * CELL.height + 13).toFixed(1)})">${texts.join("")}</g>`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" role="img" aria-label="colosseum demo: tasks, votes, leaderboard and log of an arena on one machine">
<style>text{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}${styles.join("")}</style>
<rect width="100%" height="100%" rx="10" fill="#1d1f21"/>
${lines.join("\n")}
</svg>
`;
}

const frames: Frame[] = [];
await sleep(LEAD_MS);
while (frames.length < FRAMES) {
  await sleep(EVERY_MS);
  frames.push(frame());
}
pty.write("q");
await ended;
rmSync(home, { recursive: true, force: true });
writeFileSync(join(root, "docs/demo.svg"), draw(frames));
