import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactSum, exactSum } from "../../../src/base/exact-sum.ts";
import { seededRandom, shuffled } from "../../../src/base/random.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });

describe("exactSum", () => {
  it.each([
    ["keeps what float addition loses", [1e16, 1, -1e16], 1],
    ["rounds once, not at every step", Array.from({ length: 10 }, () => 0.1), 1],
    ["sums thirds of three voters to the double nearest 1", [1 / 3, 1 / 3, 1 / 3], 1],
    ["rounds a tie to even by what is left below it", [1e16, 1, 1e-16], 1.0000000000000002e16],
    ["leaves a tie alone when nothing is left", [1e16, 1], 1e16],
    ["is positive zero when empty", [], 0],
    ["is positive zero for negative zeros", [-0, -0], 0],
  ])("%s", (_, values, expected) => {
    expect(Object.is(exactSum(values), expected)).toBe(true);
  });

  it("gives the same bits in any order and over any split", () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), fc.integer(), fc.nat(60), (values, seed, cut) => {
        const expected = exactSum(values);
        const left = new ExactSum();
        const right = new ExactSum();
        for (const [index, value] of shuffled(seededRandom(seed), values).entries())
          (index < cut ? left : right).add(value);
        right.merge(ExactSum.from(left.toParts()));
        expect(Object.is(right.value(), expected)).toBe(true);
      }),
    );
  });

  it("equals exact rational arithmetic on dyadic numbers", () => {
    const dyadic = fc.tuple(fc.bigInt(-(2n ** 53n), 2n ** 53n), fc.integer({ min: -30, max: 30 }));
    fc.assert(
      fc.property(fc.array(dyadic, { maxLength: 20 }), (terms) => {
        const scaled = terms.reduce((sum, [mantissa, exponent]) => sum + (mantissa << BigInt(exponent + 30)), 0n);
        // BigInt → Number rounds to nearest even, which is what the sum must do too.
        const expected = Number(scaled) / 2 ** 30;
        expect(exactSum(terms.map(([mantissa, exponent]) => Number(mantissa) * 2 ** exponent))).toBe(expected);
      }),
    );
  });

  it("refuses what is not finite", () => {
    expect(() => exactSum([1, Number.NaN])).toThrow(RangeError);
    expect(() => exactSum([Number.POSITIVE_INFINITY])).toThrow(RangeError);
  });
});
