// Which files a test file may reach.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A text that may be the path of a module beside this one: imports, also of types and at run time, and workers' URLs. */
const RELATIVE = /["'](\.\.?\/[^"'\n]+\.tsx?)["']/g;

/**
 * Follows every path that a source file names. That is more than it really loads, so a test that does not reach a file
 * cannot notice what becomes of it.
 *
 * @returns For a file of the repository, every file it reaches, itself included; all paths relative to `root`.
 */
export function importGraph(root: string): (file: string) => ReadonlySet<string> {
  const direct = new Map<string, readonly string[]>();
  const reached = new Map<string, ReadonlySet<string>>();
  const namedIn = (file: string): readonly string[] => {
    const known = direct.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(join(root, file), "utf8");
    const found = [...text.matchAll(RELATIVE)].map(([, path = ""]) => join(dirname(file), path));
    direct.set(
      file,
      found.filter((path) => existsSync(join(root, path))),
    );
    return direct.get(file) ?? [];
  };
  return (file) => {
    const known = reached.get(file);
    if (known !== undefined) return known;
    const all = new Set([file]);
    for (const each of all) for (const next of namedIn(each)) all.add(next);
    reached.set(file, all);
    return all;
  };
}
