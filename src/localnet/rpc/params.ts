import { fromHex, isHex } from "../scale/bytes.ts";
import { invalidParams } from "./rpc-error.ts";

/** Positional parameters of one call, read with a reason when they do not fit. */
export class Params {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  raw(index: number): unknown {
    return this.#values[index];
  }
  #absent(index: number): boolean {
    return this.#values[index] === undefined || this.#values[index] === null;
  }

  /** Whole bytes in hex, given with or without 0x as Substrate's `Bytes` may be (bittensor's SDK leaves it out); 0x is put back. */
  hex(index: number): string {
    const value = prefixed(this.#values[index]);
    if (value === undefined) throw invalidParams(`parameter ${index} must be hex, two digits a byte`);
    return value;
  }
  bytes(index: number): Uint8Array {
    return fromHex(this.hex(index));
  }
  /** A block hash, or undefined for "the newest". */
  hash(index: number): string | undefined {
    if (this.#absent(index)) return undefined;
    const hash = this.hex(index);
    if (hash.length !== 66) throw invalidParams(`parameter ${index} must be a block hash of 32 bytes`);
    return hash;
  }
  optionalHex(index: number): string | undefined {
    return this.#absent(index) ? undefined : this.hex(index);
  }
  text(index: number): string {
    const value = this.#values[index];
    if (typeof value !== "string") throw invalidParams(`parameter ${index} must be a string`);
    return value;
  }
  optionalText(index: number): string | undefined {
    return this.#absent(index) ? undefined : this.text(index);
  }
  /** A whole number ≥ 0, as a number or as hex. */
  whole(index: number, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.#values[index];
    const number =
      typeof value === "string" && /^0x[0-9a-fA-F]{1,13}$/.test(value) ? Number.parseInt(value, 16) : value;
    if (typeof number !== "number" || !Number.isInteger(number) || number < 0 || number > max) {
      throw invalidParams(`parameter ${index} must be a whole number from 0 to ${max}`);
    }
    return number;
  }
  optionalWhole(index: number, max?: number): number | undefined {
    return this.#absent(index) ? undefined : this.whole(index, max);
  }
  /** An amount: whole rao as a number or a string of digits. */
  amount(index: number): bigint {
    const value = this.#values[index];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (typeof value === "string" && /^[0-9]{1,20}$/.test(value)) return BigInt(value);
    throw invalidParams(`parameter ${index} must be an amount in rao`);
  }
  /** A list of storage keys. */
  keys(index: number, limit: number): string[] {
    const value = this.#values[index];
    if (!Array.isArray(value) || value.length > limit) {
      throw invalidParams(`parameter ${index} must be a list of at most ${limit} storage keys`);
    }
    return value.map((key: unknown) => {
      const hex = prefixed(key);
      if (hex === undefined) throw invalidParams(`parameter ${index} holds something that is no hex`);
      return hex.slice(2);
    });
  }
}

/** The value as lower-case 0x-hex, or undefined where it is no text of whole bytes. */
function prefixed(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const hex = value.startsWith("0x") ? value : `0x${value}`;
  return isHex(hex) ? hex.toLowerCase() : undefined;
}
