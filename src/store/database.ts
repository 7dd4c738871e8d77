import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { storeError, storeMissing, storeNewer } from "./errors.ts";

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, SQLInputValue>>;

export interface OpenOptions {
  /** Statements that lead from layout i to i + 1; never changed once released, only added to. */
  readonly migrations: readonly string[];
  /** Reading only: nothing is created or migrated. */
  readonly readOnly?: boolean;
  /** What makes the file, for the hint where it is missing. */
  readonly madeBy?: string;
  /** How long another process' write is waited for. */
  readonly busyTimeoutMs?: number;
}

/**
 * One SQLite file: write-ahead log, every commit on the disk before it returns (`synchronous=FULL`), statements
 * prepared once. Failures are typed (`store.*`).
 */
export class Database implements Disposable {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
  }

  /**
   * @throws StoreError `store.newer`, `store.missing` (reading), `store.corrupt`, `store.locked`, `store.unreadable`,
   * `store.full`.
   */
  static open(path: string, options: OpenOptions): Database {
    const { migrations, readOnly = false } = options;
    if (readOnly && !existsSync(path)) throw storeMissing(path, `It is made by: ${options.madeBy ?? "colosseum"}`);
    try {
      // Seeds and answers stand in it: nobody else's business.
      if (!readOnly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const place = readOnly ? readingPlace(path) : path;
      const raw = new DatabaseSync(place, { readOnly, timeout: options.busyTimeoutMs ?? 5_000 });
      const db = new Database(path, raw);
      try {
        db.#prepare(migrations, readOnly);
      } catch (error) {
        raw.close();
        throw error;
      }
      return db;
    } catch (error) {
      throw storeError(path, error);
    }
  }

  #prepare(migrations: readonly string[], readOnly: boolean): void {
    const version = Number(this.#db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
    if (version > migrations.length) throw storeNewer(this.path, version, migrations.length);
    if (readOnly) return;
    chmodSync(this.path, 0o600);
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    // A rush of votes touches pages everywhere: more of them are kept at hand (16 MiB), and the log goes back into the
    // file every 16 MiB, not 4. A tenth more requests a second.
    this.#db.exec("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000");
    for (const [index, migration] of migrations.entries()) {
      if (index < version) continue;
      this.transaction(() => this.#db.exec(`${migration}; PRAGMA user_version = ${index + 1}`));
    }
  }

  /** Runs a statement that returns nothing; → rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).changes));
  }

  /** The first row, if any. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values) as Row | undefined);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values) as Row[]);
  }

  /**
   * Runs `work` wholly or not at all. Inside another transaction it becomes a part of that one that can fail alone.
   * `work` is synchronous: nothing else can come between its statements.
   */
  transaction<T>(work: () => T): T {
    const nested = this.#depth > 0;
    const name = `step${this.#depth}`;
    this.#guard(() => this.#db.exec(nested ? `SAVEPOINT ${name}` : "BEGIN IMMEDIATE"));
    this.#depth++;
    try {
      const result = work();
      this.#guard(() => this.#db.exec(nested ? `RELEASE ${name}` : "COMMIT"));
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself; then there is nothing left to roll back.
      if (this.#db.isTransaction) this.#db.exec(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : "ROLLBACK");
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** Whether a write transaction is open now; a full disk ends one before its time. */
  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  /** Writes a consistent copy of everything to a new file. @throws StoreError if `target` exists or cannot be written. */
  copyTo(target: string): void {
    this.#guard(() => this.#db.prepare("VACUUM INTO ?").run(target));
    chmodSync(target, 0o600);
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(this.path, error);
    }
  }
}

/**
 * How to open a file for reading so that nothing appears beside it. Without a write-ahead log nobody has it open, and it
 * can be read as if it never changed; with one, SQLite's own files are there already.
 */
function readingPlace(path: string): string | URL {
  if (existsSync(`${path}-wal`)) return path;
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return url;
}

/** A column that holds text. @throws TypeError if the layout and the code disagree. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`the column ${column} holds ${typeof value}, not text`);
  return value;
}

/** A column that holds a number. @throws TypeError if the layout and the code disagree. */
export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`the column ${column} holds ${typeof value}, not a number`);
  return value;
}

/** A column that may be empty. */
export const optionalText = (row: Row, column: string): string | null =>
  row[column] === null || row[column] === undefined ? null : text(row, column);

/** A column that may be empty. */
export const optionalNumber = (row: Row, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : number(row, column);
