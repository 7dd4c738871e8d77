import type { HotkeyTable } from "../mechanism/hotkey-table.ts";

/** Characters of an SS58 address with a one-byte prefix: what almost every hotkey of a real log is. */
const ADDRESS = 48;
const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const LAST_ASCII = 126;
/** A longer hotkey is left to the general reader. */
const LONGEST = 256;

/**
 * Finds hotkeys by the bytes of a JSON string, so that a vote costs no string of its own. Only plain strings are
 * taken (printable ASCII, no escapes), for which bytes and characters are the same thing.
 */
export class HotkeyBytes {
  /** Just after the closing quote of the last string read. */
  end = 0;
  readonly #hotkeys: HotkeyTable;
  /** Entry + 1 by hash, open addressing, at most half full. */
  #slots = new Int32Array(2_048);
  #mask = 2_047;
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #hashes: number[] = [];
  readonly #ids: number[] = [];
  /** All names, one after the other, each padded to eight bytes. */
  #arena = new Uint8Array(1 << 15);
  #words = new DataView(this.#arena.buffer);
  #used = 0;

  constructor(hotkeys: HotkeyTable) {
    this.#hotkeys = hotkeys;
  }

  /**
   * Reads the string that begins at `at`, just after its opening quote.
   *
   * @param words - A view of the same bytes.
   * @returns The hotkey's number, or -1 if the string is none that this reader takes; {@link end} is set if it is.
   */
  read(bytes: Buffer, words: DataView, at: number, limit: number): number {
    const guess = at + ADDRESS;
    if (guess < limit && bytes[guess] === QUOTE) {
      // A known name has no quote inside, so equal bytes prove that the string ends here.
      const entry = this.#findAddress(words, at, hashAddress(words, at));
      if (entry >= 0) {
        this.end = guess + 1;
        return this.#ids[entry] ?? -1;
      }
    }
    return this.#readSlowly(bytes, words, at, limit);
  }

  #findAddress(words: DataView, at: number, hash: number): number {
    const slots = this.#slots;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry < 0) return -1;
      if (this.#hashes[entry] === hash && this.#lengths[entry] === ADDRESS) {
        if (this.#isAddress(words, at, this.#offsets[entry] ?? 0)) return entry;
      }
    }
  }

  /**
   * Eight bytes at a time, as doubles: a known name is ASCII, of which no double is NaN, infinite or zero, so equal
   * numbers are equal bytes.
   */
  #isAddress(words: DataView, at: number, offset: number): boolean {
    const known = this.#words;
    for (let i = 0; i < ADDRESS; i += 8) {
      if (words.getFloat64(at + i, true) !== known.getFloat64(offset + i, true)) return false;
    }
    return true;
  }

  #readSlowly(bytes: Buffer, words: DataView, at: number, limit: number): number {
    const stop = Math.min(limit, at + LONGEST + 1);
    let to = at;
    for (; to < stop; to++) {
      const byte = bytes[to] ?? 0;
      if (byte === QUOTE) break;
      if (byte < SPACE || byte > LAST_ASCII || byte === BACKSLASH) return -1;
    }
    if (to >= stop) return -1;
    this.end = to + 1;
    const length = to - at;
    const hash = length === ADDRESS ? hashAddress(words, at) : hashBytes(bytes, at, to);
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) return this.#insert(bytes, at, to, hash);
      if (this.#hashes[entry] !== hash || this.#lengths[entry] !== length) continue;
      const offset = this.#offsets[entry] ?? 0;
      if (bytes.compare(this.#arena, offset, offset + length, at, to) === 0) return this.#ids[entry] ?? -1;
    }
  }

  #insert(bytes: Buffer, at: number, to: number, hash: number): number {
    const length = to - at;
    const id = this.#hotkeys.idOf(bytes.toString("latin1", at, to));
    const entry = this.#ids.length;
    const offset = this.#used;
    this.#used = (offset + length + 7) & ~7;
    if (this.#used > this.#arena.length) {
      const larger = new Uint8Array(this.#arena.length * 2);
      larger.set(this.#arena);
      this.#arena = larger;
      this.#words = new DataView(larger.buffer);
    }
    this.#arena.set(bytes.subarray(at, to), offset);
    this.#offsets.push(offset);
    this.#lengths.push(length);
    this.#hashes.push(hash);
    this.#ids.push(id);
    if (this.#ids.length * 2 > this.#mask) this.#grow();
    else this.#place(entry, hash);
    return id;
  }

  #place(entry: number, hash: number): void {
    let slot = hash & this.#mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = entry + 1;
  }

  #grow(): void {
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array(this.#mask + 1);
    this.#hashes.forEach((hash, entry) => {
      this.#place(entry, hash);
    });
  }
}

/** Two words of an address stand for all of it: the rest is compared anyway. */
function hashAddress(words: DataView, at: number): number {
  const mixed = Math.imul(words.getInt32(at + 20, true), 0x9e3779b1) ^ words.getInt32(at + 44, true);
  return (mixed ^ (mixed >>> 15)) & 0x7fff_ffff;
}

/** FNV-1a. */
function hashBytes(bytes: Uint8Array, at: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x7fff_ffff;
}
