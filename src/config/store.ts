import { randomBytes } from "node:crypto";
import { mkdir, open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { readConfigFile } from "./read.ts";
import type { SettingKey } from "./schema.ts";

/**
 * Keeps one setting in a file, or drops it (undefined). Everything else in the file stays; the old content or the new one is
 * there at every moment.
 *
 * @throws ColosseumError `config.unreadable`, `config.unwritable`.
 */
export async function storeSetting(path: string, key: SettingKey, value: string | number | undefined): Promise<void> {
  const { [key]: _, ...others } = await readConfigFile(path);
  const content = value === undefined ? others : { ...others, [key]: value };
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new ColosseumError(`Cannot write the configuration ${path}: ${messageOf(error)}.`, {
      code: "config.unwritable",
      exitCode: ExitCode.io,
      hint: "Check the folder's owner and the space left on the disk.",
      details: { path },
      cause: error,
    });
  }
}
