/** Two 32-bit halves of a task id's fingerprint. */
export interface IdHash {
  high: number;
  low: number;
}

/**
 * Fingerprints a task id with 64 bits, so that telling duplicates apart costs eight bytes for each task and not the
 * id: among ten million ids the odds of one false alarm are about 1 in 400,000.
 *
 * @param seed - The same for all ids of one run, different in the next, so that nobody can prepare a collision.
 * @see bryc, cyrb53: two multiply–xorshift lanes over UTF-16 code units (here with both halves kept).
 */
export function hashId(id: string, seed: number, out: IdHash): void {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  out.high = high >>> 0;
  out.low = low >>> 0;
}

const LEAST_SLOTS = 4_096;
/** 8 MB. */
const MOST_AT_FIRST = 2 ** 20;

/** The fingerprints seen so far: open addressing in one typed array, at most two thirds full. */
export class IdSet {
  #slots: Uint32Array;
  #mask: number;
  #count = 0;
  #hasZero = false;

  /** @param expected - About how many will come; more are no problem but that of growing. */
  constructor(expected = 0) {
    const wanted = Math.min(MOST_AT_FIRST, Math.max(LEAST_SLOTS, expected * 1.5));
    const slots = 2 ** Math.ceil(Math.log2(wanted));
    this.#slots = new Uint32Array(2 * slots);
    this.#mask = slots - 1;
  }

  /** Adds a fingerprint; false if it was there. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      return isNew;
    }
    if ((this.#count + 1) * 3 > (this.#mask + 1) * 2) this.#grow();
    return this.#insert(high, low);
  }

  #insert(high: number, low: number): boolean {
    const slots = this.#slots;
    for (let slot = (high ^ low) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const h = slots[slot * 2] ?? 0;
      const l = slots[slot * 2 + 1] ?? 0;
      if (h === 0 && l === 0) {
        slots[slot * 2] = high;
        slots[slot * 2 + 1] = low;
        this.#count++;
        return true;
      }
      if (h === high && l === low) return false;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array(2 * (this.#mask + 1));
    this.#count = 0;
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] ?? 0;
      const low = old[at + 1] ?? 0;
      if (high !== 0 || low !== 0) this.#insert(high, low);
    }
  }
}
