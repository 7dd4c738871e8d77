import { blake2b } from "@noble/hashes/blake2.js";
import { bytesToHex } from "./plain.ts";
import { u16Vector } from "./timelock.ts";
import type { WeightsRow } from "./weights-row.ts";

/**
 * The hash that a commit publishes and a reveal must match.
 *
 * @param publicKey - 32 bytes of the hotkey.
 * @param index - Storage index of the mechanism: mechid × 4096 + netuid.
 * @returns 0x hex of blake2b-256 over key, index, uids, values, salt, version key (SCALE).
 * @see bittensor 10.5.0 `generate_weight_hash`; vectors in test/vectors/weights.json.
 */
export function weightsCommitHash(
  publicKey: Uint8Array,
  index: number,
  row: WeightsRow,
  salt: readonly number[],
  versionKey: bigint,
): string {
  const head = Buffer.alloc(2);
  head.writeUInt16LE(index);
  const tail = Buffer.alloc(8);
  tail.writeBigUInt64LE(versionKey);
  const bytes = [publicKey, head, u16Vector(row.uids), u16Vector(row.values), u16Vector(salt), tail];
  return bytesToHex(blake2b(Buffer.concat(bytes), { dkLen: 32 }));
}
