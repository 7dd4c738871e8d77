import { type AgentPost, AgentPosts } from "./agent-posts.ts";
import type { Author } from "./author.ts";
import {
  COLOSSEUM_DEFAULTS,
  type ColosseumSettings,
  colosseumRaw,
  countedEngagement,
  decay,
  type InsideEngagement,
  postPoints,
  postValue,
} from "./colosseum.ts";
import { Contacts, type Received } from "./contacts.ts";
import { flagsOf } from "./flags.ts";
import { type FollowerSnapshot, followerGrowth } from "./followers.ts";
import { handleKey, type MentionKey } from "./mentions.ts";
import type { OddRecord, Post } from "./posts.ts";
import { type AgentRaw, rankAgents } from "./rank.ts";
import { Roster } from "./roster.ts";
import { type ArenaScorer, type ArenaScores, type ExplainedPost, isoOf, type ScorerOptions } from "./scorer.ts";
import { Tally } from "./tally.ts";
import { secondsAt, type Window, windowOf } from "./window.ts";

/**
 * The formula `colosseum` over a stream of posts; the order of reading changes nothing as long as one id is one post.
 * Posts are put in time order at the end, because the first of equal texts is the one that counts.
 */
export class ColosseumScorer implements ArenaScorer {
  readonly #options: ScorerOptions;
  readonly #settings: ColosseumSettings;
  readonly #followers: FollowerSnapshot[];
  readonly #roster: Roster;
  readonly #tally = new Tally();
  readonly #posts = new AgentPosts();
  readonly #contacts = new Contacts();
  #newest: number | undefined;

  constructor(
    options: ScorerOptions,
    settings: ColosseumSettings = COLOSSEUM_DEFAULTS,
    followers: readonly FollowerSnapshot[] = [],
  ) {
    this.#options = options;
    this.#settings = settings;
    this.#followers = [...followers];
    this.#roster = new Roster(options.registry);
  }

  odd(reason: OddRecord): void {
    this.#tally.posts++;
    this.#tally.skip(reason);
  }

  author({ userId, followers }: Author, at?: number): void {
    if (followers !== undefined && at !== undefined) this.#followers.push({ userId, seconds: at, followers });
  }

