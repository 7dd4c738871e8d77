import { below, type Random, uniform } from "../../../src/base/random.ts";
import { type BattleRecord, BattleTable } from "../../../src/ratings/battles.ts";

/** Names that sort like their numbers. */
export const playerName = (place: number): string => `p${String(place).padStart(3, "0")}`;

/** Evenly spread natural-log strengths, mean 0, ascending. */
export const spreadStrengths = (players: number, spread: number): number[] =>
  Array.from({ length: players }, (_, place) => spread * (place / (players - 1) - 0.5));

/** Battles between random pairs that follow Bradley–Terry with these strengths, `votes` on each pair of outputs. */
export function plantedBattles(random: Random, strengths: readonly number[], tasks: number, votes = 1): BattleRecord {
  const table = new BattleTable();
  for (let task = 0; task < tasks; task++) {
    const first = below(random, strengths.length);
    const other = below(random, strengths.length - 1);
    const second = other >= first ? other + 1 : other;
    const p = 1 / (1 + Math.exp((strengths[second] ?? 0) - (strengths[first] ?? 0)));
    let wins = 0;
    for (let vote = 0; vote < votes; vote++) if (uniform(random) < p) wins++;
    table.add({ first: playerName(first), second: playerName(second), wins, losses: votes - wins, ties: 0 });
  }
  return table.record();
}
