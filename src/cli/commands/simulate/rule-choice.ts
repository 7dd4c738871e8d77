import { UsageError } from "../../../base/errors.ts";
import type { Instant } from "../../../mechanism/instant.ts";
import { parseInstant } from "../../../mechanism/instant.ts";
import { rulesOfInterval, rulesRuns } from "../../../mechanism/interval-rules.ts";
import {
  changedSettings,
  parsePresetName,
  parseSetting,
  type RuleSet,
  ruleSetNamed,
  ruleSetOfHeader,
} from "../../../mechanism/rule-set.ts";
import type { TaskLogHeader } from "../../../mechanism/task-log.ts";

/** Which rules a log is scored by: the command line's word first, then the interval's, then the header's, then `paper`. */
export interface RuleChoice {
  /** Whether the log's header has a say. */
  readonly headerDecides: boolean;
  /** @throws UsageError for a preset or a setting that does not exist; ColosseumError (12) for a header's bad setting. */
  readonly rulesFor: (header: TaskLogHeader) => RuleSet;
}

/**
 * Settles `--preset` and `--set` as far as possible without the log.
 *
 * @param settings - Words of the form key=value; a later one wins.
 * @param interval - The one interval that is wanted: without a preset it is scored as it was settled.
 * @throws UsageError `rules.*` at once where a preset is named.
 */
export function chooseRules(preset: string | undefined, settings: readonly string[], interval?: number): RuleChoice {
  const set = Object.fromEntries(settings.map(parseSetting));
  if (preset !== undefined) {
    const rules = ruleSetNamed(parsePresetName(preset), set);
    return { headerDecides: false, rulesFor: () => rules };
  }
  return {
    headerDecides: true,
    rulesFor: (header) => {
      const own = interval === undefined ? ruleSetOfHeader(header) : rulesOfInterval(header, interval);
      return ruleSetNamed(own.name, { ...changedSettings(own), ...set });
    },
  };
}

/** How many changes of rules a warning names. */
const MOST_RUNS = 4;

/** A warning where a log's intervals were settled by different rules and all of them are scored by one; else undefined. */
export function mixedRulesWarning(
  header: TaskLogHeader,
  rules: RuleSet,
): { readonly code: string; readonly message: string } | undefined {
  const runs = rulesRuns(header);
  if (runs.length < 2) return undefined;
  const named = runs.slice(0, MOST_RUNS).map(({ first, last, rules: own }) => {
    const changed = Object.entries(changedSettings(own)).map(([key, value]) => `${key}=${value}`);
    return `${first === last ? first : `${first}–${last}`} by ${[own.name, ...changed].join(" ")}`;
  });
  const more = runs.length > MOST_RUNS ? ", …" : "";
  return {
    code: "mixed-rules",
    message: `The log's intervals were settled by different rules (${named.join(", ")}${more}); here all are scored by ${rules.name}. One as it was settled: --interval N.`,
  };
}

/** @throws UsageError `usage.time` if the text is no RFC 3339 time. */
export function parseTime(text: string): Instant {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new UsageError(`"${text}" is not a time.`, {
    code: "usage.time",
    hint: "Write it as RFC 3339, for example 2026-01-01T06:00:00Z",
  });
}

/** @throws UsageError `usage.interval` if the text is no whole number from 0. */
export function parseInterval(text: string): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new UsageError(`An interval is a whole number from 0, not "${text}".`, {
    code: "usage.interval",
    hint: "For example: --interval 0",
  });
}

/** @throws UsageError `usage.workers` if the text is no whole number from 1 to 64. */
export function parseWorkers(text: string): number {
  const value = /^[0-9]{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= 64) return value;
  throw new UsageError(`Workers are a whole number from 1 to 64, not "${text}".`, {
    code: "usage.workers",
    hint: "Leave --workers out to use every core.",
  });
}
