import type { Instant } from "./instant.ts";
import type { TaskKind } from "./task-log.ts";

/** Why a vote was not counted, in the order in which reasons are tried. */
export const IGNORED_REASONS = ["own-task", "not-invited", "unknown-completion", "out-of-time"] as const;
export type IgnoredReason = (typeof IGNORED_REASONS)[number];

/** Why nobody gained or lost by a task. */
export const VOID_REASONS = ["missing-completion", "no-votes"] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

/** Why somebody earned what it earned. */
export type Reason =
  | "chose-validator"
  | "chose-miner"
  | "duel-vote"
  | "votes-received"
  | "trapped"
  | "avoided-trap"
  | "no-vote"
  | "majority"
  | "minority"
  | "void-missing-completion"
  | "void-no-votes"
  | IgnoredReason;

export type Role = "generator" | "discriminator";

/** What one hotkey earned in one role of one task. */
export interface ScoreEntry {
  readonly hotkey: string;
  readonly role: Role;
  readonly earned: number;
  /** Null while the task is open. */
  readonly reason: Reason | null;
  /** A generator: it submitted. A discriminator: it has a valid vote. */
  readonly counted: boolean;
  /** False for a stranger of whom there is only an ignored vote: listed for its reason, no miner of this task. */
  readonly takesPart: boolean;
}

export interface TaskScore {
  readonly id: string;
  readonly kind: TaskKind;
  readonly validator: string;
  /** `open` with an `until` before the task's end; `skipped` outside the rule set's window. */
  readonly state: "scored" | "void" | "open" | "skipped";
  readonly voidReason: VoidReason | null;
  /** Generators in their order, then invited discriminators and voters; a hotkey may appear once in each role. */
  readonly entries: readonly ScoreEntry[];
  readonly ignoredVotes: Readonly<Record<IgnoredReason, number>>;
  /** Voters with a valid vote: n. */
  readonly countedVotes: number;
}

/** From when to when tasks count; without it every task counts as expired. */
export interface ScoringTime {
  /** Tasks that expire later are open, votes after it do not exist. */
  readonly until?: Instant;
  /** Tasks that expire at or before it are skipped (the rolling window of `dojo-1.8.3`). */
  readonly after?: Instant;
}
