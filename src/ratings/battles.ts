import { compareText } from "../base/text.ts";

/** All battles between two players, seen from the one whose name comes first. */
export interface PairRecord {
  /** Places in the players' order, `a < b`. */
  readonly a: number;
  readonly b: number;
  /** Battles. */
  readonly n: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Tasks (pairs of outputs) that the battles belong to. */
  readonly tasks: number;
  /** Σ over tasks of (battles in it)². */
  readonly sizeSq: number;
  /** Σ over tasks of battles × score. */
  readonly sizeScore: number;
  /** Σ over tasks of score², a score being wins + ties / 2. */
  readonly scoreSq: number;
}

export interface BattleRecord {
  /** Everybody with a battle, by name (UTF-16 code units). */
  readonly players: readonly string[];
  readonly pairs: readonly PairRecord[];
  /** Battles altogether. */
  readonly battles: number;
}

/** Outcomes of the votes on one pair of outputs, from `first`'s side. */
export interface Duel {
  readonly first: string;
  readonly second: string;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

type Sums = { -readonly [Key in Exclude<keyof PairRecord, "a" | "b">]: number };

/**
 * Collects battles. Votes on the same pair of outputs are not independent: whoever has the better output wins most of
 * them. They are added together, as one duel, and the intervals treat them so.
 */
export class BattleTable {
  readonly #pairs = new Map<string, Map<string, Sums>>();

  /** @throws RangeError if the two are the same or a count is negative or no whole number. */
  add(duel: Duel): void {
    if (duel.first === duel.second) throw new RangeError(`${duel.first} cannot meet itself`);
    for (const count of [duel.wins, duel.losses, duel.ties]) {
      if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is no number of battles`);
    }
    const swapped = compareText(duel.first, duel.second) > 0;
    const [low, high] = swapped ? [duel.second, duel.first] : [duel.first, duel.second];
    const [wins, losses] = swapped ? [duel.losses, duel.wins] : [duel.wins, duel.losses];
    const size = wins + losses + duel.ties;
    if (size === 0) return;
    const sums = this.#sums(low, high);
    const score = wins + duel.ties / 2;
    sums.n += size;
    sums.tasks++;
    sums.wins += wins;
    sums.losses += losses;
    sums.ties += duel.ties;
    sums.sizeSq += size * size;
    sums.sizeScore += size * score;
    sums.scoreSq += score * score;
  }

  #sums(low: string, high: string): Sums {
    const row = this.#pairs.get(low) ?? new Map<string, Sums>();
    this.#pairs.set(low, row);
    const sums = row.get(high) ?? { n: 0, wins: 0, losses: 0, ties: 0, tasks: 0, sizeSq: 0, sizeScore: 0, scoreSq: 0 };
    row.set(high, sums);
    return sums;
  }

  /** What was added, in an order that does not depend on the order of adding. */
  record(): BattleRecord {
    const names = new Set<string>();
    for (const [low, row] of this.#pairs) for (const high of row.keys()) names.add(low).add(high);
    const players = [...names].sort(compareText);
    const placeOf = new Map(players.map((name, place) => [name, place]));
    const pairs: PairRecord[] = [];
    let battles = 0;
    players.forEach((low, a) => {
      const row = [...(this.#pairs.get(low) ?? [])].sort(([x], [y]) => compareText(x, y));
      for (const [high, sums] of row) {
        pairs.push({ a, b: placeOf.get(high) ?? 0, ...sums });
        battles += sums.n;
      }
    });
    return { players, pairs, battles };
  }
}

/** Battles of each player, by place. */
export function battlesByPlayer({ players, pairs }: BattleRecord): number[] {
  const counts = players.map(() => 0);
  for (const { a, b, n } of pairs) {
    counts[a] = (counts[a] ?? 0) + n;
    counts[b] = (counts[b] ?? 0) + n;
  }
  return counts;
}
