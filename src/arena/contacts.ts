import type { AgentPost } from "./agent-posts.ts";
import { type ColosseumSettings, decay, type InsideEngagement } from "./colosseum.ts";
import { type MentionKey, mentionsIn } from "./mentions.ts";
import type { Post } from "./posts.ts";
import type { Window } from "./window.ts";

/** A post that names somebody, or answers somebody, from inside or outside. */
interface Contact {
  /** Agent of the author, or its account id where it is outside. */
  readonly from: number | string;
  readonly seconds: number;
  readonly mentions: readonly MentionKey[];
  readonly replyTo: string | undefined;
}

/** Per agent: what came from other posts than its own. */
export interface Received {
  /** Decayed mentions by outside accounts, each account at most one, shared between those it names. */
  units: number;
  posts: number;
  insideSeen: number;
  outsideSeen: number;
  /** Other agents that answered or named it. */
  readonly engagers: Set<number>;
}

/** Finds the post that was answered, if it is a registered author's. */
type PostById = (id: string) => AgentPost | undefined;

/** Who named and who answered whom. */
export class Contacts {
  readonly #contacts: Contact[] = [];
  readonly #ids = new Set<string>();

  /**
   * Keeps what a post says to others; each id once.
   *
   * @param from - Agent of the author, or its account id where it is outside.
   * @param seconds - Since 1970; NaN counts in no window.
   */
  add(post: Post, from: number | string, seconds: number): void {
    const mentions = mentionsIn(post);
    if (mentions.length === 0 && post.replyTo === undefined) return;
    if (post.id !== undefined) {
      if (this.#ids.has(post.id)) return;
      this.#ids.add(post.id);
    }
    this.#contacts.push({ from, seconds, mentions, replyTo: post.replyTo });
  }

  /** Which posts were answered from inside the arena, by how many. */
  insideEngagement(window: Window, byId: PostById): Map<AgentPost, InsideEngagement> {
    const accounts = new Map<AgentPost, { replies: number; agents: Set<number> }>();
    for (const { from, seconds, replyTo } of this.#contacts) {
      if (typeof from !== "number" || replyTo === undefined || seconds > window.to) continue;
      const target = byId(replyTo);
      if (target === undefined) continue;
      const seen = accounts.get(target) ?? { replies: 0, agents: new Set<number>() };
      seen.replies++;
      seen.agents.add(from);
      accounts.set(target, seen);
    }
    return new Map([...accounts].map(([entry, { replies, agents }]) => [entry, { replies, accounts: agents.size }]));
  }

  /**
   * Mentions and answers that each agent received in the window.
   *
   * @param ageFrom - Second from which a mention's age is counted.
   * @param byKey - Every name under which an agent can be mentioned.
   */
  received(
    window: Window,
    ageFrom: number,
    settings: ColosseumSettings,
    byKey: ReadonlyMap<MentionKey, number>,
    byId: PostById,
  ): Map<number, Received> {
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
      const answered = replyTo === undefined ? undefined : byId(replyTo)?.agent;
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
      const weight = decay(ageFrom - seconds, settings);
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
}
