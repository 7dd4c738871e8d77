import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { type Estimate, estimate } from "../../../src/simulate/population-estimate.ts";
import { playSeed } from "../../../src/simulate/population-world.ts";
import { group, measure, pairedGain, world } from "../../helpers/populations.ts";
import { scaledPopulation } from "../../helpers/scaled-populations.ts";

/** Simulations take seconds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

type Members = Readonly<Record<string, readonly [number, number, number]>>;
/** Made by a NumPy model of the same population; intervals are 95 %. */
const vectors = JSON.parse(readFileSync(new URL("../../vectors/scaled.json", import.meta.url), "utf8")) as {
  readonly populations: Readonly<Record<string, Members>>;
  readonly populationsCI95: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
};

const half = ({ low, high }: Estimate): number => (high - low) / 2;
const size = (name: string): number => Number(/^n=(\d+)/.exec(name)?.[1]);
/** The file does not say how this ring votes where it knows nothing. */
const UNDESCRIBED = "n=50 40% know-the-damage ring";
const named = Object.keys(vectors.populations).filter((name) => name !== UNDESCRIBED && size(name) <= 250);

describe("populations under scaled", () => {
  it.each(named)("match the reference within the sum of both intervals: %s", (name) => {
    const seeds = size(name) <= 20 ? 500 : size(name) <= 50 ? 150 : size(name) <= 100 ? 40 : 12;
    const measured = measure(scaledPopulation(name, vectors.populations[name] ?? {}), seeds);
    for (const [label, [, score, weight]] of Object.entries(vectors.populations[name] ?? {})) {
      const [scoreHalf = 0, weightHalf = 0] = vectors.populationsCI95[name]?.[label] ?? [];
      const { score: ours, perCapita } = measured[label] ?? expect.fail(label);
      expect(Math.abs(ours.mean - score), label).toBeLessThanOrEqual(scoreHalf + half(ours));
      // Weights near 0 are few lucky intervals; their normal interval is too narrow by itself.
      expect(Math.abs(perCapita.mean - weight), label).toBeLessThanOrEqual(weightHalf + half(perCapita) + 0.003);
    }
  });

  it.each(
    [10, 20, 50, 100, 250].flatMap((n) => [0.7, 0.8, 0.9, 0.98].map((trapAccuracy) => [n, trapAccuracy] as const)),
  )(
    "n = %i, trap accuracy %f: an honest voter is above zero, the silent and the random; a blind ring loses",
    (n, trapAccuracy) => {
      const seeds = Math.max(10, Math.round(3_000 / n));
      const k = Math.max(2, n / 10);
      const played = (strategy: "honest" | "lazy" | "random" | "ring-blind") => {
        const groups = [group("h", n - k, "honest", 1, trapAccuracy), group("x", k, strategy, 1, trapAccuracy)];
        return Array.from({ length: seeds }, (_, seed) => playSeed(world("scaled", groups), seed));
      };
      const honest = played("honest");
      expect(estimate(honest.map(({ voting }) => voting[0] ?? 0)).low).toBeGreaterThan(0);
      for (const strategy of ["lazy", "random", "ring-blind"] as const) {
        const gains = played(strategy).map(({ score }, seed) => (score[1] ?? 0) - (honest[seed]?.score[1] ?? 0));
        expect(estimate(gains).high, strategy).toBeLessThan(0);
      }
    },
  );

  it("an informed ring gains still: knowing a trap's damage is worth what it is worth", () => {
    const as = (strategy: "honest" | "ring-informed") =>
      world("scaled", [group("h", 45, "honest", 1), group("r", 5, strategy, 1)]);
    const gain = pairedGain(as("ring-informed"), as("honest"), 1, 300);
    // organic .019 + knowledge .031 for each ring vote in a member's task, in closed form (docs/mechanism.md)
    expect(gain.low).toBeGreaterThan(0.03);
    expect(gain.high).toBeLessThan(0.07);
  });

  it("a voter that is silent when unsure earns less than one that votes", () => {
    const as = (strategy: "honest" | "abstain") =>
      world("scaled", [group("h", 45, "honest", 1), group("a", 5, strategy, 1)]);
    expect(pairedGain(as("abstain"), as("honest"), 1, 200).high).toBeLessThan(0);
  });
});

