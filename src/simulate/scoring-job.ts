import type { Instant } from "../mechanism/instant.ts";
import type { RuleSet } from "../mechanism/rule-set.ts";
import type { ScoringTime } from "../mechanism/task-score.ts";
import { windowStart } from "../mechanism/window.ts";
import type { ReplayOptions } from "./replay-options.ts";

/** What is to be done with every batch. */
export interface ScoringJob {
  /** Each task is scored by each of these. */
  readonly boards: readonly { readonly rules: RuleSet; readonly time: ScoringTime }[];
  /** Votes after it do not exist; the same in each board's time. */
  readonly until?: Instant;
  readonly interval?: number;
  /** Collect what this hotkey earned and why, by the first rule set. */
  readonly explain?: string;
  readonly skipInvalid: boolean;
  /** Seed of the fingerprints of ids. */
  readonly seed: number;
}

/**
 * What a replay asks of its scorers.
 *
 * @param end - Where windows end: `until`, or the newest end of a task once that is known.
 */
export function scoringJob(
  { until, interval, explain, skipInvalid }: ReplayOptions,
  rules: readonly RuleSet[],
  end: Instant | undefined,
): ScoringJob {
  return {
    boards: rules.map((set) => ({ rules: set, time: scoringTime(set, until, end) })),
    skipInvalid: skipInvalid === true,
    ...(until === undefined ? {} : { until }),
    // Nobody who writes a log can know it, which is enough; node:crypto would cost every replay 8 ms.
    seed: Math.floor(Math.random() * 2 ** 32),
    ...(interval === undefined ? {} : { interval }),
    ...(explain === undefined ? {} : { explain }),
  };
}

function scoringTime(rules: RuleSet, until: Instant | undefined, end: Instant | undefined): ScoringTime {
  const after = end === undefined ? undefined : windowStart(rules, end);
  return { ...(until === undefined ? {} : { until }), ...(after === undefined ? {} : { after }) };
}
