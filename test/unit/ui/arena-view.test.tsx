import { renderToString } from "ink";
import { describe, expect, it } from "vitest";
import type { ArenaEvent } from "../../../src/ui/arena-events.ts";
import { type ArenaState, arenaReducer, initialArenaState } from "../../../src/ui/arena-state.ts";
import { ArenaView } from "../../../src/ui/arena-view.tsx";
import { themeFor } from "../../../src/ui/theme.ts";

const events: ArenaEvent[] = [
  ...Array.from(
    { length: 8 },
    (_, i): ArenaEvent => ({
      type: "neuron",
      uid: i + 1,
      hotkey: `h${i + 1}`,
      name: `miner-${i + 1}`,
      brain: `fixtures:${((i + 2) / 10).toFixed(1)}`,
    }),
  ),
  { type: "block", atMs: 60_000, number: 141 },
  { type: "round", atMs: 1_000, round: 1, interval: 0 },
  { type: "task", id: "t-0001", stage: "voting", kind: "synthetic", generators: ["h1"], invited: 5 },
  { type: "vote", task: "t-0001", hotkey: "h2" },
  { type: "task", id: "t-0002", stage: "void", kind: "duel", generators: ["h2", "h3"], reason: "missing-completion" },
  {
    type: "scores",
    interval: 0,
    scores: new Map([
      ["h5", 1.25],
      ["h2", -1],
    ]),
  },
  { type: "note", atMs: 2_000, level: "warn", text: "a miner wrote \u001b[2J\u0007" },
  { type: "tick", atMs: 65_000 },
];
const state = events.reduce<ArenaState>(arenaReducer, initialArenaState(0));
const frame = (columns: number, rows: number, unicode: boolean, of: ArenaState = state): string[] =>
  renderToString(
    <ArenaView state={of} theme={themeFor({ color: false, unicode })} title="demo" columns={columns} rows={rows} />,
    { columns },
  ).split("\n");

describe("ArenaView", () => {
  it("shows tasks, leaderboard and log at 80 by 24", () => {
    expect(frame(80, 23, true).join("\n")).toMatchSnapshot();
  });

  it("shows a peer's terminal escapes as text", () => {
    expect(frame(80, 23, true).join("\n")).toContain("a miner wrote \\u001b[2J\\u0007");
  });

  it("says when the chain has gone quiet", () => {
    const quiet = arenaReducer(state, { type: "tick", atMs: 160_000 });
    expect(frame(80, 23, true, quiet)[0]).toContain("no block for 1 min 40 s");
  });
});
