import { concentrationOf } from "../mechanism/concentration.ts";
import { changedSettings, type RuleSet } from "../mechanism/rule-set.ts";
import type { Scoreboard } from "../mechanism/settle.ts";
import type { Standings, StandingsWarning } from "../mechanism/standings.ts";
import type { BreakEven } from "./break-even.ts";
import { barChart, escapeHtml, histogram, lorenzCurve } from "./report-charts.ts";

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

const percent = (part: number, digits = 1): string => `${(part * 100).toFixed(digits)} %`;
const score = (value: number): string => value.toFixed(4).replace(/^-(0\.0000)$/, "$1");
const section = (title: string, words: string, drawing: string): string =>
  `<section><h2>${escapeHtml(title)}</h2><p>${words}</p>${drawing}</section>`;

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
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="facts">${escapeHtml(summary(facts))}${settings.length === 0 ? "" : `<br>Changed: ${escapeHtml(settings.join(", "))}`}</p>`,
    ...facts.warnings.map(({ message }) => `<p class="warning">${escapeHtml(message)}</p>`),
    ...(standings.miners.length === 0 ? ["<p>Nobody took part.</p>"] : sections(facts)),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body>${body.join("\n")}
<footer>Made by colosseum simulate. The page holds everything it shows; nothing is loaded from elsewhere.</footer>
</body></html>
`;
}

function summary({ standings, breakEven }: ReportFacts): string {
  const { tasks } = standings;
  const others = (["void", "open", "skipped"] as const).filter((state) => tasks[state] > 0);
  const counts = `${tasks.total} tasks: ${tasks.scored} scored (${tasks.synthetic} synthetic, ${tasks.duel} duel, ${tasks.trap} trap)${others.map((state) => `, ${tasks[state]} ${state}`).join("")}. ${standings.miners.length} miners.`;
  const accuracy = breakEven?.voterTrapAccuracy;
  if (breakEven === null || accuracy === undefined) return counts;
  const words =
    accuracy === null ? "cannot be reached" : accuracy === 0 ? "is any" : `is ${percent(accuracy)} of traps avoided`;
  return `${counts} Break-even voter accuracy ${words}, with ${breakEven.miners} miners and ${percent(breakEven.trapShare)} traps.`;
}

function sections({ standings, board }: ReportFacts): string[] {
  const { miners } = standings;
  const shown = miners.slice(0, CHART_ROWS);
  const more = miners.length > shown.length ? ` The best ${shown.length} of ${miners.length}.` : "";
  const spread = concentrationOf(miners.map(({ share }) => share));
  const records = board.trapRecords();
  const trapped = records.slice(0, CHART_ROWS);
  return [
    section(
      "Scores",
      `<span class="key k0"></span>generator <span class="key k1"></span>discriminator.${more}`,
      barChart(
        shown.map((row) => ({ name: row.hotkey, parts: [row.generator, row.discriminator], text: score(row.score) })),
        "Score of each miner",
      ),
    ),
    section(
      "Shares",
      `What each miner gets of all pay.${more}`,
      barChart(
        shown.map((row) => ({ name: row.hotkey, parts: [row.share], text: percent(row.share, 2) })),
        "Share of each miner",
      ),
    ),
    section(
      "Concentration",
      `HHI ${spread.hhi.toFixed(4)}: as concentrated as ${spread.effectiveMiners.toFixed(1)} equal miners. The top 3 have ${percent(spread.topThree)}; ${spread.majority} together have more than half. The curve shows what the poorest part of the miners has together; the straight line would be even.`,
      lorenzCurve(
        miners.map(({ share }) => share),
        "Lorenz curve of the shares",
      ),
    ),
    section(
      "Votes per task",
      "Scored tasks by the number of votes that counted.",
      histogram(board.turnout(), "Tasks by counted votes"),
    ),
    ...(records.length === 0
      ? []
      : [
          section(
            "Traps",
            `<span class="key k0"></span>avoided <span class="key k2"></span>paid for. Voters by the part of their traps that they paid for${records.length > trapped.length ? `, the worst ${trapped.length} of ${records.length}` : ""}.`,
            barChart(
              trapped.map(({ hotkey, voted, trapped: paid }) => ({
                name: hotkey,
                parts: [voted - paid, 0, paid],
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
  const rows = miners.map((row, index) => {
    const cells = [
      index + 1,
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

/** Colours of Okabe and Ito (2008), which colour-blind readers can tell apart. */
const STYLE = `:root{color-scheme:light dark;--ink:#1b1b1b;--dim:#666;--line:#ccc;--paper:#fff;--a:#0072b2;--b:#e69f00;--c:#d55e00}
@media (prefers-color-scheme:dark){:root{--ink:#eee;--dim:#aaa;--line:#444;--paper:#16181b;--a:#56b4e9;--b:#e69f00;--c:#ff7f3f}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:56rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 .25rem}p{margin:.25rem 0 .75rem;color:var(--dim)}
.warning{color:var(--ink);border-left:4px solid var(--c);padding-left:.75rem}
svg{width:100%;height:auto;display:block}svg.square{max-width:24rem}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
.p0{fill:var(--a)}.p1{fill:var(--b)}.p2{fill:var(--c)}.axis,.even{stroke:var(--dim)}.even{stroke-dasharray:4 4}
.frame{fill:none;stroke:var(--line)}.curve{fill:none;stroke:var(--a);stroke-width:2.5}
.key{display:inline-block;width:.8em;height:.8em;margin:0 .3em 0 .6em}.k0{background:var(--a)}.k1{background:var(--b)}.k2{background:var(--c)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:13px}
th,td{text-align:right;white-space:nowrap;padding:.2rem .35rem;border-bottom:1px solid var(--line)}.hotkey{text-align:left}td.hotkey{font:11px ui-monospace,monospace;max-width:26rem;white-space:normal;overflow-wrap:anywhere;min-width:20rem}
footer{margin-top:3rem;color:var(--dim);font-size:13px}`;
