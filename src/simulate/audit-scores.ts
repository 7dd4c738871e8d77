import { compareInstants, type Instant, parseInstant } from "../mechanism/instant.ts";
import { rulesOfInterval } from "../mechanism/interval-rules.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import { Scoreboard } from "../mechanism/settle.ts";
import type { Task, TaskLog } from "../mechanism/task-log.ts";
import { windowStart } from "../mechanism/window.ts";
import type { CheckResult } from "./audit-types.ts";

/**
 * Computes the scores of every interval that shows some again, and compares them bit for bit.
 *
 * @param log - Valid by the format's rules.
 * @throws ColosseumError `log.bad-settings` (12), UsageError `rules.unknown-preset` (2) for rules that nobody knows.
 */
export function checkScores(log: TaskLog): CheckResult {
  const byInterval = Map.groupBy(log.tasks, (task) => task.interval ?? -1);
  let checked = 0;
  for (const interval of [...(log.intervals ?? [])].sort((a, b) => a.n - b.n)) {
    if (interval.scores === undefined) continue;
    checked++;
    const computed = computedScores(byInterval.get(interval.n) ?? [], rulesOfInterval(log, interval.n));
    const shown = new Map(Object.entries(interval.scores));
    for (const hotkey of [...new Set([...computed.keys(), ...shown.keys()])].sort()) {
      // Who is not named has 0, on either side.
      const expected = computed.get(hotkey) ?? 0;
      const found = shown.get(hotkey) ?? 0;
      if (expected === found) continue;
      const field = `scores.${hotkey}`;
      const difference = { check: "scores", interval: interval.n, task: null, field } as const;
      return { verdict: "differs", difference: { ...difference, expected: String(expected), found: String(found) } };
    }
  }
  return { verdict: checked === 0 ? "skipped" : "ok", difference: null };
}

function computedScores(tasks: readonly Task[], rules: RuleSet): Map<string, number> {
  let newest: Instant | undefined;
  for (const task of tasks) {
    const end = parseInstant(task.expiresAt);
    if (end !== undefined && (newest === undefined || compareInstants(end, newest) > 0)) newest = end;
  }
  const after = newest === undefined ? undefined : windowStart(rules, newest);
  const board = new Scoreboard(rules, after === undefined ? {} : { after });
  for (const task of tasks) board.addTask(task);
  return board.scores();
}
