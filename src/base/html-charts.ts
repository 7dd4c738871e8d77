import { DRAWING_WIDTHS, type DrawingWidth, drawnTwice, escapeHtml } from "./html-page.ts";

const ROW = 22;
/** What stands before a bar, and room for what stands behind it. */
const LABEL = { roomy: 150, narrow: 112 } as const;
const VALUE = { roomy: 84, narrow: 62 } as const;

const at = (value: number): string => value.toFixed(1);

/** A hotkey as a label: its beginning and its end; the whole text stands in the tooltip. */
function label(text: string, room: DrawingWidth): string {
  const [most, first, last] = room === "roomy" ? [16, 8, 5] : [12, 5, 4];
  return escapeHtml(text.length <= most ? text : `${text.slice(0, first)}…${text.slice(-last)}`);
}

export interface Bar {
  readonly name: string;
  /** Stacked from the zero line outwards, by sign; colours in the order of the series. */
  readonly parts: readonly number[];
  /** Written behind the bar. */
  readonly text: string;
}

/**
 * Horizontal bars around one zero line, one row each, with a tooltip of the whole name.
 *
 * @param caption - Says to a screen reader what is drawn.
 * @returns SVG, for a window and for a phone.
 */
export const barChart = (bars: readonly Bar[], caption: string): string =>
  drawnTwice((room) => drawBars(bars, caption, room));

function drawBars(bars: readonly Bar[], caption: string, room: DrawingWidth): string {
  const [width, before, behind] = [DRAWING_WIDTHS[room], LABEL[room], VALUE[room]];
  const sum = (bar: Bar, sign: 1 | -1): number =>
    bar.parts.reduce((total, part) => (part * sign > 0 ? total + part : total), 0);
  const low = Math.min(0, ...bars.map((bar) => sum(bar, -1)));
  const high = Math.max(0, ...bars.map((bar) => sum(bar, 1)));
  const span = high - low || 1;
  const x = (value: number): number => before + ((value - low) / span) * (width - before - behind);
  const rows = bars.map((bar, index) => {
    const y = index * ROW + 4;
    let positive = 0;
    let negative = 0;
    const rects = bar.parts.map((part, place) => {
      if (part === 0) return "";
      const from = part > 0 ? positive : negative + part;
      if (part > 0) positive += part;
      else negative += part;
      const long = Math.max(0.5, x(from + Math.abs(part)) - x(from));
      return `<rect class="p${place}" x="${at(x(from))}" y="${y}" width="${at(long)}" height="${ROW - 6}"/>`;
    });
    return `<g><title>${escapeHtml(bar.name)}: ${escapeHtml(bar.text)}</title><text x="${before - 8}" y="${y + 12}" text-anchor="end">${label(bar.name, room)}</text>${rects.join("")}<text x="${at(x(positive) + 5)}" y="${y + 12}">${escapeHtml(bar.text)}</text></g>`;
  });
  const height = bars.length * ROW + 6;
  return `<svg class="${room}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(caption)}"><line class="axis" x1="${at(x(0))}" x2="${at(x(0))}" y1="0" y2="${height}"/>${rows.join("")}</svg>`;
}

/**
 * Upright bars for counts by number; neighbours share a bar where there are more than fit.
 *
 * @param counts - How often each number from 0 on came up.
 * @returns SVG, for a window and for a phone.
 */
export const histogram = (counts: readonly number[], caption: string): string =>
  drawnTwice((room) => drawCounts(counts, caption, room));

function drawCounts(counts: readonly number[], caption: string, room: DrawingWidth): string {
  const whole = DRAWING_WIDTHS[room];
  const height = 190;
  const base = height - 28;
  const step = Math.max(1, Math.ceil(counts.length / (whole / 12)));
  const bins = Array.from({ length: Math.ceil(counts.length / step) }, (_, bin) =>
    counts.slice(bin * step, (bin + 1) * step).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(1, ...bins);
  const width = (whole - 50) / Math.max(1, bins.length);
  const every = Math.max(1, Math.ceil(bins.length / (whole / 48)));
  const name = (bin: number): string => (step === 1 ? `${bin}` : `${bin * step}–${(bin + 1) * step - 1}`);
  const bars = bins.map((count, bin) => {
    const tall = (count / most) * (base - 20);
    const x = 40 + bin * width;
    const tick =
      bin % every === 0
        ? `<text x="${at(x + width / 2)}" y="${base + 16}" text-anchor="middle">${name(bin)}</text>`
        : "";
    return `<g><title>${name(bin)}: ${count}</title><rect class="p0" x="${at(x + 1)}" y="${at(base - tall)}" width="${at(Math.max(1, width - 2))}" height="${at(tall)}"/>${tick}</g>`;
  });
  return `<svg class="${room}" viewBox="0 0 ${whole} ${height}" role="img" aria-label="${escapeHtml(caption)}"><text x="34" y="24" text-anchor="end">${most}</text><text x="34" y="${base}" text-anchor="end">0</text><line class="axis" x1="40" x2="${whole - 10}" y1="${base}" y2="${base}"/>${bars.join("")}</svg>`;
}

/**
 * The Lorenz curve of shares: what the poorest part has together, against the even line.
 *
 * @param shares - Any order, each ≥ 0; need not sum to 1.
 * @returns SVG.
 */
export function lorenzCurve(shares: readonly number[], caption: string): string {
  const size = 260;
  const left = 44;
  const sorted = [...shares].sort((a, b) => a - b);
  const total = sorted.reduce((sum, share) => sum + share, 0) || 1;
  const held = [0];
  for (const share of sorted) held.push((held.at(-1) ?? 0) + share);
  const points = held.map((part, index) => {
    const x = left + (index / Math.max(1, sorted.length)) * size;
    return `${at(x)},${at(10 + (1 - part / total) * size)}`;
  });
  const ticks = [0, 50, 100].map(
    (percent) =>
      `<text x="${left - 6}" y="${at(14 + (1 - percent / 100) * size)}" text-anchor="end">${percent} %</text><text x="${at(left + (percent / 100) * size)}" y="${size + 28}" text-anchor="middle">${percent} %</text>`,
  );
  return `<svg class="square" viewBox="0 0 ${left + size + 30} ${size + 36}" role="img" aria-label="${escapeHtml(caption)}">${ticks.join("")}<rect class="frame" x="${left}" y="10" width="${size}" height="${size}"/><line class="even" x1="${left}" y1="${10 + size}" x2="${left + size}" y2="10"/><polyline class="curve l0" points="${points.join(" ")}"/></svg>`;
}
