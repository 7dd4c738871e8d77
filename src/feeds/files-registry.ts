import { buildRegistry, parseRegistryCsv, parseRegistryJson, type Registry } from "../arena/registry.ts";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { readSmallFile } from "./files-find.ts";

/**
 * Reads who competes from a file: CSV with `user_id,uid[,hotkey,handle…]`, or JSON.
 *
 * @throws ColosseumError `feeds.missing-file`, `feeds.unreadable`, `arena.bad-registry`.
 */
export async function readRegistry(path: string): Promise<Registry> {
  const text = await readSmallFile(path);
  const first = text.replace(/^\ufeff/, "").trimStart()[0];
  if (first !== "{" && first !== "[") return buildRegistry(parseRegistryCsv(text));
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new ColosseumError(`The registry ${path} is not JSON: ${messageOf(error)}.`, {
      code: "arena.bad-registry",
      exitCode: ExitCode.invalid,
      hint: "Mend the file, or give a CSV with the columns user_id,uid.",
      details: { path },
      cause: error,
    });
  }
  return buildRegistry(parseRegistryJson(value));
}
