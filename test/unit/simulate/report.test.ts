import { Window } from "happy-dom";
import { describe, expect, it } from "vitest";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import { standingsOf } from "../../../src/mechanism/standings.ts";
import { compareStandings } from "../../../src/simulate/compare.ts";
import { observedBreakEven } from "../../../src/simulate/observed-break-even.ts";
import { reportPage } from "../../../src/simulate/report-page.ts";
import { standingsCsv } from "../../../src/simulate/standings-csv.ts";
import { sampleTask } from "../mechanism/task-samples.ts";

const HOSTILE = `<img src=x onerror="alert(1)">'&\u001b[2J\u202e`;
const board = new Scoreboard(ruleSetNamed("paper", { trapPenalty: 2 }));
board.addTask(
  sampleTask("duel", [
    [HOSTILE, "c1"],
    ["=1+1", "c2"],
    ['a "b", c', "c1"],
  ]),
);
board.addTask(
  sampleTask("trap", [
    [HOSTILE, "c2"],
    ["A", "c1"],
  ]),
);
const { standings, warnings } = standingsOf(board);
const breakEven = observedBreakEven(board.rules, standings);
const html = reportPage({ log: "<log>.json", rules: board.rules, standings, board, breakEven, warnings });

describe("reportPage", () => {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } });
  document.write(html);

  it("lets nothing of a log become markup, and loads nothing", () => {
    expect(html).not.toMatch(/<img|<script|onerror="|\u001b|\u202e|https?:|src=[^x]/);
    expect(document.querySelectorAll("script, img, link, iframe")).toHaveLength(0);
    expect(document.body.textContent).toContain("<img src=x");
  });

  it("draws scores, shares, concentration, votes per task and traps, and lists everybody", () => {
    expect([...document.querySelectorAll("h2")].map(({ textContent }) => textContent)).toEqual([
      "Scores",
      "Shares",
      "Concentration",
      "Votes per task",
      "Traps",
      "All miners",
    ]);
    expect(document.querySelectorAll("svg:not(.narrow)")).toHaveLength(5);
    expect(document.querySelectorAll("tbody tr")).toHaveLength(standings.miners.length);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("says which numbers were changed and where honesty pays", () => {
    expect(document.body.textContent).toContain("trapPenalty = 2");
    expect(document.body.textContent).toContain("Break-even voter accuracy");
  });

  it("is a page even of a log without tasks", () => {
    const empty = new Scoreboard(ruleSetNamed("paper"));
    const none = standingsOf(empty);
    const facts = { log: "none", rules: empty.rules, board: empty, breakEven: null };
    expect(reportPage({ ...facts, standings: none.standings, warnings: none.warnings })).toContain("Nobody took part");
  });
});

describe("standingsCsv", () => {
  it("quotes what needs it and disarms formulas", () => {
    const lines = standingsCsv(standings).split("\n");
    expect(lines[0]).toBe("hotkey,score,generator,discriminator,generated,voted,trapped,share,weight");
    expect(lines.some((line) => line.startsWith("'=1+1,"))).toBe(true);
    expect(lines.some((line) => line.startsWith('"a ""b"", c",'))).toBe(true);
    expect(lines).toHaveLength(standings.miners.length + 2);
  });
});

describe("compareStandings", () => {
  it("shares ranks among equals and follows them from one rule set to the other", () => {
    const other = new Scoreboard(ruleSetNamed("paper", { voterPay: 0 }));
    other.addTask(
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c2"],
        ["C", "c1"],
      ]),
    );
    const first = new Scoreboard(ruleSetNamed("paper"));
    first.addTask(
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c2"],
        ["C", "c1"],
      ]),
    );
    const rows = compareStandings(standingsOf(first).standings, standingsOf(other).standings);
    expect(rows.map(({ hotkey, rankA, rankB }) => [hotkey, rankA, rankB])).toEqual([
      ["G1", 1, 1],
      ["G2", 2, 2],
      ["A", 2, 3],
      ["B", 2, 3],
      ["C", 2, 3],
    ]);
  });
});
