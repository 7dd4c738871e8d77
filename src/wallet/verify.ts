import type { CryptoType } from "../base/ports.ts";
import { verifySignature } from "../protocol/signature.ts";

/** By the leading byte of a MultiSignature. */
const TAGS: readonly CryptoType[] = ["ed25519", "sr25519"];

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
  const schemes: readonly CryptoType[] = tagged
    ? TAGS.slice(signature[0], (signature[0] ?? 0) + 1)
    : ["sr25519", "ed25519"];
  return [message, wrapped(message)].some((form) =>
    schemes.some((scheme) => verifySignature(scheme, publicKey, form, raw)),
  );
}
