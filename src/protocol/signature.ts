import { ed25519 } from "@noble/curves/ed25519.js";
import { verify as verifySr25519 } from "@scure/sr25519";
import type { CryptoType } from "../base/ports.ts";

/** The encoding of the group's neutral element: a "key" for which anybody can sign (sr25519). */
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/**
 * Whether `signature` is one of `publicKey` over exactly `message`, under exactly this scheme. Never throws: malformed
 * keys and signatures do not verify. Weak keys (small order) and the `<Bytes>` wrapping of wallets are refused.
 *
 * @param publicKey - 32 bytes. @param signature - 64 bytes.
 */
export function verifySignature(
  scheme: CryptoType,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64 || isZero(publicKey)) return false;
  try {
    if (scheme === "sr25519") return verifySr25519(message, signature, publicKey);
    return (
      !ed25519.Point.fromBytes(publicKey).isSmallOrder() &&
      ed25519.verify(signature, message, publicKey, { zip215: false })
    );
  } catch {
    return false;
  }
}
