import { type RuleSet, ruleSetNamed } from "./rule-set.ts";
import type { Task } from "./task-log.ts";
import type { ScoringTime, TaskScore } from "./task-score.ts";
import { TaskScorer } from "./task-scorer.ts";

/** Beyond it a scorer's table of hotkeys is dropped and begun anew. */
const MOST_HOTKEYS = 100_000;

/** The scorer of the last call: its scratch memory serves the next one, its answers do not depend on it. */
let last = new TaskScorer(ruleSetNamed("paper"));

/**
 * Scores one task by a rule set: pure, the same for the live validator, a replay and a simulated population.
 * For many tasks keep one {@link TaskScorer} or a `Scoreboard`, which do the same without building objects.
 *
 * @param task - Valid by the format's rules (`checkTask`); nothing here checks it again.
 * @returns Amounts per hotkey and role with their reasons. The task's validator may be among the entries of
 * `dojo-1.8.3`, as in the real code; a scoreboard leaves it out.
 */
export function scoreTask(task: Task, rules: RuleSet, time: ScoringTime = {}): TaskScore {
  const fits = last.rules === rules && last.time.until === time.until && last.time.after === time.after;
  if (!fits || last.hotkeys.size > MOST_HOTKEYS) last = new TaskScorer(rules, time);
  return last.score(task);
}
