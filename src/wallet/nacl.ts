// The default import: on a Node without argon2 a named one would not even load.
import nodeCrypto, { type Argon2Parameters, randomBytes } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { CorruptKeyfileError, WalletError, WrongPasswordError } from "./errors.ts";

/** How a key file encrypted by bittensor-wallet or the Bittensor SDK begins. */
const NACL_PREFIX = "$NACL";

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** The fixed salt of bittensor-wallet (`keyfile.rs`, NACL_SALT): every Bittensor key file uses it. */
const SALT = Buffer.from("137183dff15a09bc9c90b5518739e9b1", "hex");
/** libsodium's SENSITIVE limits for argon2i (not argon2id's): 8 passes over 512 MiB. */
const PASSES = 8;
const MEMORY_KIB = 524_288;

/** Derivations under way: several files under one password, all with the same salt, need one between them. */
const underWay = new Map<string, Promise<Uint8Array>>();

/** The 32-byte key of a password: seconds and 512 MiB, in libuv's thread pool, so the event loop goes on. */
function keyOf(password: string): Promise<Uint8Array> {
  const known = underWay.get(password);
  if (known !== undefined) return known;
  const key = derive(password).finally(() => underWay.delete(password));
  underWay.set(password, key);
  return key;
}

function derive(password: string): Promise<Uint8Array> {
  if (typeof nodeCrypto.argon2 !== "function") {
    return Promise.reject(
      new WalletError(`Encrypted key files need Node 24.15 or newer; this is ${process.version}.`, {
        code: "wallet.node-too-old",
        hint: "Install the current Node from nodejs.org.",
      }),
    );
  }
  const parameters: Argon2Parameters = {
    message: Buffer.from(password, "utf8"),
    nonce: SALT,
    parallelism: 1,
    passes: PASSES,
    memory: MEMORY_KIB,
    tagLength: 32,
  };
  return new Promise((resolve, reject) => {
    nodeCrypto.argon2("argon2i", parameters, (error, key) => {
      if (error === null || error === undefined) return resolve(new Uint8Array(key));
      reject(
        new WalletError(`Could not derive the key of this password: ${error.message}.`, {
          code: "wallet.no-memory",
          hint: "Bittensor's encryption needs 512 MiB of free memory.",
          cause: error,
        }),
      );
    });
  });
}

/** `$NACL` ‖ 24-byte nonce ‖ XSalsa20-Poly1305 (tag first) under argon2i of the password. */
export async function encryptNacl(plaintext: Uint8Array, password: string): Promise<Uint8Array> {
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES));
  const box = xsalsa20poly1305(await keyOf(password), nonce).encrypt(plaintext);
  return new Uint8Array(Buffer.concat([Buffer.from(NACL_PREFIX, "latin1"), nonce, box]));
}

/** @throws WrongPasswordError; CorruptKeyfileError if it is too short to be one. */
export async function decryptNacl(file: Uint8Array, password: string): Promise<Uint8Array> {
  const body = file.subarray(NACL_PREFIX.length);
  if (body.length < NONCE_BYTES + TAG_BYTES) throw new CorruptKeyfileError("it is cut short");
  const cipher = xsalsa20poly1305(await keyOf(password), body.subarray(0, NONCE_BYTES));
  try {
    return cipher.decrypt(body.subarray(NONCE_BYTES));
  } catch (error) {
    throw new WrongPasswordError(error);
  }
}
