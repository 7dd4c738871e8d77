import type { RuleSet } from "./rule-set.ts";
import type { Task } from "./task-log.ts";
import type { IgnoredReason, ScoringTime, TaskScore } from "./task-score.ts";

/** One row of `simulate --json`, of a settlement and of the leaderboard of scores. */
export interface MinerRow {
  readonly hotkey: string;
  /** The exact sum of everything it earned, rounded once. */
  readonly score: number;
  readonly generator: number;
  readonly discriminator: number;
  /** Only with `dojo-1.8.3`: what not voting cost, contained in `discriminator`. */
  readonly noVote?: number;
  /** Own completions in scored tasks. */
  readonly generated: number;
  /** Scored tasks with a valid vote. */
  readonly voted: number;
  /** Traps paid for. */
  readonly trapped: number;
  readonly share: number;
  /** u16. */
  readonly weight: number;
}

export interface TaskCounts {
  readonly total: number;
  readonly scored: number;
  readonly void: number;
  readonly open: number;
  readonly skipped: number;
  readonly synthetic: number;
  readonly duel: number;
  readonly trap: number;
}

/** A scoreboard's exact state as plain arrays, for a worker's message. */
export interface ScoreboardParts {
  readonly counts: readonly number[];
  readonly ignored: readonly number[];
  readonly hotkeys: readonly string[];
  readonly numbers: Float64Array;
}

/**
 * Adds up task scores exactly: neither the order of tasks nor how they are split over boards changes a bit.
 * The live validator keeps one per interval, a replay one per worker.
 */
export class Scoreboard {
  readonly rules: RuleSet;

  constructor(rules: RuleSet, _time: ScoringTime = {}) {
    this.rules = rules;
  }

  /** Scores a valid task and adds it: the fast path of {@link add}(scoreTask(…)). */
  addTask(_task: Task): void {}

  add(_score: TaskScore): void {}

  /** Adds what another board, perhaps in another thread, has added up by the same rules. */
  merge(_other: Scoreboard | ScoreboardParts): void {}

  toParts(): ScoreboardParts {
    return { counts: [], ignored: [], hotkeys: [], numbers: new Float64Array() };
  }

  counts(): TaskCounts {
    return { total: 0, scored: 0, void: 0, open: 0, skipped: 0, synthetic: 0, duel: 0, trap: 0 };
  }

  ignoredVotes(): Readonly<Record<IgnoredReason, number>> {
    return { "own-task": 0, "not-invited": 0, "unknown-completion": 0, "out-of-time": 0 };
  }

  /** Score descending, then hotkey ascending by code unit; with share and weight by the rule set. */
  rows(): MinerRow[] {
    return [];
  }
}
