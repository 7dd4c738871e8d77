import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { BattleTable } from "../../../src/ratings/battles.ts";
import { studentT95 } from "../../../src/ratings/intervals.ts";
import { POINTS, ratePlayers, sharedRanks } from "../../../src/ratings/leaderboard.ts";
import { plantedBattles, spreadStrengths } from "./planted.ts";

const SIMULATIONS = 1_000;

/** Share of 95 % intervals that hold the planted rating, over 1 000 simulated logs. */
function coverage(seed: string, players: number, spread: number, tasks: number, votes: number): number {
  const random = seededRandom(seed);
  const strengths = spreadStrengths(players, spread);
  let held = 0;
  let all = 0;
  for (let simulation = 0; simulation < SIMULATIONS; simulation++) {
    for (const { hotkey, low, high } of ratePlayers(plantedBattles(random, strengths, tasks, votes)).standings) {
      const planted = 1_000 + POINTS * (strengths[Number(hotkey.slice(1))] ?? 0);
      all++;
      if (low <= planted && planted <= high) held++;
    }
  }
  return held / all;
}

describe("the 95 % interval", () => {
  it.each([
    ["2 players, 100 battles", 2, 1, 100, 1],
    ["4 players, 100 battles", 4, 2, 100, 1],
    ["8 players, 400 battles", 8, 2, 400, 1],
    ["8 players far apart, 1000 battles", 8, 4, 1_000, 1],
    ["8 players, 150 tasks of 6 votes", 8, 2, 150, 6],
    ["12 players, 80 tasks of 10 votes", 12, 2, 80, 10],
  ])("covers the planted rating in 93 to 97 %% of 1000 simulations: %s", (name, players, spread, tasks, votes) => {
    const share = coverage(name, players, spread, tasks, votes);
    expect(share).toBeGreaterThanOrEqual(0.93);
    expect(share).toBeLessThanOrEqual(0.97);
  });

  it("is not fooled by votes that all say the same about one pair of outputs", () => {
    const one = new BattleTable();
    const many = new BattleTable();
    for (let task = 0; task < 40; task++) {
      const won = task % 2;
      one.add({ first: "a", second: "b", wins: won, losses: 1 - won, ties: 0 });
      many.add({ first: "a", second: "b", wins: 25 * won, losses: 25 * (1 - won), ties: 0 });
    }
    const width = (table: BattleTable): number => {
      const [first] = ratePlayers(table.record()).standings;
      return (first?.high ?? 0) - (first?.low ?? 0);
    };
    expect(width(many) / width(one)).toBeGreaterThan(0.95);
    expect(width(many) / width(one)).toBeLessThan(1.1);
  });

  it.each([
    ["one task", 1],
    ["three tasks that fell alike", 3],
  ])("stays wide after %s: no spread between tasks is no certainty", (_, tasks) => {
    const table = new BattleTable();
    for (let task = 0; task < tasks; task++) table.add({ first: "a", second: "b", wins: 2, losses: 1, ties: 0 });
    const { standings } = ratePlayers(table.record());
    for (const { low, high } of standings) expect(high - low).toBeGreaterThan(200);
    expect(standings.map(({ rank }) => rank)).toEqual([1, 1]);
  });

  it("stays wide for a player that never lost", () => {
    const table = new BattleTable();
    for (let battle = 0; battle < 10; battle++) table.add({ first: "a", second: "b", wins: 1, losses: 0, ties: 0 });
    const [first] = ratePlayers(table.record()).standings;
    expect((first?.high ?? 0) - (first?.low ?? 0)).toBeGreaterThan(300);
    expect(first?.high).toBeLessThan(5_000);
  });

  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [5, 2.5706],
    [10, 2.2281],
    [30, 2.0423],
    [1_000, 1.9623],
  ])("uses Student's quantile for %i degrees of freedom", (freedom, expected) => {
    expect(Math.abs(studentT95(freedom) - expected)).toBeLessThan(freedom === 3 ? 0.03 : 0.01);
  });
});

describe("ratePlayers", () => {
  it("puts the mean at 1000 and odds of 10 to 1 at 400 points", () => {
    const table = new BattleTable();
    table.add({ first: "weak", second: "strong", wins: 1, losses: 10, ties: 0 });
    const { standings } = ratePlayers(table.record());
    expect(standings.map(({ hotkey }) => hotkey)).toEqual(["strong", "weak"]);
    const [strong, weak] = standings;
    expect((strong?.rating ?? 0) - (weak?.rating ?? 0)).toBeCloseTo(400, 8);
    expect((strong?.rating ?? 0) + (weak?.rating ?? 0)).toBeCloseTo(2_000, 8);
  });

  it("is provisional below 30 battles, and not at 30", () => {
    const table = new BattleTable();
    table.add({ first: "a", second: "b", wins: 15, losses: 14, ties: 0 });
    table.add({ first: "c", second: "b", wins: 1, losses: 0, ties: 0 });
    const rows = ratePlayers(table.record()).standings.map(({ hotkey, battles, provisional }) => [
      hotkey,
      battles,
      provisional,
    ]);
    expect(new Map(rows.map(([key, ...rest]) => [key, rest]))).toEqual(
      new Map([
        ["a", [29, true]],
        ["b", [30, false]],
        ["c", [1, true]],
      ]),
    );
  });

  it("ranks equal players together and separates what 2 000 battles can", () => {
    const even = ratePlayers(plantedBattles(seededRandom("even"), [0, 0, 0, 0], 60)).standings;
    expect(new Set(even.map(({ rank }) => rank))).toEqual(new Set([1]));
    const apart = ratePlayers(plantedBattles(seededRandom("apart"), [-2, 0, 2], 2_000)).standings;
    expect(apart.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  });
});

describe("sharedRanks", () => {
  it("counts those whose whole interval lies above", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(10))), (list) => {
        const intervals = list.map(([low, width]) => ({ low, high: low + width }));
        const expected = intervals.map(({ high }) => 1 + intervals.filter(({ low }) => low > high).length);
        expect(sharedRanks(intervals)).toEqual(expected);
      }),
    );
  });
});
