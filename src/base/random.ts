/** A stream of uniform 32-bit words. Pure rooms take it as an argument; equal seeds give equal streams. */
export interface Random {
  /** The next word, 0 ≤ word < 2³². */
  uint32(): number;
}

/** FNV-1a over UTF-16 code units: spreads a text seed over 32 bits (not a cryptographic hash). */
function hashText(text: string, basis: number): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/**
 * A fast seeded stream (sfc32, 128-bit state) for simulations and fixtures; never for keys or nonces.
 *
 * @param seed - Any text or number; equal seeds give equal streams on every machine.
 * @see Chris Doty-Humphrey, PractRand: sfc32, 12 warm-up rounds.
 */
export function seededRandom(seed: string | number): Random {
  const text = String(seed);
  let a = hashText(text, 0x811c9dc5);
  let b = hashText(text, 0x9e3779b9);
  let c = hashText(text, 0x85ebca6b);
  let counter = 1;
  const uint32 = (): number => {
    const out = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + out) >>> 0;
    return out;
  };
  for (let round = 0; round < 12; round++) uint32();
  return { uint32 };
}

/** A double uniform on [0, 1) with 53 random bits. */
export const uniform = (random: Random): number =>
  ((random.uint32() >>> 5) * 67_108_864 + (random.uint32() >>> 6)) / 9_007_199_254_740_992;

/**
 * A whole number uniform on 0 … bound − 1, without modulo bias.
 *
 * @throws RangeError unless bound is a whole number from 1 to 2³².
 */
export function below(random: Random, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > 4_294_967_296) throw new RangeError(`no number below ${bound}`);
  const limit = 4_294_967_296 - (4_294_967_296 % bound);
  for (;;) {
    const word = random.uint32();
    if (word < limit) return word % bound;
  }
}

/** A shuffled copy (Fisher–Yates from the end). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = below(random, i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

/** One item, uniformly. @throws RangeError if there is none. */
export const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)] as T;
