import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { ColosseumError, ExitCode } from "../base/errors.ts";

/** Domain of drand's quicknet signatures (bls-unchained-g1-rfc9380). */
const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const G2_BYTES = 96;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SUITE = Buffer.from("AES_GCM_", "ascii");

type Fp12 = ReturnType<typeof bls12_381.pairing>;

/** A ciphertext that is not in the format, or that this signature does not open. */
export class TimelockError extends ColosseumError {
  constructor(why: string, cause?: unknown) {
    super(`The timelocked bytes cannot be opened: ${why}.`, {
      code: "chain.timelock",
      exitCode: ExitCode.invalid,
      hint: "They were made for another round or beacon, or are damaged.",
      cause,
    });
  }
}

/** The random parts of one encryption; fresh for each, given only by tests. */
export interface TimelockRandomness {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  /** 32 bytes. */
  readonly sigma: Uint8Array;
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));

const u64le = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** The point whose secret multiple is the round's signature: hash to G1 of sha256(round as u64 big endian). */
function identityOf(round: number | bigint) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(round));
  return bls12_381.G1.hashToCurve(sha256(bytes), { DST });
}

/** 12 × 48 bytes, little endian, c0.c0.c0 first: how arkworks serialises a target-group element. */
function gtBytes(element: Fp12): Buffer {
  const parts: Buffer[] = [];
  for (const six of [element.c0, element.c1]) {
    for (const two of [six.c0, six.c1, six.c2]) {
      for (const base of [two.c0, two.c1]) {
        parts.push(Buffer.from(base.toString(16).padStart(96, "0"), "hex").reverse());
      }
    }
  }
  return Buffer.concat(parts);
}

const scalarOf = (sigma: Uint8Array, key: Uint8Array): bigint =>
  BigInt(`0x${sha256(sigma, key).toString("hex")}`) % bls12_381.fields.Fr.ORDER;

/** Sigma and the body's key are fresh random bytes each time. */
const freshRandomness = (): TimelockRandomness => ({
  key: randomBytes(KEY_BYTES),
  nonce: randomBytes(NONCE_BYTES),
  sigma: randomBytes(KEY_BYTES),
});

/**
 * Encrypts bytes so that the beacon's signature of a round opens them and nothing before it does.
 *
 * @param beaconKey - 96 bytes, compressed G2.
 * @returns What the chain's `commit` argument takes; 244 bytes longer than the plaintext.
 * @throws {@link TimelockError} if the beacon's key is no point.
 * @see ideal-lab5/timelock (crate tle), as subtensor pins it; not drand's tlock format.
 */
export function timelockEncrypt(
  plaintext: Uint8Array,
  round: number | bigint,
  beaconKey: Uint8Array,
  randomness: TimelockRandomness = freshRandomness(),
): Uint8Array {
  const { key, nonce, sigma } = randomness;
  const scalar = scalarOf(sigma, key);
  const beacon = pointOf(() => bls12_381.G2.Point.fromBytes(beaconKey), "the beacon's key is no point of its curve");
  const shared = bls12_381.pairing(identityOf(round), beacon.multiply(scalar));
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  const body = Buffer.concat([u64le(encrypted.length), encrypted, u64le(NONCE_BYTES), nonce]);
  return new Uint8Array(
    Buffer.concat([
      bls12_381.G2.Point.BASE.multiply(scalar).toBytes(),
      u64le(KEY_BYTES),
      xor(sigma, sha256(gtBytes(shared))),
      u64le(KEY_BYTES),
      xor(key, sha256(sigma)),
      u64le(body.length),
      body,
      u64le(SUITE.length),
      SUITE,
    ]),
  );
}

/**
 * Opens a timelocked ciphertext with the beacon's signature of its round.
 *
 * @param signature - 48 bytes, compressed G1.
 * @throws {@link TimelockError}
 */
export function timelockDecrypt(ciphertext: Uint8Array, signature: Uint8Array): Uint8Array {
  const reader = new Reader(ciphertext);
  const u = reader.take(G2_BYTES);
  const v = reader.vector(KEY_BYTES);
  const w = reader.vector(KEY_BYTES);
  const body = new Reader(reader.vector());
  if (!Buffer.from(reader.vector()).equals(SUITE)) throw new TimelockError("the cipher is not AES-GCM");
  const encrypted = body.vector();
  const nonce = body.vector(NONCE_BYTES);
  if (encrypted.length < TAG_BYTES) throw new TimelockError("the body is too short");
  const point = pointOf(() => bls12_381.G2.Point.fromBytes(u), "its first part is no point of the curve");
  const opener = pointOf(() => bls12_381.G1.Point.fromBytes(signature), "the signature is no point of its curve");
  const sigma = xor(v, sha256(gtBytes(bls12_381.pairing(opener, point))));
  const key = xor(w, sha256(sigma));
  if (!bls12_381.G2.Point.BASE.multiply(scalarOf(sigma, key)).equals(point)) {
    throw new TimelockError("the signature is another round's");
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAuthTag(encrypted.subarray(-TAG_BYTES));
    return new Uint8Array(Buffer.concat([decipher.update(encrypted.subarray(0, -TAG_BYTES)), decipher.final()]));
  } catch (error) {
    throw new TimelockError("the body does not match its tag", error);
  }
}

function pointOf<P>(make: () => P, why: string): P {
  try {
    return make();
  } catch (error) {
    throw new TimelockError(why, error);
  }
}

/** Takes length-prefixed parts off bytes. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    if (part.length !== length) throw new TimelockError("they end too early");
    this.#at += length;
    return part;
  }

  /** A u64 length and that many bytes; `length` where only one is right. */
  vector(length?: number): Uint8Array {
    const announced = Buffer.from(this.take(8)).readBigUInt64LE();
    if (announced > BigInt(this.#bytes.length) || (length !== undefined && announced !== BigInt(length))) {
      throw new TimelockError("a part has the wrong length");
    }
    return this.take(Number(announced));
  }
}

/** SCALE of what a timelocked commit holds: {hotkey bytes, uids, values, version key}. */
export function timelockPayload(
  hotkey: Uint8Array,
  row: { readonly uids: readonly number[]; readonly values: readonly number[] },
  versionKey: bigint,
): Uint8Array {
  return new Uint8Array(
    Buffer.concat([compact(hotkey.length), hotkey, u16Vector(row.uids), u16Vector(row.values), u64le(versionKey)]),
  );
}

/** SCALE compact length; rows are shorter than 2^14. */
function compact(length: number): Buffer {
  if (length < 64) return Buffer.from([length << 2]);
  const bytes = Buffer.alloc(length < 16_384 ? 2 : 4);
  if (length < 16_384) bytes.writeUInt16LE((length << 2) | 1);
  else bytes.writeUInt32LE(length * 4 + 2);
  return bytes;
}

/** SCALE of a `Vec<u16>`. */
export function u16Vector(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, index * 2);
  });
  return Buffer.concat([compact(values.length), bytes]);
}
