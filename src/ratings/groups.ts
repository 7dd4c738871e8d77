import type { Favour } from "./favour.ts";

/** Pairs from which groups are grown. */
const SEEDS = 24;
/** No group is larger than this, nor than half of all people: a majority is the crowd itself. */
const LARGEST = 24;
/** Smoothing of the variance: half a vote, so that one or two odd votes make no group. */
const SMOOTHING = 0.5;

/** People who vote for each other. */
export interface Group {
  /** Places, ascending. */
  readonly members: readonly number[];
  /** Standardised excess of mutual votes, less what searching among all groups of this size would give. */
  readonly score: number;
  /** Mutual votes beyond expectation. */
  readonly excess: number;
}

/** What picking the largest of all groups of k among n is worth in standard deviations: √(2 ln C(n, k)). */
function searchPenalty(n: number, k: number): number {
  let logChoose = 0;
  for (let i = 0; i < k; i++) logChoose += Math.log((n - i) / (i + 1));
  return Math.sqrt(2 * Math.max(0, logChoose));
}

const scoreOf = (excess: number, variance: number, n: number, k: number): number =>
  excess / Math.sqrt(variance + SMOOTHING) - searchPenalty(n, k);

/**
 * The group whose members favour each other most, found by growing the best pairs one by one and leaving out again
 * whoever weakens the group. Every member must give and receive more than expected.
 *
 * @param free - Who may be a member.
 * @returns Undefined if no pair favours each other at all.
 */
export function strongestGroup(favour: Favour, free: ReadonlySet<number>): Group | undefined {
  const { people: n } = favour;
  const places = [...free].sort((a, b) => a - b);
  const mutual = mutualSums(favour, places);
  const pairs: { a: number; b: number; score: number }[] = [];
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      const score = scoreOf(mutual.excess[a * n + b] as number, mutual.variance[a * n + b] as number, n, 2);
      if ((favour.excess[a * n + b] as number) > 0 && (favour.excess[b * n + a] as number) > 0)
        pairs.push({ a, b, score });
    }
  }
  pairs.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  let best: Group | undefined;
  for (const { a, b } of pairs.slice(0, SEEDS)) {
    const group = grown(mutual, n, places, [a, b]);
    if (!isMutual(favour, group.members)) continue;
    if (best === undefined || group.score > best.score) best = group;
  }
  return best;
}

interface Mutual {
  readonly excess: Float64Array;
  readonly variance: Float64Array;
}

/** Both directions together, for each pair. */
function mutualSums({ people: n, excess, variance }: Favour, places: readonly number[]): Mutual {
  const sums = { excess: new Float64Array(n * n), variance: new Float64Array(n * n) };
  for (const a of places) {
    for (const b of places) {
      sums.excess[a * n + b] = (excess[a * n + b] as number) + (excess[b * n + a] as number);
      sums.variance[a * n + b] = (variance[a * n + b] as number) + (variance[b * n + a] as number);
    }
  }
  return sums;
}

function grown(mutual: Mutual, n: number, places: readonly number[], seed: readonly number[]): Group {
  let members = [...seed];
  const largest = Math.max(2, Math.min(LARGEST, Math.floor(n / 2)));
  let [excess, variance] = [0, 0];
  const toAll = (place: number): readonly [number, number] => {
    let [e, v] = [0, 0];
    for (const member of members) {
      if (member === place) continue;
      e += mutual.excess[place * n + member] as number;
      v += mutual.variance[place * n + member] as number;
    }
    return [e, v];
  };
  for (const [index, member] of seed.entries()) {
    for (const other of seed.slice(index + 1)) {
      excess += mutual.excess[member * n + other] as number;
      variance += mutual.variance[member * n + other] as number;
    }
  }
  for (;;) {
    const now = scoreOf(excess, variance, n, members.length);
    let move: { members: number[]; excess: number; variance: number; score: number } | undefined;
    for (const place of places) {
      const isMember = members.includes(place);
      if (isMember ? members.length === 2 : members.length >= largest) continue;
      const [e, v] = toAll(place);
      const [nextE, nextV] = isMember ? [excess - e, variance - v] : [excess + e, variance + v];
      const size = members.length + (isMember ? -1 : 1);
      const score = scoreOf(nextE, nextV, n, size);
      if (score <= (move?.score ?? now) + 1e-12) continue;
      const next = isMember ? members.filter((other) => other !== place) : [...members, place];
      move = { members: next, excess: nextE, variance: nextV, score };
    }
    if (move === undefined) return { members: members.sort((a, b) => a - b), score: now, excess };
    members = move.members;
    excess = move.excess;
    variance = move.variance;
  }
}

/** Whether every member gives votes to and receives votes from the others beyond expectation. */
function isMutual({ people: n, excess }: Favour, members: readonly number[]): boolean {
  return members.every((member) => {
    let [gives, receives] = [0, 0];
    for (const other of members) {
      if (other === member) continue;
      gives += excess[member * n + other] as number;
      receives += excess[other * n + member] as number;
    }
    return gives > 0 && receives > 0;
  });
}
