import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { isGzip } from "./gzip-magic.ts";
import { fileError } from "./log-error.ts";
import { readFailure } from "./read-failure.ts";

/** What a log can be read from; a file can be read twice, standard input cannot. */
export type LogInput =
  | {
      readonly file: string;
      /** How messages call it, if not by its path. */
      readonly name?: string;
    }
  | { readonly stdin: Readable };

/** Streams and archives, which a plain file need not wait for. */
const streams = (): Promise<typeof import("./stream-source.ts")> => import("./stream-source.ts");

/**
 * Opens a log's bytes; gzip is recognised by its first bytes, whatever the name.
 *
 * @param signal - Ends a wait for a pipe that says nothing; then reading rejects with its AbortError.
 * @throws ColosseumError `input.*` (14).
 */
export async function openSource(input: LogInput, signal?: AbortSignal): Promise<ByteSource> {
  if ("stdin" in input) return openStdin(input.stdin, signal);
  const { file, name = file } = input;
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    throw fileError(name, error);
  }
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw Object.assign(new Error("is a directory"), { code: "EISDIR" });
    // A named pipe must not be opened twice: its writer may be gone by then.
    if (!stat.isFile()) return await (await streams()).sniffStream(handle.createReadStream(), name, signal);
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    if (!isGzip(magic)) return fileSource(name, handle, stat.size);
    await handle.close();
    return (await streams()).archiveSource(file, name, stat.size);
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw readFailure(name, error);
  }
}

/** Standard input, unless it is a terminal: nobody types a log. */
async function openStdin(stdin: Readable & { readonly isTTY?: boolean }, signal?: AbortSignal): Promise<ByteSource> {
  if (stdin.isTTY === true) {
    throw new ColosseumError("Standard input is a terminal, not a task log.", {
      code: "input.stdin-is-terminal",
      exitCode: ExitCode.usage,
      hint: "Pipe a log into it, for example: colosseum validator export | colosseum simulate -",
    });
  }
  return (await streams()).sniffStream(stdin, "standard input", signal);
}

function fileSource(name: string, handle: FileHandle, size: number): ByteSource {
  let position = 0;
  return {
    name,
    size,
    consumed: () => position,
    file: {
      fd: handle.fd,
      size,
      seek: (to) => {
        position = to;
      },
    },
    read: async (target) => {
      try {
        const { bytesRead } = await handle.read(target, 0, target.length, position);
        position += bytesRead;
        return bytesRead;
      } catch (error) {
        throw fileError(name, error);
      }
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
