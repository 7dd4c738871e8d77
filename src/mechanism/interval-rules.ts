import { changedSettings, type RuleSet, ruleSetOfHeader } from "./rule-set.ts";
import type { Interval, TaskLogHeader } from "./task-log.ts";

/**
 * The rules that one interval of a log was settled by: its own where it names them, else the header's. A validator may be
 * started with other rules between two intervals; the header then tells of the last.
 *
 * @param n - An interval's number; one that the log does not list has the header's rules.
 * @throws ColosseumError `log.bad-settings` (12), UsageError `rules.unknown-preset` (2).
 */
export function rulesOfInterval(header: TaskLogHeader, n: number): RuleSet {
  const interval = header.intervals?.find((one) => one.n === n);
  return interval === undefined ? ruleSetOfHeader(header) : rulesOf(header, interval);
}

function rulesOf(header: TaskLogHeader, interval: Interval): RuleSet {
  const { preset, settings } = interval as { preset?: unknown; settings?: unknown };
  if (typeof preset !== "string") return ruleSetOfHeader(header);
  const isObject = typeof settings === "object" && settings !== null;
  return ruleSetOfHeader({ preset, ...(isObject ? { settings: settings as Record<string, unknown> } : {}) });
}

/** Neighbouring intervals that were settled by the same rules. */
export interface RulesRun {
  readonly first: number;
  readonly last: number;
  readonly rules: RuleSet;
}

/**
 * Which intervals of a log were settled by which rules, by number.
 *
 * @returns One run where all were settled alike; none where the log lists no intervals.
 * @throws As {@link rulesOfInterval}.
 */
export function rulesRuns(header: TaskLogHeader): readonly RulesRun[] {
  const runs: RulesRun[] = [];
  for (const interval of [...(header.intervals ?? [])].sort((a, b) => a.n - b.n)) {
    const rules = rulesOf(header, interval);
    const before = runs.at(-1);
    if (before !== undefined && sameRules(before.rules, rules)) runs[runs.length - 1] = { ...before, last: interval.n };
    else runs.push({ first: interval.n, last: interval.n, rules });
  }
  return runs;
}

const sameRules = (a: RuleSet, b: RuleSet): boolean =>
  a.name === b.name && JSON.stringify(changedSettings(a)) === JSON.stringify(changedSettings(b));
