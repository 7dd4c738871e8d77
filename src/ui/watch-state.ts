import type { Step } from "./keys.ts";
import type { LogLine } from "./log-panel.tsx";
import { scrolled } from "./presses.ts";
import type { TaskLine } from "./task-panel.tsx";
import type { BoardLine, NeuronLine, ValidatorLine, WatchEvent } from "./watch-events.ts";

/** The panels that a screen can be filled with; `overview` is some of each. */
export const PAGES = ["overview", "tasks", "leaderboard", "metagraph", "log"] as const;
export type Page = (typeof PAGES)[number];

export interface ChainLine {
  readonly endpoint: string;
  readonly connected: boolean;
  /** Since when it is not connected; undefined before the first try and while it is. */
  readonly lostAtMs: number | undefined;
  /** 0 until one was seen. */
  readonly block: number;
  readonly blockAtMs: number;
  /** Since when no block came, once that was noticed. */
  readonly staleSinceMs: number | null;
  readonly name: string;
  readonly tempo: number;
  /** Block of the last epoch. */
  readonly epochBlock: number;
  readonly maxUids: number;
  readonly burnTao: number;
}

export interface WatchState {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly chain: ChainLine;
  readonly validator: ValidatorLine | null;
  readonly tasks: readonly TaskLine[];
  readonly battles: number;
  readonly board: readonly BoardLine[];
  /** By uid. */
  readonly neurons: readonly NeuronLine[];
  readonly log: readonly LogLine[];
  readonly page: Page;
  /** First row of the page's list; of the log, lines to go back from the newest. */
  readonly scroll: number;
  readonly help: boolean;
}

/** What the keys do. */
export type WatchKey =
  | { readonly type: "page"; readonly page: Page }
  | { readonly type: "next-page" }
  | { readonly type: "scroll"; readonly by: Step; readonly room: number }
  | { readonly type: "toggle-help" };

/** Enough for the tallest terminal; older lines leave, so that a screen open for weeks stays small. */
const KEPT_LINES = 200;

export const initialWatchState = (nowMs: number): WatchState => ({
  startedAtMs: nowMs,
  nowMs,
  chain: {
    endpoint: "",
    connected: false,
    lostAtMs: undefined,
    block: 0,
    blockAtMs: nowMs,
    staleSinceMs: null,
    name: "",
    tempo: 0,
    epochBlock: 0,
    maxUids: 0,
    burnTao: 0,
  },
  validator: null,
  tasks: [],
  battles: 0,
  board: [],
  neurons: [],
  log: [],
  page: "overview",
  scroll: 0,
  help: false,
});

/** How many rows the list of a page has; what scrolling is bounded by. */
const listed = (state: WatchState, page: Page): number => {
  switch (page) {
    case "metagraph":
      return state.neurons.length;
    case "leaderboard":
      return state.board.length;
    case "tasks":
      return state.tasks.length;
    case "log":
      return state.log.length;
    case "overview":
      return 0;
  }
};

/** The log is read from its end. */
const backwards = (by: Step): Step => (by === "start" ? "end" : by === "end" ? "start" : -by);

const turned = (state: WatchState, page: Page): WatchState => ({ ...state, page, scroll: 0, help: false });

/** One event's effect on the screen. Pure; the clock arrives as events. */
export function watchReducer(state: WatchState, event: WatchEvent | WatchKey): WatchState {
  switch (event.type) {
    case "tick":
      return { ...state, nowMs: Math.max(state.nowMs, event.atMs) };
    case "chain": {
      const { endpoint, connected } = event;
      const lostAtMs = connected ? undefined : (state.chain.lostAtMs ?? event.atMs);
      return { ...state, chain: { ...state.chain, endpoint, connected, lostAtMs } };
    }
    case "block":
      return {
        ...state,
        nowMs: Math.max(state.nowMs, event.atMs),
        chain: { ...state.chain, block: event.number, blockAtMs: event.atMs, staleSinceMs: null },
      };
    case "stale":
      return { ...state, chain: { ...state.chain, staleSinceMs: event.sinceMs } };
    case "fresh":
      return { ...state, chain: { ...state.chain, staleSinceMs: null } };
    case "metagraph": {
      const { name, tempo, maxUids, burnTao, neurons, block, blocksSinceEpoch } = event;
      const seen = { name, tempo, maxUids, burnTao, epochBlock: block - blocksSinceEpoch };
      const isNewer = block > state.chain.block;
      const head = isNewer ? { block, blockAtMs: event.atMs } : {};
      return { ...state, chain: { ...state.chain, ...seen, ...head }, neurons };
    }
    case "validator":
      return { ...state, validator: event.validator };
    case "tasks":
      return { ...state, tasks: event.tasks };
    case "board":
      return { ...state, battles: event.battles, board: event.rows };
    case "note": {
      const line = { id: (state.log.at(-1)?.id ?? 0) + 1, atMs: event.atMs, level: event.level, text: event.text };
      // Who reads further up goes on reading the same lines.
      const scroll =
        state.page === "log" && state.scroll > 0 ? Math.min(state.scroll + 1, KEPT_LINES - 1) : state.scroll;
      return { ...state, log: [...state.log, line].slice(-KEPT_LINES), scroll };
    }
    case "page":
      return turned(state, event.page);
    case "next-page":
      return turned(state, PAGES[(PAGES.indexOf(state.page) + 1) % PAGES.length] ?? "overview");
    case "scroll": {
      const by = state.page === "log" ? backwards(event.by) : event.by;
      return { ...state, scroll: scrolled(state.scroll, by, listed(state, state.page), event.room) };
    }
    case "toggle-help":
      return { ...state, help: !state.help };
    default: {
      const never: never = event;
      return never;
    }
  }
}
