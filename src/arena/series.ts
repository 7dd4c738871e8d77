import type { Author } from "./author.ts";
import type { MentionKey } from "./mentions.ts";
import { handleKey, mentionsIn } from "./mentions.ts";
import type { Post, RecordSink } from "./posts.ts";
import type { Registry } from "./registry.ts";
import { Roster } from "./roster.ts";
import { secondsAt } from "./window.ts";

/** An agent's metrics by day, oldest first. */
export interface Series {
  readonly impressions: readonly number[];
  readonly likes: readonly number[];
  readonly replies: readonly number[];
  readonly mentions: readonly number[];
  /** New followers; 0 where nobody counted. */
  readonly followers: readonly number[];
}

type Metric = keyof Series;
const DAY_SECONDS = 86_400;
const numeric = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : 0;

/**
 * Sums metrics by day of posting, as they came from the source: what a reader draws as a sparkline. Scores are made
 * of other numbers (see `docs/arena.md`).
 */
export class DailySeries implements RecordSink {
  readonly #roster: Roster;
  readonly #days: number;
  readonly #from: number;
  readonly #byAgent = new Map<number, Record<Metric, number[]>>();
  readonly #byName = new Map<MentionKey, number>();
  readonly #followers = new Map<string, { readonly at: number; readonly followers: number }[]>();

  /** @param to - End of the last day, seconds since the Unix epoch. */
  constructor(registry: Registry | undefined, to: number, days: number) {
    this.#roster = new Roster(registry);
    this.#days = days;
    this.#from = to - days * DAY_SECONDS;
    for (const [index, { userIds, handle }] of (registry?.agents ?? []).entries()) {
      for (const userId of userIds) this.#byName.set(userId, index);
      if (handle !== null) this.#byName.set(handleKey(handle), index);
    }
  }

  odd(): void {
    // Nothing to draw.
  }

  author({ userId, followers }: Author, at?: number): void {
    if (followers === undefined || at === undefined) return;
    const seen = this.#followers.get(userId) ?? [];
    seen.push({ at, followers });
    this.#followers.set(userId, seen);
  }

  post(post: Post): void {
    const day = this.#dayOf(secondsAt(post.timestamp) ?? Number.NaN);
    const agent = this.#roster.agentOf(post.userId);
    if (agent !== undefined && post.username !== undefined) this.#byName.set(handleKey(post.username), agent);
    if (day === undefined || post.isRetweet) return;
    if (agent !== undefined) {
      const mine = this.#of(agent);
      this.#add(mine.impressions, day, numeric(post.views));
      this.#add(mine.likes, day, numeric(post.likes));
      this.#add(mine.replies, day, numeric(post.replies));
    }
    for (const key of mentionsIn(post)) {
      const named = this.#byName.get(key);
      if (named !== undefined && named !== agent) this.#add(this.#of(named).mentions, day, 1);
    }
  }

  /** The days of the agent that an account feeds; all 0 for one that was never seen. */
  finish(userIds: readonly string[]): Series {
    const index = userIds.map((userId) => this.#roster.known(userId)).find((known) => known !== undefined);
    const series = index === undefined ? this.#empty() : this.#of(index);
    const followers = Array.from({ length: this.#days }, () => 0);
    for (const userId of userIds) {
      const seen = [...(this.#followers.get(userId) ?? [])].sort((a, b) => a.at - b.at);
      for (const [place, { at, followers: count }] of seen.entries()) {
        const day = this.#dayOf(at);
        const before = seen[place - 1];
        if (day !== undefined && before !== undefined) this.#add(followers, day, Math.max(0, count - before.followers));
      }
    }
    return { ...series, followers };
  }

  #dayOf(seconds: number): number | undefined {
    const day = Math.floor((seconds - this.#from) / DAY_SECONDS);
    // The very end belongs to the last day.
    const place = seconds === this.#from + this.#days * DAY_SECONDS ? this.#days - 1 : day;
    return place >= 0 && place < this.#days ? place : undefined;
  }

  #of(agent: number): Record<Metric, number[]> {
    const known = this.#byAgent.get(agent) ?? this.#empty();
    this.#byAgent.set(agent, known);
    return known;
  }

  #empty(): Record<Metric, number[]> {
    const days = (): number[] => Array.from({ length: this.#days }, () => 0);
    return { impressions: days(), likes: days(), replies: days(), mentions: days(), followers: days() };
  }

  #add(values: number[], day: number, by: number): void {
    values[day] = (values[day] ?? 0) + by;
  }
}
