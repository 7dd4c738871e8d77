import { createHash } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import type { BeaconConfiguration, Pulse } from "./drand-storage.ts";

/** Domain of quicknet's signatures (bls-unchained-g1-rfc9380), which ours follow in everything but the key. */
const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
/** Quicknet's own clock, so that clients that have it built in count the same rounds. */
const GENESIS_SECONDS = 1_692_803_367;
const PERIOD_SECONDS = 3;

const sha256 = (bytes: Uint8Array | string): Buffer => createHash("sha256").update(bytes).digest();

/** Anybody can compute it, so nothing locked with it is secret: it exists to exercise the real formats. */
const SECRET = BigInt(`0x${sha256("colosseum localnet beacon").toString("hex")}`) % bls12_381.fields.Fr.ORDER;

/** The newest round at a time, ≥ 0. Round 1 is at the genesis second. */
export const roundAt = (timeMs: number): bigint => {
  const seconds = Math.floor(timeMs / 1_000) - GENESIS_SECONDS;
  return seconds < 0 ? 0n : BigInt(Math.floor(seconds / PERIOD_SECONDS)) + 1n;
};

/** The public key of the secret above, written down: the curve's tables cost a tenth of a second at every start. */
const PUBLIC_KEY =
  "a9c6e4c1aecb37643daf2d622ac8693d1bc8c3131f805078470e980fb6687240d65944d259eaccfc3aa37f2a6bcca2d7043294c1bda8d7604b759e9cae85d06fdf639766c56010a4b18c8f7c945ee7e23986b86bda419e59ca5d789b84f2efbc";

/** The public key of the secret, computed. 96 bytes, compressed G2. */
export const deriveBeaconKey = (): Uint8Array => bls12_381.G2.Point.BASE.multiply(SECRET).toBytes();

export const beaconConfiguration = (): BeaconConfiguration => {
  const publicKey = Buffer.from(PUBLIC_KEY, "hex");
  return {
    public_key: publicKey,
    period: PERIOD_SECONDS,
    genesis_time: GENESIS_SECONDS,
    hash: sha256(publicKey),
    group_hash: sha256("colosseum localnet"),
    scheme_id: Buffer.from("bls-unchained-g1-rfc9380", "ascii"),
    metadata: { beacon_id: Buffer.from("localnet", "ascii") },
  };
};

/** The signature of a round, as drand makes it, and the hash of it that serves as randomness. About 5 ms. */
export function makePulse(round: bigint): Pulse {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(round);
  const point = bls12_381.G1.hashToCurve(sha256(message), { DST });
  const signature = point.multiply(SECRET).toBytes();
  return { round, randomness: sha256(signature), signature };
}
