import { describe, expect, it } from "vitest";
import { earningsByReason, projectedOverall, projectedShare } from "../../../src/cli/commands/miner/earnings.ts";
import { voteWorths } from "../../../src/miner/duel-worth.ts";

describe("earnings", () => {
  it("are summed by role and reason, what lost most last", () => {
    const task = (role: string, reason: string, earned: number) =>
      ({ id: "t", interval: 0, kind: "duel", role, reason, earned }) as const;
    expect(
      earningsByReason({
        tasks: [
          task("discriminator", "trapped", -1),
          task("discriminator", "duel-vote", 0.25),
          task("generator", "votes-received", 0.5),
          task("discriminator", "duel-vote", 0.5),
        ],
      }).map(({ role, reason, tasks, earned }) => [role, reason, tasks, earned]),
    ).toEqual([
      ["discriminator", "duel-vote", 2, 0.75],
      ["generator", "votes-received", 1, 0.5],
      ["discriminator", "trapped", 1, -1],
    ]);
  });

  it("are projected from the last intervals, and over validators by stake", () => {
    const interval = (share: number) => ({ n: 0, score: 0, share, weight: 0, rank: 1, miners: 3 });
    expect(projectedShare({ intervals: [] })).toBeUndefined();
    expect(projectedShare({ intervals: [9, 0.1, 0.2, 0.3, 0.4].map(interval) })).toBeCloseTo(0.25);
    expect(projectedOverall([])).toBeUndefined();
    expect(
      projectedOverall([
        { share: 0.1, stakeRao: 300n },
        { share: 0.5, stakeRao: 100n },
      ]),
    ).toBeCloseTo(0.2);
    expect(
      projectedOverall([
        { share: 0.1, stakeRao: undefined },
        { share: 0.5, stakeRao: undefined },
      ]),
    ).toBeCloseTo(0.3);
  });
});

describe("voteWorths", () => {
  it.each([
    ["more stake is worth more", { a: [10n, 5], b: [20n, 5] }, ["b", "a"]],
    ["fewer voters share more", { a: [10n, 20], b: [10n, 5] }, ["b", "a"]],
    [
      "what is not known is as with the others",
      { a: [10n, 5], b: [undefined, undefined], c: [30n, 5] },
      ["c", "b", "a"],
    ],
  ])("%s", (_, markets, order) => {
    const worths = voteWorths(
      new Map(
        Object.entries(markets).map(([name, [stakeRao, voters]]) => [
          name,
          { stakeRao: stakeRao as bigint | undefined, voters: voters as number | undefined },
        ]),
      ),
    );
    expect([...worths].sort(([, x], [, y]) => y - x).map(([name]) => name)).toEqual(order);
  });
});
