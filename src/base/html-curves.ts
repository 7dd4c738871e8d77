import { DRAWING_WIDTHS, type DrawingWidth, drawnTwice, escapeHtml } from "./html-page.ts";

/** A number with its interval; low ≤ mean ≤ high. */
export interface Whisker {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One line of a drawing: a value with its interval at each place. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: Whisker }[];
}

const ROW = 28;
/** What stands before a bar, and room for what stands behind it. */
const LABEL = { roomy: 160, narrow: 112 } as const;
const VALUE = { roomy: 80, narrow: 52 } as const;
const HEIGHT = { roomy: 320, narrow: 260 } as const;
const FRAME = {
  roomy: { left: 60, right: 20, top: 16, bottom: 36 },
  narrow: { left: 40, right: 14, top: 12, bottom: 32 },
} as const;

const px = (value: number): string => value.toFixed(1);

/**
 * Round numbers for an axis: steps of 1, 2, 2.5 or 5 times a power of ten, 3 to 7 of them within the range.
 *
 * @param low - Below `high`; an empty range gives its one number.
 * @returns Ascending, each within [low, high].
 */
export function ticksBetween(low: number, high: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = power * ([1, 2, 2.5, 5, 10].find((times) => span / (times * power) <= 6) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  // Twelve digits, so that three steps of 0.1 are 0.3.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/**
 * Horizontal bars with whiskers around one zero line, one colour each.
 *
 * @param rows - In drawing order; names are escaped here.
 * @param caption - Says to a screen reader what is drawn.
 * @returns SVG, for a window and for a phone.
 */
export const whiskerBars = (rows: readonly WhiskerRow[], caption: string): string =>
  drawnTwice((room) => drawWhiskers(rows, caption, room));

interface WhiskerRow {
  readonly name: string;
  readonly value: Whisker;
}

function drawWhiskers(rows: readonly WhiskerRow[], caption: string, room: DrawingWidth): string {
  const [width, before, behind] = [DRAWING_WIDTHS[room], LABEL[room], VALUE[room]];
  const low = Math.min(0, ...rows.map(({ value }) => value.low));
  const high = Math.max(0, ...rows.map(({ value }) => value.high));
  const span = high - low || 1;
  const x = (value: number): number => before + ((value - low) / span) * (width - before - behind);
  const lines = rows.map(({ name, value }, index) => {
    const y = 8 + index * ROW;
    const [from, to] = [Math.min(x(0), x(value.mean)), Math.max(x(0), x(value.mean))];
    const across = `x1="${px(x(value.low))}" x2="${px(x(value.high))}" y1="${y + 9}" y2="${y + 9}"`;
    // Ink on a bar of a similar colour would not be seen: paper lies between them.
    return `<text x="${before - 8}" y="${y + 13}" text-anchor="end">${escapeHtml(name)}</text><rect class="p${index % 8}" x="${px(from)}" y="${y}" width="${px(Math.max(1, to - from))}" height="18"/><line class="halo" ${across}/><line class="whisker" ${across}/><text x="${px(Math.max(x(value.high), to) + 6)}" y="${y + 13}">${value.mean.toFixed(3)}</text>`;
  });
  const height = 12 + rows.length * ROW;
  return `<svg class="${room}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(caption)}"><line class="axis" x1="${px(x(0))}" x2="${px(x(0))}" y1="0" y2="${height}"/>${lines.join("\n")}</svg>`;
}

/**
 * One line per curve with the band of its intervals, over round ticks; zero is always in the picture.
 *
 * @param curves - Each with the same places, ascending; the order is the legend's.
 * @returns SVG, for a window and for a phone, without a legend.
 */
export const bandCurves = (curves: readonly Curve[], caption: string): string =>
  drawnTwice((room) => drawCurves(curves, caption, room));

function drawCurves(curves: readonly Curve[], caption: string, room: DrawingWidth): string {
  const [width, height] = [DRAWING_WIDTHS[room], HEIGHT[room]];
  const { left, right, top, bottom } = FRAME[room];
  const all = curves.flatMap(({ points }) => points);
  const [x0, x1] = [Math.min(...all.map(({ at }) => at)), Math.max(...all.map(({ at }) => at))];
  const y0 = Math.min(0, ...all.map(({ value }) => value.low));
  const y1 = Math.max(0, ...all.map(({ value }) => value.high));
  const x = (at: number): number => left + ((at - x0) / (x1 - x0 || 1)) * (width - left - right);
  const y = (level: number): number => height - bottom - ((level - y0) / (y1 - y0 || 1)) * (height - top - bottom);
  const dot = (at: number, level: number): string => `${px(x(at))},${px(y(level))}`;
  const lines = curves.map(({ name, points }, index) => {
    const edge = [
      ...points.map(({ at, value }) => dot(at, value.high)),
      ...points.toReversed().map(({ at, value }) => dot(at, value.low)),
    ];
    const middle = points.map(({ at, value }) => dot(at, value.mean));
    return `<polygon class="band p${index % 8}" points="${edge.join(" ")}"/><polyline class="curve l${index % 8}" points="${middle.join(" ")}"><title>${escapeHtml(name)}</title></polyline>`;
  });
  const across = ticksBetween(x0, x1).map(
    (tick) => `<text x="${px(x(tick))}" y="${height - 12}" text-anchor="middle">${tick}</text>`,
  );
  const upward = ticksBetween(y0, y1).map(
    (tick) =>
      `<text x="${left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tick}</text><line class="grid" x1="${left}" x2="${width - right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`,
  );
  return `<svg class="${room}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(caption)}">${[...across, ...upward].join("")}<line class="axis" x1="${left}" x2="${width - right}" y1="${px(y(0))}" y2="${px(y(0))}"/>
${lines.join("\n")}</svg>`;
}
