import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { pino } from "pino";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface LogFile extends Disposable {
  /** Writes one record: JSON on one line, with level, time and message. */
  write(level: LogLevel, facts: Readonly<Record<string, unknown>>, message: string): void;
}

export interface LogFileOptions {
  /** Records below are left out; default info. */
  readonly level?: LogLevel;
  /** A file that has grown so far is put aside as FILE.1, FILE.1 as FILE.2, …; default 10 MiB. */
  readonly maxBytes?: number;
  /** How many are kept beside the current one; default 5. */
  readonly keep?: number;
  /** Called once when it cannot be written any more. */
  readonly onFailure?: (why: string) => void;
}

/**
 * Opens a structured log (JSON Lines by pino, 0600) that rotates by itself. Each record is written before the call
 * returns, so that the last words before a kill are there. A disk that fills up later stops the log, not the caller.
 *
 * @throws ColosseumError `ops.log-file` (14) if it cannot be opened.
 */
export function openLogFile(path: string, options: LogFileOptions = {}): LogFile {
  const { level = "info", maxBytes = 10 * 1_048_576, keep = 5 } = options;
  let failed = false;
  let [file, bytes] = open(path);
  const rotate = (): void => {
    closeSync(file);
    rmSync(`${path}.${keep}`, { force: true });
    for (let old = keep - 1; old >= 1; old--)
      if (existsSync(`${path}.${old}`)) renameSync(`${path}.${old}`, `${path}.${old + 1}`);
    if (keep > 0) renameSync(path, `${path}.1`);
    else rmSync(path);
    [file, bytes] = open(path);
  };
  const write = (line: string): void => {
    if (failed) return;
    try {
      const size = Buffer.byteLength(line);
      if (bytes > 0 && bytes + size > maxBytes) rotate();
      writeSync(file, line);
      bytes += size;
    } catch (error) {
      failed = true;
      options.onFailure?.(messageOf(error));
    }
  };
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return {
    write: (at, facts, message) => log[at](facts, message),
    [Symbol.dispose]: () => {
      failed = true;
      closeSync(file);
    },
  };
}

function open(path: string): [file: number, bytes: number] {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, "a", 0o600);
    return [file, fstatSync(file).size];
  } catch (error) {
    throw new ColosseumError(`Cannot write the log ${path}: ${messageOf(error)}.`, {
      code: "ops.log-file",
      exitCode: ExitCode.io,
      hint: "Name a file in a folder that you may write to: --log-file FILE",
      details: { file: path },
      cause: error,
    });
  }
}
