import type { PopulationResult, StrategyResult, SweepPoint } from "./population.ts";
import type { Estimate } from "./population-estimate.ts";

/** What a sweep gave, for its page and its JSON. */
export interface SweepResult {
  readonly preset: string;
  readonly seeds: number;
  readonly key: string;
  readonly points: readonly SweepPoint[];
}

/** Eight colours that stay apart for colour-blind readers (Okabe and Ito 2008). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999933"];
const WIDTH = 720;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const round = (value: number, digits = 3): string => value.toFixed(digits);
const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? "#000000";

/** One self-contained page: no script, nothing loaded from elsewhere. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:760px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.25rem .5rem;border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}
svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#333}
.yes{color:#00724d}.no{color:#b34700}.open{color:#666}dt{font-weight:600;margin-top:.75rem}dd{margin:0;color:#444}
</style></head><body>
<h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`;
}

/** Horizontal bars with 95 % whiskers around a zero line. */
function bars(rows: readonly { readonly name: string; readonly value: Estimate }[], caption: string): string {
  const left = 160;
  const low = Math.min(0, ...rows.map(({ value }) => value.low));
  const high = Math.max(0, ...rows.map(({ value }) => value.high));
  const span = high - low || 1;
  const x = (value: number): number => left + ((value - low) / span) * (WIDTH - left - 80);
  const lines = rows.map(({ name, value }, index) => {
    const y = 24 + index * 28;
    const [from, to] = [Math.min(x(0), x(value.mean)), Math.max(x(0), x(value.mean))];
    return `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${escapeHtml(name)}</text>
<rect x="${round(from, 1)}" y="${y}" width="${round(Math.max(1, to - from), 1)}" height="18" fill="${colour(index)}"/>
<line x1="${round(x(value.low), 1)}" x2="${round(x(value.high), 1)}" y1="${y + 9}" y2="${y + 9}" stroke="#333"/>
<text x="${round(Math.max(x(value.high), to) + 6, 1)}" y="${y + 13}">${round(value.mean)}</text>`;
  });
  const height = 36 + rows.length * 28;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(caption)}">
<line x1="${round(x(0), 1)}" x2="${round(x(0), 1)}" y1="16" y2="${height - 8}" stroke="#999"/>
${lines.join("\n")}
</svg>`;
}

/** One line per group along the swept number, with its 95 % band. */
function curves(points: readonly SweepPoint[], of: (result: StrategyResult) => Estimate, caption: string): string {
  const height = 320;
  const [left, right, top, bottom] = [60, 20, 16, 36];
  const names = points[0]?.strategies.map(({ name }) => name) ?? [];
  const all = points.flatMap(({ strategies }) => strategies.map(of));
  const values = points.map(({ value }) => value);
  const [x0, x1] = [Math.min(...values), Math.max(...values)];
  const [y0, y1] = [Math.min(0, ...all.map(({ low }) => low)), Math.max(0, ...all.map(({ high }) => high))];
  const x = (value: number): number => left + ((value - x0) / (x1 - x0 || 1)) * (WIDTH - left - right);
  const y = (value: number): number => height - bottom - ((value - y0) / (y1 - y0 || 1)) * (height - top - bottom);
  const dot = (value: number, level: number): string => `${round(x(value), 1)},${round(y(level), 1)}`;
  const series = names.map((name, index) => {
    const estimates = points.flatMap(({ value, strategies }) => {
      const result = strategies[index];
      return result === undefined ? [] : [{ value, estimate: of(result) }];
    });
    const up = estimates.map(({ value, estimate }) => dot(value, estimate.high));
    const down = estimates.toReversed().map(({ value, estimate }) => dot(value, estimate.low));
    const line = estimates.map(({ value, estimate }) => dot(value, estimate.mean));
    return `<polygon points="${[...up, ...down].join(" ")}" fill="${colour(index)}" opacity="0.15"/>
