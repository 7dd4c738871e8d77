import { blake2b } from "@noble/hashes/blake2.js";
import { getPublicKey, HDKD, secretFromSeed } from "@scure/sr25519";
import { encodeSs58 } from "../base/ss58.ts";
import { fromHex, toHex } from "./scale/bytes.ts";

/** The phrase that every Substrate development chain uses. Published: whatever it holds anywhere else is anybody's. */
export const DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
/** sr25519 mini secret of {@link DEV_PHRASE}. */
const DEV_SEED = "0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e";

/** The names of the prefunded accounts, in order; Alice may use sudo. */
const NAMES = ["Alice", "Bob", "Charlie", "Dave", "Eve", "Ferdie", "validator-1", "miner-1", "miner-2", "miner-3"];

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

/** @param name - At most 63 bytes, no slashes. */
export function devAccount(name: string): DevAccount {
  const secret = HDKD.secretHard(secretFromSeed(fromHex(DEV_SEED)), chainCode(name));
  const publicKey = getPublicKey(secret);
  return { name, uri: `//${name}`, account: toHex(publicKey), address: encodeSs58(publicKey) };
}

/** The first `count` named accounts; past the names above they are `miner-4`, `miner-5`, … */
export const devAccounts = (count: number): DevAccount[] =>
  Array.from({ length: count }, (_, index) =>
    devAccount(NAMES[index] ?? `miner-${index - NAMES.indexOf("miner-1") + 1}`),
  );
