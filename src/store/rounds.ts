import type { Eligible } from "../mechanism/draws.ts";
import { type Database, number, optionalNumber, type Row, text } from "./database.ts";

/**
 * `generating` until outputs are in or late, `preparing` while they are reprinted, `voting` while votes are taken,
 * `scoring` until its tasks are scored, then `done`.
 */
export type RoundState = "generating" | "preparing" | "voting" | "scoring" | "done";

export interface RoundRecord {
  readonly interval: number;
  readonly n: number;
  readonly state: RoundState;
  readonly openedAtMs: number;
  /** The chain's height at which registrations were read. */
  readonly block: number;
  readonly firstKindsUsed: number;
  readonly firstKindsAfter: number;
  readonly generateUntilMs: number;
  /** The one instant at which voting on all its tasks opens, once it has. */
  readonly votingOpensAtMs: number | null;
  readonly votingEndsAtMs: number | null;
}

/** An eligible miner, with the request that checked it in. */
export interface EligibleRecord extends Eligible {
  readonly request: number | null;
}

const read = (row: Row): RoundRecord => ({
  interval: number(row, "interval"),
  n: number(row, "n"),
  state: text(row, "state") as RoundState,
  openedAtMs: number(row, "opened_at"),
  block: number(row, "block"),
  firstKindsUsed: number(row, "first_kinds_used"),
  firstKindsAfter: number(row, "first_kinds_after"),
  generateUntilMs: number(row, "generate_until"),
  votingOpensAtMs: optionalNumber(row, "voting_opens_at"),
  votingEndsAtMs: optionalNumber(row, "voting_ends_at"),
});

/** Rounds of an interval: in each, every eligible miner generates once. */
export class Rounds {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** In order. */
  of(interval: number): RoundRecord[] {
    return this.#db.all("SELECT * FROM rounds WHERE interval = ? ORDER BY n", interval).map(read);
  }

  /** The round that is not done yet, if any; there is never more than one. */
  active(): RoundRecord | undefined {
    const row = this.#db.get("SELECT * FROM rounds WHERE state <> 'done' ORDER BY interval, n LIMIT 1");
    return row === undefined ? undefined : read(row);
  }

  /** The newest round of all. */
  latest(): RoundRecord | undefined {
    const row = this.#db.get("SELECT * FROM rounds ORDER BY interval DESC, n DESC LIMIT 1");
    return row === undefined ? undefined : read(row);
  }

  insert(record: RoundRecord, eligible: readonly EligibleRecord[]): void {
    this.#db.run(
      `INSERT INTO rounds (interval, n, state, opened_at, block, first_kinds_used, first_kinds_after, generate_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      record.interval,
      record.n,
      record.state,
      record.openedAtMs,
      record.block,
      record.firstKindsUsed,
      record.firstKindsAfter,
      record.generateUntilMs,
    );
    for (const miner of eligible) {
      this.#db.run(
        "INSERT INTO eligible (interval, round, hotkey, coldkey, roles, task_types, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
        record.interval,
        record.n,
        miner.hotkey,
        miner.coldkey,
        JSON.stringify(miner.roles),
        JSON.stringify(miner.taskTypes),
        miner.request,
      );
    }
  }

  /** By hotkey, ascending. */
  eligible(interval: number, round: number): EligibleRecord[] {
    return this.#db
      .all("SELECT * FROM eligible WHERE interval = ? AND round = ? ORDER BY hotkey", interval, round)
      .map((row) => ({
        hotkey: text(row, "hotkey"),
        coldkey: text(row, "coldkey"),
        roles: JSON.parse(text(row, "roles")) as Eligible["roles"],
        taskTypes: JSON.parse(text(row, "task_types")) as string[],
        request: optionalNumber(row, "request"),
      }));
  }

  openVoting(interval: number, n: number, opensAtMs: number, endsAtMs: number): void {
    this.#db.run(
      "UPDATE rounds SET state = 'voting', voting_opens_at = ?, voting_ends_at = ? WHERE interval = ? AND n = ?",
      opensAtMs,
      endsAtMs,
      interval,
      n,
    );
  }

  /** Ends the voting, perhaps earlier than announced because everybody asked has answered. */
  endVoting(interval: number, n: number, endsAtMs: number): void {
    this.#db.run(
      "UPDATE rounds SET state = 'scoring', voting_ends_at = ? WHERE interval = ? AND n = ?",
      endsAtMs,
      interval,
      n,
    );
  }

  setState(interval: number, n: number, state: RoundState): void {
    this.#db.run("UPDATE rounds SET state = ? WHERE interval = ? AND n = ?", state, interval, n);
  }

  /** The newest instant that anything was stored for: time never runs back behind it. */
  newestMs(): number {
    return Number(
      this.#db.get("SELECT max(coalesce(max(opened_at), 0), coalesce(max(voting_opens_at), 0)) AS at FROM rounds")?.[
        "at"
      ],
    );
  }
}