/** The measured table: a tenth of each deviant (q = 0), the rest honest (q = 1). */
const mixed = (preset: string, n: number, trapAccuracy: number) => {
  const part = n / 10;
  const deviants = ["honest", "lazy", "random", "always-validator", "copycat", "ring-blind", "ring-informed"] as const;
  return world(preset, [
    group("honest q=1", n - 7 * part, "honest", 1, trapAccuracy),
    ...deviants.map((strategy) => group(strategy, part, strategy, 0, trapAccuracy)),
  ]);
};

describe("a mixed population", () => {
  const rows = [
    ["paper", 50, 0.9, 60, [0.34, 0.25, 0.35, -1.89, -1.88, 0.26, -0.03, 0.35]],
    ["paper", 250, 0.9, 10, [-1.76, -1.88, 0.35, -12.3, -12.4, -1.87, -3.65, -1.33]],
    ["dojo-1.8.3", 20, 0.9, 200, [0.79, 0.72, -21.4, 0.39, 0.4, 0.73, 0.72, 0.76]],
    ["dojo-1.8.3", 50, 0.9, 80, [0.68, 0.59, -21.7, -0.25, -0.38, 0.6, 0.52, 0.65]],
    ["dojo-1.8.3", 250, 0.9, 10, [-0.22, -0.29, -21.8, -4.73, -5.59, -0.32, -0.81, -0.08]],
    ["dojo-1.8.3", 250, 0.98, 10, [0.66, 0.58, -21.8, -4.73, -5.59, 0.57, -0.07, 0.66]],
  ] as const;
  it.each(rows)("gives table C: %s, n = %i, trap accuracy %f", (preset, n, trapAccuracy, seeds, scores) => {
    const measured = Object.values(measure(mixed(preset, n, trapAccuracy), seeds));
    // Stated: ±.01 (n ≤ 50) and ±.03. Who pays for every trap varies with how many were drawn, hence the 5 %.
    const stated = n <= 50 ? 0.01 : 0.03;
    measured.forEach(({ score }, index) => {
      const expected = scores[index] ?? Number.NaN;
      expect(Math.abs(score.mean - expected)).toBeLessThan(stated + half(score) + 0.05 * Math.abs(expected));
    });
  });

  it("leaves weights to those whom the table names", () => {
    const paper = measure(mixed("paper", 250, 0.9), 6);
    expect(paper["lazy"]?.perCapita.mean).toBeGreaterThan(9.9);
    expect(paper["honest q=1"]?.perCapita.mean).toBeLessThan(0.05);
    const dojo = measure(mixed("dojo-1.8.3", 250, 0.9), 10);
    expect(dojo["ring-informed"]?.perCapita.mean).toBeGreaterThan(3);
    expect(dojo["ring-blind"]?.perCapita.mean).toBeLessThan(0.1);
  });
});

describe("rings in the measured table A", () => {
  it.each([
    ["dojo-1.8.3", 10, 3, 0.083, 0.024, 0.078],
    ["dojo-1.8.3", 20, 5, 0.076, -0.023, 0.087],
    ["paper", 20, 5, 0.076, -0.216, 0.129],
    ["paper", 10, 3, 0.083, -0.066, 0.096],
  ] as const)(
    "%s, n = %i, k = %i: gains without traps, blind and informed at t = .2",
    (preset, n, k, bare, blind, informed) => {
      const gain = (strategy: "ring-blind" | "ring-informed", trapShare: number) => {
        const as = (chosen: "honest" | typeof strategy) =>
          world(preset, [group("h", n - k, "honest", 1), group("r", k, chosen, 1)], { trapShare });
        return pairedGain(as(strategy), as("honest"), 1, 500).mean;
      };
      expect(Math.abs(gain("ring-blind", 0) - bare)).toBeLessThan(0.01);
      expect(Math.abs(gain("ring-blind", 0.2) - blind)).toBeLessThan(0.02);
      expect(Math.abs(gain("ring-informed", 0.2) - informed)).toBeLessThan(0.015);
    },
  );
});

it("plays 250 miners for 8 rounds without a NaN or an unbounded number", () => {
  const { score, share } = playSeed(mixed("scaled", 250, 0.9), 0);
  for (const value of [...score, ...share]) expect(Math.abs(value)).toBeLessThan(100);
  expect(share.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
});
