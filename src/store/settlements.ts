import { type Database, number, optionalNumber, optionalText, type Row, text } from "./database.ts";

/**
 * `prepared` (scores final) → `submitted` (hash stored, then sent) → `verified` (in a block and read back), or `included`
 * where the chain reads back something else. Or `held` (nobody scored, nothing to send) or `superseded` (a newer
 * settlement was there first).
 */
export type SettlementState = "prepared" | "submitted" | "included" | "verified" | "held" | "superseded";

export interface WeightEntry {
  readonly uid: number;
  readonly hotkey: string;
  /** u16. */
  readonly value: number;
}

export interface SettlementRecord {
  readonly interval: number;
  readonly state: SettlementState;
  readonly scores: Readonly<Record<string, number>>;
  readonly weights: readonly WeightEntry[] | null;
  readonly extrinsic: string | null;
  readonly mode: string | null;
  /** The head when it was sent: an older row on the chain is not this one. */
  readonly sentAtBlock: number | null;
  readonly block: number | null;
  readonly problem: { readonly code: string; readonly message: string } | null;
  readonly attempts: number;
  readonly updatedAtMs: number;
}

const read = (row: Row): SettlementRecord => ({
  interval: number(row, "interval"),
  state: text(row, "state") as SettlementState,
  scores: JSON.parse(text(row, "scores")) as Record<string, number>,
  weights: row["weights"] === null ? null : (JSON.parse(text(row, "weights")) as WeightEntry[]),
  extrinsic: optionalText(row, "extrinsic"),
  mode: optionalText(row, "mode"),
  sentAtBlock: optionalNumber(row, "sent_at_block"),
  block: optionalNumber(row, "block"),
  problem: row["problem"] === null ? null : (JSON.parse(text(row, "problem")) as SettlementRecord["problem"]),
  attempts: number(row, "attempts"),
  updatedAtMs: number(row, "updated_at"),
});

/** What each interval paid, and how far it has come on its way to the chain. */
export class Settlements {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  insert(interval: number, scores: Readonly<Record<string, number>>, nowMs: number): void {
    this.#db.run(
      "INSERT INTO settlements (interval, state, scores, updated_at) VALUES (?, 'prepared', ?, ?)",
      interval,
      JSON.stringify(scores),
      nowMs,
    );
  }

  get(interval: number): SettlementRecord | undefined {
    const row = this.#db.get("SELECT * FROM settlements WHERE interval = ?", interval);
    return row === undefined ? undefined : read(row);
  }

  /** The newest ones, oldest first. */
  list(most: number): SettlementRecord[] {
    return this.#db.all("SELECT * FROM settlements ORDER BY interval DESC LIMIT ?", most).map(read).reverse();
  }

  /** The newest ones of which an extrinsic was signed, oldest first: any number of others may lie between them. */
  sent(most: number): SettlementRecord[] {
    return this.#db
      .all("SELECT * FROM settlements WHERE extrinsic IS NOT NULL ORDER BY interval DESC LIMIT ?", most)
      .map(read)
      .reverse();
  }

  /** The block of the newest weights that are in one; undefined before the first. */
  lastBlock(): number | undefined {
    const row = this.#db.get("SELECT block FROM settlements WHERE block IS NOT NULL ORDER BY interval DESC LIMIT 1");
    return row === undefined ? undefined : number(row, "block");
  }

  /** Those on their way, oldest first. */
  unfinished(): SettlementRecord[] {
    return this.#db
      .all("SELECT * FROM settlements WHERE state IN ('prepared', 'submitted') ORDER BY interval")
      .map(read);
  }

  update(
    interval: number,
    change: Partial<Omit<SettlementRecord, "interval" | "scores" | "updatedAtMs">>,
    nowMs: number,
  ): void {
    const before = this.get(interval);
    if (before === undefined) return;
    const after = { ...before, ...change };
    this.#db.run(
      `UPDATE settlements SET state = ?, weights = ?, extrinsic = ?, mode = ?, sent_at_block = ?, block = ?, problem = ?,
         attempts = ?, updated_at = ? WHERE interval = ?`,
      after.state,
      after.weights === null ? null : JSON.stringify(after.weights),
      after.extrinsic,
      after.mode,
      after.sentAtBlock,
      after.block,
      after.problem === null ? null : JSON.stringify(after.problem),
      after.attempts,
      nowMs,
      interval,
    );
  }
}
