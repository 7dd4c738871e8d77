import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { PRESET_NAMES, ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import { OUTSIDE } from "../../../src/simulate/population-behaviour.ts";
import { type Group, STRATEGIES } from "../../../src/simulate/population-model.ts";
import { emptyPay, payFor } from "../../../src/simulate/population-pay.ts";
import { playSeed } from "../../../src/simulate/population-world.ts";
import { group, measure, pairedGain, taskOf, world } from "../../helpers/populations.ts";

/** Simulations take seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const groups: fc.Arbitrary<Group[]> = fc
  .array(
    fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      strategy: fc.constantFrom(...STRATEGIES),
      quality: fc.double({ min: -3, max: 3, noNaN: true }),
      accuracy: probability,
      trapAccuracy: probability,
      detect: probability,
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) => list.map((item, index) => ({ ...item, name: `g${index}` })))
  .filter((list) => list.reduce((sum, { count }) => sum + count, 0) >= 3);
const worlds = fc.record({
  preset: fc.constantFrom(...PRESET_NAMES),
  groups,
  trapShare: probability,
  syntheticShare: probability,
  naturalTrapShare: probability,
  votersPerTask: fc.nat(12),
  seed: fc.integer({ min: 0, max: 1_000 }),
});

describe("playSeed", () => {
  it("pays what the scoring engine pays, task by task, under every rule set", () => {
    fc.assert(
      fc.property(worlds, ({ preset, ...change }) => {
        const played = world(preset, change.groups, { ...change, rounds: 2 });
        const [sums, totals] = [new Map<string, number>(), new Map<string, number>()];
        const add = (map: Map<string, number>, key: string, earned: number) =>
          map.set(key, (map.get(key) ?? 0) + earned);
        const outcome = playSeed(played, 0, (ballot) => {
          const pay = emptyPay();
          const votes: [number, number] = [0, 0];
          let silent = 0;
          for (const choice of ballot.choices) {
            if (choice === 0 || choice === 1) votes[choice]++;
            else if (choice !== OUTSIDE) silent++;
          }
          payFor(played.rules, { ...ballot, solo: ballot.second < 0, votes, silent }, pay);
          ballot.choices.forEach((choice, miner) => {
            if (choice !== OUTSIDE) add(sums, `m${miner}`, pay.voter[choice as 0 | 1 | 2]);
          });
          add(sums, `m${ballot.first}`, pay.generator[0]);
          if (ballot.second >= 0) add(sums, `m${ballot.second}`, pay.generator[1]);
          for (const { hotkey, earned } of scoreTask(taskOf(ballot, "t"), played.rules).entries) {
            if (hotkey !== "V") add(totals, hotkey, earned);
          }
        });
        for (const [hotkey, total] of totals) expect(sums.get(hotkey) ?? 0).toBeCloseTo(total, 10);
        let miner = 0;
        played.groups.forEach(({ count }, index) => {
          let earned = 0;
          for (let i = 0; i < count; i++, miner++) earned += totals.get(`m${miner}`) ?? 0;
          expect(outcome.score[index]).toBeCloseTo(earned / count / 2, 10);
        });
      }),
      { numRuns: 200 },
    );
  });

  it("uses every number of a rule set", () => {
    const rules = [
      ruleSetNamed("paper", { trapPenalty: 2, voterPay: 3, generatorPay: 5 }),
      ruleSetNamed("dojo-1.8.3", { trapPenalty: 2, noVotePenalty: 7 }),
      ruleSetNamed("scaled", { c: 3, d: 2, quorum: 6 }),
    ];
    for (const changed of rules) {
      const played = world(changed.name, [group("a", 6, "honest", 1), group("b", 2, "lazy", 0)], { rules: changed });
      playSeed(played, 3, (ballot) => {
        const pay = emptyPay();
        const votes: [number, number] = [0, 0];
        for (const choice of ballot.choices) if (choice < 2) votes[choice as 0 | 1]++;
        const silent = ballot.choices.filter((choice) => choice === 2).length;
        payFor(changed, { ...ballot, solo: ballot.second < 0, votes, silent }, pay);
        for (const { hotkey, role, earned } of scoreTask(taskOf(ballot, "t"), changed).entries) {
          const miner = Number(hotkey.slice(1));
          const own = role === "generator" ? pay.generator[miner === ballot.first ? 0 : 1] : undefined;
          expect(own ?? pay.voter[(ballot.choices[miner] ?? 0) as 0 | 1 | 2]).toBeCloseTo(earned, 12);
        }
      });
    }
  });

  it("gives the same outcome for the same world and seed, another for another", () => {
    const played = world("paper", [group("a", 5, "honest", 1), group("b", 5, "random", 0)]);
    expect(playSeed(played, 4)).toEqual(playSeed(played, 4));
    expect(playSeed(played, 4)).not.toEqual(playSeed(played, 5));
    expect(playSeed(played, 4)).not.toEqual(playSeed({ ...played, seed: 2 }, 4));
  });

  it("lets everybody generate once a round, but for an odd one for whom two were needed", () => {
    const played = world("scaled", [group("a", 7, "honest", 1)], { rounds: 50 });
    const generated = new Map<number, number>();
    playSeed(played, 0, ({ first, second }) => {
      for (const miner of [first, second]) if (miner >= 0) generated.set(miner, (generated.get(miner) ?? 0) + 1);
    });
    for (let miner = 0; miner < 7; miner++) {
      expect(generated.get(miner)).toBeLessThanOrEqual(50);
      expect(generated.get(miner)).toBeGreaterThan(35);
    }
  });

  it("shows the same tasks and the same luck to worlds that differ in strategies only", () => {
    const tasks = (strategy: "honest" | "ring-blind") => {
      const seen: string[] = [];
      const honestChoices: number[][] = [];
      playSeed(world("paper", [group("a", 6, "honest", 1), group("b", 4, strategy, 1)]), 1, (ballot) => {
        seen.push(`${ballot.kind} ${ballot.first} ${ballot.second} ${ballot.better} ${ballot.negative}`);
        honestChoices.push([...ballot.choices.slice(0, 6)]);
      });
      return { seen, honestChoices };
    };
    expect(tasks("ring-blind")).toEqual(tasks("honest"));
  });
});

describe("what a validator can do against friends who share what they submitted", () => {
  it("invites as many voters as it is told, never a generator", () => {
    for (const votersPerTask of [1, 4, 9, 17, 40]) {
      const played = world("scaled", [group("a", 20, "honest", 1)], { votersPerTask, rounds: 3 });
      playSeed(played, 0, ({ choices, first, second }) => {
        const possible = second < 0 ? 19 : 18;
        expect(choices.filter((choice) => choice !== OUTSIDE)).toHaveLength(Math.min(votersPerTask, possible));
        expect(choices[first]).toBe(OUTSIDE);
      });
    }
  });

  it("makes traps of outputs as they are: the negative is the worse one, and the ring does not know", () => {
    const played = world("scaled", [group("h", 8, "honest", 1), group("r", 4, "ring-informed", 1)], {
      naturalTrapShare: 1,
      trapShare: 1,
      rounds: 100,
    });
    let trapped = 0;
    playSeed(played, 0, ({ first, second, negative, better, choices }) => {
      expect(negative).toBe(1 - better);
      const member = negative === 0 ? first : second;
      const other = negative === 0 ? second : first;
      if (member < 8 || other >= 8) return;
      for (let miner = 8; miner < 12; miner++) if (choices[miner] === negative) trapped++;
    });
    expect(trapped).toBeGreaterThan(50);
  });

  it("takes from an informed ring what it knew, with natural traps", () => {
    const gain = (naturalTrapShare: number) => {
      const as = (strategy: "honest" | "ring-informed") =>
        world("scaled", [group("h", 45, "honest", 1), group("r", 5, strategy, 1)], { naturalTrapShare });
      return pairedGain(as("ring-informed"), as("honest"), 1, 250);
    };
    expect(gain(0).low).toBeGreaterThan(0.03);
    expect(gain(1).high).toBeLessThan(0);
  });
});

describe("strategies", () => {
  /** How often a strategy chose right outside traps, right in traps, side 0, nothing; and its ring's member. */
  const behaviour = (strategy: Group["strategy"], change: Partial<Group> = {}) => {
    const played = world("paper", [group("h", 8, "honest", 1), { ...group("s", 4, strategy, 0), ...change }], {
      rounds: 400,
      trapShare: 0.4,
    });
    const counts = {
      right: [0, 0],
      trap: [0, 0],
      silent: [0, 0],
      baseline: [0, 0],
      member: [0, 0],
      memberTrap: [0, 0],
    };
    const note = (pair: number[], hit: boolean) => {
      pair[0] = (pair[0] ?? 0) + Number(hit);
      pair[1] = (pair[1] ?? 0) + 1;
    };
    playSeed(played, 0, ({ kind, first, second, better, negative, choices }) => {
      const inFirst = first >= 8;
      const inSecond = second >= 8;
      for (let miner = 8; miner < 12; miner++) {
        const choice = choices[miner];
        if (choice === OUTSIDE || choice === undefined) continue;
        note(counts.silent, choice === 2);
        if (inFirst !== inSecond && kind !== "trap") note(counts.member, choice === (inFirst ? 0 : 1));
        if ((inFirst || inSecond) && kind === "trap") note(counts.memberTrap, choice !== negative && choice !== 2);
        if (inFirst || inSecond) continue;
        if (kind === "trap") note(counts.trap, choice !== negative && choice !== 2);
        else note(counts.right, choice === better);
        if (kind === "synthetic") note(counts.baseline, choice === 1);
      }
    });
    const rate = ([hits = 0, of = 0]: number[]) => hits / of;
    return Object.fromEntries(Object.entries(counts).map(([key, pair]) => [key, rate(pair)]));
  };
  const near = (value: number | undefined, expected: number) =>
    expect(Math.abs((value ?? 9) - expected)).toBeLessThan(0.05);

  it("honest is right with its accuracies", () => {
    const seen = behaviour("honest", { accuracy: 0.7, trapAccuracy: 0.95 });
    near(seen["right"], 0.7);
    near(seen["trap"], 0.95);
    expect(seen["silent"]).toBe(0);
  });
  it("lazy never votes", () => expect(behaviour("lazy")["silent"]).toBe(1));
  it.each(["random", "always-first"] as const)("%s is right half the time", (strategy) => {
    const seen = behaviour(strategy);
    near(seen["right"], 0.5);
    near(seen["trap"], 0.5);
  });
  it("always-validator finds the validator's output with .8 and guesses otherwise", () => {
    const played = world("paper", [group("h", 8, "honest", 1), group("s", 4, "always-validator", 0)], {
      rounds: 400,
      trapShare: 0,
      syntheticShare: 1,
    });
    let [hits, all] = [0, 0];
    playSeed(played, 0, ({ choices }) => {
      for (let miner = 8; miner < 12; miner++) {
        if (choices[miner] === OUTSIDE) continue;
        all++;
        if (choices[miner] === 1) hits++;
      }
    });
    near(hits / all, 0.9);
  });
  it("copycat votes as the first honest voter does", () => {
    const seen = behaviour("copycat");
    near(seen["right"], 0.8);
    near(seen["trap"], 0.9);
  });
  it("abstain is silent instead of guessing, and never wrong", () => {
    const played = world("paper", [group("h", 8, "honest", 1), group("s", 4, "abstain", 0)], { rounds: 300 });
    const silent = { trap: [0, 0], other: [0, 0] };
    playSeed(played, 0, ({ kind, negative, better, choices }) => {
      for (let miner = 8; miner < 12; miner++) {
        const choice = choices[miner];
        if (choice === OUTSIDE) continue;
        const pair = kind === "trap" ? silent.trap : silent.other;
        pair[1] = (pair[1] ?? 0) + 1;
        if (choice === 2) pair[0] = (pair[0] ?? 0) + 1;
        else expect(choice).toBe(kind === "trap" ? 1 - negative : better);
      }
    });
    near((silent.trap[0] ?? 0) / (silent.trap[1] ?? 1), 0.2);
    near((silent.other[0] ?? 0) / (silent.other[1] ?? 1), 0.4);
  });
  it("a blind ring votes for its member everywhere, an informed one knows its traps", () => {
    const blind = behaviour("ring-blind");
    expect(blind["member"]).toBe(1);
    near(blind["right"], 0.8);
    near(blind["trap"], 0.9);
    expect(blind["memberTrap"]).toBeLessThan(0.75);
    const informed = behaviour("ring-informed");
    expect([informed["member"], informed["memberTrap"]]).toEqual([1, 1]);
    near(informed["trap"], 0.9);
  });
});

