import { type ByteReader, type ByteWriter, DecodeError, fromHex } from "./bytes.ts";
import type { Primitive, TypeNode } from "./type-expression.ts";

/**
 * Turns values into SCALE bytes and back. Values are plain: u8–u32 number, u64 and wider bigint, `[u8; N]` and Vec<u8>
 * Uint8Array, accounts and hashes 0x-hex, structs objects with the chain's field names, enums `{type, value}`,
 * options the value or undefined, tuples arrays, one-field tuple structs their content.
 */
export interface Codec {
  encode(writer: ByteWriter, value: unknown): void;
  decode(reader: ByteReader): unknown;
  /** The fewest bytes a value takes; bounds hostile lengths. */
  readonly minSize: number;
}

/** A value that does not fit its type: a bug of the caller, never of a peer. */
const mismatch = (expected: string, value: unknown): TypeError =>
  new TypeError(`expected ${expected}, not ${typeof value}`);

const asNumber = (value: unknown): number => {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  throw mismatch("a number", value);
};
const asBigint = (value: unknown): bigint => {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  throw mismatch("an integer", value);
};
const asArray = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw mismatch("an array", value);
};
const asBytes = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return fromHex(value);
  throw mismatch("bytes", value);
};

const small = (size: 1 | 2 | 4, signed: boolean): Codec => {
  const shift = 32 - size * 8;
  return {
    minSize: size,
    encode: (writer, value) => {
      const n = asNumber(value);
      if (size === 1) writer.u8(n & 0xff);
      else if (size === 2) writer.u16(n & 0xffff);
      else writer.u32(n >>> 0);
    },
    decode: (reader) => {
      const n = size === 1 ? reader.u8() : size === 2 ? reader.u16() : reader.u32();
      return signed ? (n << shift) >> shift : n;
    },
  };
};
const wide = (size: 8 | 16 | 32, signed: boolean): Codec => ({
  minSize: size,
  encode: (writer, value) => writer.uint(asBigint(value), size),
  decode: (reader) => {
    const n = reader.uint(size);
    return signed ? BigInt.asIntN(size * 8, n) : n;
  },
});

const PRIMITIVE: Readonly<Record<Primitive, Codec>> = {
  bool: {
    minSize: 1,
    encode: (writer, value) => writer.u8(value === true ? 1 : 0),
    decode: (reader) => {
      const byte = reader.u8();
      if (byte > 1) throw new DecodeError("a bool is 0 or 1");
      return byte === 1;
    },
  },
  char: small(4, false),
  str: { minSize: 1, encode: (writer, value) => writer.text(String(value)), decode: (reader) => reader.text() },
  u8: small(1, false),
  u16: small(2, false),
  u32: small(4, false),
  u64: wide(8, false),
  u128: wide(16, false),
  u256: wide(32, false),
  i8: small(1, true),
  i16: small(2, true),
  i32: small(4, true),
  i64: wide(8, true),
  i128: wide(16, true),
  i256: wide(32, true),
};

const WIDTH_BITS: Readonly<Partial<Record<Primitive, number>>> = { u8: 8, u16: 16, u32: 32, u64: 64, u128: 128 };

export const primitiveCodec = (name: Primitive): Codec => PRIMITIVE[name];

/** Compact of an unsigned integer; values wider than it are refused. */
export const compactCodec = (name: Primitive): Codec => {
  const bits = WIDTH_BITS[name];
  if (bits === undefined) throw new TypeError(`no compact form of ${name}`);
  return {
    minSize: 1,
    encode: (writer, value) => writer.compact(asBigint(value)),
    decode: (reader) => {
      const value = reader.compact();
      if (value >> BigInt(bits) !== 0n) throw new DecodeError(`does not fit ${name}`);
      return bits <= 32 ? Number(value) : value;
    },
  };
};

export const unitCodec: Codec = { minSize: 0, encode: () => undefined, decode: () => undefined };

export const bytesCodec: Codec = {
  minSize: 1,
  encode: (writer, value) => writer.prefixed(asBytes(value)),
  decode: (reader) => reader.prefixed(),
};

