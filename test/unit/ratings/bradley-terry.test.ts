import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom, shuffled } from "../../../src/base/random.ts";
import { type BattleRecord, BattleTable, type Duel } from "../../../src/ratings/battles.ts";
import { fitBradleyTerry, isStronglyConnected } from "../../../src/ratings/bradley-terry.ts";
import { plantedBattles, spreadStrengths } from "./planted.ts";

const recordOf = (duels: readonly Duel[]): BattleRecord => {
  const table = new BattleTable();
  for (const duel of duels) table.add(duel);
  return table.record();
};
const duel = (first: string, second: string, wins: number, losses: number, ties = 0): Duel => ({
  first,
  second,
  wins,
  losses,
  ties,
});

/** Zermelo's fixed point, another road to the same maximum. */
function minorize(record: BattleRecord, rounds: number): number[] {
  let strength = record.players.map(() => 1);
  for (let round = 0; round < rounds; round++) {
    strength = strength.map((_, i) => {
      let won = 0;
      let expected = 0;
      for (const { a, b, n, wins, ties } of record.pairs) {
        if (a !== i && b !== i) continue;
        won += a === i ? wins + ties / 2 : n - wins - ties / 2;
        expected += n / ((strength[a] ?? 1) + (strength[b] ?? 1));
      }
      return won / expected;
    });
  }
  const logs = strength.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return logs.map((value) => value - mean);
}

const duels = fc.array(
  fc
    .record({ first: fc.nat(5), second: fc.nat(5), wins: fc.nat(5), losses: fc.nat(5), ties: fc.nat(3) })
    .filter(({ first, second }) => first !== second)
    .map(({ first, second, ...rest }) => ({ first: `p${first}`, second: `p${second}`, ...rest })),
  { maxLength: 20 },
);

describe("fitBradleyTerry", () => {
  it("gives two players the log odds of their battles, ties as half wins", () => {
    const { theta, regularised } = fitBradleyTerry(recordOf([duel("a", "b", 6, 2, 4)]));
    expect(regularised).toBe(false);
    expect((theta[0] ?? 0) - (theta[1] ?? 0)).toBeCloseTo(Math.log(8 / 4), 12);
    expect((theta[0] ?? 0) + (theta[1] ?? 0)).toBeCloseTo(0, 12);
  });

  it("equals Zermelo's fixed point on random battles to 1e-8", () => {
    const record = plantedBattles(seededRandom("zermelo"), spreadStrengths(7, 2), 300);
    const { theta } = fitBradleyTerry(record);
    minorize(record, 2_000).forEach((value, place) => {
      expect(theta[place]).toBeCloseTo(value, 8);
    });
  });

  it("recovers a planted order of ten from 20 000 battles", () => {
    const strengths = spreadStrengths(10, 3);
    const { theta } = fitBradleyTerry(plantedBattles(seededRandom("order"), strengths, 20_000));
    expect([...theta].sort((a, b) => a - b)).toEqual([...theta]);
    theta.forEach((value, place) => {
      expect(Math.abs(value - (strengths[place] ?? 0))).toBeLessThan(0.12);
    });
  });

  it("solves the score equations: expected wins equal wins, whoever has a maximum", () => {
    fc.assert(
      fc.property(duels, (list) => {
        const record = recordOf(list);
        fc.pre(isStronglyConnected(record));
        const { theta } = fitBradleyTerry(record);
        record.players.forEach((_, place) => {
          let open = 0;
          for (const { a, b, n, wins, ties } of record.pairs) {
            if (a !== place && b !== place) continue;
            const p = 1 / (1 + Math.exp((theta[b] ?? 0) - (theta[a] ?? 0)));
            open += (a === place ? 1 : -1) * (wins + ties / 2 - n * p);
          }
          expect(Math.abs(open)).toBeLessThan(1e-7);
        });
      }),
    );
  });

  it("keeps everybody finite, also the undefeated, the never-winning and groups that never met", () => {
    fc.assert(
      fc.property(duels, (list) => {
        const record = recordOf(list);
        const { theta, regularised } = fitBradleyTerry(record);
        for (const value of theta) expect(Math.abs(value)).toBeLessThan(12);
        if (record.players.length > 0) expect(regularised).toBe(!isStronglyConnected(record));
      }),
    );
  });

  it("puts more trust in an undefeated player the longer its record", () => {
    const lead = (wins: number): number => {
      const { theta } = fitBradleyTerry(recordOf([duel("a", "b", wins, 0)]));
      return (theta[0] ?? 0) - (theta[1] ?? 0);
    };
    expect(lead(1)).toBeGreaterThan(0.5);
    expect(lead(10)).toBeGreaterThan(lead(1) + 1);
    expect(lead(1_000)).toBeLessThan(20);
  });

  it("depends on neither the order of battles nor which side comes first, to the last bit", () => {
    const record = (seed: string): Float64Array => {
      const random = seededRandom(seed);
      const list = [
        duel("a", "b", 3, 2, 1),
        duel("c", "b", 1, 4),
        duel("a", "c", 2, 2),
        duel("b", "a", 5, 1),
        duel("c", "a", 0, 1),
      ];
      const turned = list.map((entry, index) =>
        index % 2 === 0 ? entry : duel(entry.second, entry.first, entry.losses, entry.wins, entry.ties),
      );
      return fitBradleyTerry(recordOf(shuffled(random, turned))).theta;
    };
    for (const seed of ["1", "2", "3", "4"]) expect(record(seed)).toEqual(record("0"));
  });

  it("has nothing to say about nobody", () => {
    expect(fitBradleyTerry(recordOf([]))).toEqual({ theta: new Float64Array(), regularised: false });
  });
});

describe("BattleTable", () => {
  it.each([
    ["a player against itself", duel("a", "a", 1, 0)],
    ["half a battle", duel("a", "b", 0.5, 0)],
    ["less than no battle", duel("a", "b", -1, 0)],
  ])("refuses %s", (_, bad) => {
    expect(() => recordOf([bad])).toThrow(RangeError);
  });

  it("forgets a pair of outputs without votes", () => {
    expect(recordOf([duel("a", "b", 0, 0)])).toEqual({ players: [], pairs: [], battles: 0 });
  });
});

describe("a start far from the maximum", () => {
  it("comes to the same strengths, however flat the likelihood is there", () => {
    const record = recordOf([duel("a", "b", 10, 0), duel("b", "c", 3, 2)]);
    const near = fitBradleyTerry(record).theta;
    const far = fitBradleyTerry(record, Float64Array.of(27, -27, 0)).theta;
    expect(Math.max(...far.map((strength, place) => Math.abs(strength - (near[place] ?? Number.NaN))))).toBeLessThan(
      1e-9,
    );
  });
});
