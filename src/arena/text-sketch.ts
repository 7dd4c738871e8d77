/** Number of minima kept of a text: five bands of three. */
export const SKETCH_SIZE = 15;
const BANDS = 5;
const ROWS = SKETCH_SIZE / BANDS;
/** Equal minima from which two texts are near-duplicates: an estimated Jaccard similarity of 0.8. */
const NEAR = 12;
/** Texts with fewer words are compared as a whole only: three-word shingles say little of them. */
const MIN_WORDS = 6;
const EMPTY = 0xffffffff;

/** A text as its words: lower case, without links, names, digits and punctuation. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/https?:\/\/\S+|@[a-z0-9_]+/g, " ")
      .match(/\p{L}+/gu) ?? []
  );
}

/** FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

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
  /** Minima of the shingles' hashes, one per bin; nothing for a short text. */
  readonly minima: Uint32Array | undefined;
}

/**
 * Sketches a text by one-permutation hashing of its three-word shingles.
 *
 * @see Li, Owen, Zhang 2012, "One permutation hashing".
 */
export function sketchText(text: string): TextSketch {
  const words = wordsOf(text);
  if (words.length === 0) return { whole: Number.NaN, minima: undefined };
  const hashes = words.map(hashWord);
  let low = 0x9e3779b9;
  let high = 0x7f4a7c15;
  for (const hash of hashes) {
    low = mix(Math.imul(low, 31) ^ hash);
    high = mix(Math.imul(high, 37) + hash);
  }
  const whole = (high >>> 12) * 4_294_967_296 + low;
  if (words.length < MIN_WORDS) return { whole, minima: undefined };
  const minima = new Uint32Array(SKETCH_SIZE).fill(EMPTY);
  for (let i = 0; i + 2 < hashes.length; i++) {
    const shingle = mix(
      Math.imul(hashes[i] as number, 3) ^ Math.imul(hashes[i + 1] as number, 5) ^ Math.imul(hashes[i + 2] as number, 7),
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
  return { whole, minima };
}

/** Texts seen so far; says whether the next one repeats one of them. */
export class SeenTexts {
  readonly #wholes = new Set<number>();
  readonly #bands = new Map<number, number>();
  readonly #kept: Uint32Array[] = [];

  /** Looks a text up and remembers it unless it repeats an earlier one. */
  add(sketch: TextSketch): "new" | "duplicate-text" | "near-duplicate" {
    if (Number.isNaN(sketch.whole)) return "new";
    if (this.#wholes.has(sketch.whole)) return "duplicate-text";
    const { minima } = sketch;
    const keys = minima === undefined ? [] : bandKeys(minima);
    for (const key of keys) {
      const candidate = this.#kept[this.#bands.get(key) ?? -1];
      if (candidate !== undefined && minima !== undefined && agreement(candidate, minima) >= NEAR) {
        return "near-duplicate";
      }
    }
    this.#wholes.add(sketch.whole);
    if (minima === undefined) return "new";
    const place = this.#kept.push(minima) - 1;
    for (const key of keys) if (!this.#bands.has(key)) this.#bands.set(key, place);
    return "new";
  }
}

/** One key per band: texts that share all minima of a band are compared in full. */
function bandKeys(minima: Uint32Array): number[] {
  const keys: number[] = [];
  for (let band = 0; band < BANDS; band++) {
    let hash = band + 1;
    for (let row = 0; row < ROWS; row++) hash = mix(Math.imul(hash, 31) ^ (minima[band * ROWS + row] as number));
    keys.push(hash);
  }
  return keys;
}

function agreement(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < SKETCH_SIZE; i++) if (a[i] === b[i]) equal++;
  return equal;
}
