import { HashIndex } from "./hash-index.ts";
import { wordHashes } from "./word-hashes.ts";

/** Number of minima kept of a text: five bands of three. */
const SKETCH_SIZE = 15;
const BANDS = 5;
const ROWS = SKETCH_SIZE / BANDS;
/** Equal minima from which two texts are near-duplicates: an estimated Jaccard similarity of 0.8. */
const NEAR = 12;
/** Texts with fewer words are compared as a whole only: three-word shingles say little of them. */
const MIN_WORDS = 6;
const EMPTY = 0xffffffff;

/** Murmur3's finaliser: spreads a combination of hashes over 32 bits. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What is kept of a text to recognise it again. */
export interface TextSketch {
  /** 52 bits over the words in order, NaN for a text without words: such posts are never duplicates. */
  readonly whole: number;
  /** Place of the shingles' minima among the sketches; -1 for a short text. */
  readonly place: number;
}

const NO_WORDS: TextSketch = { whole: Number.NaN, place: -1 };

/**
 * Sketches of texts by one-permutation hashing of their three-word shingles, in one array for all of them, and which of
 * them repeat an earlier one.
 *
 * @see Li, Owen, Zhang 2012, "One permutation hashing".
 */
export class TextSketches {
  #minima = new Uint32Array(SKETCH_SIZE * 1_024);
  #count = 0;
  readonly #byWhole = new HashIndex();
  readonly #byBand = new HashIndex();
  readonly #wholes: number[] = [];

  /** Sketches a text; looks nothing up yet, because texts count in the order of time. */
  sketch(text: string): TextSketch {
    const hashes = wordHashes(text);
    if (hashes.length === 0) return NO_WORDS;
    let low = 0x9e3779b9;
    let high = 0x7f4a7c15;
    for (const hash of hashes) {
      low = mix(Math.imul(low, 31) ^ hash);
      high = mix(Math.imul(high, 37) + hash);
    }
    const whole = (high >>> 12) * 4_294_967_296 + low;
    return { whole, place: hashes.length < MIN_WORDS ? -1 : this.#keep(hashes) };
  }

  /** Says whether a sketched text repeats one that was seen before, and remembers it if it does not. */
  see({ whole, place }: TextSketch): "new" | "duplicate-text" | "near-duplicate" {
    if (Number.isNaN(whole)) return "new";
    const known = this.#byWhole.get(whole | 0);
    if (known !== -1 && this.#wholes[known] === whole) return "duplicate-text";
    for (let band = 0; place !== -1 && band < BANDS; band++) {
      const candidate = this.#byBand.get(this.#bandKey(place, band));
      if (candidate !== -1 && this.#agreement(candidate, place) >= NEAR) return "near-duplicate";
    }
    this.#byWhole.add(whole | 0, this.#wholes.push(whole) - 1);
    for (let band = 0; place !== -1 && band < BANDS; band++) this.#byBand.add(this.#bandKey(place, band), place);
    return "new";
  }

  /** Writes the minima of a text's shingles, one per bin, and returns their place. */
  #keep(hashes: Uint32Array): number {
    const at = this.#count * SKETCH_SIZE;
    if (at + SKETCH_SIZE > this.#minima.length) {
      const larger = new Uint32Array(this.#minima.length * 2);
      larger.set(this.#minima);
      this.#minima = larger;
    }
    const minima = this.#minima.subarray(at, at + SKETCH_SIZE).fill(EMPTY);
    for (let i = 0; i + 2 < hashes.length; i++) {
      const shingle = mix(
        Math.imul(hashes[i] as number, 3) ^
          Math.imul(hashes[i + 1] as number, 5) ^
          Math.imul(hashes[i + 2] as number, 7),
      );
      const bin = shingle % SKETCH_SIZE;
      if (shingle < (minima[bin] as number)) minima[bin] = shingle;
    }
    // An empty bin borrows its right neighbour's minimum (densification), or short texts would agree by being empty.
    for (let bin = 0; bin < SKETCH_SIZE; bin++) {
      for (let step = 1; minima[bin] === EMPTY && step < SKETCH_SIZE; step++) {
        const neighbour = minima[(bin + step) % SKETCH_SIZE] as number;
        if (neighbour !== EMPTY) minima[bin] = mix(neighbour + step);
      }
    }
    return this.#count++;
  }

  /** Texts that share all minima of a band are compared in full. */
  #bandKey(place: number, band: number): number {
    const at = place * SKETCH_SIZE + band * ROWS;
    let hash = band + 1;
    for (let row = 0; row < ROWS; row++) hash = mix(Math.imul(hash, 31) ^ (this.#minima[at + row] as number));
    return hash;
  }

  #agreement(a: number, b: number): number {
    let equal = 0;
    for (let i = 0; i < SKETCH_SIZE; i++) {
      if (this.#minima[a * SKETCH_SIZE + i] === this.#minima[b * SKETCH_SIZE + i]) equal++;
    }
    return equal;
  }
}
