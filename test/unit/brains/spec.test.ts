import { describe, expect, it } from "vitest";
import { parseBrainSpec, showBrainSpec } from "../../../src/brains/spec.ts";

describe("parseBrainSpec", () => {
  it.each([
    ["heuristic", { kind: "heuristic" }],
    ["human", { kind: "human" }],
    ["fixtures:0.8", { kind: "fixtures", quality: 0.8 }],
    ["fixtures:1", { kind: "fixtures", quality: 1 }],
    ["fixtures:0", { kind: "fixtures", quality: 0 }],
    ["openai:gpt-4o-mini", { kind: "openai", model: "gpt-4o-mini" }],
    ["openai:library/model:tag", { kind: "openai", model: "library/model:tag" }],
    ["exec:./agent.sh --fast", { kind: "exec", command: "./agent.sh --fast" }],
  ])("reads %s, and shows it again", (text, spec) => {
    expect(parseBrainSpec(text)).toEqual(spec);
    expect(showBrainSpec(parseBrainSpec(text))).toBe(text);
  });

  it("takes fixtures without a quality as the best", () => {
    expect(parseBrainSpec("fixtures")).toEqual({ kind: "fixtures", quality: 1 });
  });

  it.each([
    [""],
    ["heuristic:1"],
    ["human:me"],
    ["fixtures:1.5"],
    ["fixtures:-1"],
    ["fixtures:high"],
    ["openai"],
    ["openai:"],
    ["exec:"],
    ["exec:  "],
    ["gpt"],
  ])("refuses %j", (text) => {
    expect(() => parseBrainSpec(text)).toThrow(expect.objectContaining({ code: "usage.brain", exitCode: 2 }));
  });

  it("suggests the kind that was meant", () => {
    expect(() => parseBrainSpec("heurstic")).toThrow(/did you mean "heuristic"/);
  });
});
