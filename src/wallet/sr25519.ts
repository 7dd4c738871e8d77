import { getPublicKey, HDKD, secretFromSeed, sign } from "@scure/sr25519";

/** Order of the ristretto255 group. */
const GROUP_ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

const readLe = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
const writeLe = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse());

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
/** A 64-byte signature in context `substrate`; randomised. */
export const sr25519Sign = (expanded: Uint8Array, message: Uint8Array): Uint8Array => sign(expanded, message);
/** The child behind one junction; a soft child's nonce is random, its public key is not. */
export const sr25519Derive = (expanded: Uint8Array, junction: { hard: boolean; chainCode: Uint8Array }): Uint8Array =>
  junction.hard ? HDKD.secretHard(expanded, junction.chainCode) : HDKD.secretSoft(expanded, junction.chainCode);
