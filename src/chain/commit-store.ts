import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import type { HashCommit } from "./hash-commit.ts";

/** More than this many commits of one hotkey are never open at once; older ones have expired. */
const KEPT = 32;

/** Where the open hash commits of a hotkey in a subnet are kept. */
export const commitFile = (stateDir: string, network: string, netuid: number, hotkey: string): string =>
  join(stateDir, network, String(netuid), hotkey, "weight-commits.json");

/** The commits that were kept, oldest first; none where there is no file. @throws ColosseumError `weights.commits-unreadable` */
export async function readCommits(file: string): Promise<readonly HashCommit[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unreadable(file, error);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every(isCommit)) return value;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw unreadable(file, new Error("it holds no list of commits"));
}

function isCommit(value: unknown): value is HashCommit {
  const { hash, uids, values, salt, versionKey, revealEpoch } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof hash === "string" &&
    [uids, values, salt].every((list) => Array.isArray(list) && list.every(Number.isInteger)) &&
    typeof versionKey === "string" &&
    typeof revealEpoch === "number"
  );
}

/** Adds a commit to those kept; whole or not at all, readable by its owner only (the salt is a secret until the reveal). */
export function keepCommit(file: string, commit: HashCommit): Promise<void> {
  return change(file, (kept) => [...kept, commit].slice(-KEPT));
}

/** Forgets a commit that was revealed. */
export function forgetCommit(file: string, hash: string): Promise<void> {
  return change(file, (kept) => kept.filter((commit) => commit.hash !== hash));
}

/** Changes under way, by file: a validator commits and reveals at the same time, and neither may undo the other. */
const changes = new Map<string, Promise<void>>();

function change(file: string, how: (kept: readonly HashCommit[]) => readonly HashCommit[]): Promise<void> {
  const before = changes.get(file) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(async () => await write(file, how(await readCommits(file))));
  changes.set(file, mine);
  return mine.finally(() => {
    if (changes.get(file) === mine) changes.delete(file);
  });
}

async function write(file: string, commits: readonly HashCommit[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${JSON.stringify(commits)}\n`, { mode: 0o600, flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new ColosseumError(`Cannot keep the commit in ${file}: ${messageOf(error)}.`, {
      code: "weights.commits-unwritable",
      exitCode: ExitCode.io,
      hint: "Nothing was sent: without the kept salt the weights could never be revealed.",
      cause: error,
    });
  }
}

const unreadable = (file: string, cause: unknown): ColosseumError =>
  new ColosseumError(`Cannot read the kept commits in ${file}: ${messageOf(cause)}.`, {
    code: "weights.commits-unreadable",
    exitCode: ExitCode.io,
    hint: "Mend the file or move it away; commits in it could then not be revealed.",
    cause,
  });
