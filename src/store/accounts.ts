import { type Database, number, optionalNumber, type Row, text } from "./database.ts";

/** Where accounts are proven: a chain, by its first block, and a subnet of it. */
export interface ArenaScope {
  readonly chain: string;
  readonly netuid: number;
}

/** An X account that a hotkey has proven to be its own. */
export interface Account {
  readonly hotkey: string;
  /** Its slot when somebody last looked; null where nobody has. */
  readonly uid: number | null;
  readonly userId: string;
  /** As last seen, without `@`. */
  readonly handle: string;
  readonly postId: string;
  /** When the hotkey signed, and when the post was checked; seconds since the Unix epoch. */
  readonly challengedAt: number;
  readonly verifiedAt: number;
}

const accountOf = (row: Row): Account => ({
  hotkey: text(row, "hotkey"),
  uid: optionalNumber(row, "uid"),
  userId: text(row, "user_id"),
  handle: text(row, "handle"),
  postId: text(row, "post_id"),
  challengedAt: number(row, "challenged"),
  verifiedAt: number(row, "verified"),
});

/** The proven accounts: one for a hotkey, one hotkey for an account. */
export class Accounts {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Subnets for which accounts are proven. */
  scopes(): ArenaScope[] {
    return this.#db
      .all("SELECT DISTINCT chain, netuid FROM accounts ORDER BY chain, netuid")
      .map((row) => ({ chain: text(row, "chain"), netuid: number(row, "netuid") }));
  }

  /** All of a subnet, by hotkey. */
  all({ chain, netuid }: ArenaScope): Account[] {
    return this.#db
      .all("SELECT * FROM accounts WHERE chain = ? AND netuid = ? ORDER BY hotkey", chain, netuid)
      .map(accountOf);
  }

  ofUser({ chain, netuid }: ArenaScope, userId: string): Account | undefined {
    const row = this.#db.get(
      "SELECT * FROM accounts WHERE chain = ? AND netuid = ? AND user_id = ?",
      chain,
      netuid,
      userId,
    );
    return row === undefined ? undefined : accountOf(row);
  }

  ofHotkey({ chain, netuid }: ArenaScope, hotkey: string): Account | undefined {
    const row = this.#db.get(
      "SELECT * FROM accounts WHERE chain = ? AND netuid = ? AND hotkey = ?",
      chain,
      netuid,
      hotkey,
    );
    return row === undefined ? undefined : accountOf(row);
  }

  /** Takes an account in; what the hotkey had before, and who had the account before, give way. */
  put({ chain, netuid }: ArenaScope, account: Account): void {
    const { hotkey, uid, userId, handle, postId, challengedAt, verifiedAt } = account;
    this.#db.transaction(() => {
      this.#db.run("DELETE FROM accounts WHERE chain = ? AND netuid = ? AND user_id = ?", chain, netuid, userId);
      this.#db.run(
        "INSERT OR REPLACE INTO accounts (chain, netuid, hotkey, uid, user_id, handle, post_id, challenged, verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ...[chain, netuid, hotkey, uid, userId, handle, postId, challengedAt, verifiedAt],
      );
    });
  }

  /** The account is called something else now. */
  rename(userId: string, handle: string): void {
    this.#db.run("UPDATE accounts SET handle = ? WHERE user_id = ?", handle, userId);
  }

  /**
   * Brings the slots up to date; a hotkey that has none any more frees its account.
   *
   * @param uids - Hotkey → uid of everybody in the subnet.
   * @returns The accounts that were freed.
   */
  settle(scope: ArenaScope, uids: ReadonlyMap<string, number>): Account[] {
    const freed: Account[] = [];
    this.#db.transaction(() => {
      for (const account of this.all(scope)) {
        const uid = uids.get(account.hotkey);
        const place = [scope.chain, scope.netuid, account.hotkey] as const;
        if (uid === undefined) {
          freed.push(account);
          this.#db.run("DELETE FROM accounts WHERE chain = ? AND netuid = ? AND hotkey = ?", ...place);
        } else if (uid !== account.uid) {
          this.#db.run("UPDATE accounts SET uid = ? WHERE chain = ? AND netuid = ? AND hotkey = ?", uid, ...place);
        }
      }
    });
    return freed;
  }
}