  post(post: Post): void {
    this.#tally.posts++;
    const seconds = secondsAt(post.timestamp) ?? Number.NaN;
    if (!Number.isNaN(seconds) && seconds > (this.#newest ?? Number.NEGATIVE_INFINITY)) this.#newest = seconds;
    if (typeof post.userId !== "string" || post.userId === "") {
      this.#tally.skip(
        post.userId === undefined || post.userId === null || post.userId === ""
          ? "missing-user-id"
          : "unregistered-author",
      );
      return;
    }
    const agent = this.#roster.agentOf(post.userId);
    if (!post.isRetweet) this.#contacts.add(post, agent ?? post.userId, seconds);
    if (agent === undefined) {
      this.#tally.skip("unregistered-author");
      return;
    }
    this.#roster.named(agent, post.username);
    if (!this.#posts.enter(post, agent, seconds)) this.#tally.skip("duplicate-id");
  }

  finish(): ArenaScores {
    const { at, windowSeconds } = this.#options;
    const end = at ?? this.#newest;
    const window = windowOf(windowSeconds, at, this.#newest) ?? {
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    };
    this.#posts.skipRepeated(window);
    const ageFrom = end ?? 0;
    const byId = (id: string): AgentPost | undefined => this.#posts.byId(id);
    const inside = this.#contacts.insideEngagement(window, byId);
    const received = this.#contacts.received(window, ageFrom, this.#settings, this.#agentKeys(), byId);
    // Without a given end everything that is known counts, also a look at the account after its newest post.
    const growth = followerGrowth(this.#followers, { ...window, to: at ?? Number.POSITIVE_INFINITY });

    const mine = new Map<number, AgentPost[]>();
    for (const entry of this.#posts.all) {
      if (entry.skipped !== undefined) this.#tally.skip(entry.skipped);
      const list = mine.get(entry.agent);
      if (list === undefined) mine.set(entry.agent, [entry]);
      else list.push(entry);
    }
    const agents = [...mine]
      .sort(([a], [b]) => a - b)
      .map(([index, entries]) =>
        this.#agent(index, entries, { inside, received: received.get(index), growth, ageFrom, window }),
      )
      .filter((agent) => agent.posts > 0);
    const best = agents.reduce((most, { raw }) => Math.max(most, raw), 0);
    return {
      at: isoOf(end),
      posts: this.#tally.posts,
      scored: this.#tally.scored,
      skipped: this.#tally.skipped(),
      agents: rankAgents(
        agents,
        agents.map(({ raw }) => (best === 0 ? 0 : raw / best)),
      ),
      explained: this.#posts.all
        .filter((entry) => this.#options.explain?.(this.#roster.at(entry.agent)) === true)
        .map((entry) => this.#explained(entry, inside.get(entry), ageFrom)),
    };
  }

  /** Every name under which an agent can be mentioned. */
  #agentKeys(): Map<MentionKey, number> {
    const byKey = new Map<MentionKey, number>();
    for (let index = 0; index < this.#roster.size; index++) {
      const { userIds, handle } = this.#roster.at(index);
      if (handle !== null) byKey.set(handleKey(handle), index);
      for (const userId of userIds) byKey.set(userId, index);
    }
    return byKey;
  }

  #agent(
    index: number,
    entries: readonly AgentPost[],
    seen: {
      readonly inside: ReadonlyMap<AgentPost, InsideEngagement>;
      readonly received: Received | undefined;
      readonly growth: ReadonlyMap<string, number>;
      readonly ageFrom: number;
      readonly window: Window;
    },
  ): AgentRaw {
    const agent = this.#roster.at(index);
    const scored = entries.filter((entry) => entry.skipped === undefined);
    let posts = 0;
    let impressions = 0;
    const sums = { views: 0, likes: 0, replies: 0 };
    let likesAboveViews = 0;
    let repliesAboveViews = 0;
    const points: number[] = [];
    for (const entry of scored) {
      const engagement = countedEngagement(entry, seen.inside.get(entry) ?? NONE, this.#settings);
      posts += postValue(engagement, this.#settings) * decay(seen.ageFrom - entry.seconds, this.#settings);
      impressions += engagement.views;
      sums.views += engagement.views;
      sums.likes += engagement.likes;
      sums.replies += engagement.replies;
      points.push(postPoints(engagement, this.#settings));
      if (entry.views !== undefined && entry.likes > entry.views) likesAboveViews++;
      if (entry.views !== undefined && entry.replies > entry.views) repliesAboveViews++;
    }
    const counted = agent.userIds.map((userId) => seen.growth.get(userId)).filter((value) => value !== undefined);
    const grown = counted.reduce((sum, value) => sum + value, 0);
    const followers = Math.max(0, grown - (seen.received?.engagers.size ?? 0));
    const units = seen.received?.units ?? 0;
    const { mentionsPerImpression, followersPerImpression } = this.#settings;
    const inWindow = entries.filter(({ seconds }) => seconds >= seen.window.from && seconds <= seen.window.to);
    const span = (inWindow.at(-1)?.seconds ?? 0) - (inWindow[0]?.seconds ?? 0);
    return {
      agent,
      posts: scored.length,
      metrics: {
        mentions: seen.received?.posts ?? 0,
        impressions: sums.views,
        likes: sums.likes,
        replies: sums.replies,
        followers: counted.length === 0 ? null : grown,
      },
      raw: colosseumRaw({ posts, mentions: units, followers, impressions }, this.#settings),
      flags: flagsOf({
        likesAboveViews,
        repliesAboveViews,
        posts: inWindow.length,
        repeated: entries.filter(({ skipped }) => skipped === "duplicate-text" || skipped === "near-duplicate").length,
        selfReplies: this.#selfReplies(entries),
        insideSeen: seen.received?.insideSeen ?? 0,
        outsideSeen: seen.received?.outsideSeen ?? 0,
        points,
        days: span / 86_400,
        mentionsCapped: units > impressions * mentionsPerImpression,
        followersCapped: followers > impressions * followersPerImpression,
      }),
    };
  }

  #selfReplies(entries: readonly AgentPost[]): number {
    return entries.filter(({ agent, replyTo }) => replyTo !== undefined && this.#posts.byId(replyTo)?.agent === agent)
      .length;
  }

  #explained(entry: AgentPost, inside: InsideEngagement | undefined, ageFrom: number): ExplainedPost {
    const engagement = countedEngagement(entry, inside ?? NONE, this.#settings);
    const fresh = decay(ageFrom - entry.seconds, this.#settings);
    const base = { id: entry.id ?? null, at: isoOf(entry.seconds), skipped: entry.skipped ?? null };
    if (entry.skipped !== undefined) return { ...base, earned: 0, parts: {} };
    return {
      ...base,
      earned: postValue(engagement, this.#settings) * fresh,
      parts: { ...engagement, decay: fresh, insideReplies: inside?.replies ?? 0 },
    };
  }
}

const NONE: InsideEngagement = { replies: 0, accounts: 0 };
