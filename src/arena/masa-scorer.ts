import { MASA_DEFAULTS, type MasaSettings, masaAgentRaw, masaPostScore, minMax } from "./masa.ts";
import { handleKey, type MentionKey, mentionsIn } from "./mentions.ts";
import type { OddRecord, Post } from "./posts.ts";
import { type AgentRaw, rankAgents } from "./rank.ts";
import { Roster } from "./roster.ts";
import { type ArenaScorer, type ArenaScores, type ExplainedPost, isoOf, type ScorerOptions } from "./scorer.ts";
import { type SkipReason, Tally } from "./tally.ts";
import { secondsAt, windowOf } from "./window.ts";

/** The posts of one agent in reading order, as columns; all but the scores only where a window may leave posts out. */
interface Column {
  readonly scores: number[];
  /** NaN for a post without a time. */
  readonly seconds: number[];
  readonly impressions: number[];
  readonly likes: number[];
  readonly replies: number[];
  /** Sums where nothing is left out. */
  readonly whole: { impressions: number; likes: number; replies: number };
}

/** Stands where an agent's place would, for authors outside the arena. */
const OUTSIDE = -1;
const NOT_NAMED = { authors: [], seconds: [] } as const;

const numeric = (value: unknown): number =>
  typeof value === "number" ? value : typeof value === "boolean" ? +value : 0;

/**
 * Masa's formula over a stream of posts: each registered author's posts scored, averaged, scaled by ln(1 + count),
 * min–max over the agents. Everything counts that was read, duplicates and retweets too, as in the real one.
 */
export class MasaScorer implements ArenaScorer {
  readonly #settings: MasaSettings;
  readonly #options: ScorerOptions;
  readonly #roster: Roster;
  readonly #tally = new Tally();
  /** By the agent's place. */
  readonly #columns: (Column | undefined)[] = [];
  /** Every post counts, whatever its time. */
  readonly #isWhole: boolean;
  /** How often agents were named by id, where every post counts. */
  readonly #mentioned: number[] = [];
  /** Who else was named, by which agents, when. */
  readonly #mentions = new Map<MentionKey, { readonly authors: number[]; readonly seconds: number[] }>();
  readonly #explained: (ExplainedPost & { readonly seconds: number })[] = [];
  #newest: number | undefined;

  constructor(options: ScorerOptions, settings: MasaSettings = MASA_DEFAULTS) {
    this.#settings = settings;
    this.#options = options;
    this.#roster = new Roster(options.registry);
    this.#isWhole = options.windowSeconds === Number.POSITIVE_INFINITY && options.at === undefined;
  }

  odd(reason: OddRecord): void {
    this.#tally.posts++;
    this.#tally.skip(reason);
  }

