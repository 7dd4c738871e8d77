import { describe, expect, it } from "vitest";
import { pressesOf, stepped } from "../../../src/ui/presses.ts";

describe("pressesOf", () => {
  it("takes several keys of one input, in order", () => {
    expect(pressesOf("?jq2", {}, 10)).toEqual([
      { type: "help" },
      { type: "step", by: 1 },
      { type: "quit", by: "key" },
      { type: "own", key: "2" },
    ]);
  });

  it.each([
    ["c", { ctrl: true }, [{ type: "quit", by: "ctrl-c" }]],
    ["z", { ctrl: true }, []],
    ["q", { meta: true }, []],
    ["", { pageDown: true }, [{ type: "step", by: 10 }]],
    ["", { home: true }, [{ type: "step", by: "start" }]],
    ["", { tab: true }, [{ type: "next" }]],
    ["\t\t", {}, [{ type: "next" }, { type: "next" }]],
    [
      "gG",
      {},
      [
        { type: "step", by: "start" },
        { type: "step", by: "end" },
      ],
    ],
  ] as const)("reads %j with %j", (input, key, presses) => {
    expect(pressesOf(input, key, 10)).toEqual(presses);
  });
});

describe("stepped", () => {
  it.each([
    [0, -1, 5, 0],
    [3, 10, 5, 4],
    [3, "start", 5, 0],
    [0, "end", 5, 4],
    [0, 1, 0, 0],
    [7, "end", 0, 0],
  ] as const)("goes from %d by %s of %d to %d", (at, by, length, to) => {
    expect(stepped(at, by, length)).toBe(to);
  });
});
