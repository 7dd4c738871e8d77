/** Entries that a new table has room for; a power of two. */
const FIRST_SLOTS = 1_024;

/**
 * Finds a block's number by its hash: an open hash table of numbers, four bytes each, for a map of a million strings
 * would take more memory than all the rest of the chain. The hashes themselves stay with whoever keeps them.
 */
export class HashIndex {
  readonly #hashOf: (number: number) => Uint8Array | undefined;
  /** Number + 1; 0 is a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #used = 0;

  /** @param hashOf - The 32 bytes of a block's hash. */
  constructor(hashOf: (number: number) => Uint8Array | undefined) {
    this.#hashOf = hashOf;
  }

  add(hash: Uint8Array, number: number): void {
    if ((this.#used + 1) * 2 > this.#slots.length) this.#grow();
    this.#put(hash, number);
    this.#used++;
  }

  get(hash: Uint8Array): number | undefined {
    const mask = this.#slots.length - 1;
    for (let at = place(hash) & mask; ; at = (at + 1) & mask) {
      const slot = this.#slots[at] ?? 0;
      if (slot === 0) return undefined;
      const known = this.#hashOf(slot - 1);
      if (known !== undefined && Buffer.compare(known, hash) === 0) return slot - 1;
    }
  }

  clear(): void {
    this.#slots = new Uint32Array(FIRST_SLOTS);
    this.#used = 0;
  }

  #put(hash: Uint8Array, number: number): void {
    const mask = this.#slots.length - 1;
    let at = place(hash) & mask;
    while ((this.#slots[at] ?? 0) !== 0) at = (at + 1) & mask;
    this.#slots[at] = number + 1;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const slot of old) {
      const hash = slot === 0 ? undefined : this.#hashOf(slot - 1);
      if (hash !== undefined) this.#put(hash, slot - 1);
    }
  }
}

/** Hashes are as good as random: their first bytes say where to look. */
const place = (hash: Uint8Array): number =>
  ((hash[0] ?? 0) | ((hash[1] ?? 0) << 8) | ((hash[2] ?? 0) << 16) | ((hash[3] ?? 0) << 24)) >>> 0;
