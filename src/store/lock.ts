import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import { StoreError, storeError } from "./errors.ts";

/** Beside a lock, the number of the process that took it last: the lock says that it is held, this by whom. */
const holderPath = (lock: string): string => `${lock}.pid`;

function holderOf(lock: string): number | undefined {
  try {
    const pid = Number(readFileSync(holderPath(lock), "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever only looks whether a lock is held is in its way for less than this. */
const LOOKED_AT_MS = 250;

/** Whether a process on this machine holds a lock now. Writes nothing. */
export function isHeld(path: string): boolean {
  if (!existsSync(path)) return false;
  const db = new DatabaseSync(path, { readOnly: true, timeout: 0 });
  try {
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    return false;
  } catch (thrown) {
    const error = storeError(path, thrown);
    return error instanceof StoreError && error.code === "store.locked";
  } finally {
    db.close();
  }
}

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
    db = new DatabaseSync(path, { timeout: LOOKED_AT_MS });
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
  } catch (thrown) {
    db?.close();
    const error = storeError(path, thrown);
    if (error instanceof StoreError && error.code === "store.locked") {
      const pid = holderOf(path);
      const who = pid === undefined ? "" : `, as process ${pid}`;
      throw new ColosseumError(`${what} is already running on this machine${who}.`, {
        code: "store.locked",
        exitCode: ExitCode.io,
        hint,
        details: pid === undefined ? { lock: path } : { lock: path, pid },
        cause: thrown,
      });
    }
    throw error;
  }
  const held = db;
  try {
    writeFileSync(holderPath(path), `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // Only a help for whoever looks for this process; the lock itself holds.
  }
  return { [Symbol.dispose]: () => held.close() };
}
