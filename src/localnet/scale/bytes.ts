/** Lower-case hex with 0x. */
export const toHex = (bytes: Uint8Array): string =>
  `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`;

/** Whether the text is 0x and an even number of hex digits. */
export const isHex = (text: unknown): text is string =>
  typeof text === "string" && /^0x(?:[0-9a-fA-F]{2})*$/.test(text);

/** Bytes of hex with or without 0x. @throws DecodeError if the text is no whole number of hex bytes. */
export function fromHex(text: string): Uint8Array {
  const digits = text.startsWith("0x") ? text.slice(2) : text;
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits))
    throw new DecodeError("not a whole number of hex bytes");
  const buffer = Buffer.from(digits, "hex");
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** Bytes that do not have the shape they should have. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a, b) === 0;

/** Buffers of finished writers: a block takes hundreds, and fresh ones for each would be most of what it allocates. */
const spare: Buffer[] = [];
const MAX_SPARE = 16;
const MAX_SPARE_BYTES = 65_536;
const NOTHING = Buffer.alloc(0);

/** Grows as it is written to; little-endian as SCALE is. Over once it is finished. */
export class ByteWriter {
  #buffer = spare.pop() ?? Buffer.allocUnsafeSlow(256);
  #length = 0;

  #room(count: number): number {
    const at = this.#length;
    if (at + count > this.#buffer.length) {
      const bigger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, at + count));
      this.#buffer.copy(bigger, 0, 0, at);
      this.#buffer = bigger;
    }
    this.#length = at + count;
    return at;
  }

  u8(value: number): void {
    const at = this.#room(1);
    this.#buffer[at] = value;
  }
  u16(value: number): void {
    const at = this.#room(2);
    this.#buffer.writeUInt16LE(value, at);
  }
  u32(value: number): void {
    const at = this.#room(4);
    this.#buffer.writeUInt32LE(value, at);
  }
  /** An unsigned integer of `size` bytes; a negative one as two's complement. */
  uint(value: bigint, size: number): void {
    let rest = BigInt.asUintN(size * 8, value);
    const at = this.#room(size);
    for (let i = 0; i < size; i += 8) {
      this.#buffer.writeBigUInt64LE(rest & 0xffff_ffff_ffff_ffffn, at + i);
      rest >>= 64n;
    }
  }
  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
  }
  compact(value: number | bigint): void {
    if (value < 64) this.u8(Number(value) << 2);
    else if (value < 16_384) this.u16((Number(value) << 2) | 1);
    else if (value < 1_073_741_824) this.u32(Number(value) * 4 + 2);
    else {
      let rest = BigInt(value);
      const bytes: number[] = [];
      for (; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
      while (bytes.length < 4) bytes.push(0);
      this.u8(((bytes.length - 4) << 2) | 3);
      this.raw(Uint8Array.from(bytes));
    }
  }
  /** A length, then the bytes: SCALE's Vec<u8> and str. */
  prefixed(bytes: Uint8Array): void {
    this.compact(bytes.length);
    this.raw(bytes);
  }
  text(value: string): void {
    this.prefixed(Buffer.from(value, "utf8"));
  }
  /** Hex digits, two a byte, without 0x. */
  digits(hex: string): void {
    const at = this.#room(hex.length >>> 1);
    this.#buffer.write(hex, at, "hex");
  }
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#buffer.subarray(0, this.#length));
    if (spare.length < MAX_SPARE && this.#buffer.length <= MAX_SPARE_BYTES) spare.push(this.#buffer);
    this.#buffer = NOTHING;
    this.#length = 0;
    return bytes;
  }
}

/** Nested calls deeper than this are refused, as a real runtime refuses them. */
const MAX_DEPTH = 64;

/** Reads SCALE from front to back. Every method throws DecodeError when the bytes run out. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }
  get position(): number {
    return this.#at;
  }

  /** Runs `read` one level deeper; bounds what a hostile nested value can do to the stack. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new DecodeError("nested too deeply");
    const value = read();
    this.#depth--;
    return value;
  }

  #take(count: number): number {
    const at = this.#at;
    if (at + count > this.#bytes.length) throw new DecodeError("ends too early");
    this.#at = at + count;
    return at;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }
  u16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }
  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }
  uint(size: number): bigint {
    const at = this.#take(size);
    let value = 0n;
    for (let i = size - 8; i >= 0; i -= 8) value = (value << 64n) | this.#bytes.readBigUInt64LE(at + i);
    return value;
  }
  /** A copy, so that a value never keeps a whole message alive. */
  raw(count: number): Uint8Array {
    const at = this.#take(count);
    return new Uint8Array(this.#bytes.subarray(at, at + count));
  }
  hex(count: number): string {
    const at = this.#take(count);
    return `0x${this.#bytes.toString("hex", at, at + count)}`;
  }
  compact(): bigint {
    const first = this.u8();
    const mode = first & 3;
    if (mode === 0) return BigInt(first >> 2);
    if (mode === 1) return BigInt((first | (this.u8() << 8)) >>> 2);
    if (mode === 2) return BigInt((first + this.u8() * 0x100 + this.u16() * 0x1_0000 - 2) / 4);
    let value = 0n;
    const at = this.#take((first >> 2) + 4);
    for (let i = (first >> 2) + 3; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[at + i] ?? 0);
    return value;
  }
  /** A length that can be true: each element takes at least `elementSize` bytes of what is left. */
  length(elementSize: number): number {
    const count = this.compact();
    if (count * BigInt(Math.max(1, elementSize)) > BigInt(this.left))
      throw new DecodeError("claims more than there is");
    return Number(count);
  }
  prefixed(): Uint8Array {
    return this.raw(this.length(1));
  }
  text(): string {
    return new TextDecoder().decode(this.prefixed());
  }
  end(): void {
    if (this.left > 0) throw new DecodeError(`${this.left} bytes too many`);
  }
}
