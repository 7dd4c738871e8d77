import { Accounts } from "./accounts.ts";
import { ARENA_MIGRATIONS } from "./arena-layout.ts";
import { Authors } from "./authors.ts";
import { Database, text } from "./database.ts";
import { Posts } from "./posts.ts";

/** Everything the social arena knows, in one file. */
export class ArenaStore implements Disposable {
  readonly #db: Database;
  readonly posts: Posts;
  readonly authors: Authors;
  readonly accounts: Accounts;

  private constructor(db: Database) {
    this.#db = db;
    this.posts = new Posts(db);
    this.authors = new Authors(db);
    this.accounts = new Accounts(db);
  }

  /** @throws StoreError as `Database.open`; reading a store that is not there is `store.missing`. */
  static open(path: string, options: { readonly readOnly?: boolean } = {}): ArenaStore {
    const madeBy = "colosseum arena ingest FILES…";
    return new ArenaStore(Database.open(path, { migrations: ARENA_MIGRATIONS, madeBy, ...options }));
  }

  /** Runs `work` in one commit, wholly or not at all. */
  together<T>(work: () => T): T {
    return this.#db.transaction(work);
  }

  /** How far a reading that was not finished came; undefined where none is open. */
  sweep(key: string): string | undefined {
    const row = this.#db.get("SELECT value FROM sweeps WHERE key = ?", key);
    return row === undefined ? undefined : text(row, "value");
  }

  /** Remembers how far a reading came; undefined once it is finished. */
  setSweep(key: string, value: string | undefined): void {
    if (value === undefined) this.#db.run("DELETE FROM sweeps WHERE key = ?", key);
    else
      this.#db.run(
        "INSERT INTO sweeps (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value,
      );
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
