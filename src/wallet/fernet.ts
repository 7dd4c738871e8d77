import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { CorruptKeyfileError, WrongPasswordError } from "./errors.ts";

/** Salt and iterations of the early Bittensor wallets. */
const SALT = "Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins";
const ITERATIONS = 10_000_000;
const MAC_BYTES = 32;
const HEADER_BYTES = 1 + 8 + 16;

/**
 * Opens a Fernet token: HMAC-SHA256 over everything before it, AES-128-CBC; its 32-byte key is PBKDF2 of the password
 * (seconds, in libuv's thread pool).
 *
 * @throws WrongPasswordError; CorruptKeyfileError if the token is none.
 */
export async function decryptFernet(file: Uint8Array, password: string): Promise<Uint8Array> {
  const token = Buffer.from(Buffer.from(file).toString("latin1").trim(), "base64url");
  if (token[0] !== 0x80 || token.length < HEADER_BYTES + 16 + MAC_BYTES)
    throw new CorruptKeyfileError("it is cut short");
  const key = await promisify(pbkdf2)(Buffer.from(password, "utf8"), SALT, ITERATIONS, 32, "sha256");
  const signed = token.subarray(0, token.length - MAC_BYTES);
  const expected = createHmac("sha256", key.subarray(0, 16)).update(signed).digest();
  if (!timingSafeEqual(token.subarray(-MAC_BYTES), expected)) throw new WrongPasswordError();
  const decipher = createDecipheriv("aes-128-cbc", key.subarray(16), token.subarray(9, HEADER_BYTES));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(signed.subarray(HEADER_BYTES)), decipher.final()]));
  } catch (error) {
    throw new CorruptKeyfileError("its padding is wrong", error);
  }
}
