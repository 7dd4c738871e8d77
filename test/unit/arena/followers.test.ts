import { describe, expect, it } from "vitest";
import { followerGrowth } from "../../../src/arena/followers.ts";

const WINDOW = { from: 100, to: 200 };
const growth = (...counts: [seconds: number, followers: number][]): number | undefined =>
  followerGrowth(
    counts.map(([seconds, followers]) => ({ userId: "a", seconds, followers })),
    WINDOW,
  ).get("a");

describe("new followers", () => {
  it.each<[string, [number, number][], number | undefined]>([
    [
      "are the last count less the first",
      [
        [110, 5],
        [120, 50],
        [130, 8],
      ],
      3,
    ],
    [
      "do not depend on the order of reading",
      [
        [130, 8],
        [120, 50],
        [110, 5],
      ],
      3,
    ],
    [
      "are counted from end to end of the window",
      [
        [100, 5],
        [200, 9],
      ],
      4,
    ],
    [
      "are not known from counts outside it",
      [
        [99, 5],
        [150, 9],
        [201, 20],
      ],
      undefined,
    ],
    ["are not known from one count", [[150, 5]], undefined],
    [
      "are never less than none",
      [
        [110, 9],
        [120, 5],
      ],
      0,
    ],
    [
      "are the later word on the same second",
      [
        [110, 5],
        [120, 6],
        [120, 7],
      ],
      2,
    ],
  ])("%s", (_, counts, expected) => {
    expect(growth(...counts)).toBe(expected);
  });

  it("are each account's own", () => {
    const of = (userId: string, seconds: number, followers: number) => ({ userId, seconds, followers });
    const found = followerGrowth([of("a", 110, 1), of("b", 110, 7), of("b", 120, 9), of("a", 120, 2)], WINDOW);
    expect([...found]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });
});
