/** Rows in one piece of memory; a power of two. */
const CHUNK_ROWS = 4_096;

/** Rows of a fixed number of bytes by number, in large pieces outside the heap. Gaps cost nothing and read as undefined. */
export class RowList {
  readonly #width: number;
  readonly #chunks = new Map<number, Buffer>();
  #length = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** One more than the highest number that was ever written and not cut off. */
  get length(): number {
    return this.#length;
  }

  /** @returns The row to write into; zeroes if nobody wrote to it before. */
  rowForWriting(number: number): Buffer {
    const at = Math.floor(number / CHUNK_ROWS);
    let chunk = this.#chunks.get(at);
    if (chunk === undefined) {
      chunk = Buffer.alloc(CHUNK_ROWS * this.#width);
      this.#chunks.set(at, chunk);
    }
    this.#length = Math.max(this.#length, number + 1);
    return this.#rowOf(chunk, number);
  }

  get(number: number): Buffer | undefined {
    if (!Number.isInteger(number) || number < 0 || number >= this.#length) return undefined;
    const chunk = this.#chunks.get(Math.floor(number / CHUNK_ROWS));
    return chunk === undefined ? undefined : this.#rowOf(chunk, number);
  }

  /** Every row of every piece that was written to, blank ones too, in order. */
  *entries(): Generator<readonly [number, Buffer]> {
    for (const [at, chunk] of [...this.#chunks].sort(([a], [b]) => a - b)) {
      for (let number = at * CHUNK_ROWS; number < Math.min(this.#length, (at + 1) * CHUNK_ROWS); number++)
        yield [number, this.#rowOf(chunk, number)];
    }
  }

  #rowOf(chunk: Buffer, number: number): Buffer {
    const from = (number % CHUNK_ROWS) * this.#width;
    return chunk.subarray(from, from + this.#width);
  }

  /** Forgets every row from `length` on. */
  truncate(length: number): void {
    if (length >= this.#length) return;
    this.#length = length;
    const last = Math.floor(length / CHUNK_ROWS);
    for (const at of [...this.#chunks.keys()]) if (at > last) this.#chunks.delete(at);
    this.#chunks.get(last)?.fill(0, (length % CHUNK_ROWS) * this.#width);
  }
}
