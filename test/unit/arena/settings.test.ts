import { describe, expect, it } from "vitest";
import { formulaNamed } from "../../../src/arena/formula.ts";
import { applySettings } from "../../../src/arena/settings.ts";

const SPECS = {
  speed: { default: 3, min: 0.5, max: 10, summary: "" },
  height: { default: 7, min: 0, max: 1, summary: "" },
} as const;

describe("a formula's settings", () => {
  it.each<[string, string[], object]>([
    ["are what they are by default", [], { speed: 3, height: 7 }],
    ["are changed one by one", ["speed=5"], { speed: 5, height: 7 }],
    ["are what was said last", ["speed=5", "height=0", "speed= 6 "], { speed: 6, height: 0 }],
    ["may be their least", ["speed=0.5"], { speed: 0.5, height: 7 }],
    ["may be their most", ["speed=1e1"], { speed: 10, height: 7 }],
  ])("%s", (_, assignments, values) => {
    expect(applySettings(SPECS, assignments)).toEqual(values);
  });

  it.each([
    "speed",
    "speed=",
    "speed= ",
    "speed=fast",
    "speed=0.49",
    "speed=10.01",
    "speed=NaN",
    "depth=1",
    "=1",
    "toString=1",
  ])("are refused as %j", (assignment) => {
    expect(() => applySettings(SPECS, [assignment])).toThrow(
      expect.objectContaining({ code: "usage.setting", exitCode: 2 }),
    );
  });
});

describe("a formula", () => {
  it("has a window of its own", () => {
    expect([formulaNamed("colosseum").window, formulaNamed("masa-v1").window]).toEqual(["7d", "all"]);
  });

  it("is refused by another name, with the nearest as a hint", () => {
    expect(() => formulaNamed("masa-v2")).toThrow(
      expect.objectContaining({ code: "usage.formula", hint: "Did you mean masa-v1?" }),
    );
    expect(() => formulaNamed("elo")).toThrow(expect.objectContaining({ hint: "There are colosseum and masa-v1." }));
  });
});
