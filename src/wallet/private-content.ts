import type { CryptoType } from "../base/ports.ts";
import { encodeSs58, isSs58 } from "../base/ss58.ts";
import { CorruptKeyfileError, WalletError } from "./errors.ts";
import type { Keypair } from "./keypair.ts";
import { keypairFromMnemonic, keypairFromPrivateKey, keypairFromSeed } from "./keyring.ts";
import { MNEMONIC_WORDS } from "./mnemonic.ts";
import { cryptoTypeOf, jsonObjectOf, textField } from "./public-content.ts";

const SCHEMES = ["sr25519", "ed25519"] as const;

/** A private file's content: one line, the fields that bittensor-wallet 4.1.1 writes. */
export function privateContent(pair: Keypair): string {
  const { privateKey, seed, mnemonic } = pair.secrets();
  const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
  return JSON.stringify({
    accountId: hex(pair.publicKey),
    publicKey: hex(pair.publicKey),
    privateKey: hex(privateKey),
    ...(mnemonic === undefined ? {} : { secretPhrase: mnemonic }),
    ...(seed === undefined ? {} : { secretSeed: hex(seed) }),
    ss58Address: pair.address,
    cryptoType: pair.cryptoType === "sr25519" ? 1 : 0,
  });
}

/**
 * Reads a decrypted private key file, as tolerantly as the Bittensor SDK does: JSON of any age, 64 or 128 raw hex digits,
 * or a bare mnemonic. Of several secrets in one file the mnemonic counts first, then the seed, then the private key.
 *
 * Where the file names its address, the key must have it; if it has it only under the other signature scheme, that scheme is
 * the right one.
 *
 * @throws WalletError `wallet.watch-only` (an address without a secret), `wallet.polkadot-export`, `wallet.address-mismatch`,
 *   `wallet.unknown-crypto-type`, `wallet.corrupt-keyfile`.
 */
export function parsePrivateContent(text: string): Keypair {
  const json = jsonObjectOf(text);
  if (json === undefined) return parseRawSecret(text);
  if (json["encoded"] !== undefined && json["encoding"] !== undefined) {
    throw new WalletError("This is a polkadot.js export, not a Bittensor key file.", {
      code: "wallet.polkadot-export",
      hint: "Turn it into a wallet: colosseum wallet import NAME --json-file FILE",
    });
  }
  const declared = cryptoTypeOf(json);
  const makers = secretsOf(json);
  if (makers.length === 0) {
    if (textField(json, "ss58Address", " ss58Address", "publicKey", "accountId") === undefined) {
      throw new CorruptKeyfileError("it holds no key");
    }
    throw watchOnly();
  }
  const expected = expectedAddress(json);
  const first = orCorrupt(() => makers[0]?.(declared));
  if (expected === undefined || first.address === expected) return first;
  const other = SCHEMES.filter((scheme) => scheme !== declared);
  for (const scheme of [declared, ...other]) {
    for (const make of makers) {
      const pair = quietly(() => make(scheme));
      if (pair?.address === expected) return pair;
    }
  }
  throw new WalletError(`The key in this file belongs to ${first.address}, but the file says ${expected}.`, {
    code: "wallet.address-mismatch",
    hint: "The file was changed or mixed up; restore it from a backup or import the mnemonic again.",
  });
}

/** Makers of the key, one for each secret in the file, the most telling first. */
function secretsOf(json: Readonly<Record<string, unknown>>): ((scheme: CryptoType) => Keypair)[] {
  const mnemonic = textField(json, "secretPhrase");
  const seed = textField(json, "secretSeed");
  const privateKey = textField(json, "privateKey");
  return [
    ...(mnemonic === undefined ? [] : [(scheme: CryptoType) => keypairFromMnemonic(mnemonic, scheme)]),
    ...(seed === undefined ? [] : [(scheme: CryptoType) => keypairFromSeed(hexBytes(seed, "secretSeed"), scheme)]),
    ...(privateKey === undefined
      ? []
      : [(scheme: CryptoType) => keypairFromPrivateKey(hexBytes(privateKey, "privateKey"), scheme)]),
  ];
}

function expectedAddress(json: Readonly<Record<string, unknown>>): string | undefined {
  const address = textField(json, "ss58Address", " ss58Address");
  if (address !== undefined) return address;
  const publicKey = textField(json, "publicKey", "accountId");
  return publicKey === undefined ? undefined : encodeSs58(hexBytes(publicKey, "publicKey", 32));
}

function hexBytes(text: string, field: string, length?: number): Uint8Array {
  const digits = text.replace(/^0x/, "");
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(digits) || (length !== undefined && digits.length !== 2 * length)) {
    throw new CorruptKeyfileError(
      `its field "${field}" is not ${length === undefined ? "" : `${length} bytes of `}hex`,
    );
  }
  return new Uint8Array(Buffer.from(digits, "hex"));
}

/** Files of the first Bittensor versions: the secret itself and nothing else. */
function parseRawSecret(text: string): Keypair {
  const raw = text.replace(/^\ufeff/, "").trim();
  const digits = raw.replace(/^0x/, "");
  if (/^[0-9a-fA-F]{64}$/.test(digits)) return keypairFromSeed(hexBytes(digits, "seed"), "sr25519");
  if (/^[0-9a-fA-F]{128}$/.test(digits)) {
    return orCorrupt(() => keypairFromPrivateKey(hexBytes(digits, "key"), "sr25519"));
  }
  if (isSs58(raw)) throw watchOnly();
  if (MNEMONIC_WORDS.some((count) => raw.split(/\s+/).length === count)) {
    return orCorrupt(() => keypairFromMnemonic(raw, "sr25519"));
  }
  throw new CorruptKeyfileError(raw === "" ? "it is empty" : "it is neither JSON nor hex nor a mnemonic");
}

const watchOnly = (): WalletError =>
  new WalletError("This key file holds an address but no secret, so nothing can be signed with it.", {
    code: "wallet.watch-only",
    hint: "Bring the secret: colosseum wallet import --help",
  });

function orCorrupt(make: () => Keypair | undefined): Keypair {
  try {
    const pair = make();
    if (pair !== undefined) return pair;
  } catch (error) {
    if (error instanceof WalletError) throw error;
    throw new CorruptKeyfileError(
      error instanceof Error ? error.message.replace(/\.$/, "").toLowerCase() : "its key is bad",
      error,
    );
  }
  throw new CorruptKeyfileError("it holds no key");
}

function quietly<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
