// What bittensor-wallet 4.1.1 made, from test/vectors/wallet (its README tells how).
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CryptoType } from "../../../src/base/ports.ts";

export interface KeyVector {
  readonly ss58: string;
  readonly publicKey: string;
  readonly cryptoType: 0 | 1;
  readonly keyfileJson: Readonly<Record<string, string | number>>;
  readonly mnemonic?: string;
  readonly seed?: string;
}
export interface UriVector {
  readonly uri: string;
  readonly cryptoType: 0 | 1;
  readonly ss58?: string;
  readonly publicKey?: string;
  readonly error?: string;
}
export interface SignatureVector {
  readonly mnemonic: string;
  readonly cryptoType: 0 | 1;
  readonly ss58: string;
  readonly message_hex: string;
  readonly signature: string;
  readonly deterministic: boolean;
}
export interface WalletVector {
  readonly name: string;
  readonly hotkey: string;
  readonly coldkeyMnemonic: string;
  readonly hotkeyMnemonic: string;
  readonly coldkeyPassword: string | null;
  readonly hotkeyPassword: string | null;
  readonly coldkeySs58: string;
  readonly hotkeySs58: string;
  readonly coldkey_env_var: string;
}
interface Vectors {
  readonly keys: readonly KeyVector[];
  readonly uris: readonly UriVector[];
  readonly signatures: readonly SignatureVector[];
  readonly wallets: readonly WalletVector[];
  readonly raw_nacl: { readonly password: string; readonly plaintext: string; readonly hex: string };
}

export const VECTOR_DIR = fileURLToPath(new URL("../../vectors/wallet/", import.meta.url));
export const VECTOR_WALLETS = `${VECTOR_DIR}wallets-bw4.1.1`;
export const vectors = JSON.parse(readFileSync(`${VECTOR_DIR}vectors-bw4.1.1.json`, "utf8")) as Vectors;
export const schemeOf = (cryptoType: 0 | 1): CryptoType => (cryptoType === 1 ? "sr25519" : "ed25519");
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/^0x/, ""), "hex"));
export const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
