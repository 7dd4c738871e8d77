import { type Random, uniform } from "../base/random.ts";
import { logistic } from "./bradley-terry.ts";
import { type CrowdModel, fitCrowd } from "./crowd-model.ts";
import { favourOf } from "./favour.ts";
import { type Group, strongestGroup } from "./groups.ts";
import type { VoteTable } from "./vote-table.ts";

/** Probability, at most, that an honest log shows any group at all. */
export const GROUP_FALSE_ALARM_RATE = 0.01;
/** Expectation–maximisation rounds for a simulated log, beginning from the model that made it. */
const REFIT_ROUNDS = 4;

/** A group that an honest world would hardly show. */
export interface SuspectGroup {
  /** Names, ascending. */
  readonly members: readonly string[];
  /** Mutual votes beyond expectation, of `votes`. */
  readonly excess: number;
  readonly votes: number;
  readonly score: number;
  /** Share of honest worlds, simulated on the same tasks and voters, that show a group as strong (at least 1 / (worlds + 1)). */
  readonly p: number;
}

export interface GroupTest {
  readonly groups: readonly SuspectGroup[];
  /** Honest worlds that were simulated. */
  readonly worlds: number;
}

/** How many honest worlds to simulate: as many as a few seconds allow, never fewer than the rate needs. */
export const worldsFor = (votes: number): number =>
  Math.max(199, Math.min(499, Math.floor(60_000_000 / Math.max(1, votes))));

/** The strongest group of one simulated honest world: same tasks, same voters, votes as the model has them. */
function strongestByChance(table: VoteTable, model: CrowdModel, random: Random, free: ReadonlySet<number>): number {
  const choice = new Uint8Array(table.choice.length);
  for (let t = 0; t < table.firstAuthor.length; t++) {
    const firstIsBetter = uniform(random) < logistic(model.logOdds[t] as number);
    for (let i = table.start[t] as number; i < (table.start[t + 1] as number); i++) {
      const right = uniform(random) < (model.accuracy[table.voter[i] as number] as number);
      choice[i] = right === firstIsBetter ? 0 : 1;
    }
  }
  const world = { ...table, choice };
  return strongestGroup(favourOf(world, fitCrowd(world, model, REFIT_ROUNDS)), free)?.score ?? Number.NEGATIVE_INFINITY;
}

/**
 * Looks for groups whose members vote for each other beyond chance. Chance is an honest world fitted to the same votes:
 * skilled and unskilled voters, strong and weak authors, but nobody who cares whose output it is. It is simulated many
 * times and searched in the same way, so that searching, estimating and small numbers are all accounted for; the rate
 * of {@link GROUP_FALSE_ALARM_RATE} holds for the whole log, not for each group.
 *
 * @param worlds - Honest worlds to simulate, ≥ 99; more make the p-values finer.
 */
export function* findGroups(table: VoteTable, random: Random, worlds: number): Generator<undefined, GroupTest> {
  const free = new Set(table.people.keys());
  const model = fitCrowd(table);
  const favour = favourOf(table, model);
  let strongest = strongestGroup(favour, free);
  // Scores of 0 and less are what searching gives by itself: no need to simulate.
  if (strongest === undefined || strongest.score <= 0) return { groups: [], worlds: 0 };
  const chance: number[] = [];
  for (let world = 0; world < worlds; world++) {
    chance.push(strongestByChance(table, model, random, free));
    // Once enough worlds show as much, no number of further ones can make it a group.
    if (pValue(chance, strongest.score, worlds) > GROUP_FALSE_ALARM_RATE) return { groups: [], worlds: world + 1 };
    yield undefined;
  }
  const groups: SuspectGroup[] = [];
  while (strongest !== undefined) {
    const { score, members }: Group = strongest;
    const p = pValue(chance, score, worlds);
    if (p > GROUP_FALSE_ALARM_RATE) break;
    groups.push({
      members: members.map((place) => table.people[place] ?? ""),
      excess: strongest.excess,
      votes: mutualVotes(table, new Set(members)),
      score,
      p,
    });
    for (const member of members) free.delete(member);
    strongest = strongestGroup(favour, free);
  }
  return { groups, worlds };
}

/** Share of worlds with a group as strong, the observed one counted among them. */
const pValue = (chance: readonly number[], score: number, worlds: number): number =>
  (1 + chance.filter((other) => other >= score).length) / (worlds + 1);

/** Votes of members on duels of exactly one member against somebody else. */
function mutualVotes(table: VoteTable, members: ReadonlySet<number>): number {
  let votes = 0;
  for (let t = 0; t < table.firstAuthor.length; t++) {
    if (members.has(table.firstAuthor[t] as number) === members.has(table.secondAuthor[t] as number)) continue;
    for (let i = table.start[t] as number; i < (table.start[t + 1] as number); i++) {
      if (members.has(table.voter[i] as number)) votes++;
    }
  }
  return votes;
}
