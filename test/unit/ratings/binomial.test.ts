import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fairCoin, lowerTail, upperTail, wilson } from "../../../src/ratings/binomial.ts";

describe("wilson", () => {
  it.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [5, 10, 0.2366, 0.7634],
    [81, 263, 0.2553, 0.3662],
  ])("of %i in %i is the published interval", (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("holds its own share and stays within 0 and 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const successes = Math.round(part * trials);
        const { share, low, high } = wilson(successes, trials);
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
      }),
    );
  });
});

describe("binomial tails", () => {
  it.each([
    [0, 5, 0.3, 1],
    [5, 5, 0.3, 0.00243],
    [8, 10, 0.5, 0.0546875],
    [60, 100, 0.5, 0.02844397],
  ])("P(X ≥ %i of %i, %d) = %d", (successes, trials, chance, tail) => {
    expect(upperTail(successes, trials, chance)).toBeCloseTo(tail, 7);
  });

  it("above and below are everything but the middle", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (trials, chance) => {
          const at = Math.floor(trials / 2);
          expect(lowerTail(at, trials, chance) + upperTail(at + 1, trials, chance)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it("calls a coin fair that cannot be otherwise", () => {
    expect(fairCoin(0, 0)).toBe(1);
    expect(fairCoin(1, 2)).toBe(1);
    expect(fairCoin(0, 10)).toBeCloseTo(0.001953125, 12);
    expect(fairCoin(10, 10)).toBe(fairCoin(0, 10));
  });
});
