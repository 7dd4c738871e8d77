import { storedNonce } from "./answers.ts";
import { type Database, number, type Row, text } from "./database.ts";

export interface CheckInRecord {
  readonly hotkey: string;
  readonly roles: readonly ("generator" | "discriminator")[];
  readonly taskTypes: readonly string[];
  readonly atMs: number;
  readonly expiresAtMs: number;
  /** sha256 hex of the session key; the key itself is nowhere. */
  readonly session: string;
  readonly request: number;
}

const read = (row: Row): CheckInRecord => ({
  hotkey: text(row, "hotkey"),
  roles: JSON.parse(text(row, "roles")) as CheckInRecord["roles"],
  taskTypes: JSON.parse(text(row, "task_types")) as string[],
  atMs: number(row, "at"),
  expiresAtMs: number(row, "expires_at"),
  session: text(row, "session"),
  request: number(row, "request"),
});

/** Who said that it wants to play: the newest word of each hotkey. */
export class CheckIns {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns False if a newer one is stored already. */
  put(record: CheckInRecord, nonceNs: bigint): boolean {
    return (
      this.#db.run(
        `INSERT INTO check_ins (hotkey, roles, task_types, at, expires_at, session, nonce, request)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (hotkey) DO UPDATE SET roles = excluded.roles, task_types = excluded.task_types, at = excluded.at,
           expires_at = excluded.expires_at, session = excluded.session, nonce = excluded.nonce,
           request = excluded.request
         WHERE excluded.nonce > check_ins.nonce`,
        record.hotkey,
        JSON.stringify(record.roles),
        JSON.stringify(record.taskTypes),
        record.atMs,
        record.expiresAtMs,
        record.session,
        storedNonce(nonceNs),
        record.request,
      ) > 0
    );
  }

  get(hotkey: string): CheckInRecord | undefined {
    const row = this.#db.get("SELECT * FROM check_ins WHERE hotkey = ?", hotkey);
    return row === undefined ? undefined : read(row);
  }

  bySession(session: string): CheckInRecord | undefined {
    const row = this.#db.get("SELECT * FROM check_ins WHERE session = ?", session);
    return row === undefined ? undefined : read(row);
  }

  /** Those that hold at an instant, by hotkey. */
  current(nowMs: number): CheckInRecord[] {
    return this.#db.all("SELECT * FROM check_ins WHERE expires_at > ? ORDER BY hotkey", nowMs).map(read);
  }
}
