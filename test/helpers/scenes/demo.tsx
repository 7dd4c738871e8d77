import type { ArenaEvent } from "../../../src/ui/arena-events.ts";
import { type ArenaState, arenaReducer, initialArenaState } from "../../../src/ui/arena-state.ts";
import { ArenaView } from "../../../src/ui/arena-view.tsx";
import { HOSTILE, hotkey, noise, type Scene } from "./scene.ts";

const START = Date.parse("2026-01-10T12:00:00Z");
const neurons = (count: number, name = (n: number) => `miner-${n}`): ArenaEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    type: "neuron",
    uid: n + 1,
    hotkey: hotkey(n + 1),
    name: name(n + 1),
    brain: `fixtures:0.${n % 10}`,
  }));
const KINDS = ["synthetic", "duel", "duel", "trap"] as const;

/** A round of `pairs` tasks in the middle of its vote, after one that is over. */
function round(pairs: number, miners: number): ArenaEvent[] {
  const tasks = Array.from({ length: pairs * 2 }, (_, n): ArenaEvent[] => {
    const id = `t-${String(n + 1).padStart(4, "0")}`;
    const kind = KINDS[n % 4] ?? "duel";
    const generators = [hotkey((n % miners) + 1), hotkey(((n + 1) % miners) + 1)].slice(
      0,
      kind === "synthetic" ? 1 : 2,
    );
    const isOver = n < pairs;
    const votes = isOver ? 5 : Math.floor(noise(n, 3) * 6);
    const stage = isOver ? (n === 2 ? "void" : "scored") : n % 5 === 4 ? "generating" : "voting";
    return [
      { type: "task", id, stage: "generating", kind, generators, invited: 5 },
      ...generators.map((by): ArenaEvent => ({ type: "completion", task: id, hotkey: by })),
      ...Array.from({ length: votes }, (_, v): ArenaEvent => ({ type: "vote", task: id, hotkey: hotkey(v + 9) })),
      { type: "task", id, stage, ...(stage === "void" ? { reason: "missing-completion" } : {}) },
    ];
  });
  return tasks.flat();
}

const busy = (miners: number, name?: (n: number) => string): ArenaEvent[] => [
  { type: "step", atMs: START, text: "Embedded chain at ws://127.0.0.1:40123, subnet 1." },
  ...neurons(miners, name),
  { type: "round", atMs: START + 5_000, round: 1, interval: 0 },
  ...round(Math.min(40, miners), miners),
  {
    type: "settled",
    atMs: START + 40_000,
    interval: 0,
    block: 139,
    weights: new Map(Array.from({ length: miners }, (_, n) => [hotkey(n + 1), Math.floor(noise(n, 1) * 65_535)])),
  },
  {
    type: "incentive",
    atMs: START + 41_000,
    block: 140,
    values: new Map(Array.from({ length: miners }, (_, n) => [n + 1, noise(n, 1) / miners])),
  },
  { type: "round", atMs: START + 42_000, round: 2, interval: 1 },
  {
    type: "scores",
    interval: 1,
    scores: new Map(Array.from({ length: miners }, (_, n) => [hotkey(n + 1), noise(n, 2) * 3 - 0.6])),
  },
  { type: "note", atMs: START + 50_000, level: "warn", text: "The chain refused weights: rate limit, in 12 blocks." },
  { type: "block", atMs: START + 62_000, number: 141 },
  { type: "tick", atMs: START + 63_000 },
];

const hostile: ArenaEvent[] = [
  ...busy(8, (n) => Object.values(HOSTILE)[n % 9] ?? ""),
  ...Object.values(HOSTILE).map(
    (text): ArenaEvent => ({ type: "note", atMs: START + 60_000, level: "warn", text: `A miner wrote ${text}` }),
  ),
];

const scene = (state: string, events: readonly ArenaEvent[], help = false): Scene => {
  const after = events.reduce<ArenaState>(arenaReducer, initialArenaState(START));
  const shown = help ? arenaReducer(after, { type: "toggle-help" }) : after;
  return {
    screen: "demo",
    state,
    draw: (theme, columns, rows) => (
      <ArenaView state={shown} theme={theme} title="demo paper" columns={columns} rows={rows} />
    ),
  };
};

export const DEMO_SCENES: readonly Scene[] = [
  scene("first-second", [{ type: "step", atMs: START, text: "Embedded chain at ws://127.0.0.1:40123, subnet 1." }]),
  scene("busy", busy(8)),
  scene("many", busy(200)),
  scene("stale", [...busy(8), { type: "tick", atMs: START + 160_000 }]),
  scene("stopping", [
    ...busy(8),
    { type: "finished", atMs: START + 64_000, text: "Stopping: what is in work is finished…" },
  ]),
  scene("hostile", hostile),
  scene("help", busy(8), true),
];
