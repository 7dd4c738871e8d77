const MASK = 0xffff_ffff_ffff_ffffn;
const P1 = 0x9e37_79b1_85eb_ca87n;
const P2 = 0xc2b2_ae3d_27d4_eb4fn;
const P3 = 0x1656_67b1_9e37_79f9n;
const P4 = 0x85eb_ca77_c2b2_ae63n;
const P5 = 0x27d4_eb2f_1656_67c5n;

const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & MASK;
const round = (acc: bigint, lane: bigint): bigint => (rotate((acc + lane * P2) & MASK, 31n) * P1) & MASK;
const merge = (hash: bigint, acc: bigint): bigint => ((hash ^ round(0n, acc)) * P1 + P4) & MASK;

/**
 * XXH64 with a seed, as an unsigned 64-bit integer.
 *
 * @see Yann Collet, xxHash specification 0.1.1; Substrate's twox hashers concatenate seeds 0, 1, …
 */
export function xxh64(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let hash: bigint;
  if (bytes.length >= 32) {
    let [a, b, c, d] = [(seed + P1 + P2) & MASK, (seed + P2) & MASK, seed, (seed - P1) & MASK];
    for (; at + 32 <= bytes.length; at += 32) {
      a = round(a, view.getBigUint64(at, true));
      b = round(b, view.getBigUint64(at + 8, true));
      c = round(c, view.getBigUint64(at + 16, true));
      d = round(d, view.getBigUint64(at + 24, true));
    }
    hash = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & MASK;
    hash = merge(merge(merge(merge(hash, a), b), c), d);
  } else {
    hash = (seed + P5) & MASK;
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) {
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & MASK;
  }
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(view.getUint8(at)) * P5) & MASK), 11n) * P1) & MASK;
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return hash ^ (hash >> 32n);
}

/** Substrate's twox hash of 64 or 128 bits. */
export function twox(bytes: Uint8Array, bits: 64 | 128): Uint8Array {
  const out = new Uint8Array(bits / 8);
  const view = new DataView(out.buffer);
  for (let i = 0; i < bits / 64; i++) view.setBigUint64(i * 8, xxh64(bytes, BigInt(i)), true);
  return out;
}
