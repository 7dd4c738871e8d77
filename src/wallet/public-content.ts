import type { CryptoType } from "../base/ports.ts";
import { CorruptKeyfileError, WalletError } from "./errors.ts";

/** The public half of a key file's content. Reading it needs no cryptography, which keeps `wallet list` fast. */
export interface PublicContent {
  /** SS58; undefined in files that hold only the public key. */
  readonly address: string | undefined;
  /** 0x and 64 hex digits. */
  readonly publicKey: string | undefined;
  readonly cryptoType: CryptoType;
}

const ADDRESS = /^5[1-9A-HJ-NP-Za-km-z]{46,47}$/;
const PUBLIC_KEY = /^(?:0x)?([0-9a-fA-F]{64})$/;

/** A key file's JSON object; undefined if the text is something else (raw hex, a bare mnemonic). */
export function jsonObjectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (!trimmed.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // The parser's message would quote the file, which may hold a secret.
  }
  throw new CorruptKeyfileError("it begins like JSON, but is none");
}

/** A text field; undefined where it is absent or null. @throws CorruptKeyfileError if it is something else. */
export function textField(json: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = json[name];
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "string") throw new CorruptKeyfileError(`its field "${name.trim()}" is not text`);
    return value;
  }
  return undefined;
}

/**
 * The scheme of a key file: absent means sr25519, as in files of bittensor-wallet 3; numbers and names both occur.
 *
 * @throws WalletError `wallet.unknown-crypto-type` naming any other.
 */
export function cryptoTypeOf(json: Readonly<Record<string, unknown>>): CryptoType {
  const value = json["cryptoType"];
  if (value === undefined || value === null) return "sr25519";
  const name = String(value).toLowerCase();
  if (name === "1" || name === "sr25519") return "sr25519";
  if (name === "0" || name === "ed25519") return "ed25519";
  throw new WalletError(
    `This key file uses the signature scheme "${name.slice(0, 40)}", which colosseum does not know.`,
    {
      code: "wallet.unknown-crypto-type",
      hint: "colosseum signs with sr25519 (1) and ed25519 (0); use another key, or the program that made this one.",
    },
  );
}

/**
 * Reads a public file (`coldkeypub.txt`, `NAMEpub.txt`) or the public half of a plain private one.
 *
 * @throws CorruptKeyfileError if it names neither an address nor a public key; WalletError `wallet.unknown-crypto-type`.
 */
export function parsePublicContent(text: string): PublicContent {
  const json = jsonObjectOf(text);
  if (json === undefined) {
    const raw = text.trim();
    if (ADDRESS.test(raw)) return { address: raw, publicKey: undefined, cryptoType: "sr25519" };
    throw new CorruptKeyfileError(raw === "" ? "it is empty" : "it names no address");
  }
  const cryptoType = cryptoTypeOf(json);
  // Very old files begin this field's name with a space.
  const address = textField(json, "ss58Address", " ss58Address");
  const publicKey = textField(json, "publicKey", "accountId");
  if (address !== undefined && !ADDRESS.test(address)) throw new CorruptKeyfileError("its ss58Address is no address");
  if (publicKey !== undefined && !PUBLIC_KEY.test(publicKey)) throw new CorruptKeyfileError("its publicKey is no key");
  if (address === undefined && publicKey === undefined) throw new CorruptKeyfileError("it names no address");
  return { address, publicKey: publicKey?.replace(/^(?:0x)?/, "0x"), cryptoType };
}

/** The address of public content; the encoding is loaded only for files that lack it. */
export async function addressOf(content: PublicContent): Promise<string> {
  if (content.address !== undefined) return content.address;
  const { encodeSs58 } = await import("../base/ss58.ts");
  return encodeSs58(new Uint8Array(Buffer.from((content.publicKey ?? "").slice(2), "hex")));
}

/** A public file's content: one line, the fields that bittensor-wallet writes. `publicKey` is 32 bytes. */
export function publicContent(key: { address: string; publicKey: Uint8Array; cryptoType: CryptoType }): string {
  const publicKey = `0x${Buffer.from(key.publicKey).toString("hex")}`;
  return JSON.stringify({
    accountId: publicKey,
    publicKey,
    ss58Address: key.address,
    cryptoType: key.cryptoType === "sr25519" ? 1 : 0,
  });
}
