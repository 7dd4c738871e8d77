import { type Estimate, estimate } from "./population-estimate.ts";
import { type AnyStrategy, type Group, minersOf, type SeedOutcome, type World } from "./population-model.ts";

/** The paper's claims, each of which a population can bear out or not. */
export const CLAIMS = [
  "collusion-unprofitable",
  "traps-deter",
  "always-validator-punished",
  "quality-pays",
  "honesty-beats-silence",
] as const;
export type Claim = (typeof CLAIMS)[number];

export interface Verdict {
  readonly claim: Claim;
  /** Null where the population cannot say: no such strategy, or the interval holds 0. */
  readonly holds: boolean | null;
  /** The numbers, in a sentence. */
  readonly because: string;
}

/** Two worlds that differ in one group: what it gains by behaving differently, under the same luck. */
interface Comparison {
  readonly label: string;
  readonly deviating: number;
  readonly honest: number;
  /** Place of the group in both worlds. */
  readonly group: number;
  /** The same pair without traps, for `traps-deter`. */
  readonly withoutTraps?: { readonly deviating: number; readonly honest: number };
}

/** The worlds that must be played to judge the claims; index 0 is the scenario itself. */
export interface VerdictPlan {
  readonly worlds: readonly World[];
  readonly comparisons: Readonly<Record<Claim, readonly Comparison[]>>;
}

class Planner {
  readonly worlds: World[];
  readonly #keys: string[];

  constructor(base: World) {
    this.worlds = [base];
    this.#keys = [JSON.stringify(base)];
  }

  /** The place of a world, added if it is new. */
  place(world: World): number {
    const key = JSON.stringify(world);
    const known = this.#keys.indexOf(key);
    if (known !== -1) return known;
    this.#keys.push(key);
    return this.worlds.push(world) - 1;
  }
}

const replaced = (world: World, index: number, ...groups: readonly Group[]): World => ({
  ...world,
  groups: world.groups.toSpliced(index, 1, ...groups),
});

/** Splits `count` miners off a group, in place, so that everybody keeps its luck. */
function split(world: World, index: number, count: number, change: Partial<Group>): { world: World; group: number } {
  const group = world.groups[index];
  if (group === undefined) throw new RangeError(`no group ${index}`);
  const part: Group = { ...group, name: `${group.name}*`, count, ...change };
  if (group.count === count) return { world: replaced(world, index, part), group: index };
  return { world: replaced(world, index, { ...group, count: group.count - count }, part), group: index + 1 };
}

const largestHonest = (world: World): number => {
  let best = -1;
  world.groups.forEach(({ strategy, count }, index) => {
    if (strategy === "honest" && count > (world.groups[best]?.count ?? 0)) best = index;
  });
  return best;
};

/**
 * Plans the comparisons that decide the claims. Where the scenario has nobody of a strategy, a tenth of the largest
 * honest group tries it.
 */
export function planVerdicts(base: World): VerdictPlan {
  const planner = new Planner(base);
  const compare = (strategies: readonly AnyStrategy[], probe: AnyStrategy, least: number): Comparison[] => {
    const found = base.groups.flatMap(({ strategy }, index) => (strategies.includes(strategy) ? [index] : []));
    if (found.length > 0) {
      return found.flatMap((index) => {
        const group = base.groups[index];
        if (group === undefined) return [];
        const honest = replaced(base, index, { ...group, strategy: "honest" });
        return [
          {
            label: `${group.name} (${group.count} × ${group.strategy})`,
            deviating: 0,
            honest: planner.place(honest),
            group: index,
          },
        ];
      });
    }
    const at = largestHonest(base);
    const count = Math.min(base.groups[at]?.count ?? 0, Math.max(least, Math.round(minersOf(base) / 10)));
    if (at === -1 || count < least) return [];
    const deviating = split(base, at, count, { strategy: probe });
    const honest = split(base, at, count, {});
    const label = `${count} of ${base.groups[at]?.name} turned ${probe}`;
    return [
      { label, deviating: planner.place(deviating.world), honest: planner.place(honest.world), group: honest.group },
    ];
  };
  const bare = (place: number): number => planner.place({ ...(planner.worlds[place] ?? base), trapShare: 0 });
  const rings = compare(["ring-blind", "ring-informed"], "ring-blind", 2);
  const careless = compare(["ring-blind", "ring-informed", "random", "always-first"], "random", 1);
  return {
    comparisons: {
      "collusion-unprofitable": rings,
      "traps-deter":
        base.trapShare === 0
          ? []
          : careless.map((comparison) => ({
              ...comparison,
              withoutTraps: { deviating: bare(comparison.deviating), honest: bare(comparison.honest) },
            })),
      "always-validator-punished": compare(["always-validator"], "always-validator", 1),
      "quality-pays": planQuality(base, planner),
      "honesty-beats-silence": compare(["lazy"], "lazy", 1),
    },
    worlds: planner.worlds,
  };
}

