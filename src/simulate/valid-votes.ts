import { compareInstants, type Instant, parseInstant } from "../mechanism/instant.ts";
import type { Completion, Task, Vote } from "../mechanism/task-log.ts";

/** A vote that counts. */
export interface ValidVote {
  readonly voter: string;
  /** The chosen completion; null for a tie. */
  readonly completion: Completion | null;
  readonly at: Instant;
  readonly vote: Vote;
}

/** The task without its votes for no completion (`null`), which the format itself does not know; else unchanged. */
export function withoutTies(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("votes" in value) || !Array.isArray(value.votes)) return value;
  const votes: unknown[] = value.votes.map((vote: unknown) =>
    isTie(vote) ? { ...(vote as object), completion: "" } : vote,
  );
  return { ...value, votes };
}

/** A vote that says that neither output is better: `"completion": null`, in imported battles. */
const isTie = (vote: unknown): boolean =>
  typeof vote === "object" && vote !== null && "completion" in vote && vote.completion === null;

/**
 * The votes of a task that count by the paper's rules, one for each voter: not from the task's generators or
 * validator, invited where a list is given, for a completion that exists (or a tie), in time; a voter's last one.
 *
 * @param task - Valid by the format's rules.
 * @returns In the order of each voter's first valid vote.
 */
export function validVotes(task: Task): ValidVote[] {
  const barred = new Set([task.validator, ...task.generators]);
  const invited = task.discriminators === undefined ? undefined : new Set(task.discriminators);
  const byId = new Map(task.completions.map((completion) => [completion.id, completion]));
  const opens = parseInstant(task.votingOpensAt ?? task.createdAt);
  const expires = parseInstant(task.expiresAt);
  const counted = new Map<string, ValidVote>();
  for (const vote of task.votes) {
    if (barred.has(vote.voter) || invited?.has(vote.voter) === false) continue;
    const completion = isTie(vote) ? null : byId.get(vote.completion);
    const at = parseInstant(vote.at);
    if (completion === undefined || at === undefined || opens === undefined || expires === undefined) continue;
    if (compareInstants(at, opens) < 0 || compareInstants(at, expires) > 0) continue;
    const earlier = counted.get(vote.voter);
    if (earlier !== undefined && compareInstants(at, earlier.at) < 0) continue;
    counted.set(vote.voter, { voter: vote.voter, completion, at, vote });
  }
  return [...counted.values()];
}
