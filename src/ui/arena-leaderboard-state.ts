import type { Board, BoardRow } from "../social/board.ts";
import type { Step } from "./keys.ts";
import { stepped } from "./presses.ts";

/** What the leaderboard of the social arena is told. */
export type LeaderboardEvent =
  | { readonly type: "tick"; readonly atMs: number }
  | { readonly type: "board"; readonly atMs: number; readonly board: Board }
  /** The board could not be made anew; the last one stays. */
  | { readonly type: "trouble"; readonly atMs: number; readonly message: string };

/** What the reader does. */
export type LeaderboardAction = { readonly type: "move"; readonly by: Step } | { readonly type: "toggle-help" };

export interface LeaderboardState {
  readonly nowMs: number;
  readonly board: Board | undefined;
  readonly boardAtMs: number;
  /** The agent that is looked at, by its accounts: it stays the same when ranks change. */
  readonly selected: string | undefined;
  readonly trouble: string;
  readonly help: boolean;
}

export const initialLeaderboardState = (nowMs: number): LeaderboardState => ({
  nowMs,
  board: undefined,
  boardAtMs: nowMs,
  selected: undefined,
  trouble: "",
  help: false,
});

/** Names one agent for as long as its accounts stay the same. */
export const rowKey = ({ userIds }: BoardRow): string => userIds.join(" ");

/** The place of the selected agent in the board; 0 where it is gone. */
export const selectedIndex = ({ board, selected }: LeaderboardState): number =>
  Math.max(0, board?.rows.findIndex((row) => rowKey(row) === selected) ?? 0);

/** One event's effect on the screen. Pure; the clock arrives as events. */
export function leaderboardReducer(
  state: LeaderboardState,
  event: LeaderboardEvent | LeaderboardAction,
): LeaderboardState {
  switch (event.type) {
    case "tick":
      return { ...state, nowMs: Math.max(state.nowMs, event.atMs) };
    case "board": {
      const [first] = event.board.rows;
      const selected = state.selected ?? (first === undefined ? undefined : rowKey(first));
      const nowMs = Math.max(state.nowMs, event.atMs);
      return { ...state, nowMs, board: event.board, boardAtMs: event.atMs, selected, trouble: "" };
    }
    case "trouble":
      return { ...state, nowMs: Math.max(state.nowMs, event.atMs), trouble: event.message };
    case "move": {
      const rows = state.board?.rows ?? [];
      const row = rows[stepped(selectedIndex(state), event.by, rows.length)];
      return row === undefined ? state : { ...state, selected: rowKey(row) };
    }
    case "toggle-help":
      return { ...state, help: !state.help };
    default: {
      const never: never = event;
      return never;
    }
  }
}
