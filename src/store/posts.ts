import type { Post, RecordSink } from "../arena/posts.ts";
import { type Database, number, optionalNumber, type Row, text } from "./database.ts";

/** Posts of one page of reading. */
const PAGE = 2_000;
const COUNTERS = ["likes", "retweets", "replies", "views"] as const;

/** Later counters win; a counter that is no number never replaces one that is. */
function withCounters(known: Post, later: Readonly<Record<string, unknown>>): Post {
  const merged: Record<string, unknown> = { ...known };
  for (const name of COUNTERS) if (typeof later[name] === "number") merged[name] = later[name];
  return merged as unknown as Post;
}

/** The posts of the social arena, each once, in the order in which they came; what its counters were before is kept. */
export class Posts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Puts one post in. A post without an id cannot be told from another.
   *
   * @param at - When these counters were seen, seconds since the Unix epoch.
   */
  put(post: Post, at: number): "new" | "updated" | "duplicate" | "missing-id" {
    if (post.id === undefined) return "missing-id";
    const row = this.#db.get("SELECT post, seen FROM posts WHERE id = ?", post.id);
    if (row === undefined) {
      this.#db.run("INSERT INTO posts (id, post, seen) VALUES (?, ?, ?)", post.id, JSON.stringify(post), at);
      return "new";
    }
    const before = text(row, "post");
    const known = JSON.parse(before) as Post;
    const after = JSON.stringify(withCounters(known, post as unknown as Record<string, unknown>));
    if (after === before) return "duplicate";
    this.#db.run(
      "INSERT OR REPLACE INTO counters (id, seen, counters) VALUES (?, ?, ?)",
      post.id,
      number(row, "seen"),
      JSON.stringify(known, [...COUNTERS]),
    );
    this.#db.run("UPDATE posts SET post = ?, seen = ? WHERE id = ?", after, at, post.id);
    return "updated";
  }

  /** How many there are. */
  count(): number {
    return number(this.#db.get("SELECT count(*) AS n FROM posts") ?? {}, "n");
  }

  /** Time of the newest post that is not from the future; undefined where no post has a time. */
  newest(nowSeconds: number): number | undefined {
    const sql =
      "SELECT max(post ->> '$.timestamp') AS newest FROM posts WHERE json_type(post, '$.timestamp') IN ('integer', 'real') AND post ->> '$.timestamp' <= ?";
    return optionalNumber(this.#db.get(sql, nowSeconds) ?? {}, "newest") ?? undefined;
  }

  /**
   * Gives every post to a sink, oldest arrival first, a page at a time.
   *
   * @param asOf - With the counters as they were known then (the first known ones where nobody had looked yet).
   */
  readAll(sink: RecordSink, asOf = Number.POSITIVE_INFINITY): void {
    for (let after = 0; ; ) {
      const rows = this.#db.all(
        "SELECT seq, id, post, seen FROM posts WHERE seq > ? ORDER BY seq LIMIT ?",
        after,
        PAGE,
      );
      for (const row of rows) {
        const post = JSON.parse(text(row, "post")) as Post;
        sink.post(number(row, "seen") > asOf ? this.#before(post, row, asOf) : post);
        after = number(row, "seq");
      }
      if (rows.length < PAGE) return;
    }
  }

  #before(post: Post, row: Row, asOf: number): Post {
    const id = text(row, "id");
    const then =
      this.#db.get("SELECT counters FROM counters WHERE id = ? AND seen <= ? ORDER BY seen DESC LIMIT 1", id, asOf) ??
      this.#db.get("SELECT counters FROM counters WHERE id = ? ORDER BY seen LIMIT 1", id);
    return then === undefined
      ? post
      : withCounters(post, JSON.parse(text(then, "counters")) as Record<string, unknown>);
  }
}
