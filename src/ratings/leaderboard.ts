import { compareText } from "../base/text.ts";
import { type BattleRecord, battlesByPlayer } from "./battles.ts";
import { type Fit, fitBradleyTerry } from "./bradley-terry.ts";
import { reaches95, standardErrors } from "./intervals.ts";

/** Rating points per unit of natural-log strength: 400 points are odds of 10 to 1, as with Elo. */
export const POINTS = 400 / Math.LN10;
/** The average player's rating. */
export const MEAN_RATING = 1_000;
/** Below this many battles a rating is provisional. */
export const PROVISIONAL_BELOW = 30;

export interface Standing {
  readonly hotkey: string;
  readonly rating: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** 1 + how many are better beyond their intervals: overlapping intervals share a rank. */
  readonly rank: number;
  readonly battles: number;
  readonly provisional: boolean;
}

export interface Ratings {
  /** Rating descending, then hotkey ascending by code unit. */
  readonly standings: readonly Standing[];
  readonly fit: Fit;
}

/**
 * Rates everybody with a battle: Bradley–Terry on the scale 1000 + 400/ln 10 · θ with mean θ 0, and ranks that respect
 * the intervals.
 */
export function ratePlayers(record: BattleRecord): Ratings {
  const fit = fitBradleyTerry(record);
  const errors = standardErrors(record, fit);
  const reaches = reaches95(record);
  const battles = battlesByPlayer(record);
  const rows = record.players.map((hotkey, place) => {
    const rating = MEAN_RATING + POINTS * (fit.theta[place] as number);
    const reach = (reaches[place] ?? 0) * POINTS * (errors[place] as number);
    const count = battles[place] ?? 0;
    return {
      hotkey,
      rating,
      low: rating - reach,
      high: rating + reach,
      battles: count,
      provisional: count < PROVISIONAL_BELOW,
    };
  });
  const ranked = sharedRanks(rows);
  const standings = rows
    .map((row, index) => ({ ...row, rank: ranked[index] ?? 1 }))
    .map(({ hotkey, rating, low, high, rank, battles: count, provisional }) => ({
      hotkey,
      rating,
      low,
      high,
      rank,
      battles: count,
      provisional,
    }))
    .sort((a, b) => b.rating - a.rating || compareText(a.hotkey, b.hotkey));
  return { standings, fit };
}

/** 1 + the number of others whose whole interval lies above one's own. */
export function sharedRanks(intervals: readonly { readonly low: number; readonly high: number }[]): number[] {
  const lows = intervals.map(({ low }) => low).sort((a, b) => b - a);
  return intervals.map(({ high }) => {
    let better = 0;
    while ((lows[better] ?? Number.NEGATIVE_INFINITY) > high) better++;
    return better + 1;
  });
}
