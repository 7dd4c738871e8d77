import type { CryptoType, Signer } from "../base/ports.ts";
import { ed25519DeriveHard } from "./ed25519.ts";
import { InvalidSecretError } from "./errors.ts";
import { ed25519Keypair, type KeyOrigin, type Keypair, sr25519Keypair } from "./keypair.ts";
import { normalizeMnemonic, seedOfMnemonic } from "./mnemonic.ts";
import { type Junction, parseSecretUri } from "./secret-uri.ts";
import { expandedSecret, sr25519Derive, sr25519FromSeed } from "./sr25519.ts";

const badKey = (why: string): InvalidSecretError =>
  new InvalidSecretError(`This is not a private key: ${why}.`, {
    code: "wallet.bad-private-key",
    hint: "A seed has 64 hex digits (both schemes); an sr25519 private key has 128.",
  });

const fromSeed = (seed: Uint8Array, cryptoType: CryptoType, origin: KeyOrigin): Keypair =>
  cryptoType === "sr25519" ? sr25519Keypair(sr25519FromSeed(seed), { ...origin, seed }) : ed25519Keypair(seed, origin);

/**
 * The key of a 32-byte seed (mini secret).
 *
 * @throws InvalidSecretError `wallet.bad-private-key` if it has another length.
 */
export function keypairFromSeed(seed: Uint8Array, cryptoType: CryptoType): Keypair {
  if (seed.length !== 32) throw badKey(`a seed has 32 bytes, not ${seed.length}`);
  return fromSeed(Uint8Array.from(seed), cryptoType, {});
}

/**
 * The key of a mnemonic.
 *
 * @throws InvalidSecretError `wallet.bad-mnemonic`.
 */
export function keypairFromMnemonic(mnemonic: string, cryptoType: CryptoType): Keypair {
  const normal = normalizeMnemonic(mnemonic);
  return fromSeed(seedOfMnemonic(normal), cryptoType, { mnemonic: normal });
}

/**
 * The key of a key file's `privateKey`: 64 bytes (schnorrkel's canonical scalar ‖ nonce) for sr25519, the 32-byte seed for
 * ed25519 (64 bytes, seed ‖ public key, are taken too).
 *
 * @throws InvalidSecretError `wallet.bad-private-key`.
 */
export function keypairFromPrivateKey(privateKey: Uint8Array, cryptoType: CryptoType): Keypair {
  if (cryptoType === "ed25519") {
    const pair =
      privateKey.length === 64 || privateKey.length === 32 ? ed25519Keypair(privateKey.slice(0, 32), {}) : undefined;
    if (pair === undefined) throw badKey(`an ed25519 key has 32 bytes, not ${privateKey.length}`);
    if (privateKey.length === 64 && Buffer.compare(pair.publicKey, privateKey.subarray(32)) !== 0) {
      throw badKey("its second half is not the public key of the first");
    }
    return pair;
  }
  if (privateKey.length !== 64) throw badKey(`an sr25519 key has 64 bytes, not ${privateKey.length}`);
  const expanded = expandedSecret(privateKey);
  if (expanded === undefined) throw badKey("its scalar is out of range");
  return sr25519Keypair(expanded, {});
}

/**
 * The key of a secret URI: `//Alice`, `MNEMONIC//hard/soft///password`, `0xSEED//1`.
 *
 * @throws InvalidSecretError `wallet.bad-uri`, `wallet.bad-mnemonic`; ed25519 knows no soft junctions (`wallet.soft-junction`).
 */
export function keypairFromUri(uri: string, cryptoType: CryptoType = "sr25519"): Keypair {
  const { phrase, junctions, password } = parseSecretUri(uri);
  const hex = /^0x([0-9a-fA-F]{64})$/.exec(phrase)?.[1];
  const mnemonic = normalizeMnemonic(phrase);
  const seed = hex === undefined ? seedOfMnemonic(mnemonic, password) : new Uint8Array(Buffer.from(hex, "hex"));
  const plain = junctions.length === 0 && password === "" && hex === undefined;
  if (junctions.length === 0) return fromSeed(seed, cryptoType, plain ? { mnemonic } : {});
  if (cryptoType === "ed25519") return ed25519Keypair(junctions.reduce(deriveEd25519, seed), {});
  return sr25519Keypair(junctions.reduce(sr25519Derive, sr25519FromSeed(seed)), {});
}

function deriveEd25519(seed: Uint8Array, junction: Junction): Uint8Array {
  if (!junction.hard) {
    throw new InvalidSecretError("An ed25519 key has no soft junctions (/name).", {
      code: "wallet.soft-junction",
      hint: "Use hard junctions (//name), or --crypto-type sr25519.",
    });
  }
  return ed25519DeriveHard(seed, junction.chainCode);
}

/** {@link keypairFromUri} for those who only sign, such as tests and the demo. */
export const signerFromUri = (uri: string, cryptoType: CryptoType = "sr25519"): Signer =>
  keypairFromUri(uri, cryptoType);
/** {@link keypairFromMnemonic} for those who only sign. */
export const signerFromMnemonic = (mnemonic: string, cryptoType: CryptoType = "sr25519"): Signer =>
  keypairFromMnemonic(mnemonic, cryptoType);
