import { ruleSetNamed } from "../../mechanism/rule-set.ts";
import { scoreTask } from "../../mechanism/scoring.ts";
import { Scoreboard } from "../../mechanism/settle.ts";
import type { Core } from "../core.ts";
import { playedAs } from "../played-as.ts";
import { taskRecord } from "../task-record.ts";

/**
 * Scores the expired tasks of a round, one step each, and then ends the round. A score is no secret of the store: it is
 * computed from the very records that the log will have.
 *
 * @returns Whether something was done.
 */
export async function scoreRound(core: Core): Promise<boolean> {
  const { store, events } = core;
  const round = store.rounds.active();
  if (round?.state !== "scoring") return false;
  const interval = store.intervals.get(round.interval);
  if (interval === undefined) return false;
  const rules = ruleSetNamed(interval.rules.preset, interval.rules.settings);
  const task = store.tasks.nextExpired(round.interval, round.n);
  if (task !== undefined) {
    const score = scoreTask(taskRecord(store, task, { validator: core.hotkey }), rules);
    const voidReason = score.state === "scored" ? null : (score.voidReason ?? score.state);
    store.step(() => store.tasks.markScored(task.id, voidReason));
    const { kind } = playedAs(task);
    if (voidReason !== null) {
      events.emit({ type: "task-void", task: task.id, kind, reason: voidReason });
      return true;
    }
    events.emit({
      type: "task-scored",
      task: task.id,
      kind,
      votes: score.countedVotes,
      earned: score.entries.map(({ hotkey, role, earned, reason }) => ({ hotkey, role, earned, reason: reason ?? "" })),
    });
    return true;
  }
  store.step(() => store.rounds.setState(round.interval, round.n, "done"));
  const board = new Scoreboard(rules);
  for (const done of store.tasks.ofInterval(round.interval)) {
    if (done.state === "scored" || done.state === "void")
      board.addTask(taskRecord(store, done, { validator: core.hotkey }));
  }
  const scores = Object.fromEntries(board.rows().map(({ hotkey, score }) => [hotkey, score]));
  events.emit({ type: "scores", interval: round.interval, scores });
  return true;
}
