import { createHash, createPrivateKey, createPublicKey, decapsulate } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { twox } from "../scale/twox.ts";

/** Lengths in a sealed extrinsic: key hash, size of the encapsulation, encapsulation, nonce of the cipher. */
const KEY_HASH = 16;
const SIZE = 2;
const ENCAPSULATION = 1_088;
const NONCE = 24;

/** PKCS #8 of an ML-KEM-768 key given by its seed (RFC 9935), up to the 64 bytes of the seed. */
const SEED_PREFIX = Buffer.from("3054020100300b060960864801650304040204428040", "hex");
/** SubjectPublicKeyInfo puts this much before the 1184 bytes of the key. */
const SPKI_PREFIX = 22;

/** Anybody can compute it, so nothing sealed to it is secret: it exists to exercise the real format. */
const SECRET = createPrivateKey({
  key: Buffer.concat([SEED_PREFIX, createHash("sha512").update("colosseum localnet shield").digest()]),
  format: "der",
  type: "pkcs8",
});

/** The ML-KEM-768 key that clients seal to, 1184 bytes. */
export const shieldPublicKey = (): Uint8Array =>
  new Uint8Array(createPublicKey(SECRET).export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX));

/** Why a sealed extrinsic cannot be opened: it has no such shape, or was sealed to another key. */
export type ShieldFault = "parsing" | "key-hash";

/** What is wrong with the outside of a sealed extrinsic; undefined if nothing is. */
export function shieldFault(sealed: Uint8Array): ShieldFault | undefined {
  if (sealed.length < KEY_HASH + SIZE + ENCAPSULATION + NONCE) return "parsing";
  const bytes = Buffer.from(sealed);
  if (bytes.readUInt16LE(KEY_HASH) !== ENCAPSULATION) return "parsing";
  return bytes.subarray(0, KEY_HASH).equals(twox(shieldPublicKey(), 128)) ? undefined : "key-hash";
}

/**
 * Opens twox128(key) ‖ u16 LE 1088 ‖ ML-KEM-768 encapsulation ‖ nonce ‖ XChaCha20-Poly1305.
 *
 * @returns The extrinsic inside, or undefined where the seal is broken.
 * @see bittensor-core 0.1.5, encrypt_mlkem768 with include_key_hash.
 */
export function openShield(sealed: Uint8Array): Uint8Array | undefined {
  if (shieldFault(sealed) !== undefined) return undefined;
  const afterSize = KEY_HASH + SIZE;
  const afterKey = afterSize + ENCAPSULATION;
  const key = decapsulate(SECRET, sealed.subarray(afterSize, afterKey));
  const nonce = sealed.subarray(afterKey, afterKey + NONCE);
  try {
    return xchacha20poly1305(key, nonce).decrypt(sealed.subarray(afterKey + NONCE));
  } catch {
    return undefined;
  }
}
