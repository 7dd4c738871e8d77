import { type Database, number, optionalText, type Row, text } from "./database.ts";
import type { TaskState } from "./tasks.ts";

export interface AssignmentRecord {
  readonly id: string;
  readonly task: string;
  readonly hotkey: string;
  readonly role: "generator" | "discriminator";
  /** A generator's own wording; null for discriminators, who all read the task's. */
  readonly prompt: string | null;
  /** The id of the generator's completion; null for discriminators. */
  readonly completion: string | null;
  readonly firstIsA: boolean;
  /** Counts up per hotkey. */
  readonly cursor: number;
  readonly opensAtMs: number;
  readonly expiresAtMs: number;
}

/** An assignment at the moment of an answer. */
export interface JudgedAssignment extends Omit<AssignmentRecord, "id" | "prompt" | "cursor"> {
  readonly taskState: TaskState;
  /** Whether its hotkey has voted on its task. */
  readonly voted: boolean;
}

const readJudged = (row: Row): JudgedAssignment => ({
  task: text(row, "task"),
  hotkey: text(row, "hotkey"),
  role: text(row, "role") as AssignmentRecord["role"],
  completion: optionalText(row, "completion"),
  firstIsA: number(row, "first_is_a") === 1,
  opensAtMs: number(row, "opens_at"),
  expiresAtMs: number(row, "expires_at"),
  taskState: text(row, "task_state") as TaskState,
  voted: number(row, "voted") === 1,
});

const readAssignment = (row: Row): AssignmentRecord => ({
  id: text(row, "id"),
  task: text(row, "task"),
  hotkey: text(row, "hotkey"),
  role: text(row, "role") as AssignmentRecord["role"],
  prompt: optionalText(row, "prompt"),
  completion: optionalText(row, "completion"),
  firstIsA: number(row, "first_is_a") === 1,
  cursor: number(row, "cursor"),
  opensAtMs: number(row, "opens_at"),
  expiresAtMs: number(row, "expires_at"),
});

/** Who was asked what, and what an answer to it is judged by. */
export class Assignments {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Takes no more outputs for a round; what is in, is in. */
  closeGeneration(interval: number, round: number, lastMs: number): void {
    this.#db.run(
      `UPDATE assignments SET expires_at = min(expires_at, ?) WHERE role = 'generator'
         AND task IN (SELECT id FROM tasks WHERE interval = ? AND round = ?)`,
      lastMs,
      interval,
      round,
    );
  }

  add(assignment: AssignmentRecord): void {
    this.#db.run(
      `INSERT INTO assignments (id, task, hotkey, role, prompt, completion, first_is_a, cursor, opens_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      assignment.id,
      assignment.task,
      assignment.hotkey,
      assignment.role,
      assignment.prompt,
      assignment.completion,
      assignment.firstIsA ? 1 : 0,
      assignment.cursor,
      assignment.opensAtMs,
      assignment.expiresAtMs,
    );
  }

  /**
   * Assignments with what their tasks are doing and whether their owners voted already: all that answers need to be
   * judged by. One question for many of them takes half the time of many questions.
   *
   * @returns By id; unknown ids are left out.
   */
  judged(ids: readonly string[]): Map<string, JudgedAssignment> {
    const rows = this.#db.all(
      `SELECT a.id, a.task, a.hotkey, a.role, a.completion, a.first_is_a, a.opens_at, a.expires_at,
         t.state AS task_state, v.voter IS NOT NULL AS voted
       FROM json_each(?) j JOIN assignments a ON a.id = j.value JOIN tasks t ON t.id = a.task
       LEFT JOIN votes v ON v.task = a.task AND v.voter = a.hotkey`,
      JSON.stringify(ids),
    );
    return new Map(rows.map((row) => [text(row, "id"), readJudged(row)]));
  }

  /** How many assignments of a role a round has on tasks that are in a state. */
  count(interval: number, round: number, role: AssignmentRecord["role"], state: TaskState): number {
    return Number(
      this.#db.get(
        `SELECT count(*) AS n FROM assignments a JOIN tasks t ON t.id = a.task
         WHERE t.interval = ? AND t.round = ? AND a.role = ? AND t.state = ?`,
        interval,
        round,
        role,
        state,
      )?.["n"],
    );
  }

  /** The newest cursor of a hotkey; 0 if it was never asked anything. */
  lastCursor(hotkey: string): number {
    return Number(
      this.#db.get("SELECT coalesce(max(cursor), 0) AS last FROM assignments WHERE hotkey = ?", hotkey)?.["last"],
    );
  }

  /** What a hotkey is still asked, after a cursor, in its order. */
  open(hotkey: string, since: number, nowMs: number, most: number): AssignmentRecord[] {
    return this.#db
      .all(
        `SELECT a.* FROM assignments a JOIN tasks t ON t.id = a.task
         WHERE a.hotkey = ? AND a.cursor > ? AND a.expires_at >= ?
           AND t.state = CASE a.role WHEN 'generator' THEN 'generating' ELSE 'voting' END
         ORDER BY a.cursor LIMIT ?`,
        hotkey,
        since,
        nowMs,
        most,
      )
      .map(readAssignment);
  }
}
