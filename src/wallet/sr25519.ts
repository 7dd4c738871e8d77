import { getPublicKey, HDKD, secretFromSeed } from "@scure/sr25519";
import { GROUP_ORDER, readLe, writeLe } from "./scalar.ts";

/** Scalar and nonce with the scalar changed. */
const withScalar = (secret: Uint8Array, scalar: bigint): Uint8Array => {
  const out = new Uint8Array(secret);
  out.set(writeLe(scalar));
  return out;
};

/**
 * The form key files hold (schnorrkel's canonical scalar ‖ nonce) from the form libraries and polkadot.js exports use
 * (scalar times the cofactor 8 ‖ nonce, "ed25519-expanded").
 */
export const canonicalSecret = (expanded: Uint8Array): Uint8Array =>
  withScalar(expanded, readLe(expanded.subarray(0, 32)) >> 3n);

/** The inverse of {@link canonicalSecret}; undefined if these 64 bytes are no canonical secret. */
export function expandedSecret(canonical: Uint8Array): Uint8Array | undefined {
  const scalar = readLe(canonical.subarray(0, 32));
  return scalar > 0n && scalar < GROUP_ORDER ? withScalar(canonical, scalar << 3n) : undefined;
}

/** The expanded secret of a 32-byte seed (mini secret). */
export const sr25519FromSeed = (seed: Uint8Array): Uint8Array => secretFromSeed(seed);
/** The 32-byte public key of an expanded secret. */
export const sr25519PublicKey = (expanded: Uint8Array): Uint8Array => getPublicKey(expanded);
/** The child behind one junction; a soft child's nonce is random, its public key is not. */
export const sr25519Derive = (expanded: Uint8Array, junction: { hard: boolean; chainCode: Uint8Array }): Uint8Array =>
  junction.hard ? HDKD.secretHard(expanded, junction.chainCode) : HDKD.secretSoft(expanded, junction.chainCode);
