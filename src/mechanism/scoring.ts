import type { RuleSet } from "./rule-set.ts";
import type { Task } from "./task-log.ts";
import type { ScoringTime, TaskScore } from "./task-score.ts";
import { TaskScorer } from "./task-scorer.ts";

/**
 * Scores one task by a rule set: pure, the same for the live validator, a replay and a simulated population.
 * For many tasks keep one {@link TaskScorer} or a `Scoreboard`, which do the same without building objects.
 *
 * @param task - Valid by the format's rules (`checkTask`); nothing here checks it again.
 * @returns Amounts per hotkey and role with their reasons. The task's validator may be among the entries of
 * `dojo-1.8.3`, as in the real code; a scoreboard leaves it out.
 */
export const scoreTask = (task: Task, rules: RuleSet, time: ScoringTime = {}): TaskScore =>
  new TaskScorer(rules, time).score(task);
