import { readFile } from "node:fs/promises";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";

/** The first line of a file that holds a token and nothing else. @throws ColosseumError `feeds.token-file`. */
export async function readTokenFile(path: string): Promise<string> {
  const fail = (why: string, cause?: unknown): ColosseumError =>
    new ColosseumError(`The token file ${path} ${why}.`, {
      code: "feeds.token-file",
      exitCode: ExitCode.io,
      hint: "Give a file whose first line is the token.",
      details: { path },
      cause,
    });
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw fail(`cannot be read: ${messageOf(error)}`, error);
  }
  const token = (text.replace(/^\ufeff/, "").split(/\r?\n/, 1)[0] ?? "").trim();
  // Anything else cannot stand in a header; the token itself is never shown.
  if (!/^[\x21-\x7e]+$/.test(token)) throw fail(token === "" ? "is empty" : "holds no token");
  return token;
}
