import { blake2b } from "@noble/hashes/blake2.js";
import { concatBytes } from "./bytes.ts";
import { twox } from "./twox.ts";

/** How a map's key becomes part of a storage key; each keeps the key readable. */
export type Hasher = "blake2" | "twox64" | "identity";

/** Numbers of the hashers in metadata. */
export const HASHER_INDEX: Readonly<Record<Hasher, number>> = { blake2: 2, twox64: 5, identity: 6 };

/** Bytes that the hasher puts before the key itself. */
export const HASH_LENGTH: Readonly<Record<Hasher, number>> = { blake2: 16, twox64: 8, identity: 0 };

export const blake2_256 = (bytes: Uint8Array): Uint8Array => blake2b(bytes, { dkLen: 32 });

export function hashKey(hasher: Hasher, key: Uint8Array): Uint8Array {
  if (hasher === "identity") return key;
  return concatBytes(hasher === "blake2" ? blake2b(key, { dkLen: 16 }) : twox(key, 64), key);
}
