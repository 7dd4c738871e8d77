import type { ByteSource } from "./byte-source.ts";
import type { ListBoundary } from "./list-boundary.ts";
import { SLICE_BYTES, type SlicePlan } from "./slice-plan.ts";

/** Bytes read at once, and the size of a batch: large enough to keep workers busy, small enough for flat memory. */
export const CHUNK_BYTES = 1 << 20;

/**
 * A window that slides over a source. What was not used yet is kept; the window grows where one record needs it.
 * Its buffer may be given away ({@link cut}) to a worker, which then owns it.
 */
export class ByteFeed {
  bytes = new Uint8Array(CHUNK_BYTES);
  /** The unused bytes are `bytes[start … end − 1]`. */
  start = 0;
  end = 0;
  /** The source has no more. */
  final = false;
  readonly #source: ByteSource;
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];
  /** Bytes of the source up to `end`. */
  #position = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Reads on behind the unused bytes; makes room if there is none. */
  async more(): Promise<void> {
    if (this.final) return;
    if (this.end === this.bytes.length) {
      const wanted = this.length * 2 > this.bytes.length ? this.bytes.length * 2 : this.bytes.length;
      this.#enlarge(this.#fresh(wanted));
    }
    const count = await this.#source.read(this.bytes.subarray(this.end));
    this.end += count;
    this.#position += count;
    this.final = count === 0;
  }

  /** Reads until the window is full or the source is at its end. */
  async fill(): Promise<void> {
    while (!this.final && this.end < this.bytes.length) await this.more();
  }

  /**
   * Gives the buffer away up to `at` and keeps what follows in a new one.
   *
   * @returns The buffer from its first byte; the caller owns it.
   */
  cut(at: number): Uint8Array {
    const given = this.bytes;
    const rest = this.end - at;
    const next = this.#fresh(rest > CHUNK_BYTES / 2 ? rest * 2 : CHUNK_BYTES);
    next.set(given.subarray(at, this.end));
    this.bytes = next;
    this.start = 0;
    this.end = rest;
    return given;
  }

  /** All from the feed's start on, to be read in slices; undefined if the source is no plain file of a known size. */
  rest(boundary: ListBoundary | undefined): SlicePlan | undefined {
    const { file } = this.#source;
    // Some files say that they are empty and are not, such as those of /proc.
    if (file === undefined || file.size <= this.#position) return undefined;
    return { fd: file.fd, from: this.#position - this.length, to: file.size, size: SLICE_BYTES, boundary };
  }

  /** Goes on at another place of a plain file. */
  moveTo(position: number): void {
    this.#source.file?.seek(position);
    this.#position = position;
    this.start = 0;
    this.end = 0;
    this.final = false;
  }

  /** Takes a buffer back that nobody needs any more. */
  recycle(buffer: ArrayBuffer): void {
    if (buffer.byteLength === CHUNK_BYTES && this.#spare.length < 16) this.#spare.push(new Uint8Array(buffer));
  }

  #enlarge(next: Uint8Array<ArrayBuffer>): void {
    next.set(this.bytes.subarray(this.start, this.end));
    if (this.bytes.buffer instanceof ArrayBuffer) this.recycle(this.bytes.buffer);
    this.end -= this.start;
    this.start = 0;
    this.bytes = next;
  }

  #fresh(size: number): Uint8Array<ArrayBuffer> {
    return size <= CHUNK_BYTES ? (this.#spare.pop() ?? new Uint8Array(CHUNK_BYTES)) : new Uint8Array(size);
  }
}
