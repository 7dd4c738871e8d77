import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandCurves, ticksBetween, whiskerBars } from "../../../src/base/html-curves.ts";

describe("ticksBetween", () => {
  it.each([
    [0, 0.5, [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
    [-1.34, 1.29, [-1, -0.5, 0, 0.5, 1]],
    [0, 250, [0, 50, 100, 150, 200, 250]],
    [3, 3, [3]],
  ])("takes round steps from %f to %f", (low, high, ticks) => expect(ticksBetween(low, high)).toEqual(ticks));

  it("gives 3 to 7 ascending numbers within any range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (low, span) => {
          const ticks = ticksBetween(low, low + span);
          expect(ticks.length).toBeGreaterThanOrEqual(3);
          expect(ticks.length).toBeLessThanOrEqual(7);
          const slack = span * 1e-6;
          for (const tick of ticks) expect(tick >= low - slack && tick <= low + span + slack).toBe(true);
          for (const [index, tick] of ticks.entries())
            if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? tick);
        },
      ),
    );
  });
});

describe("drawings", () => {
  const value = { mean: 1, low: 0.5, high: 1.5 };

  it("escape names", () => {
    const hostile = "<script>alert(1)</script>";
    const drawn = [
      whiskerBars([{ name: hostile, value }], hostile),
      bandCurves([{ name: hostile, points: [{ at: 0, value }] }], hostile),
    ];
    for (const svg of drawn) expect(svg).not.toContain("<script");
  });

  it("have finite coordinates where everything is equal or there is one point", () => {
    const flat = { mean: 0, low: 0, high: 0 };
    expect(bandCurves([{ name: "a", points: [{ at: 2, value: flat }] }], "one point")).not.toMatch(/NaN|Infinity/);
    expect(whiskerBars([{ name: "a", value: flat }], "zero")).not.toMatch(/NaN|Infinity/);
  });
});
