import type { TaskLine } from "../../../src/ui/task-panel.tsx";
import type { BoardLine, NeuronLine, ValidatorLine, WatchEvent } from "../../../src/ui/watch-events.ts";
import { initialWatchState, type WatchKey, type WatchState, watchReducer } from "../../../src/ui/watch-state.ts";
import { WatchView } from "../../../src/ui/watch-view.tsx";
import { HOSTILE, hotkey, noise, type Scene } from "./scene.ts";

const START = Date.parse("2026-01-10T12:00:00Z");
const neurons = (count: number): NeuronLine[] =>
  Array.from({ length: count }, (_, uid) => ({
    uid,
    hotkey: hotkey(uid),
    stakeTao: uid < 3 ? 1_234_567.891 / (uid + 1) : noise(uid) * 50,
    incentive: uid < 3 ? 0 : noise(uid, 2) / count,
    dividends: uid < 3 ? 1 / 3 : 0,
    emissionTao: noise(uid, 3) * 4,
    permit: uid < 3,
    immunityBlocksLeft: uid > count - 4 ? 4_000 - uid : 0,
    pruneRank: uid === 0 ? null : count - uid,
    endpoint: uid < 3 ? `http://203.0.113.${uid}:8091` : null,
  }));
const tasks = (count: number): TaskLine[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `t-${String(n + 1).padStart(4, "0")}`,
    kind: (["duel", "synthetic", "trap"] as const)[n % 3] ?? "duel",
    stage: (["scored", "voting", "generating", "void"] as const)[n % 7 === 6 ? 3 : n % 3] ?? "voting",
    generators: n % 3 === 1 ? [hotkey(n + 3)] : [hotkey(n + 3), hotkey(n + 4)],
    completions: 2,
    votes: Math.floor(noise(n) * 13),
    invited: 12,
    reason: n % 7 === 6 ? "no-votes" : "",
  }));
const board = (count: number): BoardLine[] =>
  Array.from({ length: count }, (_, n) => {
    const mean = 1_350 - n * (700 / count) + noise(n) * 20;
    const half = 40 + noise(n, 4) * 130;
    return {
      hotkey: hotkey(n + 3),
      score: n % 9 === 8 ? null : 2 - n / 8,
      rating: n % 11 === 10 ? null : { mean, low: mean - half, high: mean + half },
      rank: n % 11 === 10 ? null : 1 + Math.floor(n / 2),
      battles: n % 4 === 3 ? 12 : 60,
      provisional: n % 4 === 3,
    };
  });
const validator: ValidatorLine = {
  where: "store of this machine",
  reachable: true,
  interval: 3,
  stage: "voting",
  round: 2,
  stageEndsAtMs: START + 95_000,
  checkedIn: 27,
  settled: 3,
};

const known = (count: number): WatchEvent[] => [
  { type: "chain", atMs: START, endpoint: "wss://entrypoint-finney.opentensor.ai:443", connected: true },
  { type: "block", atMs: START + 1_000, number: 6_812_500 },
  {
    type: "metagraph",
    atMs: START + 1_000,
    block: 6_812_500,
    name: "dojo",
    tempo: 360,
    blocksSinceEpoch: 100,
    maxUids: 256,
    burnTao: 1.5,
    neurons: neurons(count),
  },
  { type: "validator", atMs: START + 1_000, validator },
  { type: "tasks", atMs: START + 1_000, tasks: tasks(Math.min(60, count)) },
  { type: "board", atMs: START + 1_000, battles: 1_284, rows: board(Math.min(count, 220)) },
  {
    type: "note",
    atMs: START + 1_100,
    level: "info",
    text: "Interval 2 is settled: 27 miners, weights in block 6812391.",
  },
  {
    type: "note",
    atMs: START + 1_500,
    level: "warn",
    text: "Weights were refused: they can be set in 37 blocks (7 min 24 s).",
  },
  ...Array.from(
    { length: 40 },
    (_, n): WatchEvent => ({
      type: "note",
      atMs: START + 1_600 + n * 500,
      level: n % 9 === 8 ? "warn" : "info",
      text: n % 9 === 8 ? `5Gh${n} sent a vote that was too late.` : `Vote ${n} of 5F${n}x1bYq9Zt was taken in 3 ms.`,
    }),
  ),
  { type: "tick", atMs: START + 22_000 },
];

const hostile: WatchEvent[] = known(24).map((event): WatchEvent => {
  const bad = Object.values(HOSTILE);
  const one = (n: number): string => bad[n % bad.length] ?? "";
  switch (event.type) {
    case "validator":
      return { ...event, validator: { ...event.validator, where: `https://${HOSTILE.cjk}`, stage: HOSTILE.escape } };
    case "tasks":
      return {
        ...event,
        tasks: event.tasks.map((task, n) => ({ ...task, id: one(n), kind: one(n + 1), reason: one(n) })),
      };
    case "board":
      return { ...event, rows: event.rows.map((row, n) => ({ ...row, hotkey: one(n) + n })) };
    case "metagraph": {
      const wild = event.neurons.map((neuron, n) => ({ ...neuron, hotkey: one(n) + n, endpoint: one(n + 2) }));
      return { ...event, name: HOSTILE.emoji, neurons: wild };
    }
    case "note":
      return { ...event, text: one(Math.round((event.atMs - START) / 500)) };
    default:
      return event;
  }
});

const scene = (state: string, events: readonly (WatchEvent | WatchKey)[], title = "netuid 52"): Scene => {
  const shown = events.reduce<WatchState>(watchReducer, initialWatchState(START));
  return {
    screen: "watch",
    state,
    draw: (theme, columns, rows) => (
      <WatchView state={shown} theme={theme} title={title} columns={columns} rows={rows} />
    ),
  };
};
const page = (name: "tasks" | "leaderboard" | "metagraph" | "log"): WatchKey => ({ type: "page", page: name });

export const WATCH_SCENES: readonly Scene[] = [
  scene("first-second", []),
  scene("no-validator", [
    ...known(12).filter(({ type }) => type === "chain" || type === "block" || type === "metagraph"),
    {
      type: "note",
      atMs: START,
      level: "info",
      text: "No validator's store of this hotkey is here; watch another one with --validator URL.",
    },
  ]),
  scene("overview", known(27)),
  scene("tasks", [...known(256), page("tasks"), { type: "scroll", by: 7, room: 20 }]),
  scene("leaderboard", [...known(256), page("leaderboard"), { type: "scroll", by: 30, room: 20 }]),
  scene("metagraph", [...known(256), page("metagraph"), { type: "scroll", by: 100, room: 20 }]),
  scene("log", [...known(256), page("log")]),
  scene("stale", [
    ...known(27),
    { type: "stale", atMs: START + 82_000, sinceMs: START + 1_000 },
    { type: "tick", atMs: START + 200_000 },
  ]),
  scene("disconnected", [
    ...known(27),
    { type: "chain", atMs: START + 23_000, endpoint: "wss://entrypoint-finney.opentensor.ai:443", connected: false },
    { type: "validator", atMs: START + 23_000, validator: { ...validator, reachable: false } },
  ]),
  scene("hostile", hostile, HOSTILE.cjk),
  scene("help", [...known(27), { type: "toggle-help" }]),
];
