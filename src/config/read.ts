import { readFile } from "node:fs/promises";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { isJsonObject } from "../base/json-object.ts";

/**
 * Reads a configuration file; a missing one is empty.
 *
 * @throws ColosseumError `config.unreadable` (14) if it exists and cannot be read, `config.invalid` (12) if it is no JSON object.
 */
export async function readConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw new ColosseumError(`Cannot read the configuration ${path}: ${messageOf(error)}.`, {
      code: "config.unreadable",
      exitCode: ExitCode.io,
      hint: "Check its owner and rights, or move it away.",
      details: { path },
      cause: error,
    });
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (isJsonObject(value)) return value;
  } catch (error) {
    throw invalid(path, messageOf(error).replaceAll("\n", " "), error);
  }
  throw invalid(path, "it is not a JSON object", undefined);
}

const invalid = (path: string, why: string, cause: unknown): ColosseumError =>
  new ColosseumError(`The configuration ${path} is not valid: ${why}.`, {
    code: "config.invalid",
    exitCode: ExitCode.invalid,
    hint: "Mend the file or move it away.",
    details: { path },
    cause,
  });
