import type { RuleSet } from "./rule-set.ts";
import type { Task } from "./task-log.ts";
import type { ScoringTime, TaskScore } from "./task-score.ts";

/** Scores task after task with the same scratch memory. */
export class TaskScorer {
  readonly rules: RuleSet;
  readonly time: ScoringTime;

  constructor(rules: RuleSet, time: ScoringTime = {}) {
    this.rules = rules;
    this.time = time;
  }

  score(task: Task): TaskScore {
    throw new Error(`not yet: ${task.id}`);
  }
}
