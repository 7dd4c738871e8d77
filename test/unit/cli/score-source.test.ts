import { describe, expect, it } from "vitest";
import { parseScores } from "../../../src/cli/commands/weights/score-source.ts";

describe("parseScores", () => {
  it.each([
    ["a record", '{"5F": 1, "5G": 2.5}'],
    ["a list", '[{"hotkey":"5F","score":1},{"hotkey":"5G","score":2.5}]'],
    [
      "what simulate --json prints",
      '{"schemaVersion":1,"ok":true,"data":{"miners":[{"hotkey":"5F","score":1},{"hotkey":"5G","score":2.5}]}}',
    ],
    ["a settled interval", '{"n":0,"scores":{"5F":1,"5G":2.5}}'],
    ["a record after a byte order mark", '\ufeff{"5F": 1, "5G": 2.5}'],
  ])("reads %s", (_, text) => {
    expect([...parseScores(text, "f")]).toEqual([
      ["5F", 1],
      ["5G", 2.5],
    ]);
  });

  it.each([
    ["no JSON", "{"],
    ["a number", "3"],
    ["text as a score", '{"5F":"1"}'],
    ["null as a score", '{"5F":null}'],
    ["a hotkey named twice", '[{"hotkey":"5F","score":1},{"hotkey":"5F","score":2}]'],
    ["an entry without a hotkey", '[{"score":1}]'],
    ["an empty entry", "[null]"],
  ])("refuses %s with exit code 12", (_, text) => {
    expect(() => parseScores(text, "f")).toThrow(expect.objectContaining({ code: "weights.bad-scores", exitCode: 12 }));
  });
});
