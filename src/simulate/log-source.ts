import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { addAbortSignal, PassThrough, pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import { brokenLog, fileError } from "./log-error.ts";

/** Where a log's bytes come from, decompressed. */
export interface ByteSource extends AsyncDisposable {
  /** How messages call it. */
  readonly name: string;
  /** Bytes on disk, if known; for progress. */
  readonly size: number | undefined;
  /** Bytes of `size` read so far. */
  consumed(): number;
  /** A plain file, of which any part may be read at any time while the source is open. */
  readonly file?: { readonly fd: number; readonly size: number; seek(position: number): void };
  /** Fills `target` from its start; 0 bytes at the end only. @throws ColosseumError (12 or 14) */
  read(target: Uint8Array): Promise<number>;
}

/** What a log can be read from; a file can be read twice, standard input cannot. */
export type LogInput =
  | {
      readonly file: string;
      /** How messages call it, if not by its path. */
      readonly name?: string;
    }
  | { readonly stdin: Readable };

const GZIP_MAGIC = [0x1f, 0x8b] as const;
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];

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
    if (!stat.isFile()) return await sniffStream(handle.createReadStream(), name, signal);
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    if (!isGzip(magic)) return fileSource(name, handle, stat.size);
    await handle.close();
    const raw = createReadStream(file, { highWaterMark: 1 << 20 });
    return streamSource(gunzip(raw), name, { size: stat.size, consumed: () => raw.bytesRead });
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw readFailure(name, error);
  }
}

/** Standard input, unless it is a terminal: nobody types a log. */
function openStdin(stdin: Readable & { readonly isTTY?: boolean }, signal?: AbortSignal): Promise<ByteSource> {
  if (stdin.isTTY === true) {
    throw new ColosseumError("Standard input is a terminal, not a task log.", {
      code: "input.stdin-is-terminal",
      exitCode: ExitCode.usage,
      hint: "Pipe a log into it, for example: colosseum validator export | colosseum simulate -",
    });
  }
  return sniffStream(stdin, "standard input", signal);
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

/** Decompresses; a broken archive surfaces as an error of the returned stream. */
function gunzip(raw: Readable): Readable {
  const unzip = createGunzip({ chunkSize: 1 << 18 });
  pipeline(raw, unzip, () => undefined);
  return unzip;
}

/** A stream that cannot seek: looks at its first bytes, then reads it as it is or through gunzip. */
async function sniffStream(raw: Readable, name: string, signal?: AbortSignal): Promise<ByteSource> {
  if (signal !== undefined) addAbortSignal(signal, raw);
  const iterator = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  try {
    while (head.length < 2) {
      const next = await iterator.next();
      if (next.done === true) break;
      head = Buffer.concat([head, Buffer.from(next.value)]);
    }
  } catch (error) {
    throw readFailure(name, error);
  }
  const rest = new PassThrough({ highWaterMark: 1 << 20 });
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield Buffer.from(next.value);
  };
  pipeline(whole, rest, () => undefined);
  return streamSource(isGzip(head) ? gunzip(rest) : rest, name, undefined);
}

function streamSource(
  stream: Readable,
  name: string,
  progress: { readonly size: number; readonly consumed: () => number } | undefined,
): ByteSource {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let left: Uint8Array = new Uint8Array();
  let passed = 0;
  return {
    name,
    size: progress?.size,
    consumed: progress?.consumed ?? (() => passed),
    read: async (target) => {
      let filled = 0;
      // A full target means fewer, larger batches; a pipe hands over 64 KiB at a time.
      while (filled < target.length) {
        if (left.length === 0) {
          const next = await nextChunk(iterator, name);
          if (next === undefined) break;
          left = next;
        }
        const take = Math.min(left.length, target.length - filled);
        target.set(left.subarray(0, take), filled);
        left = left.subarray(take);
        filled += take;
      }
      passed += filled;
      return filled;
    },
    [Symbol.asyncDispose]: async () => {
      stream.destroy();
    },
  };
}

async function nextChunk(iterator: AsyncIterator<Buffer>, name: string): Promise<Uint8Array | undefined> {
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return undefined;
      if (next.value.length > 0) return next.value;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("Z_")) throw readFailure(name, error);
    const why = code === "Z_BUF_ERROR" ? "the gzip archive ends in the middle" : "the gzip archive is damaged";
    throw brokenLog("log.gzip", name, `${why}.`, "Fetch or compress the log again.");
  }
}

/** What reading ends with: our own words, or the abort that somebody asked for. */
const readFailure = (name: string, error: unknown): Error =>
  error instanceof ColosseumError || (error instanceof Error && error.name === "AbortError")
    ? error
    : fileError(name, error);
