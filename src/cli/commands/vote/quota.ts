import type { Person } from "./person-file.ts";

/** How many duels a person wants to vote on a day; a changed vote on the same duel is no second one. */
export interface Quota {
  /** undefined: no limit was set. */
  readonly perDay: number | undefined;
  /** Votes left today. */
  left(): number;
  /** Whether a vote on this duel is within it. */
  allows(duel: string): boolean;
  count(duel: string): void;
  /** Duels voted on in this session. */
  readonly duels: number;
}

/** A day's quota of votes, counted over all sessions of the day. */
export function openQuota(person: Person, perDay: number | undefined): Quota {
  const voted = new Set<string>();
  const left = (): number => (perDay === undefined ? Number.POSITIVE_INFINITY : Math.max(0, perDay - person.votes()));
  return {
    perDay,
    left,
    allows: (duel) => voted.has(duel) || left() >= 1,
    count: (duel) => {
      if (voted.has(duel)) return;
      voted.add(duel);
      person.countVote();
    },
    get duels() {
      return voted.size;
    },
  };
}
