import { ed25519 } from "@noble/curves/ed25519.js";
import { getPublicKey, secretFromSeed, sign } from "@scure/sr25519";
import type { CryptoType, Signer } from "../../src/base/ports.ts";
import { encodeSs58 } from "../../src/base/ss58.ts";

/** A signer for tests, whose seed is one byte repeated. Never funded anywhere. */
export function testSigner(seed: number, cryptoType: CryptoType = "sr25519"): Signer {
  const bytes = new Uint8Array(32).fill(seed);
  if (cryptoType === "ed25519") {
    const publicKey = ed25519.getPublicKey(bytes);
    return { address: encodeSs58(publicKey), publicKey, cryptoType, sign: (message) => ed25519.sign(message, bytes) };
  }
  const secret = secretFromSeed(bytes);
  const publicKey = getPublicKey(secret);
  return { address: encodeSs58(publicKey), publicKey, cryptoType, sign: (message) => sign(secret, message) };
}
