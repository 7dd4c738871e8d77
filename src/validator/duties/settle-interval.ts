import { ruleSetNamed } from "../../mechanism/rule-set.ts";
import { Scoreboard } from "../../mechanism/settle.ts";
import type { Core } from "../core.ts";
import { taskRecord } from "../task-record.ts";

/**
 * Settles an interval once its rounds are done and none of its tasks is open: its scores become final, a settlement is
 * prepared in the same step, and the next interval starts at zero.
 *
 * @returns Whether one was settled.
 */
export async function settleInterval(core: Core): Promise<boolean> {
  const { store, settings, events } = core;
  const interval = store.intervals.latest();
  if (interval?.state !== "open" || store.rounds.active() !== undefined) return false;
  if (store.rounds.of(interval.n).length < settings.roundsPerInterval) return false;
  if (store.tasks.countOpen() > 0) return false;
  const board = new Scoreboard(ruleSetNamed(interval.rules.preset, interval.rules.settings));
  const tasks = store.tasks.ofInterval(interval.n);
  let votes = 0;
  for (const task of tasks) {
    const record = taskRecord(store, task, { validator: core.hotkey });
    votes += record.votes.length;
    board.addTask(record);
  }
  const rows = board.rows();
  const scores = Object.fromEntries(rows.map(({ hotkey, score }) => [hotkey, score]));
  store.step(() => {
    const now = core.nowMs();
    store.intervals.settle(interval.n, now, scores);
    store.settlements.insert(interval.n, scores, now);
    store.answers.pruneRequests();
  });
  events.emit({ type: "interval-settled", interval: interval.n, tasks: tasks.length, votes, scores });
  core.wake();
  return true;
}
