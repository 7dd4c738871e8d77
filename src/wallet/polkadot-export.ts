import { scrypt } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { InvalidSecretError, WrongPasswordError } from "./errors.ts";
import { ed25519Keypair, type Keypair, sr25519Keypair } from "./keypair.ts";

/** PKCS#8 as polkadot.js writes it: header, secret, divider, public key. */
const HEADER = Buffer.from("3053020101300506032b657004220420", "hex");
const DIVIDER = Buffer.from("a123032100", "hex");
const SCRYPT_HEAD_BYTES = 32 + 3 * 4;
const NONCE_BYTES = 24;

interface Envelope {
  readonly scheme: string;
  readonly types: readonly string[];
  readonly encoded: Buffer;
}

const invalid = (why: string): InvalidSecretError =>
  new InvalidSecretError(`This is not a polkadot.js export: ${why}.`, {
    code: "wallet.bad-export",
    hint: 'Export the account from the wallet as JSON; the file has the fields "encoded" and "encoding".',
  });

const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");

function envelopeOf(text: string): Envelope {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw invalid("it is no JSON");
  }
  if (typeof json !== "object" || json === null) throw invalid("it is no JSON object");
  const { encoded, encoding } = json as { encoded?: unknown; encoding?: { content?: unknown; type?: unknown } };
  if (typeof encoded !== "string" || typeof encoding !== "object" || encoding === null) {
    throw invalid('it has no "encoded" and "encoding"');
  }
  const [container, scheme = ""] = listOf(encoding.content);
  if (container !== "pkcs8")
    throw invalid(
      Array.isArray((json as { accounts?: unknown }).accounts)
        ? "it holds several accounts"
        : "its content is no pkcs8",
    );
  if (scheme !== "sr25519" && scheme !== "ed25519") {
    throw new InvalidSecretError(
      `This export holds a key of the scheme "${scheme.slice(0, 40)}", which Bittensor wallets do not use here.`,
      {
        code: "wallet.unknown-crypto-type",
        hint: "Export an sr25519 or ed25519 account.",
      },
    );
  }
  const isHex = /^0x[0-9a-fA-F]+$/.test(encoded);
  return {
    scheme,
    types: listOf(encoding.type),
    encoded: isHex ? Buffer.from(encoded.slice(2), "hex") : Buffer.from(encoded, "base64"),
  };
}

/** scrypt's parameters stand in the file; larger ones than any wallet writes would only exhaust the memory. */
async function passwordKey(head: Buffer, password: string): Promise<Uint8Array> {
  const [N, p, r] = [head.readUInt32LE(32), head.readUInt32LE(36), head.readUInt32LE(40)];
  if (N < 2 || N > 2 ** 18 || (N & (N - 1)) !== 0 || r !== 8 || p < 1 || p > 10)
    throw invalid("its scrypt parameters are out of range");
  return new Promise((resolve, reject) => {
    scrypt(Buffer.from(password, "utf8"), head.subarray(0, 32), 64, { N, r, p, maxmem: 2 ** 30 }, (error, key) => {
      if (error === null) resolve(new Uint8Array(key.subarray(0, 32)));
      else reject(invalid(error.message));
    });
  });
}

async function decrypted({ types, encoded }: Envelope, password: string): Promise<Buffer> {
  if (types.includes("none") || types.length === 0) return encoded;
  if (!types.includes("xsalsa20-poly1305"))
    throw invalid(`its encryption "${types.join(", ").slice(0, 40)}" is unknown`);
  const withScrypt = types.includes("scrypt");
  if (encoded.length < (withScrypt ? SCRYPT_HEAD_BYTES : 0) + NONCE_BYTES + 16) throw invalid("it is cut short");
  // The oldest version uses the password itself, padded with zeros.
  const key = withScrypt
    ? await passwordKey(encoded, password)
    : new Uint8Array(Buffer.concat([Buffer.from(password, "utf8"), Buffer.alloc(32)]).subarray(0, 32));
  const box = withScrypt ? encoded.subarray(SCRYPT_HEAD_BYTES) : encoded;
  try {
    return Buffer.from(xsalsa20poly1305(key, box.subarray(0, NONCE_BYTES)).decrypt(box.subarray(NONCE_BYTES)));
  } catch (error) {
    throw new WrongPasswordError(error);
  }
}

/** Whether a text looks like a polkadot.js export, and whether it needs a password. */
export function exportKind(text: string): "encrypted" | "plain" {
  const { types } = envelopeOf(text);
  return types.includes("none") || types.length === 0 ? "plain" : "encrypted";
}

/**
 * The key in a polkadot.js JSON export (versions 0 to 3).
 *
 * @throws InvalidSecretError `wallet.bad-export`, `wallet.unknown-crypto-type`; WrongPasswordError.
 */
export async function keypairFromExport(text: string, password: string): Promise<Keypair> {
  const envelope = envelopeOf(text);
  const plain = await decrypted(envelope, password);
  if (!plain.subarray(0, HEADER.length).equals(HEADER)) throw invalid("its content does not begin as pkcs8");
  const body = plain.subarray(HEADER.length);
  const secretBytes = [64, 32].find((length) => body.subarray(length, length + DIVIDER.length).equals(DIVIDER));
  if (secretBytes === undefined) throw invalid("its content is no pkcs8");
  const secret = new Uint8Array(body.subarray(0, secretBytes));
  const publicKey = body.subarray(secretBytes + DIVIDER.length, secretBytes + DIVIDER.length + 32);
  if (envelope.scheme === "sr25519" && secretBytes !== 64) throw invalid("its sr25519 key is too short");
  const pair = envelope.scheme === "sr25519" ? sr25519Keypair(secret, {}) : ed25519Keypair(secret.slice(0, 32), {});
  if (!publicKey.equals(pair.publicKey)) throw invalid("its public key does not belong to its secret");
  return pair;
}