/** A tenth of the largest honest group, one worse: does it earn less than the same miners as they are? */
function planQuality(base: World, planner: Planner): Comparison[] {
  const at = largestHonest(base);
  const group = base.groups[at];
  if (group === undefined) return [];
  const count = Math.min(group.count, Math.max(1, Math.round(minersOf(base) / 10)));
  const worse = split(base, at, count, { quality: group.quality - 1 });
  const same = split(base, at, count, {});
  return [
    {
      label: `${count} of ${group.name} one worse in quality`,
      deviating: planner.place(worse.world),
      honest: planner.place(same.world),
      group: same.group,
    },
  ];
}

type Outcomes = readonly (readonly SeedOutcome[])[];

/** Per seed: what the group gains by deviating. */
function gains(
  outcomes: Outcomes,
  pair: Pick<Comparison, "deviating" | "honest">,
  group: number,
  of: "score" | "share",
) {
  const deviating = outcomes[pair.deviating] ?? [];
  const honest = outcomes[pair.honest] ?? [];
  return deviating.map((outcome, seed) => (outcome[of][group] ?? 0) - (honest[seed]?.[of][group] ?? 0));
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
const interval = ({ mean, low, high }: Estimate): string => `${signed(mean)} (95 %: ${signed(low)} to ${signed(high)})`;

/** True if all lose, false if one gains, null if an interval leaves it open or there is nothing to compare. */
function allLose(estimates: readonly Estimate[]): boolean | null {
  if (estimates.some(({ low }) => low > 0)) return false;
  return estimates.length > 0 && estimates.every(({ high }) => high < 0) ? true : null;
}

/**
 * Judges the claims on played worlds.
 *
 * @param outcomes - Parallel to `plan.worlds`, each with the same seeds.
 */
export function judge(plan: VerdictPlan, outcomes: Outcomes): Verdict[] {
  return CLAIMS.map((claim): Verdict => {
    const comparisons = plan.comparisons[claim];
    if (comparisons.length === 0) return { claim, holds: null, because: nothingToCompare(claim, plan) };
    const scores = comparisons.map((comparison) => estimate(gains(outcomes, comparison, comparison.group, "score")));
    const lines = comparisons.map(
      ({ label }, index) =>
        `${label}: ${interval(scores[index] ?? NOTHING)} per miner and round against voting honestly`,
    );
    if (claim === "quality-pays") return judgeQuality(comparisons, scores, outcomes);
    if (claim === "traps-deter") return judgeTraps(comparisons, scores, outcomes);
    return { claim, holds: allLose(scores), because: lines.join("; ") };
  });
}

const NOTHING: Estimate = { mean: 0, low: 0, high: 0 };

const nothingToCompare = (claim: Claim, plan: VerdictPlan): string =>
  claim === "traps-deter" && plan.worlds[0]?.trapShare === 0
    ? "the scenario has no traps"
    : "the scenario has no honest miners to compare with";

/** Quality pays if the worse earn less, in score and in weights: a score that is clamped away pays nobody. */
function judgeQuality(comparisons: readonly Comparison[], scores: readonly Estimate[], outcomes: Outcomes): Verdict {
  const shares = comparisons.map((comparison) => estimate(gains(outcomes, comparison, comparison.group, "share")));
  const [score = NOTHING, share = NOTHING] = [scores[0], shares[0]];
  const paid = share.mean !== 0 || share.low !== share.high;
  return {
    claim: "quality-pays",
    holds: paid ? allLose([score, share]) : false,
    because: `${comparisons[0]?.label ?? ""}: score ${interval(score)} per miner and round, share of all weights ${
      paid ? interval(share) : "0 either way, because its scores are clamped"
    }`,
  };
}

/** Traps deter if who does not look loses by it, and loses more than where there are no traps. */
function judgeTraps(comparisons: readonly Comparison[], scores: readonly Estimate[], outcomes: Outcomes): Verdict {
  const effects = comparisons.map(({ withoutTraps, group, deviating, honest }) => {
    const bare = gains(outcomes, withoutTraps ?? { deviating, honest }, group, "score");
    return estimate(
      gains(outcomes, { deviating, honest }, group, "score").map((gain, seed) => gain - (bare[seed] ?? 0)),
    );
  });
  const lines = comparisons.map(
    ({ label }, index) =>
      `${label}: ${interval(scores[index] ?? NOTHING)} against voting honestly, of which traps make ${interval(effects[index] ?? NOTHING)}`,
  );
  return { claim: "traps-deter", holds: allLose([...scores, ...effects]), because: lines.join("; ") };
}
