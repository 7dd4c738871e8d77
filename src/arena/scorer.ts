import type { RecordSink } from "./posts.ts";
import type { RankedAgent } from "./rank.ts";
import type { Agent, Registry } from "./registry.ts";
import type { SkipReason } from "./tally.ts";

/** What a formula needs to know beside the posts. */
export interface ScorerOptions {
  /** Without one every author is an agent of its own, without uid. */
  readonly registry?: Registry | undefined;
  /** Length of the window in seconds; Infinity for all posts. */
  readonly windowSeconds: number;
  /** End of the window, seconds since the epoch; the newest post by default. */
  readonly at?: number | undefined;
  /** The agents whose posts are to be explained one by one. */
  readonly explain?: ((agent: Agent) => boolean) | undefined;
}

/** One post of an explained agent. */
export interface ExplainedPost {
  readonly id: string | null;
  readonly at: string | null;
  /** What it added; 0 where it was skipped. */
  readonly earned: number;
  /** Why it earned nothing, or null. */
  readonly skipped: SkipReason | null;
  /** The parts that the formula put together, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface ArenaScores {
  /** RFC 3339 end of the window; null where no post has a time. */
  readonly at: string | null;
  readonly posts: number;
  readonly scored: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly agents: readonly RankedAgent[];
  /** Only with `explain`. */
  readonly explained: readonly ExplainedPost[];
}

/** Takes posts one by one, in order, and says at the end what each agent earned. */
export interface ArenaScorer extends RecordSink {
  finish(): ArenaScores;
}

/** RFC 3339 in UTC of seconds since the epoch, without empty fractions. */
export const isoOf = (seconds: number | undefined): string | null =>
  seconds === undefined || Number.isNaN(seconds) ? null : new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");