<polyline points="${line.join(" ")}" fill="none" stroke="${colour(index)}" stroke-width="2"><title>${escapeHtml(name)}</title></polyline>`;
  });
  const ticks = [0, 1, 2, 3, 4].map((tick) => {
    const [atX, atY] = [x0 + ((x1 - x0) * tick) / 4, y0 + ((y1 - y0) * tick) / 4];
    return `<text x="${round(x(atX), 1)}" y="${height - 12}" text-anchor="middle">${round(atX, 2)}</text>
<text x="${left - 8}" y="${round(y(atY) + 4, 1)}" text-anchor="end">${round(atY, 2)}</text>
<line x1="${left}" x2="${WIDTH - right}" y1="${round(y(atY), 1)}" y2="${round(y(atY), 1)}" stroke="#eee"/>`;
  });
  const legend = names.map((name, index) => `<span style="color:${colour(index)}">■</span> ${escapeHtml(name)}`);
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(caption)}">
${ticks.join("\n")}
<line x1="${left}" x2="${WIDTH - right}" y1="${round(y(0), 1)}" y2="${round(y(0), 1)}" stroke="#999"/>
${series.join("\n")}
</svg><p>${legend.join(" &nbsp; ")}</p>`;
}

const shown = (value: number | null, none: string): string => (value === null ? none : `${round(value * 100, 1)} %`);

/** The page of one population: thresholds, scores, weights, claims. */
export function populationPage(result: PopulationResult): string {
  const { breakEven, strategies, verdicts } = result;
  const rows = strategies.map(
    ({ name, count, score, perCapita }) =>
      `<tr><td>${escapeHtml(name)}</td><td>${count}</td><td>${round(score.mean)}</td><td>${round(score.low)} … ${round(score.high)}</td><td>${round(perCapita, 2)}</td></tr>`,
  );
  const word = (holds: boolean | null): string => (holds === null ? "open" : holds ? "yes" : "no");
  const claims = verdicts.map(
    ({ claim, holds, because }) =>
      `<dt>${claim}: <span class="${word(holds)}">${word(holds)}</span></dt><dd>${escapeHtml(because)}</dd>`,
  );
  const perCapita = strategies.map(({ name, count, share }) => {
    const scale = result.miners / count;
    return { name, value: { mean: share.mean * scale, low: share.low * scale, high: share.high * scale } };
  });
  return page(
    `A population under ${result.preset}`,
    `<p>${result.miners} miners, ${round(result.trapShare * 100, 1)} % traps, ${result.seeds} seeds.
Voting pays with a trap accuracy above ${shown(breakEven.voterTrapAccuracy, "100 %: never")}, voting and generating above
${shown(breakEven.totalTrapAccuracy, "100 %: never")}; a blind ring loses above ${shown(breakEven.collusionTrapShare, "no share of")} traps among two-generator tasks.</p>
<h2>Score per miner and round</h2>
${bars(
  strategies.map(({ name, score }) => ({ name, value: score })),
  "Mean score per miner and round by group",
)}
<h2>Weight, where 1 is an equal split</h2>
${bars(perCapita, "Share of the weights by group, relative to an equal split")}
<table><tr><th>group</th><th>miners</th><th>score</th><th>95 %</th><th>weight</th></tr>${rows.join("")}</table>
<h2>The claims</h2><dl>${claims.join("\n")}</dl>`,
  );
}

/** The page of a sweep: scores and weights along one number. */
export function sweepPage(result: SweepResult): string {
  const { key, points, preset, seeds } = result;
  return page(
    `${key} under ${preset}`,
    `<p>${points[0]?.miners ?? 0} miners, ${seeds} seeds at each of ${points.length} values; bands are 95 %.</p>
<h2>Score per miner and round along ${escapeHtml(key)}</h2>
${curves(points, ({ score }) => score, `Score along ${key}`)}
<h2>Share of all weights along ${escapeHtml(key)}</h2>
${curves(points, ({ share }) => share, `Share along ${key}`)}`,
  );
}
