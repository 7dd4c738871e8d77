import { compareText } from "../base/text.ts";
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
import { flagsOf } from "./flags.ts";
import { type FollowerSnapshot, followerGrowth } from "./followers.ts";
import { handleKey, type MentionKey, mentionsIn } from "./mentions.ts";
import type { OddRecord, Post } from "./posts.ts";
import { type AgentRaw, rankAgents } from "./rank.ts";
import { Roster } from "./roster.ts";
import { type ArenaScorer, type ArenaScores, type ExplainedPost, isoOf, type ScorerOptions } from "./scorer.ts";
import { type SkipReason, Tally } from "./tally.ts";
import { type TextSketch, TextSketches } from "./text-sketch.ts";
import { secondsAt, type Window, windowOf } from "./window.ts";

/** What is kept of a registered author's post. */
interface Entry {
  readonly agent: number;
  readonly id: string | undefined;
  readonly seconds: number;
  views: number | undefined;
  likes: number;
  replies: number;
  readonly replyTo: string | undefined;
  readonly retweet: boolean;
  readonly sketch: TextSketch;
  skipped: SkipReason | undefined;
}

/** A post that names somebody, or answers somebody, from inside or outside. */
interface Contact {
  /** Agent of the author, or its account id where it is outside. */
  readonly from: number | string;
  readonly seconds: number;
  readonly mentions: readonly MentionKey[];
  readonly replyTo: string | undefined;
}

/** A counter as a number ≥ 0; NaN for what is none. */
function counter(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : Number.NaN;
}

