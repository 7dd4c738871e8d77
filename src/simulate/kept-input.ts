import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ByteSource } from "./byte-source.ts";
import { fileError } from "./log-error.ts";
import { type LogInput, openSource } from "./log-source.ts";

/** Standard input up to this size is kept in memory, in case it is needed twice; beyond, in a temporary file. */
const IN_MEMORY_BYTES = 16 * 1_024 * 1_024;

/** Keeps what was read of standard input. */
export class KeptInput implements AsyncDisposable {
  readonly #input: LogInput;
  readonly #signal: AbortSignal | undefined;
  #started = false;
  #keep = true;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #spool: { readonly dir: string; readonly handle: FileHandle } | undefined;

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
    await rm(spool.dir, { recursive: true, force: true });
  }

  async #store(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length;
    if (this.#spool === undefined && this.#bytes <= IN_MEMORY_BYTES) {
      this.#chunks.push(chunk);
      return;
    }
    try {
      this.#spool ??= await openSpool();
      for (const kept of [...this.#chunks, chunk]) await this.#spool.handle.writeFile(kept);
      this.#chunks = [];
    } catch (error) {
      throw fileError(this.#spool?.dir ?? tmpdir(), error);
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

/** A file in a folder that only its owner may enter. */
async function openSpool(): Promise<{ readonly dir: string; readonly handle: FileHandle }> {
  const dir = await mkdtemp(join(tmpdir(), "colosseum-"));
  try {
    return { dir, handle: await open(join(dir, "log"), "wx+", 0o600) };
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
}
