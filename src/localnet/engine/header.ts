import { ByteWriter, toHex } from "../scale/bytes.ts";
import { blake2_256 } from "../scale/hashers.ts";

/** A block's header; hashes are 0x-hex of 32 bytes. There is no consensus, so the digest is empty. */
export interface Header {
  readonly parentHash: string;
  readonly number: number;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
}

/** blake2-256 of the header's SCALE, as every client computes it. */
export function headerHash(header: Header): string {
  const writer = new ByteWriter();
  writer.digits(header.parentHash.slice(2));
  writer.compact(header.number);
  writer.digits(header.stateRoot.slice(2));
  writer.digits(header.extrinsicsRoot.slice(2));
  writer.compact(0);
  return toHex(blake2_256(writer.finish()));
}

/** The header as JSON-RPC gives it: numbers in hex, for Python clients parse nothing else. */
export const headerJson = (header: Header): Readonly<Record<string, unknown>> => ({
  parentHash: header.parentHash,
  number: `0x${header.number.toString(16)}`,
  stateRoot: header.stateRoot,
  extrinsicsRoot: header.extrinsicsRoot,
  digest: { logs: [] },
});

/**
 * A running commitment to the state: the last one and every changed key with its new value, in order of key.
 * It makes block hashes depend on all of the state, as a trie's root does; it proves nothing to a light client.
 */
export function nextStateRoot(previous: string, changes: ReadonlyMap<string, Uint8Array | undefined>): string {
  const writer = new ByteWriter();
  writer.digits(previous.slice(2));
  for (const key of [...changes.keys()].sort()) {
    const value = changes.get(key);
    writer.compact(key.length >>> 1);
    writer.digits(key);
    writer.u8(value === undefined ? 0 : 1);
    if (value !== undefined) writer.prefixed(value);
  }
  return toHex(blake2_256(writer.finish()));
}

/** A commitment to a block's extrinsics, in order (not a trie's root). */
export function extrinsicsRoot(extrinsics: readonly Uint8Array[]): string {
  const writer = new ByteWriter();
  for (const extrinsic of extrinsics) writer.raw(blake2_256(extrinsic));
  return toHex(blake2_256(writer.finish()));
}