export const fixedBytesCodec = (length: number): Codec => ({
  minSize: length,
  encode: (writer, value) => {
    const bytes = asBytes(value);
    if (bytes.length !== length) throw new TypeError(`expected ${length} bytes, not ${bytes.length}`);
    writer.raw(bytes);
  },
  decode: (reader) => reader.raw(length),
});

const HEX_DIGITS = /^0x[0-9a-fA-F]*$/;

/** Accounts and hashes: fixed bytes as 0x-hex, so that they compare and key maps. */
export const hexCodec = (length: number): Codec => ({
  minSize: length,
  encode: (writer, value) => {
    if (typeof value === "string" && value.length === 2 + length * 2 && HEX_DIGITS.test(value))
      writer.digits(value.slice(2));
    else fixedBytesCodec(length).encode(writer, value);
  },
  decode: (reader) => reader.hex(length),
});

export const vecCodec = (of: Codec): Codec => ({
  minSize: 1,
  encode: (writer, value) => {
    const items = asArray(value);
    writer.compact(items.length);
    for (const item of items) of.encode(writer, item);
  },
  decode: (reader) => reader.nested(() => Array.from({ length: reader.length(of.minSize) }, () => of.decode(reader))),
});

export const arrayCodec = (of: Codec, length: number): Codec => ({
  minSize: of.minSize * length,
  encode: (writer, value) => {
    for (const item of asArray(value)) of.encode(writer, item);
  },
  decode: (reader) => Array.from({ length }, () => of.decode(reader)),
});

export const tupleCodec = (of: readonly Codec[]): Codec => ({
  minSize: of.reduce((sum, codec) => sum + codec.minSize, 0),
  encode: (writer, value) => {
    const items = asArray(value);
    of.forEach((codec, index) => {
      codec.encode(writer, items[index]);
    });
  },
  decode: (reader) => of.map((codec) => codec.decode(reader)),
});

/** BTreeMap: encoded in the order given (the caller sorts), decoded to pairs. */
export const mapCodec = (key: Codec, value: Codec): Codec => vecCodec(tupleCodec([key, value]));

export const optionCodec = (of: Codec): Codec => ({
  minSize: 1,
  encode: (writer, value) => {
    if (value === undefined || value === null) return writer.u8(0);
    writer.u8(1);
    of.encode(writer, value);
  },
  decode: (reader) => {
    const byte = reader.u8();
    if (byte > 1) throw new DecodeError("an option begins with 0 or 1");
    return byte === 0 ? undefined : of.decode(reader);
  },
});

export interface Tagged {
  readonly type: string;
  readonly value?: unknown;
}
const asTagged = (value: unknown): Tagged => {
  if (typeof value === "object" && value !== null && "type" in value && typeof value.type === "string")
    return value as Tagged;
  throw mismatch("{type, value}", value);
};

export const enumCodec = (variants: readonly { index: number; name: string; codec: Codec }[]): Codec => {
  const byIndex = new Map(variants.map((variant) => [variant.index, variant]));
  const byName = new Map(variants.map((variant) => [variant.name, variant]));
  return {
    minSize: 1,
    encode: (writer, value) => {
      const tagged = asTagged(value);
      const variant = byName.get(tagged.type);
      if (variant === undefined) throw new TypeError(`no variant ${tagged.type}`);
      writer.u8(variant.index);
      variant.codec.encode(writer, tagged.value);
    },
    decode: (reader) =>
      reader.nested(() => {
        const index = reader.u8();
        const variant = byIndex.get(index);
        if (variant === undefined) throw new DecodeError(`no variant with index ${index}`);
        const value = variant.codec.decode(reader);
        return value === undefined ? { type: variant.name } : { type: variant.name, value };
      }),
  };
};

export const structCodec = (fields: readonly { name: string; codec: Codec }[]): Codec => ({
  minSize: fields.reduce((sum, field) => sum + field.codec.minSize, 0),
  encode: (writer, value) => {
    if (typeof value !== "object" || value === null) throw mismatch("an object", value);
    const record = value as Readonly<Record<string, unknown>>;
    for (const field of fields) field.codec.encode(writer, record[field.name]);
  },
  decode: (reader) => Object.fromEntries(fields.map((field) => [field.name, field.codec.decode(reader)])),
});

export const isByte = (node: TypeNode): boolean => node.kind === "primitive" && node.name === "u8";
