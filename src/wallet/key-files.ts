import { randomBytes } from "node:crypto";
import { link, lstat, mkdir, open, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf } from "../base/errors.ts";
import { WalletError } from "./errors.ts";

export interface NewFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** A key file is far smaller; a larger file is none. */
const MAX_FILE_BYTES = 65_536;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
const isMissing = (error: unknown): boolean => codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";

/** The file exists already, and key files are never overwritten. */
export const existsError = (path: string): WalletError =>
  new WalletError(`${path} exists already, and colosseum never overwrites it.`, {
    code: "wallet.exists",
    hint: "Choose another name, or move the old one away first.",
    details: { path },
  });

const unwritable = (path: string, error: unknown): WalletError =>
  error instanceof WalletError
    ? error
    : new WalletError(`Cannot write ${path}: ${messageOf(error)}.`, {
        code: "wallet.unwritable",
        hint: "Check the folder's owner and the space left on the disk.",
        details: { path },
        cause: error,
      });

/** A key file's bytes, or undefined where there is none. @throws WalletError `wallet.unreadable`. */
export async function readKeyBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) throw new Error(`it has ${size} bytes, which no key file has`);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new WalletError(`Cannot read ${path}: ${messageOf(error)}.`, {
      code: "wallet.unreadable",
      hint: "Check that it is a file and that you may read it.",
      details: { path },
      cause: error,
    });
  }
}

/** The permission bits of a file that others than its owner may read or change; undefined if they are tight. */
export async function looseMode(path: string): Promise<string | undefined> {
  if (process.platform === "win32") return undefined;
  const { mode } = await stat(path);
  return (mode & 0o077) === 0 ? undefined : (mode & 0o777).toString(8).padStart(4, "0");
}

/** @throws WalletError `wallet.unwritable` where a new file would have no folder to lie in. */
export async function requireFolder(path: string): Promise<void> {
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  throw new WalletError(`Cannot write ${path}: there is no folder ${folder}.`, {
    code: "wallet.unwritable",
    hint: "Make the folder first, or name a file elsewhere.",
    details: { path },
  });
}

/** Makes a folder for its owner alone, with its parents; one that exists keeps its rights. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes to a temporary file beside `path` (0600) and forces it to the disk. */
async function writeBeside(path: string, content: Uint8Array | string): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
  return temporary;
}

/** Forces a folder's entries to the disk, where the platform can. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a finished temporary file its name, unless something has that name. */
async function claim(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw existsError(path);
    // File systems without hard links: look, then rename.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(error) ?? "")) throw error;
    if (await exists(path)) throw existsError(path);
    await rename(temporary, path);
    return;
  }
  await unlink(temporary);
}

/** Whether anything has this name, a dangling link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Creates private files (0600), all or none: whole on the disk before they get their names, never over another file. Their
 * folders exist already.
 *
 * @throws WalletError `wallet.exists`, `wallet.unwritable`.
 */
export async function createKeyFiles(files: readonly NewFile[]): Promise<void> {
  const claimed: string[] = [];
  const temporaries: string[] = [];
  let at = files[0]?.path ?? "";
  try {
    for (const { path } of files) if (await exists(path)) throw existsError(path);
    for (const { path, content } of files) {
      at = path;
      temporaries.push(await writeBeside(path, content));
    }
    for (const [index, { path }] of files.entries()) {
      at = path;
      await claim(temporaries[index] ?? "", path);
      claimed.push(path);
    }
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) await syncFolder(folder);
  } catch (error) {
    for (const path of [...claimed, ...temporaries]) await unlink(path).catch(() => undefined);
    throw unwritable(at, error);
  }
}

/**
 * Replaces a private file's content (0600): the old content or the new one is there at every moment.
 *
 * @throws WalletError `wallet.symlink` if it is a symbolic link, `wallet.unwritable`.
 */
export async function replaceKeyFile(path: string, content: Uint8Array | string): Promise<void> {
  try {
    if ((await lstat(path)).isSymbolicLink()) {
      throw new WalletError(`${path} is a symbolic link, and colosseum does not write through links.`, {
        code: "wallet.symlink",
        hint: "Work on the file that it leads to.",
        details: { path },
      });
    }
    const temporary = await writeBeside(path, content);
    await rename(temporary, path).catch(async (error: unknown) => {
      await unlink(temporary).catch(() => undefined);
      throw error;
    });
    await syncFolder(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}
