import { createPublicKey, verify as verifyNative } from "node:crypto";
import { verify as verifySr25519 } from "@scure/sr25519";

/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

function isSr25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return verifySr25519(message, signature, publicKey);
  } catch {
    // A point or scalar that is none: as wrong as any other wrong signature.
    return false;
  }
}

function isEd25519(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
    return verifyNative(null, message, key, signature);
  } catch {
    return false;
  }
}

const wrapped = (message: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from("<Bytes>"), message, Buffer.from("</Bytes>")]));

/**
 * Whether a key signed a message, as it stands or between `<Bytes>` and `</Bytes>` as browser wallets sign it. An address does not tell its
 * scheme, so both are tried.
 *
 * @param signature - 64 bytes, or 65 with the leading scheme byte of a MultiSignature (0 ed25519, 1 sr25519).
 * @param publicKey - 32 bytes.
 */
export function isSignedBy(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const tagged = signature.length === 65;
  if (!tagged && signature.length !== 64) return false;
  const raw = tagged ? signature.subarray(1) : signature;
  const checks = tagged ? [isEd25519, isSr25519].slice(signature[0], (signature[0] ?? 0) + 1) : [isSr25519, isEd25519];
  return [message, wrapped(message)].some((form) => checks.some((check) => check(form, raw, publicKey)));
}
