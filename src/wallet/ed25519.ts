import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";

/** DER of a PKCS#8 Ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
/** SCALE of the string "Ed25519HDKD". */
const HARD_JUNCTION = Buffer.from("\x2cEd25519HDKD", "latin1");

/** Node's own key (OpenSSL: some 30 times the rate of a JavaScript implementation) of a 32-byte seed. */
export const ed25519Key = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });

/** The 32-byte public key. */
export const ed25519PublicKey = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32));

/** A 64-byte signature; deterministic. */
export const ed25519Sign = (key: KeyObject, message: Uint8Array): Uint8Array =>
  new Uint8Array(sign(null, message, key));

/** The seed behind one hard junction (Substrate `sp_core::ed25519`); soft junctions do not exist here. */
export const ed25519DeriveHard = (seed: Uint8Array, chainCode: Uint8Array): Uint8Array =>
  blake2b(Buffer.concat([HARD_JUNCTION, seed, chainCode]), { dkLen: 32 });
