import { join } from "node:path";
import type { Context } from "../../context.ts";
import { hotkeyAddress } from "../../open-wallet.ts";

/** Where a validator of one hotkey keeps its store: one folder per network, subnet and hotkey. */
export function validatorStateDir(ctx: Context, netuid: number, hotkey: string): string {
  const network = (ctx.config.network.value ?? "local").replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 80);
  return join(ctx.paths.stateDir, network, String(netuid), hotkey, "validator");
}

/** The store of the chosen hotkey, for commands that only read it; `isRunning` looks whether a validator has it now. */
export async function openStoreToRead(ctx: Context) {
  const netuid = ctx.netuid();
  const hotkey = await hotkeyAddress(ctx);
  const { ValidatorStore } = await import("../../../store/validator-store.ts");
  const { LOCK_FILE, STORE_FILE } = await import("../../../validator/process.ts");
  const { isHeld } = await import("../../../store/lock.ts");
  const dir = validatorStateDir(ctx, netuid, hotkey);
  const store = new ValidatorStore(join(dir, STORE_FILE), { readOnly: true });
  ctx.defer(() => store.db.close());
  return { netuid, hotkey, store, isRunning: () => isHeld(join(dir, LOCK_FILE)) };
}
