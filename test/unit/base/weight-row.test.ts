import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toUid } from "../../../src/base/ids.ts";
import { roundHalfEven, weightRow, weightsU16 } from "../../../src/base/weight-row.ts";

const rowOf = (weights: Record<number, number>): Map<ReturnType<typeof toUid>, number> =>
  new Map(Object.entries(weights).map(([uid, weight]) => [toUid(Number(uid)), weight]));

describe("weightRow", () => {
  it.each([
    ["scales to the row maximum, not the sum", { 0: 1, 1: 1 }, [0, 1], [65_535, 65_535]],
    ["drops what rounds to zero", { 4: 1, 7: 1e-9 }, [4], [65_535]],
    ["is empty when nobody scored", { 3: 0 }, [], []],
    ["orders by uid", { 9: 0.5, 2: 1 }, [2, 9], [65_535, 32_768]],
    ["rounds in float64 as the v11 SDK does, not in float32 as v10", { 0: 0.03, 1: 0.9 }, [0, 1], [2184, 65_535]],
  ])("%s", (_, weights, uids, values) => {
    expect(weightRow(rowOf(weights))).toEqual({ uids, values });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.1])("refuses the weight %s", (weight) => {
    expect(() => weightRow(rowOf({ 0: 1, 1: weight }))).toThrow(expect.objectContaining({ code: "weights.invalid" }));
  });

  it("depends on ratios alone for scales that are powers of two", () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 32 });
    fc.assert(
      fc.property(weights, fc.integer({ min: -20, max: 20 }), (row, exponent) => {
        // Below 2^-900 a power of two underflows and is no longer exact.
        const normal = row.map((weight) => (weight < 1e-200 ? 0 : weight));
        expect(weightsU16(normal.map((weight) => weight * 2 ** exponent))).toEqual(weightsU16(normal));
      }),
    );
  });
});

describe("roundHalfEven", () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [2.500001, 3],
    [65_534.5, 65_534],
  ])("rounds %d to %d", (value, expected) => {
    expect(roundHalfEven(value)).toBe(expected);
  });
});
