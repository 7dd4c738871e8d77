import type { CrowdModel } from "./crowd-model.ts";
import type { VoteTable } from "./vote-table.ts";

/** How often two voters agreed on duels that both judged, and how often two honest ones of their accuracy would. */
export interface PairAgreement {
  readonly a: number;
  readonly b: number;
  readonly tasks: number;
  readonly agree: number;
  /** Expected number of agreements. */
  readonly expected: number;
  /** Standardised difference. */
  readonly z: number;
}

/**
 * Agreement of every two voters with a duel in common. Two honest voters agree when both are right or both are wrong:
 * more than that is beyond chance.
 */
export function pairAgreements(table: VoteTable, model: CrowdModel): PairAgreement[] {
  const n = table.people.length;
  const tasks = new Uint32Array(n * n);
  const agree = new Uint32Array(n * n);
  const { start, voter, choice } = table;
  for (let t = 0; t < table.firstAuthor.length; t++) {
    const to = start[t + 1] as number;
    for (let i = start[t] as number; i < to; i++) {
      const row = (voter[i] as number) * n;
      for (let j = i + 1; j < to; j++) {
        const at = row + (voter[j] as number);
        tasks[at] = (tasks[at] as number) + 1;
        if (choice[i] === choice[j]) agree[at] = (agree[at] as number) + 1;
      }
    }
  }
  const pairs: PairAgreement[] = [];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const common = tasks[a * n + b] as number;
      if (common === 0) continue;
      const chance = agreementChance(model.accuracy[a] as number, model.accuracy[b] as number);
      const same = agree[a * n + b] as number;
      const expected = common * chance;
      const z = (same - expected) / Math.sqrt(common * chance * (1 - chance));
      pairs.push({ a, b, tasks: common, agree: same, expected, z });
    }
  }
  return pairs;
}

/** How often two independent voters of these accuracies agree. */
const agreementChance = (p: number, q: number): number => p * q + (1 - p) * (1 - q);
