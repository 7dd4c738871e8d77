import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** How many intervals one chain of seeds serves: at one interval an hour more than seven years. */
export const SEED_CHAIN_LENGTH = 65_536;

/**
 * The seed of interval n in a reverse hash chain: seed(n − 1) = sha256(seed(n)), so that a revealed seed proves all
 * earlier ones and tells nothing of later ones.
 *
 * @param last - 32 secret bytes: the seed of the chain's last interval.
 * @param length - Intervals in the chain; costs `length − 1 − n` hashes.
 * @throws RangeError unless 0 ≤ n < length and `last` has 32 bytes.
 */
export function seedAt(last: Uint8Array, length: number, n: number): Uint8Array {
  if (last.length !== 32) throw new RangeError(`a seed has 32 bytes, not ${last.length}`);
  if (!Number.isInteger(n) || n < 0 || n >= length) throw new RangeError(`no seed ${n} in a chain of ${length}`);
  return hashed(last, length - 1 - n);
}

/** Between two seeds that are kept. */
const CHECKPOINT_EVERY = 256;

/** A chain of seeds that is walked once; each seed then costs a few hashes. */
export class SeedChain {
  readonly #last: Uint8Array;
  readonly #length: number;
  /** Every 256th seed from the last one down. */
  #kept: readonly Uint8Array[] | undefined;

  /** @param last - 32 secret bytes. @param length - Intervals. */
  constructor(last: Uint8Array, length = SEED_CHAIN_LENGTH) {
    this.#last = last;
    this.#length = length;
  }

  /** How many intervals it serves. */
  get length(): number {
    return this.#length;
  }

  /** As {@link seedAt}. */
  at(n: number): Uint8Array {
    if (!Number.isInteger(n) || n < 0 || n >= this.#length) throw new RangeError(`no seed ${n} in this chain`);
    this.#kept ??= this.#walk();
    const down = this.#length - 1 - n;
    const from = this.#kept[Math.floor(down / CHECKPOINT_EVERY)] ?? this.#last;
    return hashed(from, down % CHECKPOINT_EVERY);
  }

  /** As {@link seedAnchor}. */
  anchor(): Uint8Array {
    return sha256(this.at(0));
  }

  #walk(): Uint8Array[] {
    const kept = [this.#last];
    for (let down = CHECKPOINT_EVERY; down < this.#length; down += CHECKPOINT_EVERY) {
      kept.push(hashed(kept.at(-1) ?? this.#last, CHECKPOINT_EVERY));
    }
    return kept;
  }
}

/** The end of the chain, sha256(seed(0)): published on the chain before the first draw. */
export const seedAnchor = (last: Uint8Array, length: number): Uint8Array => sha256(seedAt(last, length, 0));

/** What stands for an interval's seed before it is revealed: its sha256, which is the seed of the interval before. */
export const seedCommitment = (seed: Uint8Array): Uint8Array => sha256(seed);

/** The key of all draws of an interval: HMAC-SHA256(seed, beacon). Neither the one nor the other alone decides. */
export const drawKey = (seed: Uint8Array, beacon: Uint8Array): Uint8Array => hmac(sha256, seed, beacon);

/** `value` hashed `times` times; the anchor is `seed(n)` hashed n + 1 times. */
export function hashed(value: Uint8Array, times: number): Uint8Array {
  let result = value;
  for (let i = 0; i < times; i++) result = sha256(result);
  return result;
}
