import { blake2b } from "@noble/hashes/blake2.js";
import { getPublicKey, HDKD, secretFromSeed } from "@scure/sr25519";
import { encodeSs58 } from "../base/ss58.ts";
import { fromHex, toHex } from "./scale/bytes.ts";

/** The phrase that every Substrate development chain uses. Published: whatever it holds anywhere else is anybody's. */
export const DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
/** sr25519 mini secret of {@link DEV_PHRASE}. */
const DEV_SEED = "0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e";

/**
 * The prefunded accounts in order and their public keys, which deriving them gives too: ten derivations are most of a
 * cold start. Alice may use sudo.
 */
const KNOWN: Readonly<Record<string, string>> = {
  Alice: "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
  Bob: "0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48",
  Charlie: "0x90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22",
  Dave: "0x306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20",
  Eve: "0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e",
  Ferdie: "0x1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c",
  "validator-1": "0x2440c470ed3974e40b22374eecd1e4fd9f8f5c8afd4fba755ad58522c84f3d18",
  "miner-1": "0xc627137f205ca5beaa6a55e75a7a0a3ecf913ba2333a5ed370baa1a7e9165e75",
  "miner-2": "0x66b26cfef8cd4a654262bc670b18b96e1a8de952ddf699fc5b2b793f6ca1923e",
  "miner-3": "0xece559073b9c20379abc6a5495d4a37be764c6af755cedbcbd65031f3e00782f",
};
const NAMES = Object.keys(KNOWN);

export interface DevAccount {
  readonly name: string;
  /** Secret URI after the phrase: `//Alice`. */
  readonly uri: string;
  /** 0x-hex of the public key. */
  readonly account: string;
  /** SS58, prefix 42. */
  readonly address: string;
}

/** The chain code of a hard junction: its text as SCALE, padded to 32 bytes, or hashed if longer. */
function chainCode(name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  const coded = Uint8Array.of(text.length << 2, ...text);
  if (coded.length > 32) return blake2b(coded, { dkLen: 32 });
  const code = new Uint8Array(32);
  code.set(coded);
  return code;
}

/** The public key of `//name` of {@link DEV_PHRASE}. @param name - At most 63 bytes, no slashes. */
export const derivePublicKey = (name: string): Uint8Array =>
  getPublicKey(HDKD.secretHard(secretFromSeed(fromHex(DEV_SEED)), chainCode(name)));

/** @param name - At most 63 bytes, no slashes. */
export function devAccount(name: string): DevAccount {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  const publicKey = known === undefined ? derivePublicKey(name) : fromHex(known);
  return { name, uri: `//${name}`, account: toHex(publicKey), address: encodeSs58(publicKey) };
}

/** The first `count` named accounts; past the names above they are `miner-4`, `miner-5`, … */
export const devAccounts = (count: number): DevAccount[] =>
  Array.from({ length: count }, (_, index) =>
    devAccount(NAMES[index] ?? `miner-${index - NAMES.indexOf("miner-1") + 1}`),
  );
