import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { type ChainDump, parseDump } from "./engine/dump.ts";

/** Where a write is prepared; the number is the writer's process. */
const temporaryOf = (file: string): string => join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);

/** Removes what writers that were killed in the middle left behind. Never touches what a living one is at. */
export async function clearTornWrites(file: string): Promise<void> {
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(`.${basename(file)}.`) ? /\.([0-9]+)\.tmp$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(file), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

const ioError = (what: string, file: string, cause: unknown): ColosseumError =>
  new ColosseumError(`Cannot ${what} the state file ${file}: ${messageOf(cause)}.`, {
    code: "localnet.state-file",
    exitCode: ExitCode.io,
    hint: "Name another file, or check its folder's rights.",
    details: { file },
    cause,
  });

/**
 * Reads a dumped chain.
 *
 * @returns undefined if there is no such file.
 * @throws ColosseumError `localnet.state-file` (14) if it cannot be read, `localnet.invalid-state` (12) if it is none.
 */
export async function readState(file: string): Promise<ChainDump | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw ioError("read", file, thrown);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ColosseumError(`The state file ${file} is not JSON.`, {
      code: "localnet.invalid-state",
      exitCode: ExitCode.invalid,
      hint: "Move it away to start from the beginning, or name another with --state.",
      details: { file },
    });
  }
  return parseDump(value);
}

/**
 * Writes a dumped chain so that a power cut leaves the old file or the new one, never half of one: a temporary file in
 * the same folder, flushed to the disk, then renamed, then the folder flushed.
 *
 * @throws ColosseumError `localnet.state-file` (14).
 */
export async function writeState(file: string, dump: ChainDump): Promise<void> {
  const folder = dirname(file);
  const temporary = temporaryOf(file);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(dump));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    const parent = await open(folder, "r");
    try {
      await parent.sync();
    } finally {
      await parent.close();
    }
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw ioError("write", file, thrown);
  }
}
