/** The only value of a log's `format`. */
export const TASK_LOG_FORMAT = "colosseum/tasks@1";

export type TaskKind = "synthetic" | "duel" | "trap";
export const TASK_KINDS: readonly TaskKind[] = ["synthetic", "duel", "trap"];

/** An answer to a task's prompt. Fields beyond these are kept by export and ignored by scoring. */
export interface Completion {
  readonly id: string;
  /** The task's validator where `source` is `validator`, else one of its generators. */
  readonly by: string;
  readonly source: "miner" | "validator";
  readonly [extra: string]: unknown;
}

export interface Vote {
  readonly voter: string;
  /** A completion's id; any other string is an unknown completion. `null` is a tie in imported battles, never scored. */
  readonly completion: string;
  /** RFC 3339, up to 9 fractional digits. */
  readonly at: string;
  readonly [extra: string]: unknown;
}

/** One task as it stands in a log. Hotkeys are opaque strings; times are RFC 3339 with `Z` or an offset. */
export interface Task {
  readonly id: string;
  readonly interval?: number;
  readonly kind: TaskKind;
  readonly taskType?: string;
  readonly createdAt: string;
  /** Voting opens at `createdAt` without it. */
  readonly votingOpensAt?: string;
  readonly expiresAt: string;
  readonly validator: string;
  readonly generators: readonly string[];
  readonly completions: readonly Completion[];
  /** The hotkey whose output is the inferior one: required in traps, ignored elsewhere. */
  readonly negative?: string;
  /** Who was invited to vote; without it everybody was. */
  readonly discriminators?: readonly string[];
  readonly votes: readonly Vote[];
  readonly [extra: string]: unknown;
}

/** One settlement: its secrets, revealed, and what it paid. */
export interface Interval {
  readonly n: number;
  readonly closedAt?: string;
  readonly commitment?: string;
  readonly seed?: string;
  readonly beacon?: string;
  /** Hotkey → score, equal bit for bit to what a replay of the interval computes. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly [extra: string]: unknown;
}

/** Everything of a log but its tasks; the first line of a JSON Lines log. */
export interface TaskLogHeader {
  readonly format?: typeof TASK_LOG_FORMAT;
  readonly preset?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly netuid?: number;
  readonly validator?: string;
  readonly intervals?: readonly Interval[];
  readonly [extra: string]: unknown;
}

/** What `validator export` writes and `simulate` reads: `colosseum/tasks@1`. */
export interface TaskLog extends TaskLogHeader {
  readonly tasks: readonly Task[];
}
