import { createHash, pbkdf2Sync, randomBytes } from "node:crypto";
import wordlist from "@polkadot/util-crypto/mnemonic/wordlists/en";
import { InvalidSecretError } from "./errors.ts";

/** How long a mnemonic may be. */
export const MNEMONIC_WORDS = [12, 15, 18, 21, 24] as const;
export type MnemonicWords = (typeof MNEMONIC_WORDS)[number];

const BITS_PER_WORD = 11;
const indexOf: ReadonlyMap<string, number> = new Map(wordlist.map((word, index) => [word, index]));

const invalid = (why: string): InvalidSecretError =>
  new InvalidSecretError(`This is not a mnemonic: ${why}.`, {
    code: "wallet.bad-mnemonic",
    hint: "A mnemonic has 12, 15, 18, 21 or 24 English words in their order; check the spelling of each.",
  });

/** One space between words, lower case, composed as the word list is: what people type, in the form that is stored. */
export const normalizeMnemonic = (text: string): string =>
  text.normalize("NFKD").trim().toLowerCase().split(/\s+/).join(" ");

/** The checksum: the first bits of the entropy's SHA-256, one for each 32 bits of entropy. */
const checksumBits = (entropy: Uint8Array): string =>
  bits(createHash("sha256").update(entropy).digest()).slice(0, entropy.length / 4);

const bits = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

/**
 * The entropy behind a BIP-39 mnemonic.
 *
 * @param mnemonic - In the form of {@link normalizeMnemonic}.
 * @returns 16, 20, 24, 28 or 32 bytes.
 * @throws InvalidSecretError `wallet.bad-mnemonic`; it tells the place of a wrong word, never the word.
 */
export function entropyOf(mnemonic: string): Uint8Array {
  const words = mnemonic.split(" ");
  if (!MNEMONIC_WORDS.some((count) => count === words.length)) {
    throw invalid(
      mnemonic === "" ? "there is nothing" : `it has ${words.length} ${words.length === 1 ? "word" : "words"}`,
    );
  }
  const all = words
    .map((word, place) => {
      const index = indexOf.get(word);
      if (index === undefined) throw invalid(`word ${place + 1} is not in the English word list`);
      return index.toString(2).padStart(BITS_PER_WORD, "0");
    })
    .join("");
  const entropyBits = (all.length * 32) / 33;
  const entropy = Uint8Array.from({ length: entropyBits / 8 }, (_, i) =>
    Number.parseInt(all.slice(i * 8, i * 8 + 8), 2),
  );
  if (checksumBits(entropy) !== all.slice(entropyBits))
    throw invalid("its checksum is wrong, so a word is wrong or misplaced");
  return entropy;
}

/** The mnemonic of 16, 20, 24, 28 or 32 bytes of entropy (BIP-39). */
export function mnemonicOf(entropy: Uint8Array): string {
  const all = bits(entropy) + checksumBits(entropy);
  const words = all.match(/.{11}/g) ?? [];
  return words.map((word) => wordlist[Number.parseInt(word, 2)]).join(" ");
}

/** A fresh mnemonic from the system's random source. */
export const generateMnemonic = (words: MnemonicWords): string => mnemonicOf(randomBytes((words / 3) * 4));

/**
 * The 32-byte mini secret (seed) of a mnemonic: PBKDF2-HMAC-SHA512 over the entropy, not over the words as BIP-39 has it.
 *
 * @throws InvalidSecretError `wallet.bad-mnemonic`.
 * @see substrate-bip39, `mini_secret_from_entropy`
 */
export const seedOfMnemonic = (mnemonic: string, password = ""): Uint8Array =>
  new Uint8Array(
    pbkdf2Sync(entropyOf(mnemonic), `mnemonic${password.normalize("NFKD")}`, 2_048, 64, "sha512").subarray(0, 32),
  );
