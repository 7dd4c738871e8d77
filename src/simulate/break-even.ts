import type { PresetName } from "../mechanism/rule-set.ts";

/** What a crowd is like, and how tasks are drawn. */
export interface Crowd {
  /** Whole, ≥ 3: a duel needs two generators and somebody to vote. */
  readonly miners: number;
  /** Share of tasks that are traps, 0 … 1. */
  readonly trapShare: number;
  /** Share of synthetic tasks among those that are no traps (dojo-1.8.3: among all), 0 … 1. */
  readonly syntheticShare: number;
  /** Probability that an honest voter picks the better output, 0 … 1. */
  readonly accuracy: number;
  /** Probability that an honest voter avoids a trap's negative output, 0 … 1. */
  readonly trapAccuracy: number;
  /** Quality of the miners and of the validator's output, natural-log scale of Bradley–Terry. */
  readonly quality: number;
  readonly validatorQuality: number;
}

export const DEFAULT_CROWD: Omit<Crowd, "miners"> = {
  trapShare: 0.2,
  syntheticShare: 0.2,
  accuracy: 0.8,
  trapAccuracy: 0.9,
  quality: 1,
  validatorQuality: 0.5,
};

/** Numbers of a rule set that decide where honesty pays. */
export type BreakEvenRules =
  | { readonly name: "paper"; readonly trapPenalty: number }
  | { readonly name: "dojo-1.8.3"; readonly trapPenalty: number }
  | { readonly name: "scaled"; readonly c: number; readonly d: number };