describe("facts of the mechanism", () => {
  it("a ring is exactly neutral in synthetic tasks: what its voters forfeit its generator gets", () => {
    for (const preset of ["paper", "dojo-1.8.3"]) {
      const change = { trapShare: 0, syntheticShare: 1 };
      const ring = world(preset, [group("h", 7, "honest", 1), group("r", 4, "ring-blind", 0)], change);
      const honest = world(preset, [group("h", 7, "honest", 1), group("r", 4, "honest", 0)], change);
      for (let seed = 0; seed < 20; seed++) {
        expect(playSeed(ring, seed).score[1]).toBeCloseTo(playSeed(honest, seed).score[1] ?? 0, 12);
      }
    }
  });

  it("under the paper's rules with 250 miners the lazy take all weights", () => {
    const played = world("paper", [group("honest", 225, "honest", 1), group("lazy", 25, "lazy", 0)]);
    expect(measure(played, 6)["lazy"]?.perCapita.mean).toBeGreaterThan(0.99 * 10);
  });

  it.each([["paper"], ["dojo-1.8.3"], ["scaled"]])("quality rises strictly under %s", (preset) => {
    const played = world(
      preset,
      [-2, -1, 0, 1, 2].map((quality) => group(`q${quality}`, 10, "honest", quality)),
    );
    const results = Object.values(measure(played, 250));
    for (let i = 1; i < results.length; i++) {
      expect(results[i]?.score.low).toBeGreaterThan(results[i - 1]?.score.high ?? 9);
      expect(results[i]?.perCapita.mean).toBeGreaterThan(results[i - 1]?.perCapita.mean ?? 9);
    }
  });

  it.each([
    ["paper", 20, 5],
    ["dojo-1.8.3", 20, 5],
  ] as const)(
    "a blind ring under %s (n = %i, k = %i) gains below t*, breaks even at it, loses above",
    async (preset, n, k) => {
      const { collusionTrapShare, DEFAULT_CROWD } = await import("../../../src/simulate/break-even.ts");
      const rules =
        preset === "paper"
          ? ({ name: "paper", trapPenalty: 1 } as const)
          : ({ name: preset, trapPenalty: 0.4 } as const);
      const { raw } = collusionTrapShare(rules, { ...DEFAULT_CROWD, miners: n }, 0.5, k);
      const at = (trapShare: number) => {
        const make = (strategy: "honest" | "ring-blind") =>
          world(preset, [group("h", n - k, "honest", 1), group("r", k, strategy, 1)], { trapShare });
        return pairedGain(make("ring-blind"), make("honest"), 1, 1_200);
      };
      const star = raw ?? 0;
      expect(at(star / 2).low).toBeGreaterThan(0);
      expect(Math.abs(at(star).mean)).toBeLessThan(0.01);
      expect(at(2 * star).high).toBeLessThan(0);
    },
  );
});
