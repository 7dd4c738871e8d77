import { open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { compareNatural } from "../base/text.ts";

/** A file that may hold posts. */
export interface PostFile {
  readonly path: string;
  readonly bytes: number;
  /** It was named itself; others were found in a folder, where what is no posts file is passed over. */
  readonly named: boolean;
  /** When it was last written, seconds since the Unix epoch: as old as what it says of accounts. */
  readonly modifiedAt?: number;
}

const EXTENSIONS = /\.(json|jsonl|ndjson|csv)(\.gz)?$/i;

/** Translates what the file system said about a path the user gave. */
export function fileError(path: string, error: unknown): ColosseumError {
  const { code } = error as NodeJS.ErrnoException;
  const missing = code === "ENOENT" || code === "ENOTDIR";
  return new ColosseumError(
    missing ? `There is no file or folder ${path}.` : `Cannot read ${path}: ${messageOf(error)}.`,
    {
      code: missing ? "feeds.missing-file" : "feeds.unreadable",
      exitCode: ExitCode.io,
      hint: missing ? "Check the path; folders are read with everything in them." : "Check its permissions.",
      details: { path },
      cause: error,
    },
  );
}

/**
 * The files below some paths, in an order that people expect: as given, folders by name with user_2 before user_10.
 *
 * @param exclude - Files that are never posts (the registry), however they are spelled or linked.
 * @throws ColosseumError `feeds.missing-file`, `feeds.unreadable`.
 */
export async function findPostFiles(
  paths: readonly string[],
  exclude: readonly string[] = [],
): Promise<readonly PostFile[]> {
  const excluded = new Set(await Promise.all(exclude.map((path) => realpath(path).catch(() => path))));
  const found: PostFile[] = [];
  const seen = new Set<string>();
  const take = async (path: string, named: boolean): Promise<void> => {
    const real = await realpath(path);
    if (excluded.has(real) || seen.has(real)) return;
    seen.add(real);
    const { size, mtimeMs } = await stat(real);
    found.push({ path, bytes: size, named, modifiedAt: Math.floor(mtimeMs / 1_000) });
  };
  for (const path of paths) {
    try {
      const entry = await stat(path);
      if (!entry.isDirectory()) {
        await take(path, true);
        continue;
      }
      const inside = await readdir(path, { recursive: true, withFileTypes: true });
      const names = inside
        .filter((item) => item.isFile() && EXTENSIONS.test(item.name) && !item.name.startsWith("."))
        .map((item) => join(item.parentPath, item.name))
        .sort(compareNatural);
      for (const name of names) await take(name, false);
    } catch (error) {
      throw error instanceof ColosseumError ? error : fileError(path, error);
    }
  }
  return found;
}

/** Whole text of a small file such as a registry. @throws ColosseumError `feeds.missing-file`, `feeds.unreadable`. */
export async function readSmallFile(path: string): Promise<string> {
  try {
    await using file = await open(path, "r");
    return await file.readFile("utf8");
  } catch (error) {
    throw fileError(path, error);
  }
}