export interface BreakEven {
  readonly preset: PresetName;
  readonly miners: number;
  readonly trapShare: number;
  readonly syntheticShare: number;
  /** Trap accuracy above which voting alone pays more than it costs; 0 where any does, null where none does. */
  readonly voterTrapAccuracy: number | null;
  /** The same for voting and generating together. */
  readonly totalTrapAccuracy: number | null;
  /** Trap share among two-generator tasks above which a blind ring of equal quality loses; null where none suffices. */
  readonly collusionTrapShare: number | null;
  /** The same as a share of all tasks. */
  readonly collusionTrapShareRaw: number | null;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** An accuracy as it is reported: 0 for "any", null beyond 1. */
const accuracyOrNull = (value: number): number | null => (value > 1 ? null : Math.max(0, value));

/** A share as it is reported: null outside 0 … 1. */
const shareOrNull = (value: number): number | null => (value >= 0 && value <= 1 ? value : null);

/** Expected incomes of one honest miner in one round in which everybody generates once and votes on all the rest. */
export interface HonestIncome {
  /** Tasks of a round. */
  readonly tasks: number;
  readonly voting: number;
  readonly generating: number;
  /** Traps in which it votes. */
  readonly traps: number;
}

/**
 * Income of an honest miner among honest equals, in closed form (no trap penalties in it).
 *
 * `paper` and `scaled` draw a trap first and a synthetic task among the rest; `dojo-1.8.3` draws both flags
 * independently, so that a trap can have one generator.
 */
export function honestIncome(preset: PresetName, crowd: Crowd): HonestIncome {
  const { miners: n, trapShare: t, syntheticShare: delta, accuracy: p } = crowd;
  const s = sigmoid(crowd.validatorQuality - crowd.quality);
  /** An honest voter picks the validator's output. */
  const picksValidator = p * s + (1 - p) * (1 - s);
  const independent = preset === "dojo-1.8.3";
  const generatorsPerTask = independent ? delta + 2 * (1 - delta) : 2 * t + (1 - t) * (delta + 2 * (1 - delta));
  const tasks = n / generatorsPerTask;
  const duels = (1 - t) * (1 - delta);
  const synthetics = (1 - t) * delta;
  const perGeneration = 1 / generatorsPerTask;
  const pairTraps = independent ? t * (1 - delta) : t;
  const soloTraps = independent ? t * delta : 0;
  return {
    tasks,
    voting:
      (tasks * duels - 2 * duels * perGeneration) / (n - 2) +
      ((tasks * synthetics - synthetics * perGeneration) * picksValidator) / (n - 1),
    generating: duels * perGeneration + synthetics * perGeneration * (1 - picksValidator),
    traps: tasks * pairTraps - 2 * pairTraps * perGeneration + (tasks * soloTraps - soloTraps * perGeneration),
  };
}

/** Trap accuracies from which voting, and everything together, pays. */
function accuracies(rules: BreakEvenRules, crowd: Crowd): { voter: number | null; total: number | null } {
  const income = honestIncome(rules.name, crowd);
  const perMiss = rules.name === "scaled" ? rules.c / (crowd.miners - 2) : rules.trapPenalty;
  // In `scaled` a miss costs against the crowd's accuracy, elsewhere against never missing.
  const reference = rules.name === "scaled" ? crowd.trapAccuracy : 1;
  const atStake = income.traps * perMiss;
  const from = (earned: number): number | null => {
    if (atStake > 0) return accuracyOrNull(reference - earned / atStake);
    return 0;
  };
  return { voter: from(income.voting), total: from(income.voting + income.generating) };
}

/** Share of traps among two-generator tasks, from their share of all tasks (traps drawn first). */
export const conditionalTrapShare = (raw: number, syntheticShare: number): number =>
  raw === 0 ? 0 : raw / (raw + (1 - syntheticShare) * (1 - raw));

/** The inverse of {@link conditionalTrapShare}. */
export const rawTrapShare = (conditional: number, syntheticShare: number): number =>
  (conditional * (1 - syntheticShare)) / (1 - conditional * syntheticShare);

/** The ring that thresholds are computed for: a tenth of the miners, at least a pair. */
export const typicalRing = (miners: number): number => Math.min(miners, Math.max(2, miners / 10));

/**
 * Trap share from which one ring vote for a member of equal quality costs more than it brings.
 *
 * @param againstMember - Probability that an honest voter would vote against the member: ½ at equal quality.
 */
export function collusionTrapShare(
  rules: BreakEvenRules,
  crowd: Crowd,
  againstMember = 0.5,
  ring = typicalRing(crowd.miners),
): { readonly conditional: number | null; readonly raw: number | null } {
  const { miners: n, syntheticShare: delta, accuracy: p, trapAccuracy } = crowd;
  const gain = againstMember / (n - 2);
  const edge = trapAccuracy - 0.5;
  if (rules.name === "paper") {
    const conditional = edge > 0 ? shareOrNull(gain / (gain + rules.trapPenalty * edge)) : null;
    return { conditional, raw: conditional === null ? null : rawTrapShare(conditional, delta) };
  }
  if (rules.name === "dojo-1.8.3") {
    // Traps with the validator as negative reward a vote for the member, which moves the threshold up a little.
    const mixed = (2 * ring * (n - ring)) / (n * (n - 1));
    const solo = ring / n;
    const penalty = rules.trapPenalty;
    const organic = (1 - delta) * mixed * gain;
    const slope = (1 - delta) * mixed * (gain + penalty * edge) - delta * solo * penalty * (1 - trapAccuracy);
    const share = slope > 0 ? shareOrNull(organic / slope) : null;
    return { conditional: share, raw: share };
  }
  const rho = ring / n;
  const outsidersRule = rho <= (2 * p - 1) / (2 * p);
  const majority = outsidersRule ? -(1 - rho) * (p - 0.5) : (1 - rho) / 2;
  if (edge <= 0 || rho >= 1) return { conditional: null, raw: null };
  const kappa = Math.max(0, ((1 - delta) * (againstMember + rules.d * majority)) / ((1 - rho) * edge));
  const raw = shareOrNull(kappa / (rules.c + kappa));
  return { conditional: raw === null ? null : conditionalTrapShare(raw, delta), raw };
}

/**
 * Where honesty starts to pay and blind collusion stops paying, in closed form.
 *
 * @throws RangeError with fewer than three miners.
 * @see docs/mechanism.md for the derivations.
 */
export function breakEven(rules: BreakEvenRules, crowd: Crowd): BreakEven {
  if (!Number.isInteger(crowd.miners) || crowd.miners < 3) throw new RangeError(`no duel among ${crowd.miners} miners`);
  const { voter, total } = accuracies(rules, crowd);
  const { conditional, raw } = collusionTrapShare(rules, crowd);
  return {
    preset: rules.name,
    miners: crowd.miners,
    trapShare: crowd.trapShare,
    syntheticShare: crowd.syntheticShare,
    voterTrapAccuracy: voter,
    totalTrapAccuracy: total,
    collusionTrapShare: conditional,
    collusionTrapShareRaw: raw,
  };
}
