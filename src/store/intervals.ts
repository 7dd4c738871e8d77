import type { DrawRules } from "../mechanism/draws.ts";
import { type Database, number, optionalNumber, optionalText, type Row, text } from "./database.ts";

/** `waiting` for its beacon, `open` for rounds, `settled` once its scores are final. */
export type IntervalState = "waiting" | "open" | "settled";

/** The rules an interval was opened with; later changes of settings reach the next one. */
export interface IntervalRules {
  readonly preset: string;
  /** What differs from the preset. */
  readonly settings: Readonly<Record<string, number | string>>;
  readonly draws: DrawRules;
}

export interface IntervalRecord {
  readonly n: number;
  readonly state: IntervalState;
  readonly openedAtMs: number;
  readonly closedAtMs: number | null;
  /** 0x hex, sha256 of the seed. */
  readonly commitment: string;
  readonly beaconHeight: number;
  /** 0x hex, once known. */
  readonly beacon: string | null;
  readonly rules: IntervalRules;
  /** Hotkey → score, once settled. */
  readonly scores: Readonly<Record<string, number>> | null;
}

const read = (row: Row): IntervalRecord => ({
  n: number(row, "n"),
  state: text(row, "state") as IntervalState,
  openedAtMs: number(row, "opened_at"),
  closedAtMs: optionalNumber(row, "closed_at"),
  commitment: text(row, "commitment"),
  beaconHeight: number(row, "beacon_height"),
  beacon: optionalText(row, "beacon"),
  rules: JSON.parse(text(row, "rules")) as IntervalRules,
  scores: row["scores"] === null ? null : (JSON.parse(text(row, "scores")) as Record<string, number>),
});

/** Intervals: from one settlement to the next. */
export class Intervals {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  latest(): IntervalRecord | undefined {
    const row = this.#db.get("SELECT * FROM intervals ORDER BY n DESC LIMIT 1");
    return row === undefined ? undefined : read(row);
  }

  get(n: number): IntervalRecord | undefined {
    const row = this.#db.get("SELECT * FROM intervals WHERE n = ?", n);
    return row === undefined ? undefined : read(row);
  }

  /** In order; the newest `most` of them. */
  list(most = Number.MAX_SAFE_INTEGER): IntervalRecord[] {
    return this.#db.all("SELECT * FROM intervals ORDER BY n DESC LIMIT ?", most).map(read).reverse();
  }

  insert(record: Pick<IntervalRecord, "n" | "openedAtMs" | "commitment" | "beaconHeight" | "rules">): void {
    this.#db.run(
      "INSERT INTO intervals (n, state, opened_at, commitment, beacon_height, rules) VALUES (?, 'waiting', ?, ?, ?, ?)",
      record.n,
      record.openedAtMs,
      record.commitment,
      record.beaconHeight,
      JSON.stringify(record.rules),
    );
  }

  setBeacon(n: number, beacon: string): void {
    this.#db.run("UPDATE intervals SET state = 'open', beacon = ? WHERE n = ? AND state = 'waiting'", beacon, n);
  }

  settle(n: number, closedAtMs: number, scores: Readonly<Record<string, number>>): void {
    this.#db.run(
      "UPDATE intervals SET state = 'settled', closed_at = ?, scores = ? WHERE n = ?",
      closedAtMs,
      JSON.stringify(scores),
      n,
    );
  }
}
