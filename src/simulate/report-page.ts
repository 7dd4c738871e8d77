import { barChart, histogram, lorenzCurve } from "../base/html-charts.ts";
import { escapeHtml, htmlLegend, htmlPage, htmlSection } from "../base/html-page.ts";
import { percent } from "../base/percent.ts";
import { ranksOf } from "../base/score-ranks.ts";
import { concentrationOf } from "../mechanism/concentration.ts";
import { changedSettings, type RuleSet } from "../mechanism/rule-set.ts";
import type { Scoreboard } from "../mechanism/settle.ts";
import type { Standings, StandingsWarning } from "../mechanism/standings.ts";
import type { BreakEven } from "./break-even.ts";

/** As many rows as a reader looks at; the table below has all of them. */
const CHART_ROWS = 40;

export interface ReportFacts {
  /** How the log is called; a name, not a path of the machine. */
  readonly log: string;
  readonly rules: RuleSet;
  readonly standings: Standings;
  readonly board: Pick<Scoreboard, "turnout" | "trapRecords">;
  readonly breakEven: BreakEven | null;
  readonly warnings: readonly (StandingsWarning | { readonly code: string; readonly message: string })[];
}

const score = (value: number): string => value.toFixed(4).replace(/^-(0\.0000)$/, "$1");
/**
 * A replay as one self-contained page: no script, nothing from elsewhere; everything from the log is escaped.
 *
 * @returns HTML.
 */
export function reportPage(facts: ReportFacts): string {
  const { standings, rules, log } = facts;
  const title = `${log} by ${standings.preset}`;
  const settings = Object.entries(changedSettings(rules)).map(([key, value]) => `${key} = ${value}`);
  const body = [
    `<p>${escapeHtml(summary(facts))}${settings.length === 0 ? "" : `<br>Changed: ${escapeHtml(settings.join(", "))}`}</p>`,
    ...facts.warnings.map(({ message }) => `<p class="warning">${escapeHtml(message)}</p>`),
    ...(standings.miners.length === 0 ? ["<p>Nobody took part.</p>"] : sections(facts)),
  ];
  return htmlPage({ title, body: body.join("\n"), madeBy: "colosseum simulate" });
}

function summary({ standings, breakEven }: ReportFacts): string {
  const { tasks } = standings;
  const others = (["void", "open", "skipped"] as const).filter((state) => tasks[state] > 0);
  const counts = `${tasks.total} tasks: ${tasks.scored} scored (${tasks.synthetic} synthetic, ${tasks.duel} duel, ${tasks.trap} trap)${others.map((state) => `, ${tasks[state]} ${state}`).join("")}. ${standings.miners.length} miners.`;
  const accuracy = breakEven?.voterTrapAccuracy;
  if (breakEven === null || accuracy === undefined) return counts;
  const words =
    accuracy === null ? "cannot be reached" : accuracy === 0 ? "is any" : `is ${percent(accuracy, 1)} of traps avoided`;
  return `${counts} Break-even voter accuracy ${words}, with ${breakEven.miners} miners and ${percent(breakEven.trapShare, 1)} traps.`;
}

function sections({ standings, board }: ReportFacts): string[] {
  const { miners } = standings;
  const shown = miners.slice(0, CHART_ROWS);
  const more = miners.length > shown.length ? ` The best ${shown.length} of ${miners.length}.` : "";
  const spread = concentrationOf(miners.map(({ share }) => share));
  const records = board.trapRecords();
  const trapped = records.slice(0, CHART_ROWS);
  return [
    htmlSection(
      "Scores",
      `${htmlLegend(["generator", "discriminator"])}.${more}`,
      barChart(
        shown.map((row) => ({ name: row.hotkey, parts: [row.generator, row.discriminator], text: score(row.score) })),
        "Score of each miner",
      ),
    ),
    htmlSection(
      "Shares",
      `What each miner gets of all pay.${more}`,
      barChart(
        shown.map((row) => ({ name: row.hotkey, parts: [row.share], text: percent(row.share, 2) })),
        "Share of each miner",
      ),
    ),
    htmlSection(
      "Concentration",
      `HHI ${spread.hhi.toFixed(4)}: as concentrated as ${spread.effectiveMiners.toFixed(1)} equal miners. The top 3 have ${percent(spread.topThree, 1)}; ${spread.majority} together have more than half. The curve shows what the poorest part of the miners has together; the straight line would be even.`,
      lorenzCurve(
        miners.map(({ share }) => share),
        "Lorenz curve of the shares",
      ),
    ),
    htmlSection(
      "Votes per task",
      "Scored tasks by the number of votes that counted.",
      histogram(board.turnout(), "Tasks by counted votes"),
    ),
    ...(records.length === 0
      ? []
      : [
          htmlSection(
            "Traps",
            `${htmlLegend(["avoided", "paid for"])}. Voters by the part of their traps that they paid for${records.length > trapped.length ? `, the worst ${trapped.length} of ${records.length}` : ""}.`,
            barChart(
              trapped.map(({ hotkey, voted, trapped: paid }) => ({
                name: hotkey,
                parts: [voted - paid, paid],
                text: `${paid} of ${voted}`,
              })),
              "Trap record of each voter",
            ),
          ),
        ]),
    table(standings),
  ];
}

function table({ miners }: Standings): string {
  const head = ["#", "hotkey", "score", "generator", "discriminator", "made", "voted", "trapped", "share", "weight"];
  const ranks = ranksOf(miners);
  const rows = miners.map((row, index) => {
    const cells = [
      ranks[index] ?? 0,
      "",
      score(row.score),
      score(row.generator),
      score(row.discriminator),
      row.generated,
      row.voted,
      row.trapped,
      percent(row.share, 2),
      row.weight,
    ];
    return `<tr>${cells.map((cell, at) => (at === 1 ? `<td class="hotkey">${escapeHtml(row.hotkey)}</td>` : `<td>${cell}</td>`)).join("")}</tr>`;
  });
  return `<section><h2>All miners</h2><div class="wide"><table><thead><tr>${head.map((name, at) => `<th${at === 1 ? ' class="hotkey"' : ""}>${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}
