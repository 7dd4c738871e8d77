import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { TaskProblem } from "../mechanism/task-problem.ts";

/** Where in a log a task stands: a line (JSON Lines) or an index in the list of tasks. */
export interface LogPlace {
  readonly file: string;
  /** From 1; JSON Lines only. */
  readonly line?: number;
  /** JSON path of the task, such as `tasks[3]` or `[3]`; empty for a line. */
  readonly path: string;
}

/** Fields that may be missing; many writers put `null` there, which is a value of the wrong type. */
const OPTIONAL = /(^|\.)(interval|taskType|votingOpensAt|discriminators|format|preset|settings|netuid|intervals)$/;

/** Something in a log that is not as the format says (exit 12): file, line or JSON path, task id, what was expected. */
export class InvalidLogError extends ColosseumError {
  constructor(code: string, place: LogPlace, problem: TaskProblem) {
    const path = joinPath(place.path, problem.path);
    const where = [
      place.file,
      ...(place.line === undefined ? [] : [`line ${place.line}`]),
      ...(path === "" ? [] : [path]),
    ];
    const task = problem.id === undefined ? "" : ` (task ${JSON.stringify(shorten(problem.id))})`;
    super(`${where.join(", ")}${task}: expected ${problem.expected}, found ${problem.found}.`, {
      code,
      exitCode: ExitCode.invalid,
      hint:
        problem.found === "null" && OPTIONAL.test(path)
          ? "Leave the field out where it has no value; null is none. Or score the rest with --skip-invalid."
          : "Correct the log, or score the rest with --skip-invalid.",
      details: {
        file: place.file,
        line: place.line ?? null,
        path: path === "" ? null : path,
        task: problem.id ?? null,
        expected: problem.expected,
        found: problem.found,
      },
    });
  }
}

const joinPath = (base: string, inner: string): string =>
  base === "" || inner === "" ? base + inner : inner.startsWith("[") ? base + inner : `${base}.${inner}`;

const shorten = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);

/** Everything was left out (exit 12). @param first - What was wrong with the first of `count` tasks. */
export const nothingValid = (first: ColosseumError, count: number): ColosseumError =>
  new ColosseumError(
    `Nothing valid is left: all ${count} of the log's tasks were left out. The first: ${first.message}`,
    {
      code: "log.nothing-valid",
      exitCode: ExitCode.invalid,
      hint: "Look at the first problem; one wrong field name makes every task invalid.",
      details: { ...first.details, invalid: count },
    },
  );

/** A log that as a whole is none (exit 12). */
export const brokenLog = (code: string, file: string, message: string, hint: string): ColosseumError =>
  new ColosseumError(`${file}: ${message}`, { code, exitCode: ExitCode.invalid, hint, details: { file } });

/** The operating system's refusals in plain words (exit 14). */
export function fileError(file: string, cause: unknown): ColosseumError {
  const system = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const known: Readonly<Record<string, readonly [string, string, string]>> = {
    ENOENT: ["input.not-found", `There is no file ${file}.`, "Check the path; - reads standard input."],
    EISDIR: ["input.not-a-file", `${file} is a folder, not a file.`, "Name the task log inside it."],
    EACCES: ["input.unreadable", `${file} may not be read.`, "Check its permissions."],
    EPERM: ["input.unreadable", `${file} may not be read.`, "Check its permissions."],
    ENOTDIR: ["input.not-found", `There is no file ${file}: a part of its path is no folder.`, "Check the path."],
  };
  const [code, message, hint] = known[system] ?? [
    "input.unreadable",
    `${file} could not be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    "Check the file and the disk it is on.",
  ];
  return new ColosseumError(message, { code, exitCode: ExitCode.io, hint, cause, details: { file } });
}
