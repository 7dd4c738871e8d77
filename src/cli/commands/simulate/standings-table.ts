import { percent } from "../../../base/percent.ts";
import { ranksOf } from "../../../base/score-ranks.ts";
import type { Standings } from "../../../mechanism/standings.ts";
import type { BreakEven } from "../../../simulate/break-even.ts";
import { type Column, drawTable } from "../../table.ts";

const COLUMNS: readonly Column[] = [
  { title: "#", align: "right" },
  { title: "HOTKEY", min: 12 },
  { title: "SCORE", align: "right" },
  { title: "GENERATOR", align: "right", priority: 1 },
  { title: "VOTES", align: "right", priority: 2 },
  { title: "MADE", align: "right", priority: 5 },
  { title: "VOTED", align: "right", priority: 4 },
  { title: "TRAPPED", align: "right", priority: 3 },
  { title: "SHARE", align: "right" },
  { title: "WEIGHT", align: "right" },
];

/** A score for people: four decimals, a real minus never on zero. */
export const showScore = (score: number): string => {
  const text = score.toFixed(4);
  return text === "-0.0000" ? "0.0000" : text;
};

/** Where honesty stops paying, in one sentence: the first line that people see. */
export function drawBreakEven(breakEven: BreakEven): string {
  const { voterTrapAccuracy: accuracy, miners, trapShare } = breakEven;
  const setting = `${miners} miners, ${percent(trapShare, 1)} traps`;
  if (accuracy === null) return `Break-even voter accuracy: none, voting always loses (${setting})`;
  if (accuracy === 0) return `Break-even voter accuracy: any, voting always pays (${setting})`;
  return `Break-even voter accuracy: ${percent(accuracy, 1)} of traps avoided (${setting})`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** The counts of a replay in two lines at most. */
export function drawCounts({ preset, tasks, ignoredVotes, kappaObserved }: Standings): string {
  const kinds = `${tasks.synthetic} synthetic, ${tasks.duel} duel, ${tasks.trap} trap`;
  const others = (["void", "open", "skipped"] as const).filter((state) => tasks[state] > 0);
  const rest = others.map((state) => `, ${tasks[state]} ${state}`).join("");
  const ignored = Object.entries(ignoredVotes).filter(([, count]) => count > 0);
  const kappa = typeof kappaObserved === "number" ? `; observed kappa ${kappaObserved.toFixed(2)}` : "";
  return [
    `${plural(tasks.total, "task")} by ${preset}: ${tasks.scored} scored (${kinds})${rest}${kappa}`,
    ...(ignored.length === 0 ? [] : [`ignored votes: ${ignored.map(([why, count]) => `${count} ${why}`).join(", ")}`]),
  ].join("\n");
}

/** Everybody's row, best first. */
export function drawStandings(standings: Standings, width: number): string {
  const ranks = ranksOf(standings.miners);
  const rows = standings.miners.map((row, index) => [
    String(ranks[index]),
    row.hotkey,
    showScore(row.score),
    showScore(row.generator),
    showScore(row.discriminator),
    String(row.generated),
    String(row.voted),
    String(row.trapped),
    percent(row.share, 2),
    String(row.weight),
  ]);
  return drawTable(COLUMNS, rows, width);
}
