import type { PresetName, RuleSet } from "../mechanism/rule-set.ts";
import { type BreakEven, type BreakEvenRules, breakEven } from "./break-even.ts";
import { type Estimate, estimate } from "./population-estimate.ts";
import { minersOf, type SeedOutcome, type World } from "./population-model.ts";
import { playWorlds, type RunOptions } from "./population-run.ts";
import type { Scenario } from "./scenario.ts";
import { judge, planVerdicts, type Verdict } from "./verdicts.ts";

export interface StrategyResult {
  /** The group's. */
  readonly name: string;
  readonly count: number;
  /** Mean per miner and round. */
  readonly score: Estimate;
  /** Of all weights, for the group. */
  readonly share: Estimate;
  /** share ÷ (count / n): 1 is what everybody would get of an equal split. */
  readonly perCapita: number;
}

/** What `simulate population --json` prints. */
export interface PopulationResult {
  readonly preset: PresetName;
  readonly miners: number;
  readonly trapShare: number;
  readonly syntheticShare: number;
  readonly seeds: number;
  readonly breakEven: Pick<BreakEven, "voterTrapAccuracy" | "totalTrapAccuracy" | "collusionTrapShare">;
  readonly strategies: readonly StrategyResult[];
  readonly verdicts: readonly Verdict[];
}

/** The part of a rule set that closed forms need. */
export function breakEvenRules(rules: RuleSet): BreakEvenRules {
  switch (rules.name) {
    case "paper":
      return { name: "paper", trapPenalty: rules.trapPenalty };
    case "dojo-1.8.3":
      return { name: "dojo-1.8.3", trapPenalty: rules.trapPenalty };
    case "scaled":
      return { name: "scaled", c: rules.c, d: rules.d };
  }
}

/** Break-even of a world, for a crowd like its honest miners (the first group where there are none). */
export function worldBreakEven(world: World): PopulationResult["breakEven"] {
  const typical = world.groups.find(({ strategy }) => strategy === "honest") ?? world.groups[0];
  const { voterTrapAccuracy, totalTrapAccuracy, collusionTrapShare } = breakEven(breakEvenRules(world.rules), {
    miners: minersOf(world),
    trapShare: world.trapShare,
    syntheticShare: world.syntheticShare,
    accuracy: typical?.accuracy ?? 0.8,
    trapAccuracy: typical?.trapAccuracy ?? 0.9,
    quality: typical?.quality ?? 1,
    validatorQuality: world.validatorQuality,
  });
  return { voterTrapAccuracy, totalTrapAccuracy, collusionTrapShare };
}

/** Estimates of each group from its outcomes over seeds. */
export function strategiesOf(world: World, outcomes: readonly SeedOutcome[]): StrategyResult[] {
  const miners = minersOf(world);
  return world.groups.map(({ name, count }, index) => {
    const share = estimate(outcomes.map((outcome) => outcome.share[index] ?? 0));
    return {
      name,
      count,
      score: estimate(outcomes.map((outcome) => outcome.score[index] ?? 0)),
      share,
      perCapita: share.mean / (count / miners),
    };
  });
}

const worldOf = ({ seeds: _, ...world }: Scenario): World => world;

const summary = (world: World, seeds: number) => ({
  preset: world.rules.name,
  miners: minersOf(world),
  trapShare: world.trapShare,
  syntheticShare: world.syntheticShare,
  seeds,
  breakEven: worldBreakEven(world),
});

/**
 * Plays a scenario, and what its claims are judged by: pairs of populations that differ in one group, with common
 * random numbers.
 */
export async function runPopulation(
  scenario: Scenario,
  options: Omit<RunOptions, "seeds"> = {},
): Promise<PopulationResult> {
  const plan = planVerdicts(worldOf(scenario));
  const outcomes = await playWorlds(plan.worlds, { ...options, seeds: scenario.seeds });
  const world = worldOf(scenario);
  return {
    ...summary(world, scenario.seeds),
    strategies: strategiesOf(world, outcomes[0] ?? []),
    verdicts: judge(plan, outcomes),
  };
}

/** One value of a sweep. */
export type SweepPoint = { readonly value: number } & Omit<PopulationResult, "verdicts">;

/** Plays one scenario per value; all with the same seeds. */
export async function runSweep(
  points: readonly { readonly value: number; readonly scenario: Scenario }[],
  options: Omit<RunOptions, "seeds"> & { readonly seeds: number },
): Promise<SweepPoint[]> {
  const worlds = points.map(({ scenario }) => worldOf(scenario));
  const outcomes = await playWorlds(worlds, options);
  return points.map(({ value }, index) => {
    const world = worlds[index] as World;
    return { value, ...summary(world, options.seeds), strategies: strategiesOf(world, outcomes[index] ?? []) };
  });
}
