import { ChainShapeError } from "./errors.ts";

/** What a decoded chain value looks like once the codec classes are gone. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** A record by field name. @throws ChainShapeError if it is none. */
export function plainRecord(value: Plain | undefined, what: string): { readonly [name: string]: Plain } {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as { readonly [name: string]: Plain };
  }
  throw new ChainShapeError(what, "a record");
}

/** A list. @throws ChainShapeError if it is none. */
export function plainList(value: Plain | undefined, what: string): readonly Plain[] {
  if (Array.isArray(value)) return value as readonly Plain[];
  throw new ChainShapeError(what, "a list");
}

/** A whole number that fits a double exactly. @throws ChainShapeError otherwise. */
export function plainNumber(value: Plain | undefined, what: string): number {
  const number = typeof value === "number" ? value : Number(plainBigint(value, what));
  if (Number.isSafeInteger(number)) return number;
  throw new ChainShapeError(what, "a whole number");
}

/** A whole number of any size; codecs give large ones as 0x hex (big endian) or decimal strings. @throws ChainShapeError otherwise. */
export function plainBigint(value: Plain | undefined, what: string): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^(0x[0-9a-f]+|-?[0-9]+)$/i.test(value)) return BigInt(value);
  throw new ChainShapeError(what, "a whole number");
}

/** @throws ChainShapeError if it is no text. */
export function plainText(value: Plain | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw new ChainShapeError(what, "text");
}

/** @throws ChainShapeError if it is neither true nor false. */
export function plainBool(value: Plain | undefined, what: string): boolean {
  if (typeof value === "boolean") return value;
  throw new ChainShapeError(what, "true or false");
}

/** Bytes from 0x hex or from a list of numbers (`Vec<Compact<u8>>`). @throws ChainShapeError otherwise. */
export function plainBytes(value: Plain | undefined, what: string): Uint8Array {
  if (typeof value === "string" && /^0x(?:[0-9a-f]{2})*$/i.test(value)) return hexToBytes(value);
  if (Array.isArray(value)) return Uint8Array.from(value, (item) => plainNumber(item as Plain, what));
  throw new ChainShapeError(what, "bytes");
}

/** 0x hex, lower case. */
export const bytesToHex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;

/** Bytes of 0x hex (the caller has checked the form). */
export const hexToBytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replace(/^0x/, ""), "hex"));
