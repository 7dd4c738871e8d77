import { drawLabel, ticketId } from "../mechanism/draws.ts";
import { readLoggedDraw } from "../mechanism/draws-log.ts";
import { drawKey } from "../mechanism/draws-seeds.ts";
import { Draws } from "../mechanism/draws-stream.ts";
import type { Interval, Task, Vote } from "../mechanism/task-log.ts";

/** A signed request that holds votes, and when the log says that one of them was taken. */
export interface VoteRequest {
  readonly sender: string;
  readonly nonceNs: bigint;
  readonly at: string;
  readonly assignments: readonly string[];
}

/** A vote that its request proves and the log does not have. */
export interface MissingVote {
  readonly task: string;
  readonly voter: string;
  readonly found: "missing" | "an older one";
}

/**
 * Looks for votes that were taken out of a log: a miner sends many in one signed request, which is judged at one
 * instant. Where one of them was taken, so was every other of a task that was open then; which tasks they were for
 * follows from the revealed seed.
 *
 * @param requests - Those that a vote of this interval rests on.
 * @param nonceOf - Of the request that a logged vote rests on.
 */
export function missingVote(
  interval: Interval,
  tasks: readonly Task[],
  requests: Iterable<VoteRequest>,
  nonceOf: (vote: Vote) => bigint | undefined,
): MissingVote | undefined {
  const draw = readLoggedDraw(interval);
  if ("malformed" in draw) return undefined;
  const draws = new Draws(drawKey(draw.seed, draw.beacon));
  const asked = new Map<string, Task>();
  for (const task of tasks) {
    const { round, index } = task as { readonly round?: unknown; readonly index?: unknown };
    if (typeof round !== "number" || typeof index !== "number") continue;
    for (const hotkey of task.discriminators ?? []) {
      asked.set(`${hotkey} ${ticketId(draws, drawLabel(round, index, hotkey))}`, task);
    }
  }
  for (const { sender, nonceNs, at, assignments } of requests) {
    for (const assignment of assignments) {
      const task = asked.get(`${sender} ${assignment}`);
      if (task === undefined || !isOpen(task, at)) continue;
      const vote = task.votes.find(({ voter }) => voter === sender);
      if (vote === undefined) return { task: task.id, voter: sender, found: "missing" };
      const nonce = nonceOf(vote);
      if (nonce !== undefined && nonce < nonceNs) return { task: task.id, voter: sender, found: "an older one" };
    }
  }
  return undefined;
}

/**
 * Whether a task took votes for sure; in its last millisecond it may have been closed already. One that never came to a
 * vote, as its log says, has told nobody the ids by which to vote on it.
 */
const isOpen = ({ votingOpensAt, expiresAt }: Task, at: string): boolean =>
  votingOpensAt === undefined ||
  (Date.parse(votingOpensAt) <= Date.parse(at) && Date.parse(at) < Date.parse(expiresAt));
