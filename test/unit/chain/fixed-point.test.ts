import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fractionBits, fromFixedPoint, toFixedPoint } from "../../../src/chain/fixed-point.ts";

describe("fixed-point numbers", () => {
  it.each([
    ["1", 64, 1n << 64n],
    ["1.5", 64, 3n << 63n],
    ["0.1", 32, 429_496_730n],
    ["007", 32, 7n << 32n],
  ])("%s with %i bits of fraction", (text, fraction, bits) => {
    expect(toFixedPoint(text, fraction)).toBe(bits);
  });

  it.each(["", "much", "-1", "1.", ".5", "1e3", "0x1", "1.2.3"])("are not %j", (text) => {
    expect(toFixedPoint(text, 64)).toBeUndefined();
  });

  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (thousandths) => {
        const bits = toFixedPoint(
          `${Math.floor(thousandths / 1_000)}.${String(thousandths % 1_000).padStart(3, "0")}`,
          64,
        );
        expect(fromFixedPoint(bits ?? -1n, 64)).toBeCloseTo(thousandths / 1_000, 12);
      }),
    );
  });

  it("are known by the names of their types", () => {
    expect(["I32F32", "u64f64", "u64", "F32"].map(fractionBits)).toEqual([32, 64, undefined, undefined]);
  });
});
