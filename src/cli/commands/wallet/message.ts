import { UsageError } from "../../../base/errors.ts";

/**
 * The bytes that are signed: the text as typed, or hex with or without 0x.
 *
 * @throws UsageError `usage.hex`.
 */
export function messageBytes(message: string, isHex: boolean): Uint8Array {
  return isHex ? hexArgument(message, "message") : new TextEncoder().encode(message);
}

/** @throws UsageError `usage.hex`. */
export function hexArgument(text: string, what: string): Uint8Array {
  const digits = text.replace(/^0x/, "");
  if (/^(?:[0-9a-fA-F]{2})*$/.test(digits)) return new Uint8Array(Buffer.from(digits, "hex"));
  throw new UsageError(`The ${what} is not hex.`, {
    code: "usage.hex",
    hint: "Hex is pairs of the digits 0-9 and a-f, for example 0xdeadbeef",
  });
}
