import { blake2b } from "@noble/hashes/blake2.js";
import { base58 } from "@scure/base";

/** Bittensor's address prefix. */
const PREFIX = 42;
const CONTEXT = new TextEncoder().encode("SS58PRE");

const checksum = (prefixed: Uint8Array): Uint8Array => {
  const input = new Uint8Array(CONTEXT.length + prefixed.length);
  input.set(CONTEXT);
  input.set(prefixed, CONTEXT.length);
  return blake2b(input, { dkLen: 64 }).subarray(0, 2);
};

/**
 * Encodes a 32-byte public key as an SS58 address with prefix 42.
 *
 * @throws RangeError if the key has not 32 bytes.
 * @see Substrate "SS58 address format", simple (one-byte) account prefix.
 */
export function encodeSs58(publicKey: Uint8Array): string {
  if (publicKey.length !== 32) throw new RangeError(`a public key has 32 bytes, not ${publicKey.length}`);
  const body = new Uint8Array(35);
  body[0] = PREFIX;
  body.set(publicKey, 1);
  body.set(checksum(body.subarray(0, 33)), 33);
  return base58.encode(body);
}

/** @returns The 32-byte public key of a prefix-42 address, or undefined if the text is none. */
export function decodeSs58(address: string): Uint8Array | undefined {
  if (!/^[1-9A-HJ-NP-Za-km-z]{46,48}$/.test(address)) return undefined;
  let body: Uint8Array;
  try {
    body = base58.decode(address);
  } catch {
    return undefined;
  }
  if (body.length !== 35 || body[0] !== PREFIX) return undefined;
  const sum = checksum(body.subarray(0, 33));
  return sum[0] === body[33] && sum[1] === body[34] ? body.slice(1, 33) : undefined;
}

/** Whether the text is a prefix-42 SS58 address with a right checksum. */
export const isSs58 = (text: string): boolean => decodeSs58(text) !== undefined;
