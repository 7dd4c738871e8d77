// Draws README's moving picture: the demo as a person sees it, in a terminal emulator, frame by frame.
// Usage: npm run picture        writes docs/demo.svg
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { TERMINAL_PALETTES } from "../test/helpers/terminal-palettes.ts";
import { CELL, FONT, type Frame, frameOf, MARGIN, type Run, rowSvg } from "./terminal-svg.ts";

const COLUMNS = 96;
const ROWS = 26;
const FRAMES = 28;
const EVERY_MS = 900;
const PALETTE = TERMINAL_PALETTES.dark;
const root = fileURLToPath(new URL("..", import.meta.url));

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

function draw(frames: readonly Frame[]): string {
  const [width, height] = [COLUMNS * CELL.width + 2 * MARGIN, ROWS * CELL.height + 2 * MARGIN];
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
    .map(
      ({ row, from, to, runs }) =>
        `<g class="k${from}-${to}" transform="translate(${MARGIN} ${MARGIN + row * CELL.height})">${rowSvg(runs)}</g>`,
    );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" role="img" aria-label="colosseum demo: tasks, votes, leaderboard and log of an arena on one machine">
<style>text{${FONT};white-space:pre}${styles.join("")}</style>
<rect width="100%" height="100%" rx="10" fill="${PALETTE.paper}"/>
${lines.join("\n")}
</svg>
`;
}

const frames: Frame[] = [];
// Setting up is over when there is a task.
const hasTask = (): boolean => JSON.stringify(frameOf(terminal, PALETTE)).includes("generating");
while (!hasTask()) await sleep(50);
while (frames.length < FRAMES) {
  await sleep(EVERY_MS);
  frames.push(frameOf(terminal, PALETTE));
}
pty.write("q");
await ended;
rmSync(home, { recursive: true, force: true });
writeFileSync(join(root, "docs/demo.svg"), draw(frames));
