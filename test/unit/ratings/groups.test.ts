import { describe, expect, it } from "vitest";
import { seededRandom, uniform } from "../../../src/base/random.ts";
import { fitCrowd } from "../../../src/ratings/crowd-model.ts";
import { favourOf } from "../../../src/ratings/favour.ts";
import { findGroups, type GroupTest } from "../../../src/ratings/group-test.ts";
import { strongestGroup } from "../../../src/ratings/groups.ts";
import { type DuelVotes, voteTable } from "../../../src/ratings/vote-table.ts";
import { type Crowd, minerName, plantedDuels } from "./planted-votes.ts";

const WORLDS = 199;

function searched(duels: readonly DuelVotes[], seed: string): GroupTest {
  const search = findGroups(voteTable(duels), seededRandom(seed), WORLDS);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

const ring = [minerName(0), minerName(1), minerName(2)];

describe("a planted ring of three", () => {
  it.each<[string, Crowd, number]>([
    ["10 miners, 60 tasks", { miners: 10, tasks: 60, ring: 3 }, 0.9],
    ["20 miners, 80 tasks", { miners: 20, tasks: 80, ring: 3 }, 0.95],
    ["20 miners, 250 tasks of 5 voters", { miners: 20, tasks: 250, votersPerTask: 5, ring: 3 }, 0.9],
    [
      "20 miners, 120 tasks, its outputs worse than others'",
      { miners: 20, tasks: 120, ring: 3, ringQuality: -1 },
      0.95,
    ],
  ])(
    "is found by name in 25 logs: %s",
    (name, crowd, power) => {
      const random = seededRandom(name);
      let found = 0;
      for (let log = 0; log < 25; log++) {
        const { groups } = searched(plantedDuels(random, crowd), `${name}/${log}`);
        if (groups.some(({ members }) => members.join() === ring.join())) found++;
      }
      expect(found / 25).toBeGreaterThanOrEqual(power);
    },
    60_000,
  );
});

describe("honest crowds", () => {
  const always = (duels: readonly DuelVotes[], isOdd: (voter: string) => boolean): DuelVotes[] =>
    duels.map((duel) => ({
      ...duel,
      votes: duel.votes.map((vote) => (isOdd(vote.voter) ? { ...vote, choice: 0 as const } : vote)),
    }));

  it.each<[string, (seed: string) => DuelVotes[]]>([
    ["equal voters", (seed) => plantedDuels(seededRandom(seed), { miners: 12, tasks: 80 })],
    [
      "a few experts who also make the best outputs",
      (seed) =>
        plantedDuels(seededRandom(seed), {
          miners: 16,
          tasks: 120,
          accuracy: (miner) => (miner < 4 ? 0.97 : 0.55),
          quality: (miner) => (miner < 4 ? 2 : 0),
        }),
    ],
    [
      "three voters per task, random and lazy ones among them",
      (seed) =>
        plantedDuels(seededRandom(seed), {
          miners: 16,
          tasks: 150,
          votersPerTask: 3,
          accuracy: (miner) => (miner % 3 === 0 ? 0.5 : 0.9),
        }),
    ],
    [
      "some who always take the first",
      (seed) => always(plantedDuels(seededRandom(seed), { miners: 12, tasks: 80 }), (voter) => voter < minerName(3)),
    ],
    [
      "half of the duels too close to call",
      (seed) => {
        const random = seededRandom(seed);
        return plantedDuels(random, { miners: 12, tasks: 80 }).map((duel) => {
          if (uniform(random) < 0.5) return duel;
          const votes = duel.votes.map((vote) => ({ ...vote, choice: (uniform(random) < 0.5 ? 0 : 1) as 0 | 1 }));
          return { ...duel, votes };
        });
      },
    ],
  ])(
    "raise a false alarm in at most 5 of 100 logs: %s",
    (name, make) => {
      let alarms = 0;
      for (let log = 0; log < 100; log++) if (searched(make(`${name}${log}`), name).groups.length > 0) alarms++;
      expect(alarms).toBeLessThanOrEqual(5);
    },
    60_000,
  );

  it("has no group in nothing, in one duel, or among two people", () => {
    const duel = (votes: DuelVotes["votes"]): DuelVotes => ({ authors: ["a", "b"], votes });
    expect(searched([], "nothing")).toEqual({ groups: [], worlds: 0 });
    expect(searched([duel([{ voter: "c", choice: 0 }])], "one").groups).toEqual([]);
    expect(
      searched(
        Array.from({ length: 50 }, () => duel([])),
        "two",
      ).groups,
    ).toEqual([]);
  });
});

describe("strongestGroup", () => {
  it("is the same whoever is called what", () => {
    const duels = plantedDuels(seededRandom("names"), { miners: 12, tasks: 100, ring: 3 });
    const renamed = (name: string): string => `z${String(999 - Number(name.slice(1)))}`;
    const other = duels.map(({ authors, votes }) => ({
      authors: [renamed(authors[0]), renamed(authors[1])] as const,
      votes: votes.map(({ voter, choice }) => ({ voter: renamed(voter), choice })),
    }));
    const names = (list: readonly DuelVotes[]): string[] => {
      const table = voteTable(list);
      const favour = favourOf(table, fitCrowd(table));
      const group = strongestGroup(favour, new Set(table.people.keys()));
      return (group?.members ?? []).map((place) => table.people[place] ?? "").sort();
    };
    expect(names(other)).toEqual(names(duels).map(renamed).sort());
  });
});

describe("fitCrowd", () => {
  it("recovers planted accuracies within 0.08 from 600 duels", () => {
    const accuracy = (miner: number): number => 0.55 + 0.04 * miner;
    const table = voteTable(plantedDuels(seededRandom("crowd"), { miners: 10, tasks: 600, accuracy }));
    const model = fitCrowd(table);
    table.people.forEach((_, miner) => {
      expect(Math.abs((model.accuracy[miner] ?? 0) - accuracy(miner))).toBeLessThan(0.08);
    });
  });
});
