import type { ArenaEvent } from "./arena-events.ts";
import type { Step } from "./keys.ts";
import type { LogLine } from "./log-panel.tsx";
import { scrolled } from "./presses.ts";
import type { TaskLine } from "./task-panel.tsx";

export interface MinerLine {
  readonly uid: number;
  readonly hotkey: string;
  readonly name: string;
  readonly brain: string;
  /** Sum over the interval that is open. */
  readonly score: number;
  /** Of the last settled interval, u16. */
  readonly weight: number;
  /** Fraction of 1, of the last epoch. */
  readonly incentive: number;
}

export interface ArenaState {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly block: number;
  readonly blockAtMs: number;
  readonly round: number;
  readonly interval: number;
  readonly settled: number;
  readonly tasks: readonly TaskLine[];
  readonly miners: readonly MinerLine[];
  readonly log: readonly LogLine[];
  /** First row of the leaderboard. */
  readonly scroll: number;
  readonly help: boolean;
  readonly finished: string;
}

/** What the keys do. */
export type ArenaKey =
  | { readonly type: "toggle-help" }
  | { readonly type: "scroll"; readonly by: Step; readonly room: number };

/** Enough for the tallest terminal; older tasks and lines leave, so that a screen open for weeks stays small. */
const KEPT_TASKS = 64;
const KEPT_LINES = 200;

export const initialArenaState = (nowMs: number): ArenaState => ({
  startedAtMs: nowMs,
  nowMs,
  block: 0,
  blockAtMs: nowMs,
  round: 0,
  interval: 0,
  settled: 0,
  tasks: [],
  miners: [],
  log: [],
  scroll: 0,
  help: false,
  finished: "",
});

const logged = (state: ArenaState, atMs: number, text: string, level: "info" | "warn" = "info"): ArenaState => ({
  ...state,
  nowMs: Math.max(state.nowMs, atMs),
  log: [...state.log, { id: (state.log.at(-1)?.id ?? 0) + 1, atMs, level, text }].slice(-KEPT_LINES),
});

const withTask = (state: ArenaState, id: string, change: (task: TaskLine) => TaskLine): ArenaState => {
  const known = state.tasks.find((task) => task.id === id);
  const fresh: TaskLine = {
    id,
    kind: "?",
    stage: "generating",
    generators: [],
    completions: 0,
    votes: 0,
    invited: 0,
    reason: "",
  };
  const tasks =
    known === undefined
      ? [...state.tasks, change(fresh)]
      : state.tasks.map((task) => (task === known ? change(task) : task));
  return { ...state, tasks: tasks.slice(-KEPT_TASKS) };
};

/** Best first by what is known: the open interval's score, then the last weight, then uid. */
const ranked = (miners: readonly MinerLine[]): MinerLine[] =>
  [...miners].sort((a, b) => b.score - a.score || b.weight - a.weight || a.uid - b.uid);

/** One event's effect on the screen. Pure; the clock arrives as events. */
export function arenaReducer(state: ArenaState, event: ArenaEvent | ArenaKey): ArenaState {
  switch (event.type) {
    case "toggle-help":
      return { ...state, help: !state.help };
    case "scroll":
      return { ...state, scroll: scrolled(state.scroll, event.by, state.miners.length, event.room) };
    case "step":
      return logged(state, event.atMs, event.text);
    case "tick":
      return { ...state, nowMs: Math.max(state.nowMs, event.atMs) };
    case "note":
      return logged(state, event.atMs, event.text, event.level);
    case "block":
      return { ...state, block: event.number, blockAtMs: event.atMs, nowMs: Math.max(state.nowMs, event.atMs) };
    case "neuron": {
      const { uid, hotkey, name, brain } = event;
      const others = state.miners.filter((miner) => miner.uid !== uid);
      return { ...state, miners: ranked([...others, { uid, hotkey, name, brain, score: 0, weight: 0, incentive: 0 }]) };
    }
    case "round":
      return logged(
        { ...state, round: event.round, interval: event.interval },
        event.atMs,
        `Round ${event.round} opens.`,
      );
    case "task":
      return withTask(state, event.id, (task) => ({
        ...task,
        stage: event.stage,
        kind: event.kind ?? task.kind,
        generators: event.generators ?? task.generators,
        invited: event.invited ?? task.invited,
        reason: event.reason ?? task.reason,
      }));
    case "completion":
      return withTask(state, event.task, (task) => ({ ...task, completions: task.completions + 1 }));
    case "vote":
      return withTask(state, event.task, (task) => ({ ...task, votes: task.votes + 1 }));
    case "scores":
      return {
        ...state,
        miners: ranked(state.miners.map((miner) => ({ ...miner, score: event.scores.get(miner.hotkey) ?? 0 }))),
      };
    case "settled": {
      const miners = state.miners.map((miner) => ({ ...miner, weight: event.weights.get(miner.hotkey) ?? 0 }));
      const settled = { ...state, settled: state.settled + 1, miners: ranked(miners) };
      return logged(settled, event.atMs, `Weights of interval ${event.interval} are in block ${event.block}.`);
    }
    case "incentive": {
      const miners = state.miners.map((miner) => ({ ...miner, incentive: event.values.get(miner.uid) ?? 0 }));
      return logged({ ...state, miners }, event.atMs, `An epoch paid at block ${event.block}.`);
    }
    case "finished":
      return logged({ ...state, finished: event.text }, event.atMs, event.text);
    default: {
      const never: never = event;
      return never;
    }
  }
}
