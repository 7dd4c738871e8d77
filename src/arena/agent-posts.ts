import { compareText } from "../base/text.ts";
import type { Post } from "./posts.ts";
import type { SkipReason } from "./tally.ts";
import { type TextSketch, TextSketches } from "./text-sketch.ts";
import type { Window } from "./window.ts";

/** What is kept of a registered author's post. */
export interface AgentPost {
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

/** A counter as a number ≥ 0; NaN for what is none. */
function counter(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : Number.NaN;
}

/** Earlier first; posts without a time after all others, or no order would hold between the rest. */
const inTime = (a: AgentPost, b: AgentPost): number =>
  Number(Number.isNaN(a.seconds)) - Number(Number.isNaN(b.seconds)) || a.seconds - b.seconds;

/** The posts of registered authors, one for each id, with what speaks against scoring them. */
export class AgentPosts {
  readonly #texts = new TextSketches();
  readonly #posts: AgentPost[] = [];
  readonly #byId = new Map<string, AgentPost>();

  /** In the order of reading; in time order after {@link skipRepeated}. */
  get all(): readonly AgentPost[] {
    return this.#posts;
  }

  byId(id: string): AgentPost | undefined {
    return this.#byId.get(id);
  }

  /**
   * Keeps a post; of one that is kept already, only larger counters.
   *
   * @param seconds - Since 1970; NaN where its time cannot be read.
   * @returns Whether it is another post than those before.
   */
  enter(post: Post, agent: number, seconds: number): boolean {
    const [views, likes, replies] = [counter(post.views), counter(post.likes), counter(post.replies)];
    const bad = Number.isNaN(views + likes + replies);
    const known = post.id === undefined || bad ? undefined : this.#byId.get(post.id);
    if (known !== undefined && known.agent === agent && known.skipped === undefined) {
      // Counters only grow; the larger one is the later one.
      known.views = post.views === undefined ? known.views : Math.max(known.views ?? 0, views);
      known.likes = Math.max(known.likes, likes);
      known.replies = Math.max(known.replies, replies);
      return false;
    }
    const entry: AgentPost = {
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
    this.#posts.push(entry);
    return true;
  }

  /** Marks what is outside the window, repeated from somebody else, or repeats an earlier text of anybody's. */
  skipRepeated(window: Window): void {
    this.#posts.sort((a, b) => inTime(a, b) || compareText(a.id ?? "", b.id ?? "") || a.agent - b.agent);
    for (const entry of this.#posts) {
      if (entry.skipped !== undefined) continue;
      if (entry.seconds < window.from || entry.seconds > window.to) entry.skipped = "outside-window";
      else if (entry.retweet) entry.skipped = "retweet";
      else {
        const verdict = this.#texts.see(entry.sketch);
        if (verdict !== "new") entry.skipped = verdict;
      }
    }
  }
}
