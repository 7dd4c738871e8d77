import { type CallHandlers, type Execution, ensureSigned, type Origin } from "../engine/execution.ts";
import { CustomRefusal, Refusal } from "../engine/invalid-transaction.ts";
import type { PoolCheck } from "../engine/logic.ts";
import { StorageItem } from "../engine/storage-item.ts";
import type { RuntimeCall } from "../runtime/runtime.ts";
import { concatBytes, fromHex, toHex } from "../scale/bytes.ts";
import { blake2_256 } from "../scale/hashers.ts";
import { openShield, shieldFault } from "./shield-key.ts";

const P = "MevShield";
interface Sealed {
  readonly ciphertext: Uint8Array;
}
/** The key of this block's author and those of the next ones; here one author with one key, so all are the same. */
export const CurrentKey = new StorageItem<[], Uint8Array | undefined>(P, "CurrentKey");
export const PendingKey = new StorageItem<[], Uint8Array | undefined>(P, "PendingKey");
export const NextKey = new StorageItem<[], Uint8Array | undefined>(P, "NextKey");

export const mevShieldCalls: CallHandlers = {
  submit_encrypted: (execution: Execution, origin: Origin, { ciphertext }: Sealed) => {
    const who = ensureSigned(origin);
    execution.emit(P, "EncryptedSubmitted", { id: toHex(blake2_256(concatBytes(fromHex(who), ciphertext))), who });
  },
};

/** @throws InvalidTransaction where a node's pool refuses a sealed extrinsic by its outside. */
export function checkShieldInPool({ call }: PoolCheck): void {
  const fault = shieldFault((call.args as unknown as Sealed).ciphertext);
  if (fault === "parsing") throw Refusal.custom(CustomRefusal.failedShieldedTxParsing);
  if (fault === "key-hash") throw Refusal.custom(CustomRefusal.invalidShieldedTxKeyHash);
}

/** The extrinsic inside a sealed one, which the block's author places right behind it; undefined of any other call. */
export const unshielded = ({ pallet, name, args }: RuntimeCall): Uint8Array | undefined =>
  pallet === P && name === "submit_encrypted" ? openShield((args as unknown as Sealed).ciphertext) : undefined;
