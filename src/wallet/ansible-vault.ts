import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { CorruptKeyfileError, WrongPasswordError } from "./errors.ts";

const ITERATIONS = 10_000;

/** One part of the envelope: hex of ASCII hex or bytes. */
function unhex(text: string | undefined): Buffer {
  if (text === undefined || !/^(?:[0-9a-fA-F]{2})+$/.test(text))
    throw new CorruptKeyfileError("its vault is cut short or damaged");
  return Buffer.from(text, "hex");
}

/**
 * Opens an Ansible vault 1.1 or 1.2: PBKDF2-HMAC-SHA256, HMAC-SHA256 over the ciphertext, AES-256-CTR, PKCS#7.
 *
 * @throws WrongPasswordError; CorruptKeyfileError if the envelope is none.
 */
export async function decryptVault(file: Uint8Array, password: string): Promise<Uint8Array> {
  const [header = "", ...lines] = Buffer.from(file).toString("latin1").trim().split(/\r?\n/);
  if (!/^\$ANSIBLE_VAULT;1\.[12];AES256(?:;|$)/.test(header.trim())) {
    throw new CorruptKeyfileError("its vault is of an unknown version");
  }
  const envelope = unhex(lines.map((line) => line.trim()).join(""))
    .toString("latin1")
    .split("\n");
  const [salt, mac, ciphertext] = [unhex(envelope[0]), unhex(envelope[1]), unhex(envelope[2])];
  const derived = await promisify(pbkdf2)(Buffer.from(password, "utf8"), salt, ITERATIONS, 80, "sha256");
  const expected = createHmac("sha256", derived.subarray(32, 64)).update(ciphertext).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new WrongPasswordError();
  const decipher = createDecipheriv("aes-256-ctr", derived.subarray(0, 32), derived.subarray(64, 80));
  const padded = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > 16 || padding > padded.length) throw new CorruptKeyfileError("its padding is wrong");
  return new Uint8Array(padded.subarray(0, padded.length - padding));
}
