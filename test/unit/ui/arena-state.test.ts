import { describe, expect, it } from "vitest";
import type { ArenaEvent } from "../../../src/ui/arena-events.ts";
import { type ArenaState, arenaReducer, initialArenaState } from "../../../src/ui/arena-state.ts";

const play = (events: readonly ArenaEvent[], from: ArenaState = initialArenaState(0)): ArenaState =>
  events.reduce<ArenaState>(arenaReducer, from);

const neuron = (uid: number): ArenaEvent => ({
  type: "neuron",
  uid,
  hotkey: `h${uid}`,
  name: `miner-${uid}`,
  brain: "fixtures:0.5",
});

describe("arenaReducer", () => {
  it("follows a task through its stages and counts what came in", () => {
    const { tasks } = play([
      { type: "task", id: "t-1", stage: "generating", kind: "duel", generators: ["h1", "h2"] },
      { type: "completion", task: "t-1", hotkey: "h1" },
      { type: "completion", task: "t-1", hotkey: "h2" },
      { type: "task", id: "t-1", stage: "voting", invited: 3 },
      { type: "vote", task: "t-1", hotkey: "h3" },
    ]);
    expect(tasks).toEqual([
      {
        id: "t-1",
        kind: "duel",
        stage: "voting",
        generators: ["h1", "h2"],
        completions: 2,
        votes: 1,
        invited: 3,
        reason: "",
      },
    ]);
  });

  it("ranks by score, then weight, then uid", () => {
    const { miners } = play([
      neuron(3),
      neuron(1),
      neuron(2),
      { type: "settled", atMs: 1, interval: 0, block: 9, weights: new Map([["h3", 65_535]]) },
      { type: "scores", interval: 1, scores: new Map([["h2", 0.5]]) },
    ]);
    expect(miners.map(({ name, score, weight }) => [name, score, weight])).toEqual([
      ["miner-2", 0.5, 0],
      ["miner-3", 0, 65_535],
      ["miner-1", 0, 0],
    ]);
  });

  it("stays small however long it is open", () => {
    const events = Array.from({ length: 1_000 }, (_, i): ArenaEvent[] => [
      { type: "task", id: `t-${i}`, stage: "generating" },
      { type: "step", atMs: i, text: String(i) },
    ]).flat();
    const state = play(events);
    expect(state.tasks).toHaveLength(64);
    expect(state.log).toHaveLength(200);
    expect(state.log.at(-1)?.text).toBe("999");
    expect(new Set(state.log.map(({ id }) => id)).size).toBe(200);
  });

  it("never lets its clock run backwards", () => {
    expect(
      play([
        { type: "tick", atMs: 50 },
        { type: "tick", atMs: 20 },
      ]).nowMs,
    ).toBe(50);
  });
});
