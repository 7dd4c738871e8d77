import { fromHex } from "../scale/bytes.ts";

const UNKNOWN = `0x${"00".repeat(32)}`;

/** The hash of every block there ever was, 32 bytes each: a million blocks in 32 MB. */
export class HashList {
  #bytes = Buffer.alloc(32 * 1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(hash: string): void {
    if ((this.#length + 1) * 32 > this.#bytes.length) {
      const bigger = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(bigger);
      this.#bytes = bigger;
    }
    this.#bytes.set(fromHex(hash), this.#length * 32);
    this.#length++;
  }

  get(number: number): string | undefined {
    if (!Number.isInteger(number) || number < 0 || number >= this.#length) return undefined;
    const hash = `0x${this.#bytes.toString("hex", number * 32, number * 32 + 32)}`;
    return hash === UNKNOWN ? undefined : hash;
  }

  /** Leaves a gap up to `length`: blocks of which nothing is known any more. */
  skipTo(length: number): void {
    while (length * 32 > this.#bytes.length) {
      const bigger = Buffer.alloc(this.#bytes.length * 2);
      this.#bytes.copy(bigger);
      this.#bytes = bigger;
    }
    this.#bytes.fill(0, this.#length * 32, length * 32);
    this.#length = length;
  }

  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }
}
