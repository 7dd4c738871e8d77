import { describe, expect, it } from "vitest";
import { rulesOfInterval, rulesRuns } from "../../../src/mechanism/interval-rules.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import type { TaskLogHeader } from "../../../src/mechanism/task-log.ts";

const HEADER = {
  preset: "scaled",
  settings: { c: 30, firstKinds: [] },
  intervals: [
    { n: 2, preset: "scaled", settings: { c: 30 } },
    { n: 0, preset: "paper", settings: {} },
    { n: 1, preset: "paper", settings: {} },
    { n: 3 },
  ],
} as unknown as TaskLogHeader;

describe("rulesOfInterval", () => {
  it.each([
    ["an interval's own", 0, ruleSetNamed("paper")],
    ["its own, with what was changed", 2, ruleSetNamed("scaled", { c: 30 })],
    ["the header's where it names none", 3, ruleSetNamed("scaled", { c: 30 })],
    ["the header's for one that is not listed", 9, ruleSetNamed("scaled", { c: 30 })],
  ])("gives %s", (_, n, rules) => {
    expect(rulesOfInterval(HEADER, n)).toEqual(rules);
  });
});

describe("rulesRuns", () => {
  it("joins neighbours that were settled alike, by number", () => {
    expect(rulesRuns(HEADER).map(({ first, last, rules }) => [first, last, rules.name])).toEqual([
      [0, 1, "paper"],
      [2, 3, "scaled"],
    ]);
  });

  it("parts neighbours that differ in their settings only, or in their preset only", () => {
    const presets = ["paper", "dojo-1.8.3", "dojo-1.8.3", "dojo-1.8.3"];
    const intervals = presets.map((preset, n) => ({ n, preset, settings: n === 3 ? { burnShare: 0.5 } : {} }));
    expect(rulesRuns({ intervals }).map(({ first, last }) => [first, last])).toEqual([
      [0, 0],
      [1, 2],
      [3, 3],
    ]);
  });

  it("is empty for a log that lists no intervals", () => {
    expect(rulesRuns({})).toEqual([]);
  });
});
