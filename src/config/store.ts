import { basename, dirname } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { readConfigFile } from "./read.ts";
import type { SettingKey } from "./schema.ts";

/**
 * Keeps one setting in a file, or drops it (undefined). Everything else in the file stays; the old content or the new one is
 * there at every moment (`conf` writes beside and renames).
 *
 * @param path - Ends in `.json`.
 * @throws ColosseumError `config.unreadable`, `config.invalid`, `config.unwritable`.
 */
export async function storeSetting(path: string, key: SettingKey, value: string | number | undefined): Promise<void> {
  // A file that is no JSON object is named in our words before the library meets it.
  await readConfigFile(path);
  const { default: Conf } = await import("conf");
  try {
    const file = new Conf<Record<string, unknown>>({
      cwd: dirname(path),
      configName: basename(path, ".json"),
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    if (value === undefined) file.delete(key);
    else file.set(key, value);
  } catch (error) {
    throw new ColosseumError(`Cannot write the configuration ${path}: ${messageOf(error)}.`, {
      code: "config.unwritable",
      exitCode: ExitCode.io,
      hint: "Check the folder's owner and the space left on the disk.",
      details: { path },
      cause: error,
    });
  }
}
