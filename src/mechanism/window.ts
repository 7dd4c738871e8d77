import type { Instant } from "./instant.ts";
import type { RuleSet } from "./rule-set.ts";

/**
 * The instant after which a task must expire to count, for a rule set with a rolling window.
 *
 * @param end - The window's end: `--until`, or the newest end of a task.
 * @returns Undefined for a rule set without one.
 */
export function windowStart(rules: RuleSet, end: Instant): Instant | undefined {
  if (rules.name !== "dojo-1.8.3" || rules.windowHours === undefined) return undefined;
  const lengthSeconds = rules.windowHours * 3_600;
  const whole = Math.floor(lengthSeconds);
  const nanos = end.nanos - Math.round((lengthSeconds - whole) * 1e9);
  return nanos >= 0
    ? { seconds: end.seconds - whole, nanos }
    : { seconds: end.seconds - whole - 1, nanos: nanos + 1_000_000_000 };
}
