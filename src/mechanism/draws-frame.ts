import { compareInstants, type Instant, parseInstant } from "./instant.ts";
import { taskCommitment } from "./task-commitment.ts";
import type { Interval, Task } from "./task-log.ts";

/** Where a log says something else than it must: the field, what it must say, what it says. */
export type Broken = readonly [field: string, expected: string, found: string];

/** Tasks belong to the interval that was open when they were drawn, and it closes after the last of them. */
export function checkSpan(interval: Interval, tasks: readonly Task[]): Broken | undefined {
  const [openedAt, closedAt] = [instantOf(interval["openedAt"]), instantOf(interval.closedAt)];
  for (const { createdAt, expiresAt } of tasks) {
    const [from, to] = [instantOf(createdAt), instantOf(expiresAt)];
    if (openedAt !== undefined && from !== undefined && compareInstants(from, openedAt) < 0)
      return ["openedAt", `not after ${createdAt}`, String(interval["openedAt"])];
    if (closedAt !== undefined && to !== undefined && compareInstants(closedAt, to) < 0)
      return ["closedAt", `not before ${expiresAt}`, String(interval.closedAt)];
  }
  return undefined;
}

const instantOf = (value: unknown): Instant | undefined =>
  typeof value === "string" ? parseInstant(value) : undefined;

/** All tasks of a round are drawn at one instant, and those that come to a vote open and end at one, whatever their kind. */
export function checkTimes(tasks: readonly Task[]): readonly [...Broken, task: string] | undefined {
  const voted = tasks.filter(({ votingOpensAt, votes }) => votingOpensAt !== undefined || votes.length > 0);
  for (const [field, those] of [
    ["createdAt", tasks],
    ["votingOpensAt", voted],
    ["expiresAt", voted],
  ] as const) {
    const expected = those[0]?.[field];
    const other = those.find((task) => task[field] !== expected);
    if (other !== undefined) return [field, String(expected), String(other[field]), other.id];
  }
  return undefined;
}

/** What the validator bound itself to before the vote; a task that never came to one has no commitment. */
export function checkCommitment(salt: Uint8Array, task: Task): Broken | undefined {
  const { commitment, prompt } = task as { readonly commitment?: unknown; readonly prompt?: unknown };
  if (commitment === undefined && (prompt === undefined || task.votes.length === 0)) return undefined;
  if (typeof prompt !== "string") return ["prompt", "the text that was committed to", "missing"];
  const baseline = task.completions.find(({ source }) => source === "validator")?.["sha256"] ?? null;
  const expected = taskCommitment(salt, prompt, baseline === null ? null : String(baseline));
  return commitment === expected ? undefined : ["commitment", expected, String(commitment ?? "missing")];
}
