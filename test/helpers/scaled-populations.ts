import type { Group } from "../../src/simulate/population-model.ts";
import { group, world } from "./populations.ts";

const STRATEGY_OF = {
  honest: ["honest", 1],
  "honest-low-q": ["honest", 0],
  lazy: ["lazy", 0],
  random: ["random", 0],
  alwaysV: ["always-validator", 0],
  "copycat-vote": ["copycat", 0],
  checker: ["checker", 0],
  first: ["always-first", 0],
  "ring-blind": ["ring-blind", 0],
  "ring-informed": ["ring-informed", 0],
} as const;

/**
 * The world behind one named population of `scaled.json`.
 *
 * @param members - Group → [members, score, weight], as the file has them.
 */
export function scaledPopulation(name: string, members: Readonly<Record<string, readonly [number, number, number]>>) {
  const n = Number(/^n=(\d+)/.exec(name)?.[1]);
  const trapAccuracy = Number(/pt=([.\d]+)/.exec(name)?.[1] ?? 0.9);
  const groups = Object.entries(members).map(([label, [count]]): Group => {
    const known = Object.hasOwn(STRATEGY_OF, label) ? STRATEGY_OF[label as keyof typeof STRATEGY_OF] : undefined;
    if (label.startsWith("q")) return group(label, count, "honest", Number(label.slice(1)));
    if (label === "feeder") return group(label, count, "honest", 1, 0);
    if (label === "sybil")
      return name.includes("silent") ? group(label, count, "lazy", 1) : group(label, count, "honest", 0);
    const [strategy, quality] = known ?? ["honest", 1];
    return group(label, count, strategy, quality, trapAccuracy);
  });
  const missing = n - groups.reduce((sum, { count }) => sum + count, 0);
  if (missing !== 0) throw new Error(`${name} has ${n} miners, its groups ${n - missing}`);
  return world("scaled", groups, name.includes("t=.1") ? { trapShare: 0.1 } : {});
}
