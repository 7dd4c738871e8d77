/** Order of the ristretto255 group. @see RFC 9496, section 4.4 */
export const GROUP_ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

/** A number from little-endian bytes. */
export const readLe = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

/** 32 little-endian bytes of a number below 2²⁵⁶. */
export const writeLe = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse());
