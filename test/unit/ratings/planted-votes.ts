import { below, type Random, shuffled, uniform } from "../../../src/base/random.ts";
import type { DuelVotes } from "../../../src/ratings/vote-table.ts";

export interface Crowd {
  readonly miners: number;
  readonly tasks: number;
  /** Voters of each task, drawn; everybody but the two authors by default. */
  readonly votersPerTask?: number;
  /** Members 0 … ring − 1 always vote for each other and have quality `ringQuality`. */
  readonly ring?: number;
  readonly ringQuality?: number;
  /** Natural-log quality and accuracy by miner; default 0 and 0.8. */
  readonly quality?: (miner: number) => number;
  readonly accuracy?: (miner: number) => number;
}

export const minerName = (place: number): string => `m${String(place).padStart(3, "0")}`;

/** Duels between random miners: one output is better by Bradley–Terry, and each voter sees it with its accuracy. */
export function plantedDuels(random: Random, crowd: Crowd): DuelVotes[] {
  const ring = crowd.ring ?? 0;
  const quality = (miner: number): number => (miner < ring ? (crowd.ringQuality ?? 0) : (crowd.quality?.(miner) ?? 0));
  return Array.from({ length: crowd.tasks }, () => {
    const a = below(random, crowd.miners);
    const other = below(random, crowd.miners - 1);
    const b = other >= a ? other + 1 : other;
    const firstIsBetter = uniform(random) < 1 / (1 + Math.exp(quality(b) - quality(a)));
    const everyone = Array.from({ length: crowd.miners }, (_, miner) => miner).filter(
      (miner) => miner !== a && miner !== b,
    );
    const voters =
      crowd.votersPerTask === undefined ? everyone : shuffled(random, everyone).slice(0, crowd.votersPerTask);
    const votes = voters.map((voter) => {
      const right = uniform(random) < (crowd.accuracy?.(voter) ?? 0.8);
      const honest = right === firstIsBetter ? 0 : 1;
      const favourite = voter >= ring || a < ring === b < ring ? honest : a < ring ? 0 : 1;
      return { voter: minerName(voter), choice: favourite as 0 | 1 };
    });
    return { authors: [minerName(a), minerName(b)] as const, votes };
  });
}
