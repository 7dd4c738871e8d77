import { type CallHandlers, type Execution, ensureRoot, ensureSigned, type Origin } from "../engine/execution.ts";
import type { State } from "../engine/state.ts";
import { fromHex, toHex } from "../scale/bytes.ts";
import { blake2_256 } from "../scale/hashers.ts";

const bareKey = (key: Uint8Array): string => toHex(key).slice(2);

/** remark and root's direct writes; a runtime upgrade has nothing to upgrade here and does not exist. */
export const systemCalls: CallHandlers = {
  remark: () => undefined,
  remark_with_event: (execution: Execution, origin: Origin, { remark }: { remark: Uint8Array }) => {
    const sender = ensureSigned(origin);
    execution.emit("System", "Remarked", { sender, hash: toHex(blake2_256(remark)) });
  },
  set_storage: (
    execution: Execution,
    origin: Origin,
    { items }: { items: readonly (readonly [Uint8Array, Uint8Array])[] },
  ) => {
    ensureRoot(origin);
    for (const [key, value] of items) execution.state.set(bareKey(key), value);
  },
  kill_storage: (execution: Execution, origin: Origin, { keys }: { keys: readonly Uint8Array[] }) => {
    ensureRoot(origin);
    for (const key of keys) execution.state.delete(bareKey(key));
  },
  kill_prefix: (execution: Execution, origin: Origin, { prefix }: { prefix: Uint8Array }) => {
    ensureRoot(origin);
    deletePrefix(execution.state, bareKey(prefix));
  },
};

export function deletePrefix(state: State, prefix: string): void {
  for (const [key] of [...state.entries(prefix)]) state.delete(key);
}

/** Storage given as hex, as `dev_setStorage` takes it. */
export function writeRaw(state: State, key: string, value: string | undefined): void {
  const bare = toHex(fromHex(key)).slice(2);
  if (value === undefined) state.delete(bare);
  else state.set(bare, fromHex(value));
}
