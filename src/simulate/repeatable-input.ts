import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileError } from "./log-error.ts";
import { type ByteSource, type LogInput, openSource } from "./log-source.ts";

/** Standard input up to this size is kept in memory, in case it is needed twice; beyond, in a temporary file. */
const IN_MEMORY_BYTES = 16 * 1_024 * 1_024;

/** A log that can be read more than once, which a file can anyway. */
export interface RepeatableInput extends AsyncDisposable {
  /** Opens it from its beginning; one reader at a time, and the one before must have read to the end. */
  open(): Promise<ByteSource>;
  /** Nobody will read it again: what follows need not be kept. */
  once(): void;
}

export function repeatableInput(input: LogInput, signal?: AbortSignal): RepeatableInput {
  if ("file" in input) {
    return {
      open: () => openSource(input, signal),
      once: () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  return new KeptInput(input, signal);
}

/** Keeps what was read of standard input. */
class KeptInput implements RepeatableInput {
  readonly #input: LogInput;
  readonly #signal: AbortSignal | undefined;
  #started = false;
  #keep = true;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #spool: { readonly path: string; readonly handle: FileHandle } | undefined;

  constructor(input: LogInput, signal: AbortSignal | undefined) {
    this.#input = input;
    this.#signal = signal;
  }

  async open(): Promise<ByteSource> {
    if (this.#started) return this.#again();
    this.#started = true;
    const source = await openSource(this.#input, this.#signal);
    return {
      name: source.name,
      size: source.size,
      consumed: () => source.consumed(),
      read: async (target) => {
        const count = await source.read(target);
        if (this.#keep && count > 0) await this.#store(target.slice(0, count));
        return count;
      },
      [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
    };
  }

  once(): void {
    this.#keep = false;
    this.#chunks = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.once();
    const spool = this.#spool;
    this.#spool = undefined;
    if (spool === undefined) return;
    await spool.handle.close();
    await rm(spool.path, { force: true });
  }

  async #store(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#spool === undefined && this.#bytes <= IN_MEMORY_BYTES) {
      this.#chunks.push(chunk);
      return;
    }
    const path = join(tmpdir(), `colosseum-${randomUUID()}`);
    try {
      this.#spool ??= { path, handle: await open(path, "wx+", 0o600) };
      for (const kept of [...this.#chunks, chunk]) await this.#spool.handle.writeFile(kept);
      this.#chunks = [];
    } catch (error) {
      throw fileError(this.#spool?.path ?? path, error);
    }
  }

  #again(): ByteSource {
    const whole = this.#bytes;
    const chunks = this.#chunks;
    const spool = this.#spool;
    let position = 0;
    let at = 0;
    let inside = 0;
    return {
      name: "standard input",
      size: whole,
      consumed: () => position,
      read: async (target) => {
        if (spool !== undefined) {
          const { bytesRead } = await spool.handle.read(target, 0, target.length, position);
          position += bytesRead;
          return bytesRead;
        }
        const chunk = chunks[at];
        if (chunk === undefined) return 0;
        const part = chunk.subarray(inside, inside + target.length);
        target.set(part);
        position += part.length;
        inside += part.length;
        if (inside === chunk.length) {
          at++;
          inside = 0;
        }
        return part.length;
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
}