/** Per agent: what came from other posts than its own. */
interface Received {
  /** Decayed mentions by outside accounts, each account at most one, shared between those it names. */
  units: number;
  posts: number;
  insideSeen: number;
  outsideSeen: number;
  /** Other agents that answered or named it. */
  readonly engagers: Set<number>;
}

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
  readonly #texts = new TextSketches();
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #contacts: Contact[] = [];
  readonly #contactIds = new Set<string>();
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
    if (!post.isRetweet) this.#contact(post, agent ?? post.userId, seconds);
    if (agent === undefined) {
      this.#tally.skip("unregistered-author");
      return;
    }
    this.#roster.named(agent, post.username);
    this.#enter(post, agent, seconds);
  }

  finish(): ArenaScores {
    const { at, windowSeconds } = this.#options;
    const end = at ?? this.#newest;
    const window = windowOf(windowSeconds, at, this.#newest) ?? {
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    };
    this.#skipRepeated(window);
    const ageFrom = end ?? 0;
    const inside = this.#insideEngagement(window);
    const received = this.#received(window, ageFrom);
    // Without a given end everything that is known counts, also a look at the account after its newest post.
    const growth = followerGrowth(this.#followers, { ...window, to: at ?? Number.POSITIVE_INFINITY });

    const mine = new Map<number, Entry[]>();
    for (const entry of this.#entries) {
      if (entry.skipped !== undefined) this.#tally.skip(entry.skipped);
      const list = mine.get(entry.agent);
      if (list === undefined) mine.set(entry.agent, [entry]);
      else list.push(entry);
    }
    const agents = [...mine]
      .sort(([a], [b]) => a - b)
      .map(([index, entries]) =>
        this.#agent(index, entries, { inside, received: received.get(index), growth, ageFrom }),
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
      explained: this.#entries
        .filter((entry) => this.#options.explain?.(this.#roster.at(entry.agent)) === true)
        .map((entry) => this.#explained(entry, inside.get(entry), ageFrom)),
    };
  }

  #enter(post: Post, agent: number, seconds: number): void {
    const [views, likes, replies] = [counter(post.views), counter(post.likes), counter(post.replies)];
    const bad = Number.isNaN(views + likes + replies);
    const known = post.id === undefined || bad ? undefined : this.#byId.get(post.id);
    if (known !== undefined && known.agent === agent && known.skipped === undefined) {
      // Counters only grow; the larger one is the later one.
      known.views = post.views === undefined ? known.views : Math.max(known.views ?? 0, views);
      known.likes = Math.max(known.likes, likes);
      known.replies = Math.max(known.replies, replies);
      this.#tally.skip("duplicate-id");
      return;
    }
    const entry: Entry = {
      agent,
      id: post.id,
      seconds,
      views: post.views === undefined ? undefined : views,
      likes,
      replies,
      replyTo: post.replyTo,
      retweet: post.isRetweet,
      sketch: this.#texts.sketch(typeof post.text === "string" ? post.text : ""),
      skipped: bad ? "bad-counter" : Number.isNaN(seconds) ? "bad-timestamp" : undefined,
    };
    if (entry.id !== undefined && entry.skipped === undefined) this.#byId.set(entry.id, entry);
    this.#entries.push(entry);
  }

  #contact(post: Post, from: number | string, seconds: number): void {
    const mentions = mentionsIn(post);
    if (mentions.length === 0 && post.replyTo === undefined) return;
    if (post.id !== undefined) {
      if (this.#contactIds.has(post.id)) return;
      this.#contactIds.add(post.id);
    }
    this.#contacts.push({ from, seconds, mentions, replyTo: post.replyTo });
  }

  /** Marks what is outside the window, repeated from somebody else, or repeats an earlier text of anybody's. */
  #skipRepeated(window: Window): void {
    this.#entries.sort((a, b) => a.seconds - b.seconds || compareText(a.id ?? "", b.id ?? "") || a.agent - b.agent);
    for (const entry of this.#entries) {
      if (entry.skipped !== undefined) continue;
      if (entry.seconds < window.from || entry.seconds > window.to) entry.skipped = "outside-window";
      else if (entry.retweet) entry.skipped = "retweet";
      else {
        const verdict = this.#texts.see(entry.sketch);
        if (verdict !== "new") entry.skipped = verdict;
      }
    }
  }

  /** Which posts were answered from inside the arena, by how many. */
  #insideEngagement(window: Window): Map<Entry, InsideEngagement> {
    const accounts = new Map<Entry, { replies: number; agents: Set<number> }>();
    for (const { from, seconds, replyTo } of this.#contacts) {
      if (typeof from !== "number" || replyTo === undefined || seconds > window.to) continue;
      const target = this.#byId.get(replyTo);
      if (target === undefined) continue;
      const seen = accounts.get(target) ?? { replies: 0, agents: new Set<number>() };
      seen.replies++;
      seen.agents.add(from);
      accounts.set(target, seen);
    }
    return new Map([...accounts].map(([entry, { replies, agents }]) => [entry, { replies, accounts: agents.size }]));
  }

  /** Mentions and answers that each agent received in the window. */
  #received(window: Window, end: number): Map<number, Received> {
    const byKey = this.#agentKeys();
    const received = new Map<number, Received>();
    const of = (agent: number): Received => {
      const found = received.get(agent) ?? { units: 0, posts: 0, insideSeen: 0, outsideSeen: 0, engagers: new Set() };
      received.set(agent, found);
      return found;
    };
    const given = new Map<string, { total: number; to: Map<number, number> }>();
    for (const { from, seconds, mentions, replyTo } of this.#contacts) {
      if (!(seconds >= window.from && seconds <= window.to)) continue;
      const named = new Set<number>();
      for (const key of mentions) {
        const agent = byKey.get(key);
        if (agent !== undefined && agent !== from) named.add(agent);
      }
      const answered = replyTo === undefined ? undefined : this.#byId.get(replyTo)?.agent;
      const touched = new Set(named);
      if (answered !== undefined && answered !== from) touched.add(answered);
      for (const agent of touched) {
        const seen = of(agent);
        if (typeof from === "number") {
          seen.insideSeen++;
          seen.engagers.add(from);
        } else seen.outsideSeen++;
      }
      if (typeof from === "number" || named.size === 0) continue;
      const weight = decay(end - seconds, this.#settings);
      const gift = given.get(from) ?? { total: 0, to: new Map<number, number>() };
      gift.total += weight;
      for (const agent of named) {
        gift.to.set(agent, (gift.to.get(agent) ?? 0) + weight / named.size);
        of(agent).posts++;
      }
      given.set(from, gift);
    }
    for (const { total, to } of given.values()) {
      for (const [agent, weight] of to) of(agent).units += weight / Math.max(1, total);
    }
    return received;
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
    entries: readonly Entry[],
    seen: {
      readonly inside: ReadonlyMap<Entry, InsideEngagement>;
      readonly received: Received | undefined;
      readonly growth: ReadonlyMap<string, number>;
      readonly ageFrom: number;
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
    const inWindow = entries.filter(({ skipped }) => skipped !== "outside-window");
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
        selfReplies: this.#contacts.length === 0 ? 0 : this.#selfReplies(entries),
        insideSeen: seen.received?.insideSeen ?? 0,
        outsideSeen: seen.received?.outsideSeen ?? 0,
        points,
        days: span / 86_400,
        mentionsCapped: units > impressions * mentionsPerImpression,
        followersCapped: followers > impressions * followersPerImpression,
      }),
    };
  }

  #selfReplies(entries: readonly Entry[]): number {
    return entries.filter(({ agent, replyTo }) => replyTo !== undefined && this.#byId.get(replyTo)?.agent === agent)
      .length;
  }

  #explained(entry: Entry, inside: InsideEngagement | undefined, ageFrom: number): ExplainedPost {
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
