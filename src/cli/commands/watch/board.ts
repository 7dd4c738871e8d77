import type { Task } from "../../../mechanism/task-log.ts";
import { BattleTable, type Duel } from "../../../ratings/battles.ts";
import { battleOf, leaderboardOf } from "../../../simulate/leaderboard.ts";
import type { BoardLine, WatchEvent } from "../../../ui/watch-events.ts";

/** Battles of more intervals than these no longer say how good somebody is now. */
export const RATED_INTERVALS = 20;

/** The duels among an interval's tasks. */
export const duelsOf = (tasks: readonly Task[]): Duel[] =>
  tasks.flatMap((task) => {
    const duel = battleOf(task, false);
    return duel === undefined ? [] : [duel];
  });

/** Ratings from the duels of settled intervals, beside scores where they are known. */
export function boardEvent(
  duels: readonly Duel[],
  scores: Readonly<Record<string, number>> | undefined,
  atMs: number,
): WatchEvent {
  const table = new BattleTable();
  for (const duel of duels) table.add(duel);
  const { players, battles } = leaderboardOf(table);
  const rated = new Map(players.map((player) => [player.hotkey, player]));
  const hotkeys = new Set([...rated.keys(), ...Object.keys(scores ?? {})]);
  const rows = [...hotkeys].map((hotkey): BoardLine => {
    const player = rated.get(hotkey);
    return {
      hotkey,
      score: scores?.[hotkey] ?? null,
      rating: player === undefined ? null : { mean: player.rating, low: player.low, high: player.high },
      rank: player?.rank ?? null,
      battles: player?.battles ?? 0,
      provisional: player?.provisional ?? true,
    };
  });
  const lowest = Number.NEGATIVE_INFINITY;
  rows.sort((a, b) => (b.rating?.mean ?? lowest) - (a.rating?.mean ?? lowest) || (b.score ?? 0) - (a.score ?? 0));
  return { type: "board", atMs, battles, rows };
}
