/**
 * `colosseum/ratings`: what votes say about skill and about voters.
 *
 * ```ts
 * import { BattleTable, ratePlayers } from "colosseum/ratings";
 *
 * const table = new BattleTable();
 * table.add({ first: "alice", second: "bob", wins: 7, losses: 3, ties: 0 });
 * console.table(ratePlayers(table.record()).standings);
 * ```
 *
 * @packageDocumentation
 */
export { type BattleRecord, BattleTable, type Duel, type PairRecord } from "../ratings/battles.ts";
export { fairCoin, lowerTail, type Share, upperTail, wilson } from "../ratings/binomial.ts";
export { type Fit, fitBradleyTerry, isStronglyConnected, logistic } from "../ratings/bradley-terry.ts";
export {
  findGroups,
  GROUP_FALSE_ALARM_RATE,
  type GroupTest,
  type SuspectGroup,
  worldsFor,
} from "../ratings/group-test.ts";
export { standardErrors } from "../ratings/intervals.ts";
export {
  MEAN_RATING,
  POINTS,
  PROVISIONAL_BELOW,
  type Ratings,
  ratePlayers,
  type Standing,
  sharedRanks,
} from "../ratings/leaderboard.ts";
export { type Leverage, leaderLeverage } from "../ratings/leverage.ts";
export { type DuelVotes, type VoteTable, voteTable } from "../ratings/vote-table.ts";
