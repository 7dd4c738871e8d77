import { bandCurves, type Curve, whiskerBars } from "../base/html-curves.ts";
import { escapeHtml, htmlLegend, htmlPage, htmlSection } from "../base/html-page.ts";
import type { PopulationResult, StrategyResult, SweepPoint } from "./population.ts";
import type { Estimate } from "./population-estimate.ts";

/** What a sweep gave, for its page and its JSON. */
export interface SweepResult {
  readonly preset: string;
  readonly seeds: number;
  readonly key: string;
  readonly points: readonly SweepPoint[];
}

const MADE_BY = "colosseum simulate population";
const round = (value: number, digits = 3): string => value.toFixed(digits);
const shown = (value: number | null, none: string): string => (value === null ? none : `${round(value * 100, 1)} %`);
const word = (holds: boolean | null): string => (holds === null ? "open" : holds ? "yes" : "no");

/**
 * A population as one self-contained page: thresholds, scores, weights, claims.
 *
 * @returns HTML; the scenario's names are escaped.
 */
export function populationPage(result: PopulationResult): string {
  const { breakEven, miners, strategies, verdicts } = result;
  const facts = `<p>${miners} miners, ${round(result.trapShare * 100, 1)} % traps, ${result.seeds} seeds; whiskers are 95 %.
Voting pays with a trap accuracy above ${shown(breakEven.voterTrapAccuracy, "100 %: never")}, voting and generating above
${shown(breakEven.totalTrapAccuracy, "100 %: never")}; a blind ring loses above ${shown(breakEven.collusionTrapShare, "no share of")} traps among two-generator tasks.</p>`;
  const scores = strategies.map(({ name, score }) => ({ name, value: score }));
  const weights = strategies.map(({ name, count, share }) => ({ name, value: scaled(share, miners / count) }));
  return htmlPage({
    title: `A population under ${result.preset}`,
    madeBy: MADE_BY,
    body: [
      facts,
      htmlSection("Score per miner and round", "", whiskerBars(scores, "Mean score per miner and round by group")),
      htmlSection(
        "Weight, where 1 is an equal split",
        "",
        whiskerBars(weights, "Share of the weights by group, relative to an equal split"),
      ),
      htmlSection("All groups", "", table(strategies)),
      htmlSection(
        "The claims",
        "",
        `<dl>${verdicts
          .map(
            ({ claim, holds, because }) =>
              `<dt>${claim}: <span class="${word(holds)}">${word(holds)}</span></dt><dd>${escapeHtml(because)}</dd>`,
          )
          .join("\n")}</dl>`,
      ),
    ].join("\n"),
  });
}

/**
 * A sweep as one self-contained page: scores and weights of each group along one number.
 *
 * @returns HTML; the scenario's names are escaped.
 */
export function sweepPage({ key, points, preset, seeds }: SweepResult): string {
  const legend = htmlLegend(points[0]?.strategies.map(({ name }) => name) ?? []);
  const drawn = (title: string, of: ByStrategy): string =>
    htmlSection(`${title} along ${key}`, legend, bandCurves(curvesOf(points, of), `${title} along ${key}`));
  return htmlPage({
    title: `${key} under ${preset}`,
    madeBy: MADE_BY,
    body: [
      `<p>${points[0]?.miners ?? 0} miners, ${seeds} seeds at each of ${points.length} values; bands are 95 %.</p>`,
      drawn("Score per miner and round", ({ score }) => score),
      // Not the share itself: a group of many has a large one even where each of them loses.
      drawn("Weight, where 1 is an equal split,", ({ share, count }, miners) => scaled(share, miners / count)),
    ].join("\n"),
  });
}

const scaled = ({ mean, low, high }: Estimate, by: number): Estimate => ({
  mean: mean * by,
  low: low * by,
  high: high * by,
});

type ByStrategy = (result: StrategyResult, miners: number) => Estimate;

function curvesOf(points: readonly SweepPoint[], of: ByStrategy): Curve[] {
  return (points[0]?.strategies ?? []).map(({ name }, index) => ({
    name,
    points: points.flatMap(({ value, strategies, miners }) => {
      const result = strategies[index];
      return result === undefined ? [] : [{ at: value, value: of(result, miners) }];
    }),
  }));
}

function table(strategies: readonly StrategyResult[]): string {
  const rows = strategies.map(
    ({ name, count, score, perCapita }) =>
      `<tr><td class="text">${escapeHtml(name)}</td><td>${count}</td><td>${round(score.mean)}</td><td>${round(score.low)} … ${round(score.high)}</td><td>${round(perCapita, 2)}</td></tr>`,
  );
  return `<div class="wide"><table><tr><th class="text">group</th><th>miners</th><th>score</th><th>95 %</th><th>weight</th></tr>${rows.join("")}</table></div>`;
}
