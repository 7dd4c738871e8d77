import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";

/** SQLite's primary result codes that an operator can do something about. @see https://sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** A failure of the file that keeps the state; nothing of the step that failed was written. */
export class StoreError extends ColosseumError {}

/** The words for a failure of SQLite; anything that is none passes through. */
export function storeError(path: string, thrown: unknown): unknown {
  const number = (thrown as { errcode?: unknown }).errcode;
  if (typeof number !== "number") return thrown;
  const make = (code: string, message: string, hint: string): StoreError =>
    new StoreError(message, { code, exitCode: ExitCode.io, hint, details: { path, sqlite: number }, cause: thrown });
  switch (number & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make(
        "store.locked",
        `Another process is using ${path}.`,
        "Wait until it is done; two processes never run with the same hotkey.",
      );
    case SQLITE_FULL:
      return make(
        "store.full",
        `There is no room left to write ${path}.`,
        "Free some disk space; it goes on by itself.",
      );
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return make(
        "store.corrupt",
        `${path} is damaged or no store of colosseum.`,
        "Move it away, or put a backup in its place: colosseum validator restore FILE",
      );
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return make(
        "store.unreadable",
        `Cannot use ${path}: ${messageOf(thrown)}.`,
        "Check that the folder exists and that you may write in it.",
      );
    default:
      return thrown;
  }
}

/** A store that a later version of colosseum has written. */
export const storeNewer = (path: string, found: number, known: number): StoreError =>
  new StoreError(
    `${path} was written by a newer colosseum (version ${found} of its layout, this one knows ${known}).`,
    {
      code: "store.newer",
      exitCode: ExitCode.io,
      hint: "Update colosseum, or start with another --home.",
      details: { path, found, known },
    },
  );

/** There is nothing at this place yet. */
export const storeMissing = (path: string, hint: string): StoreError =>
  new StoreError(`There is no store at ${path}.`, {
    code: "store.missing",
    exitCode: ExitCode.io,
    hint,
    details: { path },
  });
