import { blake2b } from "@noble/hashes/blake2.js";
import { InvalidSecretError } from "./errors.ts";

export interface Junction {
  readonly hard: boolean;
  /** 32 bytes. */
  readonly chainCode: Uint8Array;
}

/** A secret URI in its parts: `PHRASE//hard/soft///password`. */
export interface SecretUri {
  /** A mnemonic, or `0x` and 64 hex digits; the development phrase where the URI has none. */
  readonly phrase: string;
  readonly junctions: readonly Junction[];
  readonly password: string;
}

/** Substrate's public development phrase: everybody knows the keys below it. */
const DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

const MAX_U64 = 2n ** 64n - 1n;

/** A junction's 32 bytes: SCALE of a u64 where the text is one, else of the string; hashed if longer. */
function chainCodeOf(text: string): Uint8Array {
  const whole = /^\+?[0-9]+$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
  let encoded: Uint8Array;
  if (whole !== undefined && whole <= MAX_U64) {
    encoded = new Uint8Array(8);
    new DataView(encoded.buffer).setBigUint64(0, whole, true);
  } else {
    const bytes = new TextEncoder().encode(text);
    const { length } = bytes;
    const prefix = length < 64 ? [length << 2] : [((length << 2) | 1) & 0xff, length >> 6];
    encoded = Uint8Array.from([...prefix, ...bytes]);
  }
  if (encoded.length > 32) return blake2b(encoded, { dkLen: 32 });
  const code = new Uint8Array(32);
  code.set(encoded);
  return code;
}

/**
 * Reads a secret URI such as `//Alice`, `WORDS…//hard/soft` or `0x…//1///password`.
 *
 * @throws InvalidSecretError `wallet.bad-uri`.
 * @see Substrate `sp_core::crypto::SecretUri`
 */
export function parseSecretUri(uri: string): SecretUri {
  const match = /^([\w ]+)?((?:\/\/?[^/]+)*)(?:\/\/\/(.*))?$/su.exec(uri);
  if (match === null || uri.length > 4_096) {
    throw new InvalidSecretError("This is not a secret URI.", {
      code: "wallet.bad-uri",
      hint: "For example: //Alice, or a mnemonic followed by //hard, /soft and ///password.",
    });
  }
  const junctions = [...(match[2] ?? "").matchAll(/(\/\/?)([^/]+)/gu)].map(([, slashes, code = ""]) => ({
    hard: slashes === "//",
    chainCode: chainCodeOf(code),
  }));
  return { phrase: match[1] ?? DEV_PHRASE, junctions, password: match[3] ?? "" };
}
