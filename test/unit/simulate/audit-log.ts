import { seededRandom } from "../../../src/base/random.ts";
import { ruleSetOfHeader } from "../../../src/mechanism/rule-set.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import type { Task, TaskLog } from "../../../src/mechanism/task-log.ts";
import type { DuelVotes } from "../../../src/ratings/vote-table.ts";
import { type Crowd, plantedDuels } from "../ratings/planted-votes.ts";

const OPENS_MS = Date.parse("2026-01-01T00:00:00Z");
const instant = (ms: number): string => new Date(ms).toISOString();

/** A task of two miners' outputs with these votes, open for an hour. */
export const taskOf = (id: string, { authors, votes }: DuelVotes, change: object = {}): Task => ({
  id,
  interval: 0,
  kind: "duel",
  createdAt: instant(OPENS_MS),
  expiresAt: instant(OPENS_MS + 3_600_000),
  validator: "V",
  generators: [...authors],
  completions: authors.map((by, index) => ({ id: `c${index + 1}`, by, source: "miner" as const })),
  votes: votes.map(({ voter, choice }, index) => ({
    voter,
    completion: `c${choice + 1}`,
    at: instant(OPENS_MS + 1_000 * (index + 1)),
  })),
  ...change,
});

/** Duels of a planted crowd, as tasks t0, t1, … */
export function crowdTasks(seed: string, crowd: Crowd): Task[] {
  return plantedDuels(seededRandom(seed), crowd).map((duel, index) => taskOf(`t${index}`, duel));
}

/** The log of these tasks with the scores that follow from them. */
export function settledLog(tasks: readonly Task[]): TaskLog {
  const board = new Scoreboard(ruleSetOfHeader({}));
  for (const task of tasks) board.addTask(task);
  return { validator: "V", intervals: [{ n: 0, scores: Object.fromEntries(board.scores()) }], tasks };
}
