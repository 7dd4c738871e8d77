import type { Author } from "../arena/author.ts";
import type { OddRecord, Post, RecordSink } from "../arena/posts.ts";
import type { ArenaStore } from "./arena-store.ts";

/** Posts in one commit: what a kill can lose, and what a commit's wait is shared by. */
const BATCH = 2_000;

/** What became of the records that were read; `read` is the sum of the rest. */
export interface IngestCounts {
  readonly read: number;
  readonly new: number;
  readonly updated: number;
  readonly duplicate: number;
  readonly skipped: Readonly<Record<string, number>>;
}

/**
 * Takes posts and what is said of their authors from a feed into the store, in batches. What was committed before a kill
 * is a duplicate afterwards.
 */
export class PostIngest implements RecordSink {
  readonly #store: ArenaStore;
  readonly #nowSeconds: () => number;
  readonly #counts = { new: 0, updated: 0, duplicate: 0 };
  readonly #skipped: Record<string, number> = {};
  #posts: Post[] = [];
  #authors: { readonly author: Author; readonly at: number }[] = [];

  constructor(store: ArenaStore, nowSeconds: () => number) {
    this.#store = store;
    this.#nowSeconds = nowSeconds;
  }

  post(post: Post): void {
    this.#posts.push(post);
    if (this.#posts.length >= BATCH) this.flush();
  }

  odd(reason: OddRecord): void {
    this.#skip(reason);
  }

  author(author: Author, at?: number): void {
    this.#authors.push({ author, at: at ?? this.#nowSeconds() });
    if (this.#authors.length >= BATCH) this.flush();
  }

  /** Commits what is waiting, with `also` in the same commit, and says what became of everything so far. */
  flush(also?: () => void): IngestCounts {
    const [posts, authors] = [this.#posts, this.#authors];
    this.#posts = [];
    this.#authors = [];
    const at = this.#nowSeconds();
    this.#store.together(() => {
      for (const post of posts) {
        const outcome = this.#store.posts.put(post, at);
        if (outcome === "missing-id") this.#skip(outcome);
        else this.#counts[outcome]++;
      }
      for (const seen of authors) this.#store.authors.put(seen.author, seen.at);
      also?.();
    });
    const skipped = Object.values(this.#skipped).reduce((sum, count) => sum + count, 0);
    const { new: added, updated, duplicate } = this.#counts;
    return {
      read: added + updated + duplicate + skipped,
      ...this.#counts,
      skipped: { ...this.#skipped },
    };
  }

  #skip(reason: string): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }
}
