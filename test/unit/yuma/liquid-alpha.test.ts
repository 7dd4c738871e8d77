import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ONE, proportion } from "../../../src/yuma/fixed.ts";
import { exponential, liquidAlpha } from "../../../src/yuma/liquid-alpha.ts";

/** The series as the runtime sums it, without any shortcut. */
function reference(x: bigint): bigint {
  const one = 1n << 32n;
  const limit = 20n * one;
  const size = x < 0n ? -x : x;
  const argument = size > limit ? limit : size;
  let term = argument;
  let total = one + argument;
  for (let i = 2n; i <= 31n; i++) {
    term = ((term * argument) >> 32n) / i;
    total += term;
  }
  return x < 0n ? (one << 32n) / total : total;
}

describe("exponential", () => {
  it("equals the plain series on BigInt for every argument, on both sides of the switch to doubles", () => {
    const near = fc.bigInt({ min: 5n * BigInt(ONE) - 50n, max: 5n * BigInt(ONE) + 50n });
    const any = fc.bigInt({ min: -25n * BigInt(ONE), max: 25n * BigInt(ONE) });
    fc.assert(
      fc.property(fc.oneof(near, any), (x) => {
        expect(exponential(x)).toBe(reference(x));
        expect(exponential(-x)).toBe(reference(-x));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is close to the real exponential", () => {
    for (const x of [-5, -1, 0, 0.5, 1, 5, 10]) {
      expect(Number(exponential(BigInt(Math.round(x * ONE)))) / ONE / Math.exp(x)).toBeCloseTo(1, 5);
    }
  });
});

describe("liquidAlpha", () => {
  const alpha = liquidAlpha(proportion(45_875), proportion(58_982), 1_000);

  it("moves from the lower bound to the upper as a weight leaves the consensus, or a bond is sold", () => {
    const steps = [0, 0.25, 0.5, 0.75, 1].map((distance) => alpha(Math.round(distance * ONE), 0, 0) / ONE);
    expect(steps[0]).toBeCloseTo(0.7013, 3);
    expect(steps[2]).toBeCloseTo(0.8, 3);
    expect(steps[4]).toBeCloseTo(0.8987, 3);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(alpha(0, ONE, 0)).toBe(alpha(ONE, 0, 0));
  });
});
