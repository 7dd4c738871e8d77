import type { RuleSet } from "../mechanism/rule-set.ts";

/** How a miner votes; what it generates depends on its quality alone. */
export const STRATEGIES = [
  "honest",
  "lazy",
  "random",
  "always-validator",
  "always-first",
  "copycat",
  "abstain",
  "ring-blind",
  "ring-informed",
] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Strategies that only measurements use, beside those of a scenario. */
export type AnyStrategy = Strategy | "checker";

/** What each strategy does, in one line for help and docs. */
export const STRATEGY_SUMMARY: Readonly<Record<Strategy, string>> = {
  honest: "votes for the output it thinks better",
  lazy: "submits, never votes",
  random: "throws a coin",
  "always-validator": "votes for the validator's output when it recognises it, else throws a coin",
  "always-first": "votes for the first output shown, whatever it is",
  copycat: "repeats the vote of the first honest voter",
  abstain: "votes honestly when it is sure, is silent when it would have to guess",
  "ring-blind": "votes for its own ring's member, else honestly",
  "ring-informed": "the same, and in a damaged trap with a member it knows which output is negative",
};

export interface Group {
  readonly name: string;
  readonly count: number;
  readonly strategy: AnyStrategy;
  /** Bradley–Terry, natural-log scale. */
  readonly quality: number;
  /** Probability of picking the better output outside traps. */
  readonly accuracy: number;
  /** Probability of avoiding a trap's negative output. */
  readonly trapAccuracy: number;
  /** Probability of recognising the validator's output (always-validator). */
  readonly detect: number;
}

/** One population under one rule set. */
export interface World {
  readonly rules: RuleSet;
  readonly trapShare: number;
  readonly syntheticShare: number;
  /** Share of two-generator traps whose negative is the truly worse output, untouched: nobody can know of them. */
  readonly naturalTrapShare: number;
  /** How many of the possible voters are invited to a task; 0: all of them. */
  readonly votersPerTask: number;
  readonly rounds: number;
  readonly validatorQuality: number;
  readonly groups: readonly Group[];
  readonly seed: number;
}

export const minersOf = (world: World): number => world.groups.reduce((sum, { count }) => sum + count, 0);

/** What one seed gave each group, in the order of the groups. */
export interface SeedOutcome {
  /** Mean score per miner and round. */
  readonly score: readonly number[];
  /** The part of it that came from voting. */
  readonly voting: readonly number[];
  /** The group's part of all weights; all 0 where nobody is above 0. */
  readonly share: readonly number[];
}
