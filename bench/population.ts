// Population simulation: speed of the full-size run, and the whole of the measured tables that the unit tests sample.
// Prints one JSON object. `worst` figures are |ours − reference| in units of the allowed error: ≤ 1 is within it.
import { readFileSync } from "node:fs";
import { collusionTrapShare, DEFAULT_CROWD } from "../src/simulate/break-even.ts";
import { summariseEntry } from "../src/simulate/entry.ts";
import { playWorlds } from "../src/simulate/population-run.ts";
import { group, measure, pairedGain, world } from "../test/helpers/populations.ts";
import { scaledPopulation } from "../test/helpers/scaled-populations.ts";

const DEVIANTS = ["honest", "lazy", "random", "always-validator", "copycat", "ring-blind", "ring-informed"] as const;
const mixed = (preset: string, n: number, trapAccuracy: number) =>
  world(preset, [
    group("honest q=1", n - (7 * n) / 10, "honest", 1, trapAccuracy),
    ...DEVIANTS.map((strategy) => group(strategy, n / 10, strategy, 0, trapAccuracy)),
  ]);
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start) / 1_000;
};
const half = ({ low, high }: { readonly low: number; readonly high: number }): number => (high - low) / 2;
const rounded = (value: number): number => Number(value.toFixed(4));

const full = mixed("scaled", 250, 0.9);
const speed = {
  miners: 250,
  rounds: 8,
  seeds: 100,
  oneThreadSeconds: await seconds(() => playWorlds([full], { seeds: 100, workers: 1 })),
  twoThreadsSeconds: await seconds(() => playWorlds([full], { seeds: 100, workers: 2 })),
  targetSeconds: 20,
};

/** Blind and informed rings at the trap shares of the measured table A. */
const rings = (
  [
    ["dojo-1.8.3", 10, 3],
    ["dojo-1.8.3", 20, 5],
    ["dojo-1.8.3", 50, 5],
    ["paper", 10, 3],
    ["paper", 20, 5],
    ["paper", 50, 5],
  ] as const
).map(([preset, n, k]) => {
  const rules =
    preset === "paper" ? ({ name: preset, trapPenalty: 1 } as const) : ({ name: preset, trapPenalty: 0.4 } as const);
  const { conditional, raw } = collusionTrapShare(rules, { ...DEFAULT_CROWD, miners: n }, 0.5, k);
  const star = raw ?? 0;
  const gain = (strategy: "ring-blind" | "ring-informed", trapShare: number): number => {
    const as = (chosen: "honest" | typeof strategy) =>
      world(preset, [group("h", n - k, "honest", 1), group("r", k, chosen, 1)], { trapShare });
    return rounded(pairedGain(as(strategy), as("honest"), 1, n === 50 ? 800 : 2_000).mean);
  };
  return {
    preset,
    n,
    k,
    threshold: rounded(conditional ?? 0),
    none: gain("ring-blind", 0),
    half: gain("ring-blind", star / 2),
    at: gain("ring-blind", star),
    twice: gain("ring-blind", Math.min(0.5, 2 * star)),
    blind: gain("ring-blind", 0.2),
    informed: gain("ring-informed", 0.2),
  };
});

/** Mean scores of the measured table C, in the order of the groups. */
const tableC = (
  [
    ["paper", 50, 0.9, [0.34, 0.25, 0.35, -1.89, -1.88, 0.26, -0.03, 0.35]],
    ["paper", 250, 0.9, [-1.76, -1.88, 0.35, -12.3, -12.4, -1.87, -3.65, -1.33]],
    ["dojo-1.8.3", 20, 0.9, [0.79, 0.72, -21.4, 0.39, 0.4, 0.73, 0.72, 0.76]],
    ["dojo-1.8.3", 50, 0.9, [0.68, 0.59, -21.7, -0.25, -0.38, 0.6, 0.52, 0.65]],
    ["dojo-1.8.3", 250, 0.9, [-0.22, -0.29, -21.8, -4.73, -5.59, -0.32, -0.81, -0.08]],
    ["dojo-1.8.3", 250, 0.98, [0.66, 0.58, -21.8, -4.73, -5.59, 0.57, -0.07, 0.66]],
  ] as const
).map(([preset, n, trapAccuracy, reference]) => {
  const measured = Object.values(measure(mixed(preset, n, trapAccuracy), n === 250 ? 60 : 600));
  const scores = measured.map(({ score }) => rounded(score.mean));
  return { preset, n, trapAccuracy, scores, reference };
});

const vectors = JSON.parse(readFileSync(new URL("../test/vectors/scaled.json", import.meta.url), "utf8")) as {
  readonly populations: Readonly<Record<string, Readonly<Record<string, readonly [number, number, number]>>>>;
  readonly populationsCI95: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
};
/** The file does not say how this ring votes where it knows nothing. */
const UNDESCRIBED = "n=50 40% know-the-damage ring";
const described = Object.entries(vectors.populations).filter(([name]) => name !== UNDESCRIBED);
const scaled = described.map(([name, members]) => {
  const n = Number(/^n=(\d+)/.exec(name)?.[1]);
  const measured = measure(scaledPopulation(name, members), Math.round(20_000 / n));
  let worst = 0;
  for (const [label, [, score]] of Object.entries(members)) {
    const ours = measured[label]?.score;
    const [interval = 0] = vectors.populationsCI95[name]?.[label] ?? [];
    if (ours !== undefined) worst = Math.max(worst, Math.abs(ours.mean - score) / (interval + half(ours)));
  }
  return { name, worst: rounded(worst) };
});

/** What rings that share what they know gain under `scaled`, n = 50: damaged, mixed and natural traps. */
const knowledge = [5, 16].flatMap((k) =>
  [0, 0.5, 1].flatMap((naturalTrapShare) =>
    [0, 15].map((votersPerTask) => {
      const as = (strategy: "honest" | "ring-informed") =>
        world("scaled", [group("h", 50 - k, "honest", 1), group("r", k, strategy, 1)], {
          naturalTrapShare,
          votersPerTask,
        });
      return {
        k,
        naturalTrapShare,
        votersPerTask,
        gain: rounded(pairedGain(as("ring-informed"), as("honest"), 1, 500).mean),
      };
    }),
  ),
);

/** Honest newcomers against a clique of 20 in 50 slots, one arrival an interval. */
const entry = (["paper", "dojo-1.8.3", "scaled"] as const).flatMap((preset) =>
  (["ring-blind", "ring-informed", "lazy"] as const).map((strategy) => {
    const summary = summariseEntry(
      {
        world: world(preset, []),
        clique: group("clique", 20, strategy, 0),
        honest: group("honest", 30, "honest", 0.5),
        newcomer: group("newcomer", 1, "honest", 1),
        arrivalEvery: 1,
        immunity: 3,
        minNonImmune: 10,
        intervals: 150,
      },
      8,
    );
    const { allDisplaced, cliqueSlots } = summary;
    return { preset, strategy, allDisplaced, cliqueSlots };
  }),
);

console.log(JSON.stringify({ speed, knowledge, entry, rings, tableC, scaled }));
