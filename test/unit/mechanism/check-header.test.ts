import { describe, expect, it } from "vitest";
import { checkHeader } from "../../../src/mechanism/check-header.ts";

/** What no log may have at a place, by the place that is to be named. */
const WRONG: Readonly<Record<string, (value: unknown) => Readonly<Record<string, unknown>>>> = {
  settings: (settings) => ({ settings }),
  netuid: (netuid) => ({ netuid }),
  intervals: (intervals) => ({ intervals }),
  "intervals[1]": (interval) => ({ intervals: [{ n: 0 }, interval] }),
  "intervals[0].n": (n) => ({ intervals: [{ n }] }),
  "intervals[0].scores": (scores) => ({ intervals: [{ n: 0, scores }] }),
  'intervals[0].scores["a b"]': (score) => ({ intervals: [{ n: 0, scores: { "a b": score } }] }),
};
const VALUES: Readonly<Record<keyof typeof WRONG, readonly unknown[]>> = {
  settings: [null, [], "text", 5],
  netuid: [-1, 1.5, "1", null, 2 ** 60],
  intervals: [null, {}, "text"],
  "intervals[1]": [null, [], 5, "text"],
  "intervals[0].n": [-1, 0.5, undefined],
  "intervals[0].scores": [null, [], 5],
  'intervals[0].scores["a b"]': [null, "1", Number.NaN],
};
const wrong = Object.entries(WRONG).flatMap(([path, header]) =>
  (VALUES[path] ?? []).map((value): [unknown, string] => [header(value), path]),
);

describe("checkHeader", () => {
  it.each([
    {},
    { format: "colosseum/tasks@1", preset: "no such", settings: {}, netuid: 0, validator: "", unknown: [null] },
    { intervals: [{ n: 0 }, { n: 1, scores: {} }, { n: 2, scores: { a: -1.5 } }] },
  ])("takes %o", (header) => expect(checkHeader(header)).toBeNull());

  it.each([
    ...wrong,
    [{ format: "colosseum/tasks@2" }, "format"],
    [{ preset: 1 }, "preset"],
    [{ validator: 5 }, "validator"],
  ])("names the place in %o", (header, path) =>
    expect(checkHeader(header as Readonly<Record<string, unknown>>)?.path).toBe(path),
  );
});
