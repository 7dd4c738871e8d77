import { createReadStream } from "node:fs";
import { addAbortSignal, PassThrough, pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { isGzip } from "./gzip-magic.ts";
import { brokenLog } from "./log-error.ts";
import { readFailure } from "./read-failure.ts";

/** A compressed file. */
export function archiveSource(file: string, name: string, size: number): ByteSource {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  return streamSource(gunzip(raw), name, { size, consumed: () => raw.bytesRead });
}

/** Decompresses; a broken archive surfaces as an error of the returned stream. */
function gunzip(raw: Readable): Readable {
  const unzip = createGunzip({ chunkSize: 1 << 18 });
  pipeline(raw, unzip, () => undefined);
  return unzip;
}

/** A stream that cannot seek: looks at its first bytes, then reads it as it is or through gunzip. */
export async function sniffStream(raw: Readable, name: string, signal?: AbortSignal): Promise<ByteSource> {
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
