import { logistic } from "./bradley-terry.ts";
import type { VoteTable } from "./vote-table.ts";

/** What a voter's accuracy is taken for before its votes are seen: as if 2 of 3 votes had been right. */
const PRIOR_RIGHT = 2;
const PRIOR_VOTES = 3;
/** Likewise for how often an author's output is the better one: 1 of 2. */
const PRIOR_WINS = 1;
const PRIOR_DUELS = 2;
/** Accuracies are kept off 0 and 1, so that no single voter decides a duel. */
const LOWEST = 0.05;
const HIGHEST = 0.98;
const ROUNDS = 12;

/** The honest world: in each duel one output is better, and each voter sees which with an accuracy of its own. */
export interface CrowdModel {
  /** By person; {@link PRIOR_RIGHT} / {@link PRIOR_VOTES} for who never voted. */
  readonly accuracy: Float64Array;
  /** Log odds, given all votes, that output 0 of a task is the better one. */
  readonly logOdds: Float64Array;
}

export const logit = (p: number): number => Math.log(p / (1 - p));

/**
 * Fits the honest world by expectation–maximisation: duels are won by authors at their own rates, and votes are right
 * at their voters' rates, independently given which output is better.
 *
 * @param rounds - Fewer suffice when beginning from a fit of nearly the same votes.
 * @see Dawid and Skene 1979, "Maximum likelihood estimation of observer error-rates"; the one-coin form.
 */
export function fitCrowd(table: VoteTable, from?: CrowdModel, rounds = ROUNDS): CrowdModel {
  const { people, firstAuthor, secondAuthor, start, voter, choice } = table;
  const tasks = firstAuthor.length;
  const accuracy = from === undefined ? new Float64Array(people.length).fill(0.7) : Float64Array.from(from.accuracy);
  const winRate = new Float64Array(people.length).fill(0.5);
  const logOdds = new Float64Array(tasks);
  const weight = new Float64Array(people.length);
  for (let round = 0; round < rounds; round++) {
    for (let v = 0; v < people.length; v++) weight[v] = logit(accuracy[v] as number);
    const right = new Float64Array(people.length).fill(PRIOR_RIGHT);
    const voted = new Float64Array(people.length).fill(PRIOR_VOTES);
    const wins = new Float64Array(people.length).fill(PRIOR_WINS);
    const duels = new Float64Array(people.length).fill(PRIOR_DUELS);
    for (let t = 0; t < tasks; t++) {
      const [a, b] = [firstAuthor[t] as number, secondAuthor[t] as number];
      let odds = logit(winRate[a] as number) - logit(winRate[b] as number);
      const [from0, to] = [start[t] as number, start[t + 1] as number];
      for (let i = from0; i < to; i++) {
        const says = weight[voter[i] as number] as number;
        odds += choice[i] === 0 ? says : -says;
      }
      logOdds[t] = odds;
      const better = logistic(odds);
      wins[a] = (wins[a] as number) + better;
      wins[b] = (wins[b] as number) + 1 - better;
      duels[a] = (duels[a] as number) + 1;
      duels[b] = (duels[b] as number) + 1;
      for (let i = from0; i < to; i++) {
        const v = voter[i] as number;
        right[v] = (right[v] as number) + (choice[i] === 0 ? better : 1 - better);
        voted[v] = (voted[v] as number) + 1;
      }
    }
    for (let v = 0; v < people.length; v++) {
      accuracy[v] = Math.min(HIGHEST, Math.max(LOWEST, (right[v] as number) / (voted[v] as number)));
      winRate[v] = (wins[v] as number) / (duels[v] as number);
    }
  }
  return { accuracy, logOdds };
}
