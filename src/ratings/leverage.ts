import type { BattleRecord, PairRecord } from "./battles.ts";
import { derivatives, type Fit, fitBradleyTerry, logistic, virtualTieOf } from "./bradley-terry.ts";
import { Factored } from "./symmetric.ts";

/** In front means by more than this; equal strengths differ by rounding alone. */
const MARGIN = 1e-9;
/** Challengers that are tried, from the second place down. */
const CHALLENGERS = 4;

/** How little it takes to change who leads. */
export interface Leverage {
  readonly leader: string;
  readonly challenger: string;
  /** Votes that, left out, put the challenger in front. Found by search: it may take even fewer. */
  readonly votes: number;
  /** Votes altogether. */
  readonly of: number;
}

type Outcome = "wins" | "ties" | "losses";
const OUTCOMES: readonly (readonly [Outcome, number])[] = [
  ["wins", 1],
  ["ties", 0.5],
  ["losses", 0],
];

/** Equal battles: what leaving out one of them does to the challenger's lead, and how many there are. */
interface Group {
  readonly pair: number;
  readonly outcome: Outcome;
  readonly effect: number;
  readonly count: number;
}

/**
 * Searches for a small set of votes without which somebody else would lead: votes in the order of their influence on
 * the gap (one Newton step), as many as it takes, checked by fitting again without them.
 *
 * @param fit - Of this record.
 * @returns The smallest set found, or null if there is nobody to overtake or no such set.
 */
export function leaderLeverage(record: BattleRecord, fit: Fit): Leverage | null {
  const order = [...record.players.keys()].sort((a, b) => (fit.theta[b] as number) - (fit.theta[a] as number) || a - b);
  const [leader, ...others] = order;
  if (leader === undefined || others.length === 0) return null;
  const factored = new Factored(derivatives(record, fit.theta, virtualTieOf(fit)).information, record.players.length);
  let best: { challenger: number; votes: number } | undefined;
  for (const challenger of others.slice(0, CHALLENGERS)) {
    const groups = influential(record, fit, factored, leader, challenger);
    const votes = fewestVotes(record, fit, groups, leader, challenger, best?.votes ?? Number.POSITIVE_INFINITY);
    if (votes !== undefined) best = { challenger, votes };
  }
  if (best === undefined) return null;
  return {
    leader: record.players[leader] ?? "",
    challenger: record.players[best.challenger] ?? "",
    votes: best.votes,
    of: record.battles,
  };
}

/** Battles that hold the leader in front of the challenger, most influential first. */
function influential(
  record: BattleRecord,
  { theta }: Fit,
  factored: Factored,
  leader: number,
  challenger: number,
): Group[] {
  const direction = new Float64Array(record.players.length);
  direction[challenger] = 1;
  direction[leader] = -1;
  const pull = factored.solve(direction);
  const groups: Group[] = [];
  record.pairs.forEach((pair, index) => {
    const p = logistic((theta[pair.a] as number) - (theta[pair.b] as number));
    for (const [outcome, score] of OUTCOMES) {
      const effect = (p - score) * ((pull[pair.a] as number) - (pull[pair.b] as number));
      if (effect > 0 && pair[outcome] > 0) groups.push({ pair: index, outcome, effect, count: pair[outcome] });
    }
  });
  return groups.sort((x, y) => y.effect - x.effect || x.pair - y.pair);
}

/** The fewest votes off the front of `groups` that put the challenger in front; undefined if not below `limit`. */
function fewestVotes(
  record: BattleRecord,
  fit: Fit,
  groups: readonly Group[],
  leader: number,
  challenger: number,
  limit: number,
): number | undefined {
  const most = Math.min(
    limit - 1,
    groups.reduce((sum, { count }) => sum + count, 0),
  );
  const overtakes = (votes: number): boolean => {
    const { theta } = fitBradleyTerry(without(record, groups, votes), fit.theta);
    return (theta[challenger] as number) > (theta[leader] as number) + MARGIN;
  };
  const gap = (fit.theta[leader] as number) - (fit.theta[challenger] as number);
  let high = Math.min(most, Math.max(1, linearEstimate(groups, gap)));
  let low = 0;
  if (most < 1) return undefined;
  while (!overtakes(high)) {
    if (high >= most) return undefined;
    low = high;
    high = Math.min(most, Math.ceil(high * 1.3) + 1);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (overtakes(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Votes it takes if each keeps the influence it has now. */
function linearEstimate(groups: readonly Group[], gap: number): number {
  let votes = 0;
  let left = gap;
  for (const { effect, count } of groups) {
    const need = Math.floor(left / effect) + 1;
    if (need <= count) return votes + need;
    votes += count;
    left -= effect * count;
  }
  return votes;
}

/** The record without the first `votes` battles of these groups; only what a fit reads is kept right. */
function without(record: BattleRecord, groups: readonly Group[], votes: number): BattleRecord {
  const pairs: { -readonly [Key in keyof PairRecord]: number }[] = record.pairs.map((pair) => ({ ...pair }));
  let left = votes;
  for (const { pair, outcome, count } of groups) {
    const taken = Math.min(left, count);
    const sums = pairs[pair];
    if (sums === undefined || taken === 0) break;
    sums[outcome] -= taken;
    sums.n -= taken;
    left -= taken;
  }
  return {
    players: record.players,
    pairs: pairs.filter(({ n }) => n > 0),
    battles: record.battles - votes + left,
  };
}
