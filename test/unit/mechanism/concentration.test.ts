import { describe, expect, it } from "vitest";
import { concentrationOf } from "../../../src/mechanism/concentration.ts";

describe("concentrationOf", () => {
  it.each([
    ["nobody", [], { hhi: 0, effectiveMiners: 0, topThree: 0, majority: 0 }],
    ["nobody above 0", [0, 0], { hhi: 0, effectiveMiners: 0, topThree: 0, majority: 0 }],
    ["one that takes all", [0, 1], { hhi: 1, effectiveMiners: 1, topThree: 1, majority: 1 }],
    ["four alike", [0.25, 0.25, 0.25, 0.25], { hhi: 0.25, effectiveMiners: 4, topThree: 0.75, majority: 3 }],
    ["a half is no majority", [0.5, 0.25, 0.25], { hhi: 0.375, effectiveMiners: 1 / 0.375, topThree: 1, majority: 2 }],
  ])("%s", (_, shares, wanted) => {
    expect(concentrationOf(shares)).toEqual(wanted);
  });
});
