import { shuffled } from "../base/random.ts";
import { compareText } from "../base/text.ts";
import type { Draws } from "./draws-stream.ts";

/** What an invitation looks at of an eligible miner. */
export interface Invitable {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly roles: readonly string[];
}

/**
 * Invites every voter to the same number of a round's votes, whatever kinds were drawn. A round of pairs only has the
 * fewest tasks, half as many as generators; so many, less those that a voter's own coldkey generates, is what everybody
 * gets in every round. Which of the tasks that it may vote on is chance and nothing else: being left out says no more of
 * a task's kind than being invited. Where chance left a task with less than half as many voters as the average, others
 * come over.
 *
 * @param everyone - All eligible miners of the round, by hotkey, ascending.
 * @param mayVote - By place of the task: who of them may vote on it.
 * @returns By place of the task: who is invited, by hotkey, ascending; somebody wherever somebody may.
 * @see docs/validator.md "Everybody gets as many votes"
 */
export function inviteEvenly<Miner extends Invitable>(
  draws: Draws,
  round: number,
  everyone: readonly Miner[],
  mayVote: readonly (readonly Miner[])[],
): Miner[][] {
  const generators = everyone.filter(({ roles }) => roles.includes("generator"));
  const ownTasks = new Map<string, number>();
  for (const { coldkey } of generators) ownTasks.set(coldkey, (ownTasks.get(coldkey) ?? 0) + 1);
  const fewest = Math.ceil(generators.length / 2);
  const invited = mayVote.map((): Miner[] => []);
  for (const voter of everyone) {
    const open = [...mayVote.keys()].filter((task) => mayVote[task]?.includes(voter));
    const votes = Math.max(1, fewest - (ownTasks.get(voter.coldkey) ?? 0));
    const chosen = shuffled(draws.stream(`${round}/votes/${voter.hotkey}`), open).slice(0, votes);
    for (const task of chosen) invited[task]?.push(voter);
  }
  const turns = draws.ordered(`${round}/turns`, everyone, ({ hotkey }) => hotkey);
  fillThin(invited, mayVote, turns);
  return invited.map((list) => list.sort((a, b) => compareText(a.hotkey, b.hotkey)));
}

/** Brings tasks up to half the average of voters: the first in turn who may comes over from the fullest of its tasks. */
function fillThin<Miner extends Invitable>(
  lists: readonly Miner[][],
  mayVote: readonly (readonly Miner[])[],
  turns: readonly Miner[],
): void {
  const average = lists.reduce((sum, list) => sum + list.length, 0) / Math.max(1, lists.length);
  const enough = Math.max(1, Math.floor(average / 2));
  for (const [task, list] of lists.entries()) {
    for (const voter of turns) {
      if (list.length >= enough) break;
      if (list.includes(voter) || mayVote[task]?.includes(voter) !== true) continue;
      const fullest = lists
        .filter((other) => other.length > Math.max(enough, list.length + 1) && other.includes(voter))
        .reduce<Miner[]>((most, other) => (other.length > most.length ? other : most), []);
      if (fullest.length === 0) continue;
      fullest.splice(fullest.indexOf(voter), 1);
      list.push(voter);
    }
  }
}
