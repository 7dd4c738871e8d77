import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { div, divideFloor, mul, mulCeil, normalised, ONE, proportion, sum, toU16 } from "../../../src/yuma/fixed.ts";

const share = fc.oneof(fc.constantFrom(0, 1, 65_535, 65_536, 65_537, ONE - 1, ONE), fc.integer({ min: 0, max: ONE }));
const wide = fc.oneof(share, fc.integer({ min: 0, max: 2 ** 37 }));
const RUNS = { numRuns: 5_000 };

describe("Q32 arithmetic on doubles equals the same on BigInt", () => {
  it("multiplies with a floor", () => {
    fc.assert(
      fc.property(wide, share, (a, b) => {
        expect(BigInt(mul(a, b))).toBe((BigInt(a) * BigInt(b)) >> 32n);
      }),
      RUNS,
    );
  });

  it("multiplies a negative number with a floor", () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(-BigInt(mulCeil(a, b))).toBe((-BigInt(a) * BigInt(b)) >> 32n);
      }),
      RUNS,
    );
  });

  it("divides with truncation, also where two steps would not be exact", () => {
    const divisor = fc.oneof(wide, fc.integer({ min: 2 ** 37 - 2, max: 2 ** 45 }));
    fc.assert(
      fc.property(wide, divisor, (a, b) => {
        fc.pre(b > 0 && a / b < 2 ** 21);
        expect(BigInt(div(a, b))).toBe((BigInt(a) << 32n) / BigInt(b));
      }),
      RUNS,
    );
  });

  it("divides with truncation where the quotient lies just below a whole number", () => {
    const odd = fc.integer({ min: 2 ** 36, max: 2 ** 44 - 1 }).map((half) => 2 * half + 1);
    fc.assert(
      fc.property(odd, (b) => {
        // a × 2³² ≡ −1 (mod b): halve −1 thirty-two times.
        let a = b - 1;
        for (let i = 0; i < 32; i++) a = a % 2 === 0 ? a / 2 : (a + b) / 2;
        expect(BigInt(div(a, b))).toBe((BigInt(a) << 32n) / BigInt(b));
      }),
      RUNS,
    );
  });

  it("floors a quotient of whole numbers below 2⁵³, just below a whole number too", () => {
    const divisor = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2 ** 40 }));
    fc.assert(
      fc.property(divisor, fc.integer({ min: 0, max: 2 ** 53 - 1 }), fc.integer({ min: -1, max: 1 }), (y, most, by) => {
        const x = Math.max(0, Math.floor(most / y) * y + by);
        fc.pre(x < 2 ** 53);
        expect(BigInt(divideFloor(x, y))).toBe(BigInt(x) / BigInt(y));
      }),
      RUNS,
    );
  });

  it("divides by zero to zero", () => {
    expect(div(ONE, 0)).toBe(0);
  });

  it("turns a u16 into a share and back, one unit lower at most, for all 65536", () => {
    for (let value = 0; value <= 65_535; value++) {
      const q = proportion(value);
      expect(BigInt(q)).toBe((BigInt(value) << 32n) / 65_535n);
      expect(value - toU16(q)).toBeLessThanOrEqual(1);
    }
    expect(toU16(proportion(65_535))).toBe(65_535);
    expect(toU16(ONE * 2)).toBe(65_535);
    expect(toU16(-1)).toBe(0);
  });

  it("normalises to at most 1 and loses less than one unit per value", () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 64 }), (values) => {
        const total = sum(normalised(Float64Array.from(values)));
        if (values.every((value) => value === 0)) expect(total).toBe(0);
        else {
          expect(total).toBeLessThanOrEqual(ONE);
          expect(total).toBeGreaterThan(ONE - values.length);
        }
      }),
    );
  });
});
