import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DrawRules, drawRound, type Eligible, type RoundDraw } from "../../../src/mechanism/draws.ts";
import { Draws } from "../../../src/mechanism/draws-stream.ts";

const RULES: DrawRules = {
  trapShare: 0.2,
  syntheticShare: 0.2,
  damageShare: 0.5,
  votersPerTask: null,
  evenVotes: true,
  firstKinds: [],
  taskTypes: ["page"],
};
const miner = (place: number, owner = place): Eligible => ({
  hotkey: `hot-${String(place).padStart(3, "0")}`,
  coldkey: `cold-${owner}`,
  roles: ["generator", "discriminator"],
  taskTypes: ["page"],
});
const miners = (count: number): Eligible[] => Array.from({ length: count }, (_, i) => miner(i));
const keyOf = (n: number): Uint8Array => {
  const key = new Uint8Array(32).fill(3);
  new DataView(key.buffer).setUint32(0, n);
  return key;
};
const draw = (eligible: readonly Eligible[], key: number, rules: Partial<DrawRules> = {}): RoundDraw =>
  drawRound(new Draws(keyOf(key)), 0, eligible, { ...RULES, ...rules }, 0);
const votesOf = ({ tasks }: RoundDraw, hotkey: string): number =>
  tasks.filter(({ voters }) => voters.some((voter) => voter.hotkey === hotkey)).length;

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

describe("even votes", () => {
  it.each([4, 5, 8, 9, 16, 17, 40])("give each of %i miners as many votes, however many tasks there are", (count) => {
    const eligible = miners(count);
    const tasks = new Set<number>();
    for (let key = 0; key < 40; key++) {
      const round = draw(eligible, key);
      tasks.add(round.tasks.length);
      expect(new Set(eligible.map(({ hotkey }) => votesOf(round, hotkey)))).toEqual(
        new Set([Math.ceil(count / 2) - 1]),
      );
    }
    expect(tasks.size).toBeGreaterThan(1);
  });

  it("invite everybody but the pair where a round has pairs only", () => {
    for (const { voters } of draw(miners(12), 1, { trapShare: 1 }).tasks) expect(voters.length).toBe(10);
  });

  it("leave no task without a voter, nor with less than half the average of voters", () => {
    for (const count of [4, 6, 8, 16]) {
      for (let key = 0; key < 40; key++) {
        const shares = draw(miners(count), key).tasks.map(
          ({ generators, voters }) => voters.length / (count - generators.length),
        );
        expect(Math.min(...shares)).toBeGreaterThan(0);
        const average = (count * (count / 2 - 1)) / shares.length;
        if (count >= 8) expect(Math.min(...shares)).toBeGreaterThanOrEqual(Math.floor(average / 2) / count);
      }
    }
  });

  it("let no coldkey vote on its own work, and give everybody a vote where there is one", () => {
    const owners = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(owners, fc.integer({ min: 0, max: 1_000 }), (of, key) => {
        const eligible = of.map((owner, place) => miner(place, owner));
        const coldkey = new Map(eligible.map((one) => [one.hotkey, one.coldkey]));
        const round = draw(eligible, key);
        for (const { generators, voters, decoy } of round.tasks) {
          const cold = generators.map(({ hotkey }) => coldkey.get(hotkey));
          for (const { hotkey } of voters) expect(cold).not.toContain(coldkey.get(hotkey));
          expect(decoy).toBeNull();
          expect(voters.map(({ hotkey }) => hotkey)).toEqual(voters.map(({ hotkey }) => hotkey).sort());
        }
        for (const { hotkey } of eligible) {
          const foreign = round.tasks.some(({ generators }) =>
            generators.every((one) => coldkey.get(one.hotkey) !== coldkey.get(hotkey)),
          );
          expect(votesOf(round, hotkey) > 0).toBe(foreign);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("depend neither on the order in which miners are listed nor on who draws them again", () => {
    expect(draw(miners(11).reverse(), 5)).toEqual(draw(miners(11), 5));
  });

  it("tell friends nothing: who is left out of a vote without generating says no kind", () => {
    // Four friends among sixteen lay their lists side by side. Together they see how many tasks a round has, and so how
    // many are synthetic; which ones, they would know if one of them were left out as a decoy. Now it is chance.
    const ring = miners(4).map(({ hotkey }) => hotkey);
    /** Of each round: friends left out of a synthetic task less those left out of another; mean, in standard errors. */
    const signal = (rules: Partial<DrawRules>): number => {
      const differences = Array.from({ length: 1_000 }, (_, key) => {
        const foreign = draw(miners(16), key, rules).tasks.filter(({ generators }) =>
          generators.every(({ hotkey }) => !ring.includes(hotkey)),
        );
        const left = (isSynthetic: boolean): number | undefined =>
          mean(
            foreign
              .filter(({ kind }) => (kind === "synthetic") === isSynthetic)
              .map(({ voters }) => ring.filter((one) => voters.every(({ hotkey }) => hotkey !== one)).length),
          );
        const [synthetic, other] = [left(true), left(false)];
        return synthetic === undefined || other === undefined ? [] : [synthetic - other];
      }).flat();
      const middle = mean(differences) ?? 0;
      const variance = mean(differences.map((one) => (one - middle) ** 2)) ?? 0;
      return middle / Math.sqrt(variance / differences.length);
    };
    expect(Math.abs(signal({}))).toBeLessThan(2);
    expect(signal({ evenVotes: false })).toBeGreaterThan(6);
  });
});
