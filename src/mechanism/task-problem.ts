/** What is wrong with one task of a log: where inside the task, and what the format expects there. */
export interface TaskProblem {
  /** JSON path from the task, such as `votes[3].at`; empty for the task itself. */
  readonly path: string;
  /** The task's id if it has one that is a text. */
  readonly id: string | undefined;
  /** A noun phrase that completes "expected …". */
  readonly expected: string;
  /** What is there instead, shortened. */
  readonly found: string;
}

/** Long enough for an address or a time, short enough for a line. */
const SHOWN = 60;

/** A value as a message shows it: JSON for scalars, a word for the rest. */
export function showFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}

/** Thrown by checks inside a task and caught at its border; never leaves the room. */
export class ProblemFound extends Error {
  readonly path: string;
  readonly expected: string;
  readonly found: string;

  constructor(path: string, expected: string, value: unknown) {
    super(`${path}: expected ${expected}`);
    this.path = path;
    this.expected = expected;
    this.found = showFound(value);
  }
}
