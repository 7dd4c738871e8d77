import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import { StoreError, storeError } from "./errors.ts";

/**
 * Holds a file for this process alone until it is closed or the process ends, however it ends: the lock is the
 * operating system's, through an open SQLite transaction, so that a killed process leaves nothing behind.
 *
 * @throws StoreError `store.locked` if somebody else holds it.
 */
export function lockFile(
  path: string,
  what: string,
  hint = "Stop the other process first, or choose another hotkey with -H.",
): Disposable {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    db = new DatabaseSync(path, { timeout: 0 });
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  } catch (thrown) {
    db?.close();
    const error = storeError(path, thrown);
    if (error instanceof StoreError && error.code === "store.locked") {
      throw new ColosseumError(`${what} is already running on this machine.`, {
        code: "store.locked",
        exitCode: ExitCode.io,
        hint,
        details: { lock: path },
        cause: thrown,
      });
    }
    throw error;
  }
  const held = db;
  return { [Symbol.dispose]: () => held.close() };
}
