import type { KeyObject } from "node:crypto";
import type { CryptoType, Signer } from "../base/ports.ts";
import { encodeSs58 } from "../base/ss58.ts";
import { ed25519Key, ed25519PublicKey, ed25519Sign } from "./ed25519.ts";
import { canonicalSecret, sr25519PublicKey } from "./sr25519.ts";
import { sr25519Signer } from "./sr25519-signer.ts";

/** What a key file stores of a key. Handle with care: this is the secret itself. */
export interface KeySecrets {
  /** sr25519: 64 bytes, schnorrkel's canonical form; ed25519: the 32-byte seed. */
  readonly privateKey: Uint8Array;
  readonly seed: Uint8Array | undefined;
  readonly mnemonic: string | undefined;
}

/** Where a key came from, as far as it is known. */
export interface KeyOrigin {
  readonly seed?: Uint8Array;
  readonly mnemonic?: string;
}

/** A key with its secret. The secret sits in private fields: neither JSON nor an inspection of the object shows it. */
export class Keypair implements Signer {
  readonly address: string;
  readonly publicKey: Uint8Array;
  readonly cryptoType: CryptoType;
  readonly #sign: (message: Uint8Array) => Uint8Array;
  readonly #secrets: KeySecrets;

  constructor(
    cryptoType: CryptoType,
    publicKey: Uint8Array,
    sign: (message: Uint8Array) => Uint8Array,
    secrets: KeySecrets,
  ) {
    this.cryptoType = cryptoType;
    this.publicKey = publicKey;
    this.address = encodeSs58(publicKey);
    this.#sign = sign;
    this.#secrets = secrets;
  }

  sign(message: Uint8Array): Uint8Array {
    return this.#sign(message);
  }

  /** The secret, for writing a key file and for nothing else. */
  secrets(): KeySecrets {
    return this.#secrets;
  }
}

/** @param expanded - 64 bytes in the ed25519-expanded form (see `sr25519.ts`). */
export function sr25519Keypair(expanded: Uint8Array, origin: KeyOrigin): Keypair {
  const publicKey = sr25519PublicKey(expanded);
  const privateKey = canonicalSecret(expanded);
  const sign = sr25519Signer(privateKey, publicKey);
  const secrets = { privateKey, seed: origin.seed, mnemonic: origin.mnemonic };
  return new Keypair("sr25519", publicKey, (message) => sign(message), secrets);
}

/** @param seed - 32 bytes. */
export function ed25519Keypair(seed: Uint8Array, origin: KeyOrigin): Keypair {
  const key: KeyObject = ed25519Key(seed);
  return new Keypair("ed25519", ed25519PublicKey(key), (message) => ed25519Sign(key, message), {
    privateKey: seed,
    seed,
    mnemonic: origin.mnemonic,
  });
}
