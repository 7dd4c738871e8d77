import { logistic } from "./bradley-terry.ts";
import { type CrowdModel, logit } from "./crowd-model.ts";
import type { VoteTable } from "./vote-table.ts";

/** How much each voter favours each author: row-major, people × people. */
export interface Favour {
  readonly people: number;
  /** Votes for the author beyond what the honest world expects of this voter. */
  readonly excess: Float64Array;
  /** Variance of that in the honest world. */
  readonly variance: Float64Array;
}

/**
 * Compares each vote with what the honest world expects of it, given everybody else's votes on the same duel and the
 * voter's own accuracy. A vote for one author is a vote against the other.
 */
export function favourOf(table: VoteTable, model: CrowdModel): Favour {
  const people = table.people.length;
  const excess = new Float64Array(people * people);
  const variance = new Float64Array(people * people);
  const { firstAuthor, secondAuthor, start, voter, choice } = table;
  for (let t = 0; t < firstAuthor.length; t++) {
    const [a, b] = [firstAuthor[t] as number, secondAuthor[t] as number];
    for (let i = start[t] as number; i < (start[t + 1] as number); i++) {
      const v = voter[i] as number;
      const accuracy = model.accuracy[v] as number;
      const own = logit(accuracy);
      const others = (model.logOdds[t] as number) - (choice[i] === 0 ? own : -own);
      const better = logistic(others);
      const expected = accuracy * better + (1 - accuracy) * (1 - better);
      const residual = (choice[i] === 0 ? 1 : 0) - expected;
      const spread = expected * (1 - expected);
      excess[v * people + a] = (excess[v * people + a] as number) + residual;
      excess[v * people + b] = (excess[v * people + b] as number) - residual;
      variance[v * people + a] = (variance[v * people + a] as number) + spread;
      variance[v * people + b] = (variance[v * people + b] as number) + spread;
    }
  }
  return { people, excess, variance };
}
