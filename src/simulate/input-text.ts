import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import { ColosseumError, ExitCode, messageOf } from "../base/errors.ts";
import { fileError } from "./log-error.ts";

/** More than this does not fit into one string anyway; files of battles and scenarios are far smaller. */
const MAX_BYTES = 512 * 1_024 * 1_024;

async function readAll(stream: Readable, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    const bytes = Buffer.from(chunk as Uint8Array | string);
    size += bytes.length;
    if (size > MAX_BYTES) break;
    chunks.push(bytes);
  }
  if (size > MAX_BYTES) throw Object.assign(new Error(`more than ${MAX_BYTES} bytes`), { code: "ETOOBIG" });
  return Buffer.concat(chunks);
}

/**
 * Reads a whole text file, or standard input.
 *
 * @param name - What the user typed: a path, or `-`.
 * @param path - The same as an absolute path; unused for `-`.
 * @returns Text without a byte order mark.
 * @throws ColosseumError `input.not-found`, `input.not-a-file`, `input.unreadable` (14); `input.not-utf8` (12).
 */
export async function readInputText(
  name: string,
  path: string,
  stdin: Readable,
  signal?: AbortSignal,
): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = name === "-" ? await readAll(stdin, signal) : await readFile(path, signal === undefined ? {} : { signal });
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw fileError(name, thrown);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw new ColosseumError(`${name} is not UTF-8 text.`, {
      code: "input.not-utf8",
      exitCode: ExitCode.invalid,
      hint: "Save it as UTF-8; a compressed file must be unpacked first.",
      details: { file: name },
      cause: thrown,
    });
  }
}

/**
 * Parses JSON that came from a file.
 *
 * @throws ColosseumError `input.not-json` (12) with the parser's own words about the place.
 */
export function parseInputJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ColosseumError(`${name} is not JSON: ${messageOf(thrown)}.`, {
      code: "input.not-json",
      exitCode: ExitCode.invalid,
      hint: "Expected one JSON document.",
      details: { file: name },
      cause: thrown,
    });
  }
}
