import { render } from "ink-testing-library";
import { describe, expect, it } from "vitest";
import type { Board, BoardRow } from "../../../src/social/board.ts";
import {
  initialLeaderboardState,
  type LeaderboardState,
  leaderboardReducer,
  selectedIndex,
} from "../../../src/ui/arena-leaderboard-state.ts";
import { LeaderboardView } from "../../../src/ui/arena-leaderboard-view.tsx";
import { themeFor } from "../../../src/ui/theme.ts";

const NOW = Date.parse("2026-01-10T12:00:00Z");
const row = (place: number, fields: Partial<BoardRow> = {}): BoardRow => ({
  userIds: [`u${place}`],
  handle: `agent_${place}`,
  hotkey: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
  uid: place,
  posts: 10,
  metrics: { mentions: 2, impressions: 123_456, likes: 999, replies: 12, followers: null },
  raw: 1,
  score: 1 / place,
  share: 0.4 / place,
  weight: Math.round(65_535 / place),
  flags: [],
  rank: place,
  change: [null, 3, -2, 0][place % 4] ?? null,
  series: {
    impressions: [0, 1, 2, 3, 4, 5, 6],
    likes: [6, 5, 4, 3, 2, 1, 0],
    replies: [0, 0, 0, 0, 0, 0, 0],
    mentions: [1, 0, 1, 0, 1, 0, 1],
    followers: [0, 0, 0, 0, 0, 0, 0],
  },
  taoPerDayRao: 12_345_678_901n,
  ...fields,
});
const board = (rows: readonly BoardRow[], at = NOW / 1_000): Board => ({
  at,
  posts: 99,
  scored: 90,
  skipped: {},
  rows,
});
const told = (...events: Parameters<typeof leaderboardReducer>[1][]): LeaderboardState =>
  events.reduce(leaderboardReducer, initialLeaderboardState(NOW));
const frame = (state: LeaderboardState, columns = 80, rows = 23, unicode = true): string =>
  render(
    <LeaderboardView
      state={state}
      theme={themeFor({ color: false, unicode })}
      title="Arena of subnet 1, colosseum, 7d"
      columns={columns}
      rows={rows}
    />,
  ).lastFrame() ?? "";
const many = Array.from({ length: 30 }, (_, index) => row(index + 1));

describe("leaderboardReducer", () => {
  it("keeps the selected agent when ranks change, and falls back to the first when it is gone", () => {
    const moved = told({ type: "board", atMs: NOW, board: board(many) }, { type: "move", by: 2 });
    expect([selectedIndex(moved), moved.selected]).toEqual([2, "u3"]);
    const shuffled = leaderboardReducer(moved, { type: "board", atMs: NOW, board: board([row(3), row(1), row(2)]) });
    expect(selectedIndex(shuffled)).toBe(0);
    const gone = leaderboardReducer(moved, { type: "board", atMs: NOW, board: board([row(1), row(2)]) });
    expect(selectedIndex(gone)).toBe(0);
    expect(selectedIndex(leaderboardReducer(gone, { type: "move", by: 1 }))).toBe(1);
  });

  it("moves within the list only, and does nothing without one", () => {
    expect(told({ type: "move", by: 1 }).selected).toBeUndefined();
    const state = told({ type: "board", atMs: NOW, board: board(many) }, { type: "move", by: -5 });
    expect(selectedIndex(state)).toBe(0);
    expect(selectedIndex(leaderboardReducer(state, { type: "move", by: 500 }))).toBe(29);
  });

  it("keeps the last board when a new one could not be made, until there is one again", () => {
    const state = told(
      { type: "board", atMs: NOW, board: board(many) },
      { type: "trouble", atMs: NOW + 1, message: "locked" },
    );
    expect([state.trouble, state.board?.rows.length]).toEqual(["locked", 30]);
    expect(leaderboardReducer(state, { type: "board", atMs: NOW + 2, board: board([]) }).trouble).toBe("");
  });
});

describe("LeaderboardView", () => {
  it.each([
    [80, 23],
    [100, 29],
    [60, 15],
    [160, 49],
  ])("fits %i columns and %i rows, whatever is selected", (columns, rows) => {
    for (const by of [0, 15, 29]) {
      const lines = frame(
        told({ type: "board", atMs: NOW, board: board(many) }, { type: "move", by }),
        columns,
        rows,
      ).split("\n");
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(columns);
      expect(lines.some((line) => line.startsWith(">") && line.includes(`@agent_${by + 1}`))).toBe(true);
    }
  });

  it("shows rank, change, share, weight, pay and sparklines, and all metrics of the selected agent", () => {
    const text = frame(told({ type: "board", atMs: NOW, board: board([row(1), row(2), row(3), row(4)]) }));
    expect(text).toContain(">   1    ▲3  @agent_1");
    expect(text).toContain("    2    ▼2  @agent_2");
    expect(text).toMatch(/ {4}3 {5}= {2}@agent_3/);
    expect(text).toMatch(/ {4}4 {3}new {2}@agent_4/);
    expect(text).toMatch(/40\.0% {3}65535 {3}12\.3456 {2}▁▃▄▅▆▇█ 123k/);
    expect(text).toMatch(/Likes +█▇▆▅▄▃▁ +999/);
    expect(text).toMatch(/New followers +▁▁▁▁▁▁▁ +- {2}nobody counted twice/);
    expect(text).toContain("10 posts, score 1.0000, no flags");
  });

  it("needs neither colour nor Unicode", () => {
    const text = frame(told({ type: "board", atMs: NOW, board: board([row(1), row(2)]) }), 80, 23, false);
    expect(text).toContain(">   1    +3  @agent_1");
    expect(text).toContain("_-=+*%#");
    expect(text).toMatch(/^[\x00-\x7f]*$/);
  });

  it("escapes what a stranger called itself", () => {
    const state = told({ type: "board", atMs: NOW, board: board([row(1, { handle: "a\u001b[31mb" })]) });
    expect(frame(state)).toContain("@a\\u001b[31mb");
  });

  it("says when it is from, what is wrong, and that nobody competes", () => {
    expect(frame(initialLeaderboardState(NOW))).toContain("reading the posts");
    const fresh = told({ type: "board", atMs: NOW, board: board([]) }, { type: "tick", atMs: NOW + 61_000 });
    expect(frame(fresh)).toContain("as of 1 min 1 s ago");
    expect(frame(fresh)).toContain("Nobody competes yet");
    expect(frame(told({ type: "board", atMs: NOW, board: board([], NOW / 1_000 - 9e6) }))).toContain(
      "up to 2025-09-28",
    );
    expect(frame(leaderboardReducer(fresh, { type: "trouble", atMs: NOW, message: "full disk" }))).toContain(
      "full disk",
    );
    expect(frame(leaderboardReducer(fresh, { type: "toggle-help" }))).toContain("what the scores of now would become");
  });
});
