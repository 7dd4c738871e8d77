import { readFile } from "node:fs/promises";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { isJsonObject } from "../base/json-object.ts";

/**
 * Reads a configuration file; a missing one is empty.
 *
 * @throws ColosseumError `config.unreadable` if it exists but is no JSON object.
 */
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw unreadable(path, messageOf(error), error);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw unreadable(path, messageOf(error), error);
  }
  throw unreadable(path, "it is not a JSON object", undefined);
}

const unreadable = (path: string, why: string, cause: unknown): ColosseumError =>
  new ColosseumError(`Cannot read the configuration ${path}: ${why}.`, {
    code: "config.unreadable",
    exitCode: ExitCode.io,
    hint: "Mend the file or move it away.",
    cause,
  });
