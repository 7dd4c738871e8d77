import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BreakEvenRules,
  breakEven,
  collusionTrapShare,
  conditionalTrapShare,
  DEFAULT_CROWD,
  honestIncome,
  rawTrapShare,
} from "../../../src/simulate/break-even.ts";

const paper: BreakEvenRules = { name: "paper", trapPenalty: 1 };
const dojo: BreakEvenRules = { name: "dojo-1.8.3", trapPenalty: 0.4 };
const scaled: BreakEvenRules = { name: "scaled", c: 20, d: 0.5 };
const crowd = (miners: number, trapAccuracy = 0.9) => ({ ...DEFAULT_CROWD, miners, trapAccuracy });

describe("collusionTrapShare", () => {
  const sizes = [6, 10, 20, 50, 100, 250];
  it.each([
    ["paper, p_t .7", paper, 0.7, 0.5, [38.5, 23.8, 12.2, 5.0, 2.5, 1.0]],
    ["paper, p_t .9", paper, 0.9, 0.5, [23.8, 13.5, 6.5, 2.5, 1.3, 0.5]],
    ["paper, p_t .98", paper, 0.98, 0.5, [20.7, 11.5, 5.5, 2.1, 1.1, 0.4]],
    ["dojo, p_t .7", dojo, 0.7, 0.5, [67.1, 49.8, 30.2, 14.1, 7.4, 3.1]],
    ["dojo, p_t .9", dojo, 0.9, 0.5, [44.8, 28.8, 15.2, 6.3, 3.2, 1.3]],
    ["dojo, p_t .98", dojo, 0.98, 0.5, [39.6, 24.7, 12.7, 5.2, 2.6, 1.1]],
    ["dojo, weak ring, p_t .9", dojo, 0.9, 0.639, [50.9, 34.1, 18.7, 7.9, 4.1, 1.6]],
  ] as const)("gives table A: %s", (_, rules, trapAccuracy, against, percents) => {
    sizes.forEach((miners, index) => {
      const { conditional } = collusionTrapShare(rules, crowd(miners, trapAccuracy), against);
      expect(Math.abs((conditional ?? Number.NaN) * 100 - (percents[index] ?? 0))).toBeLessThan(0.06);
    });
  });

  it("is a share of two-generator tasks; the raw one of all tasks, and one follows from the other", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (raw, delta) => {
          expect(rawTrapShare(conditionalTrapShare(raw, delta), delta)).toBeCloseTo(raw, 9);
        },
      ),
    );
    const { collusionTrapShare: conditional, collusionTrapShareRaw: raw } = breakEven(paper, crowd(20));
    expect(raw).toBeCloseTo(rawTrapShare(conditional ?? Number.NaN, 0.2), 12);
    expect(raw).toBeLessThan(conditional ?? 0);
  });

  it("is null where voters cannot tell a trap from a coin", () => {
    for (const rules of [paper, dojo, scaled]) expect(breakEven(rules, crowd(50, 0.5)).collusionTrapShare).toBeNull();
  });

  it.each([[10], [50], [250]])("stays far below the default share under scaled at n = %i", (miners) => {
    expect(breakEven(scaled, crowd(miners, 0.7)).collusionTrapShareRaw ?? 1).toBeLessThan(0.1);
  });
});

describe("breakEven", () => {
  it.each([
    ["dojo total", dojo, "totalTrapAccuracy", [0, 0.01, 0.63, 0.82, 0.927]],
    ["dojo voting", dojo, "voterTrapAccuracy", [0, 0.51, 0.82, 0.91, 0.964]],
    ["paper total", paper, "totalTrapAccuracy", [0.11, 0.6, 0.85, 0.93, 0.971]],
    ["paper voting", paper, "voterTrapAccuracy", [0.56, 0.8, 0.93, 0.96, 0.986]],
  ] as const)("gives table B: %s", (_, rules, key, expected) => {
    [10, 20, 50, 100, 250].forEach((miners, index) => {
      // The table is rounded from a simulation: its last digit may be one off.
      const digits = miners === 250 ? 0.001 : 0.0101;
      expect(Math.abs((breakEven(rules, crowd(miners))[key] ?? Number.NaN) - (expected[index] ?? 0))).toBeLessThan(
        digits,
      );
    });
  });

  it("tolerates .177 below the crowd under scaled, at every size", () => {
    for (const miners of [3, 10, 50, 250]) {
      expect(0.9 - (breakEven(scaled, crowd(miners)).voterTrapAccuracy ?? 0)).toBeCloseTo(0.177, 3);
    }
  });

  it("is the accuracy at which voting pays exactly nothing", () => {
    const rules = fc.constantFrom(
      { name: "paper", trapPenalty: 1 } as const,
      {
        name: "dojo-1.8.3",
        trapPenalty: 0.4,
      } as const,
    );
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: 20, max: 256 }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (set, miners, trapShare) => {
          const people = { ...crowd(miners), trapShare };
          const { voterTrapAccuracy: at } = breakEven(set, people);
          fc.pre(at !== null && at > 0);
          const { voting, traps } = honestIncome(set.name, people);
          expect(voting - traps * set.trapPenalty * (1 - (at ?? 0))).toBeCloseTo(0, 9);
        },
      ),
    );
  });

  it("lets any accuracy do where there are no traps", () => {
    for (const rules of [paper, dojo, scaled]) {
      expect(breakEven(rules, { ...crowd(50), trapShare: 0 })).toMatchObject({
        voterTrapAccuracy: 0,
        totalTrapAccuracy: 0,
      });
    }
  });

  it("needs perfect voters where there is nothing but traps", () => {
    expect(breakEven(paper, { ...crowd(50), trapShare: 1 })).toMatchObject({
      voterTrapAccuracy: 1,
      totalTrapAccuracy: 1,
    });
  });

  it("refuses fewer than three miners", () => {
    expect(() => breakEven(paper, crowd(2))).toThrow(RangeError);
  });
});
