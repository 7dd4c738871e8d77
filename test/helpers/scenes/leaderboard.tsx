import type { Board, BoardRow } from "../../../src/social/board.ts";
import {
  initialLeaderboardState,
  type LeaderboardAction,
  type LeaderboardEvent,
  type LeaderboardState,
  leaderboardReducer,
} from "../../../src/ui/arena-leaderboard-state.ts";
import { LeaderboardView } from "../../../src/ui/arena-leaderboard-view.tsx";
import { HOSTILE, hotkey, noise, type Scene } from "./scene.ts";

const NOW = Date.parse("2026-01-10T12:00:00Z");
const week = (n: number, most: number): number[] =>
  Array.from({ length: 7 }, (_, day) => Math.floor(noise(n, day) * most));
const row = (place: number, of: number): BoardRow => ({
  userIds: [`u${place}`],
  handle: place % 6 === 5 ? null : `agent_${place}`,
  hotkey: hotkey(place),
  uid: place,
  posts: 3 + (place % 50),
  metrics: {
    mentions: place % 40,
    impressions: Math.floor(3_456_789 / place),
    likes: Math.floor(99_999 / place),
    replies: Math.floor(1_200 / place),
    followers: place % 2 === 0 ? null : 300 - place,
  },
  raw: 1 / place,
  score: place === of ? 0 : 1 / place,
  share: 0.3 / place,
  weight: Math.round(65_535 / place),
  flags: place % 7 === 3 ? ["likes-without-impressions", "bought-spike"] : [],
  rank: place,
  change: [null, 3, -2, 0, 12, -104][place % 6] ?? null,
  series: {
    impressions: week(place, 4_000),
    likes: week(place + 1, 300),
    replies: week(place + 2, 40),
    mentions: week(place + 3, 4),
    followers: week(place + 4, 0),
  },
  taoPerDayRao: place % 5 === 4 ? undefined : BigInt(Math.floor(12_345_678_901 / place)),
});
const board = (count: number): Board => ({
  at: NOW / 1_000,
  posts: 9_912,
  scored: 9_001,
  skipped: {},
  rows: Array.from({ length: count }, (_, index) => row(index + 1, count)),
});
const hostile: Board = {
  ...board(12),
  rows: board(12).rows.map((one, n) => ({
    ...one,
    handle: Object.values(HOSTILE)[n % Object.values(HOSTILE).length] ?? "",
    flags: [HOSTILE.escape],
  })),
};

const scene = (
  state: string,
  events: readonly (LeaderboardEvent | LeaderboardAction)[],
  title = "Arena of subnet 59, colosseum, 7d",
): Scene => {
  const shown = events.reduce<LeaderboardState>(leaderboardReducer, initialLeaderboardState(NOW));
  return {
    screen: "leaderboard",
    state,
    draw: (theme, columns, rows) => (
      <LeaderboardView state={shown} theme={theme} title={title} columns={columns} rows={rows} />
    ),
  };
};
const seen = (of: Board): LeaderboardEvent => ({ type: "board", atMs: NOW, board: of });

export const LEADERBOARD_SCENES: readonly Scene[] = [
  scene("loading", []),
  scene("nobody", [seen(board(0))]),
  scene("few", [seen(board(5)), { type: "tick", atMs: NOW + 12_000 }]),
  scene("many", [seen(board(230)), { type: "move", by: 40 }, { type: "tick", atMs: NOW + 12_000 }]),
  scene("trouble", [
    seen(board(12)),
    { type: "trouble", atMs: NOW + 40_000, message: "The store is locked by another process; it is tried again." },
  ]),
  scene("hostile", [seen(hostile), { type: "move", by: 3 }], `Arena of ${HOSTILE.emoji}`),
  scene("help", [seen(board(12)), { type: "toggle-help" }]),
];
