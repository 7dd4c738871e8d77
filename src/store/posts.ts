import type { OddRecord, Post, RecordSink } from "../arena/posts.ts";
import { Database, number, text } from "./database.ts";

const MIGRATIONS = ["CREATE TABLE posts (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, post TEXT NOT NULL)"];
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

const COUNTERS = ["likes", "retweets", "replies", "views"] as const;

/** Later counters win; a counter that is no number never replaces one that is. */
function withLaterCounters(known: Post, later: Post): Post {
  const merged: Record<string, unknown> = { ...known };
  for (const name of COUNTERS) if (typeof later[name] === "number") merged[name] = later[name];
  return merged as unknown as Post;
}

/** The posts of the social arena in one file, each once, in the order in which they came. */
export class PostStore implements Disposable {
  readonly #db: Database;

  private constructor(db: Database) {
    this.#db = db;
  }

  /** @throws StoreError as `Database.open`; reading a store that is not there is `store.missing`. */
  static open(path: string, options: { readonly readOnly?: boolean } = {}): PostStore {
    const madeBy = "colosseum arena ingest FILES…";
    return new PostStore(Database.open(path, { migrations: MIGRATIONS, madeBy, ...options }));
  }

  /** Puts one post in. A post without an id cannot be told from another. */
  put(post: Post): "new" | "updated" | "duplicate" | "missing-id" {
    if (post.id === undefined) return "missing-id";
    const row = this.#db.get("SELECT post FROM posts WHERE id = ?", post.id);
    if (row === undefined) {
      this.#db.run("INSERT INTO posts (id, post) VALUES (?, ?)", post.id, JSON.stringify(post));
      return "new";
    }
    const before = text(row, "post");
    const after = JSON.stringify(withLaterCounters(JSON.parse(before) as Post, post));
    if (after === before) return "duplicate";
    this.#db.run("UPDATE posts SET post = ? WHERE id = ?", after, post.id);
    return "updated";
  }

  /** Runs `work` in one commit. */
  together<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  /** Gives every post to a sink, oldest arrival first, a page at a time. */
  readAll(sink: RecordSink): void {
    for (let after = 0; ; ) {
      const rows = this.#db.all("SELECT seq, post FROM posts WHERE seq > ? ORDER BY seq LIMIT ?", after, BATCH);
      for (const row of rows) {
        sink.post(JSON.parse(text(row, "post")) as Post);
        after = number(row, "seq");
      }
      if (rows.length < BATCH) return;
    }
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** Takes posts from a feed into the store, in batches. What was committed before a kill is a duplicate afterwards. */
export class PostIngest implements RecordSink {
  readonly #store: PostStore;
  readonly #counts = { new: 0, updated: 0, duplicate: 0 };
  readonly #skipped: Record<string, number> = {};
  #waiting: Post[] = [];

  constructor(store: PostStore) {
    this.#store = store;
  }

  post(post: Post): void {
    this.#waiting.push(post);
    if (this.#waiting.length >= BATCH) this.#flush();
  }

  odd(reason: OddRecord): void {
    this.#skip(reason);
  }

  /** Commits what is waiting and says what became of everything. */
  finish(): IngestCounts {
    this.#flush();
    const skipped = Object.values(this.#skipped).reduce((sum, count) => sum + count, 0);
    const { new: added, updated, duplicate } = this.#counts;
    return { read: added + updated + duplicate + skipped, ...this.#counts, skipped: this.#skipped };
  }

  #skip(reason: string): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }

  #flush(): void {
    const posts = this.#waiting;
    this.#waiting = [];
    this.#store.together(() => {
      for (const post of posts) {
        const outcome = this.#store.put(post);
        if (outcome === "missing-id") this.#skip(outcome);
        else this.#counts[outcome]++;
      }
    });
  }
}
