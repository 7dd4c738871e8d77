import type { Author } from "../arena/author.ts";
import type { RecordSink } from "../arena/posts.ts";
import { type Database, number, optionalNumber, optionalText, type Row, text } from "./database.ts";

/** What accounts looked like over time. */
export class Authors {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Remembers a look at an account. As long as nothing changes two rows are kept: the first look and the last.
   *
   * @param seconds - When, since the Unix epoch.
   */
  put(author: Author, seconds: number): void {
    const at = Math.floor(seconds);
    const last = this.#db.all(
      "SELECT * FROM authors WHERE user_id = ? AND seen <= ? ORDER BY seen DESC LIMIT 2",
      author.userId,
      at,
    );
    const flag = author.automated === undefined ? null : Number(author.automated);
    const row = [author.username ?? null, author.followers ?? null, author.createdAt ?? null, flag] as const;
    const same = (before: Row | undefined): boolean =>
      before !== undefined &&
      ["handle", "followers", "created", "automated"].every((name, index) => before[name] === row[index]);
    const [newest, older] = last;
    if (newest !== undefined && same(newest) && same(older)) {
      this.#db.run("DELETE FROM authors WHERE user_id = ? AND seen = ?", author.userId, number(newest, "seen"));
    }
    this.#db.run(
      "INSERT OR REPLACE INTO authors (user_id, seen, handle, followers, created, automated) VALUES (?, ?, ?, ?, ?, ?)",
      author.userId,
      at,
      ...row,
    );
  }

  /** The last look at an account. */
  latest(userId: string): Author | undefined {
    const row = this.#db.get("SELECT * FROM authors WHERE user_id = ? ORDER BY seen DESC LIMIT 1", userId);
    if (row === undefined) return undefined;
    const flag = optionalNumber(row, "automated");
    return {
      userId,
      username: optionalText(row, "handle") ?? undefined,
      followers: optionalNumber(row, "followers") ?? undefined,
      createdAt: optionalNumber(row, "created") ?? undefined,
      automated: flag === null ? undefined : flag === 1,
    };
  }

  /** Whether an account was ever seen under a name. */
  wasCalled(userId: string, handle: string): boolean {
    const name = handle.replace(/^@/, "");
    return (
      this.#db.get("SELECT 1 FROM authors WHERE user_id = ? AND handle = ? COLLATE NOCASE LIMIT 1", userId, name) !==
      undefined
    );
  }

  /** Gives every count of followers from some time on to a sink. */
  readAll(sink: RecordSink, sinceSeconds: number): void {
    const rows = this.#db.all(
      "SELECT user_id, seen, followers FROM authors WHERE followers IS NOT NULL AND seen >= ? ORDER BY user_id, seen",
      Math.floor(Math.max(0, sinceSeconds)),
    );
    for (const row of rows) {
      const followers = number(row, "followers");
      const unknown = { username: undefined, createdAt: undefined, automated: undefined };
      sink.author?.({ userId: text(row, "user_id"), followers, ...unknown }, number(row, "seen"));
    }
  }
}
