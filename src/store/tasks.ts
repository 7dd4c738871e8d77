import type { DrawnTask } from "../mechanism/draws.ts";
import { type Database, number, optionalNumber, optionalText, type Row, text } from "./database.ts";

export type TaskState = "generating" | "voting" | "expired" | "scored" | "void";

export interface TaskRecord {
  /** Counts up over the validator's life, from 1. */
  readonly number: number;
  /** `t-0001`. */
  readonly id: string;
  readonly interval: number;
  readonly round: number;
  readonly state: TaskState;
  readonly voidReason: string | null;
  readonly createdAtMs: number;
  readonly votingOpensAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly draw: DrawnTask;
  /** What the task source made, opaque to everybody else. */
  readonly brief: unknown;
  /** What discriminators are shown. */
  readonly prompt: string;
  /** Whether its outputs are reprinted and, in a trap, one is damaged. */
  readonly prepared: boolean;
  /** What was done to its outputs: for the log. */
  readonly preparation: Readonly<Record<string, string>> | null;
  /** sha256 over prompts and baseline, known to all before the vote. */
  readonly commitment: string | null;
}

const readTask = (row: Row): TaskRecord => ({
  number: number(row, "number"),
  id: text(row, "id"),
  interval: number(row, "interval"),
  round: number(row, "round"),
  state: text(row, "state") as TaskState,
  voidReason: optionalText(row, "void_reason"),
  createdAtMs: number(row, "created_at"),
  votingOpensAtMs: optionalNumber(row, "voting_opens_at"),
  expiresAtMs: optionalNumber(row, "expires_at"),
  draw: JSON.parse(text(row, "draw")) as DrawnTask,
  brief: JSON.parse(text(row, "brief")) as unknown,
  prompt: text(row, "prompt"),
  prepared: number(row, "prepared") === 1,
  preparation: row["preparation"] === null ? null : (JSON.parse(text(row, "preparation")) as Record<string, string>),
  commitment: optionalText(row, "commitment"),
});

/** Tasks, from their draw to their score. */
export class Tasks {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  nextNumber(): number {
    return Number(this.#db.get("SELECT coalesce(max(number), 0) + 1 AS next FROM tasks")?.["next"]);
  }

  insert(task: TaskRecord): void {
    this.#db.run(
      `INSERT INTO tasks (number, id, interval, round, place, state, created_at, draw, brief, prompt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      task.number,
      task.id,
      task.interval,
      task.round,
      task.draw.index,
      task.state,
      task.createdAtMs,
      JSON.stringify(task.draw),
      JSON.stringify(task.brief),
      task.prompt,
    );
  }

  get(id: string): TaskRecord | undefined {
    const row = this.#db.get("SELECT * FROM tasks WHERE id = ?", id);
    return row === undefined ? undefined : readTask(row);
  }

  /** In the order drawn. */
  ofRound(interval: number, round: number): TaskRecord[] {
    return this.#db
      .all("SELECT * FROM tasks WHERE interval = ? AND round = ? ORDER BY place", interval, round)
      .map(readTask);
  }

  /** The next task of a round whose outputs are not ready for the vote. One at a time: a task is a large row. */
  nextUnprepared(interval: number, round: number): TaskRecord | undefined {
    const row = this.#db.get(
      `SELECT * FROM tasks WHERE interval = ? AND round = ? AND state = 'generating' AND prepared = 0
       ORDER BY place LIMIT 1`,
      interval,
      round,
    );
    return row === undefined ? undefined : readTask(row);
  }

  /** The next task of a round whose vote has ended. */
  nextExpired(interval: number, round: number): TaskRecord | undefined {
    const row = this.#db.get(
      "SELECT * FROM tasks WHERE interval = ? AND round = ? AND state = 'expired' ORDER BY place LIMIT 1",
      interval,
      round,
    );
    return row === undefined ? undefined : readTask(row);
  }

  /** The next synthetic task of a round that still lacks the validator's own output. */
  nextWithoutBaseline(interval: number, round: number): TaskRecord | undefined {
    const row = this.#db.get(
      `SELECT * FROM tasks t WHERE interval = ? AND round = ? AND state = 'generating'
         AND json_extract(draw, '$.kind') = 'synthetic'
         AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.task = t.id AND c.source = 'validator')
       ORDER BY place LIMIT 1`,
      interval,
      round,
    );
    return row === undefined ? undefined : readTask(row);
  }

  /** In the order drawn. */
  ofInterval(interval: number): TaskRecord[] {
    return this.#db.all("SELECT * FROM tasks WHERE interval = ? ORDER BY number", interval).map(readTask);
  }

  /** Tasks that are neither scored nor void. */
  countOpen(): number {
    return Number(
      this.#db.get("SELECT count(*) AS n FROM tasks WHERE state IN ('generating', 'voting', 'expired')")?.["n"],
    );
  }

  markPrepared(id: string, preparation: Readonly<Record<string, string>>, commitment: string): void {
    this.#db.run(
      "UPDATE tasks SET prepared = 1, preparation = ?, commitment = ? WHERE id = ?",
      JSON.stringify(preparation),
      commitment,
      id,
    );
  }

  makeVoid(id: string, reason: string, expiresAtMs: number): void {
    this.#db.run(
      "UPDATE tasks SET state = 'void', void_reason = ?, expires_at = ? WHERE id = ?",
      reason,
      expiresAtMs,
      id,
    );
  }

  openVoting(id: string, opensAtMs: number, expiresAtMs: number): void {
    this.#db.run(
      "UPDATE tasks SET state = 'voting', voting_opens_at = ?, expires_at = ? WHERE id = ?",
      opensAtMs,
      expiresAtMs,
      id,
    );
  }

  /** Ends the voting on all tasks of a round at one instant. */
  expireRound(interval: number, round: number, expiresAtMs: number): void {
    this.#db.run(
      "UPDATE tasks SET state = 'expired', expires_at = ? WHERE interval = ? AND round = ? AND state = 'voting'",
      expiresAtMs,
      interval,
      round,
    );
  }

  markScored(id: string, voidReason: string | null): void {
    this.#db.run(
      "UPDATE tasks SET state = ?, void_reason = ? WHERE id = ?",
      voidReason === null ? "scored" : "void",
      voidReason,
      id,
    );
  }
}