  post(post: Post): void {
    this.#tally.posts++;
    const seconds = secondsAt(post.timestamp);
    if (seconds !== undefined && !(seconds <= (this.#newest ?? Number.NEGATIVE_INFINITY)) && !Number.isNaN(seconds)) {
      this.#newest = seconds;
    }
    if (post.userId === undefined || post.userId === null || post.userId === "") {
      this.#tally.skip("missing-user-id");
      return;
    }
    const index = this.#roster.agentOf(post.userId);
    this.#countMentions(post, index, seconds);
    if (index === undefined) {
      this.#tally.skip("unregistered-author");
      return;
    }
    this.#roster.named(index, post.username);
    const score = masaPostScore(post, this.#settings);
    const reason: SkipReason | undefined =
      score === undefined ? "bad-counter" : Number.isNaN(seconds) ? "bad-timestamp" : undefined;
    if (this.#options.explain !== undefined) this.#explain(post, index, seconds, score, reason);
    if (score === undefined || reason !== undefined) {
      this.#tally.skip(reason ?? "bad-counter");
      return;
    }
    let column = this.#columns[index];
    if (column === undefined) {
      const whole = { impressions: 0, likes: 0, replies: 0 };
      column = { scores: [], seconds: [], impressions: [], likes: [], replies: [], whole };
      this.#columns[index] = column;
    }
    column.scores.push(score);
    if (this.#isWhole) {
      column.whole.impressions += numeric(post.views);
      column.whole.likes += numeric(post.likes);
      column.whole.replies += numeric(post.replies);
      return;
    }
    column.seconds.push(seconds ?? Number.NaN);
    column.impressions.push(numeric(post.views));
    column.likes.push(numeric(post.likes));
    column.replies.push(numeric(post.replies));
  }

  finish(): ArenaScores {
    const window = windowOf(this.#options.windowSeconds, this.#options.at, this.#newest);
    const reject = (seconds: number): SkipReason | undefined => {
      if (window === undefined) return undefined;
      if (Number.isNaN(seconds)) return "bad-timestamp";
      return seconds >= window.from && seconds <= window.to ? undefined : "outside-window";
    };
    const agents: AgentRaw[] = [];
    for (const [index, column] of this.#columns.entries()) {
      if (column === undefined) continue;
      const kept = this.#kept(column, reject);
      if (kept.scores.length === 0) continue;
      const agent = this.#roster.at(index);
      const keys = [...agent.userIds, ...(agent.handle === null ? [] : [handleKey(agent.handle)])];
      const mentions = keys.flatMap((key) => {
        const { authors, seconds } = this.#mentions.get(key) ?? NOT_NAMED;
        return seconds.filter((_, place) => authors[place] !== index);
      });
      agents.push({
        agent,
        posts: kept.scores.length,
        metrics: {
          mentions: (this.#mentioned[index] ?? 0) + mentions.filter((seconds) => reject(seconds) === undefined).length,
          impressions: kept.impressions,
          likes: kept.likes,
          replies: kept.replies,
          followers: null,
        },
        raw: masaAgentRaw(kept.scores),
        flags: [],
      });
    }
    return {
      at: isoOf(this.#options.at ?? this.#newest),
      posts: this.#tally.posts,
      scored: this.#tally.scored,
      skipped: this.#tally.skipped(),
      agents: rankAgents(agents, minMax(agents.map(({ raw }) => raw))),
      explained: this.#explained.map(({ seconds, ...post }) => {
        const reason = post.skipped ?? reject(seconds) ?? null;
        return { ...post, skipped: reason, earned: reason === null ? post.earned : 0 };
      }),
    };
  }

  /** The posts of an agent that count, with their sums; the others are counted as skipped. */
  #kept(column: Column, reject: (seconds: number) => SkipReason | undefined) {
    if (this.#isWhole) return { scores: column.scores, ...column.whole };
    const places: number[] = [];
    column.seconds.forEach((seconds, place) => {
      const reason = reject(seconds);
      if (reason === undefined) places.push(place);
      else this.#tally.skip(reason);
    });
    const sum = (values: readonly number[]): number => places.reduce((total, place) => total + (values[place] ?? 0), 0);
    return {
      scores: places.map((place) => column.scores[place] ?? 0),
      impressions: sum(column.impressions),
      likes: sum(column.likes),
      replies: sum(column.replies),
    };
  }

  #countMentions(post: Post, author: number | undefined, seconds: number | undefined): void {
    for (const key of mentionsIn(post)) {
      const named = this.#isWhole ? this.#roster.known(key) : undefined;
      if (named !== undefined) {
        if (named !== author) this.#mentioned[named] = (this.#mentioned[named] ?? 0) + 1;
        continue;
      }
      let seen = this.#mentions.get(key);
      if (seen === undefined) {
        seen = { authors: [], seconds: [] };
        this.#mentions.set(key, seen);
      }
      seen.authors.push(author ?? OUTSIDE);
      seen.seconds.push(seconds ?? Number.NaN);
    }
  }

  #explain(
    post: Post,
    index: number,
    seconds: number | undefined,
    score: number | undefined,
    reason: SkipReason | undefined,
  ): void {
    if (this.#options.explain === undefined || !this.#options.explain(this.#roster.at(index))) return;
    const parts: Record<string, number> = {};
    for (const key of ["likes", "retweets", "replies", "views"] as const) parts[key] = numeric(post[key]);
    this.#explained.push({
      id: post.id ?? null,
      at: isoOf(seconds),
      earned: score !== undefined && Number.isFinite(score) ? score : 0,
      skipped: reason ?? null,
      parts,
      seconds: seconds ?? Number.NaN,
    });
  }
}
