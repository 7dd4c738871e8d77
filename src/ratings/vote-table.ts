import { compareText } from "../base/text.ts";

/** One duel: who made the two outputs, and who voted for which (0 or 1). */
export interface DuelVotes {
  readonly authors: readonly [string, string];
  readonly votes: readonly { readonly voter: string; readonly choice: 0 | 1 }[];
}

/** All votes in duels, as columns. People are voters and authors alike. */
export interface VoteTable {
  /** By name (UTF-16 code units). */
  readonly people: readonly string[];
  /** Author of output 0 and 1, by task. */
  readonly firstAuthor: Int32Array;
  readonly secondAuthor: Int32Array;
  /** Votes of task t are `start[t] … start[t + 1] − 1`, by voter. */
  readonly start: Int32Array;
  readonly voter: Int32Array;
  /** 0 or 1. */
  readonly choice: Uint8Array;
}

/** Columns of these duels, in their order. */
export function voteTable(duels: readonly DuelVotes[]): VoteTable {
  const names = new Set<string>();
  let count = 0;
  for (const { authors, votes } of duels) {
    for (const author of authors) names.add(author);
    for (const { voter } of votes) names.add(voter);
    count += votes.length;
  }
  const people = [...names].sort(compareText);
  const place = new Map(people.map((name, index) => [name, index]));
  const placeOf = (name: string): number => place.get(name) ?? 0;
  const start = new Int32Array(duels.length + 1);
  const voter = new Int32Array(count);
  const choice = new Uint8Array(count);
  let next = 0;
  duels.forEach(({ votes }, task) => {
    start[task] = next;
    const sorted = votes.map((vote) => ({ voter: placeOf(vote.voter), choice: vote.choice }));
    for (const vote of sorted.sort((a, b) => a.voter - b.voter)) {
      voter[next] = vote.voter;
      choice[next++] = vote.choice;
    }
  });
  start[duels.length] = next;
  return {
    people,
    firstAuthor: Int32Array.from(duels, ({ authors }) => placeOf(authors[0])),
    secondAuthor: Int32Array.from(duels, ({ authors }) => placeOf(authors[1])),
    start,
    voter,
    choice,
  };
}
