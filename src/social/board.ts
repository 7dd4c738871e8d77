import type { RankedAgent } from "../arena/rank.ts";
import { DailySeries, type Series } from "../arena/series.ts";
import { ranksOf } from "../base/score-ranks.ts";
import type { ArenaStore } from "../store/arena-store.ts";
import { type StoreScoring, scoreStore } from "./scoring.ts";

const DAY_SECONDS = 86_400;
/** Days of a sparkline: a week. */
export const BOARD_DAYS = 7;

/** One line of the arena's leaderboard. */
export interface BoardRow extends RankedAgent {
  /** Equal scores share a rank. */
  readonly rank: number;
  /** Places won since a day before; null for who was not ranked then. */
  readonly change: number | null;
  readonly series: Series;
  /** What the mechanism would pay a day for this share; undefined where the chain was not asked. */
  readonly taoPerDayRao: bigint | undefined;
}

export interface Board {
  /** End of the window, seconds since the Unix epoch. */
  readonly at: number;
  readonly posts: number;
  readonly scored: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly rows: readonly BoardRow[];
}

export interface BoardInput extends Omit<StoreScoring, "options" | "asOf"> {
  readonly options: StoreScoring["options"] & { readonly at: number };
  /** All that the mechanism pays its miners a day, in rao. */
  readonly payPerDayRao?: bigint | undefined;
}

const keyOf = ({ uid, userIds }: RankedAgent): string => (uid === null ? `user ${userIds[0]}` : `uid ${uid}`);

/**
 * The leaderboard of now, beside the one of a day before: the same formula over the posts up to then, with the counters
 * that were known then.
 */
export function boardOf(store: ArenaStore, input: BoardInput): Board {
  const { options } = input;
  const yesterday = options.at - DAY_SECONDS;
  const now = scoreStore(store, input);
  const before = scoreStore(store, { ...input, options: { ...options, at: yesterday }, asOf: yesterday });
  const ranks = ranksOf(now.agents);
  const ranksThen = ranksOf(before.agents);
  const ranksBefore = new Map(before.agents.map((agent, index) => [keyOf(agent), ranksThen[index] ?? 0]));
  const days = new DailySeries(options.registry, options.at, BOARD_DAYS);
  store.authors.readAll(days, options.at - BOARD_DAYS * DAY_SECONDS);
  store.posts.readAll(days);
  return {
    at: options.at,
    posts: now.posts,
    scored: now.scored,
    skipped: now.skipped,
    rows: now.agents.map((agent, index) => {
      const rank = ranks[index] ?? 0;
      const rankBefore = ranksBefore.get(keyOf(agent));
      return {
        ...agent,
        rank,
        change: rankBefore === undefined ? null : rankBefore - rank,
        series: days.finish(agent.userIds),
        taoPerDayRao:
          input.payPerDayRao === undefined
            ? undefined
            : (input.payPerDayRao * BigInt(Math.round(agent.share * 1e9))) / 1_000_000_000n,
      };
    }),
  };
}
