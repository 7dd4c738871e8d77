import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ballot } from "../../../src/mechanism/ballot.ts";
import { checkHeader } from "../../../src/mechanism/check-header.ts";
import { HotkeyTable } from "../../../src/mechanism/hotkey-table.ts";
import { taskLogSchema } from "../../../src/mechanism/task-log-schema.ts";
import { sampleTask, tasks } from "./task-samples.ts";

const fits = (log: unknown): boolean => taskLogSchema.safeParse(log).success;
const TASK = sampleTask("trap", [["A", "c1"]], { interval: 0 });
const changed = (change: object): object => ({ tasks: [{ ...TASK, ...change }] });

describe("the schema of a task log", () => {
  it("takes every task that is scored", () => {
    fc.assert(
      fc.property(tasks, (task) => {
        expect(new Ballot(new HotkeyTable()).load(task, false, undefined)).toBeNull();
        expect(fits({ tasks: [task] })).toBe(true);
      }),
    );
  });

  it.each<[string, object]>([
    ["no tasks", { tasks: [] }],
    [
      "a whole header",
      {
        format: "colosseum/tasks@1",
        preset: "x",
        settings: { a: [1] },
        netuid: 65_535,
        validator: "V",
        intervals: [],
        tasks: [],
      },
    ],
    [
      "intervals with and without their secrets",
      { intervals: [{ n: 0 }, { n: 1, seed: null, beacon: null, closedAt: null, scores: { a: -1 } }], tasks: [] },
    ],
    ["fields that nobody knows", { tasks: [{ ...TASK, prompt: {} }], other: 1 }],
  ])("takes %s", (_, log) => {
    expect(fits(log)).toBe(true);
    const { tasks: _tasks, ...header } = log as { tasks: unknown };
    expect(checkHeader(header as never)).toBeNull();
  });

  it.each<[string, unknown]>([
    ["a log without tasks", {}],
    ["another format", { format: "colosseum/tasks@2", tasks: [] }],
    ["a subnet that cannot be", { netuid: 65_536, tasks: [] }],
    ["a negative subnet", { netuid: -1, tasks: [] }],
    ["a negative interval", { intervals: [{ n: -1 }], tasks: [] }],
    ["a score that is no number", { intervals: [{ n: 0, scores: { a: "1" } }], tasks: [] }],
    ["another kind", changed({ kind: "joust" })],
    ["a negative interval of a task", changed({ interval: -1 })],
    ["half an interval of a task", changed({ interval: 0.5 })],
    ["no date", changed({ createdAt: "yesterday" })],
    ["ten digits of a second", changed({ createdAt: "2026-01-01T00:00:00.1234567890Z" })],
    ["no votes", changed({ votes: undefined })],
    ["another source", changed({ completions: [{ id: "c1", by: "G1", source: "model" }] })],
    ["a vote at no time", changed({ votes: [{ voter: "A", completion: "c1" }] })],
  ])("refuses %s", (_, log) => {
    expect(fits(log)).toBe(false);
  });
});
