import { join } from "node:path";
import type { Context } from "../../context.ts";

/** Where a miner of one hotkey keeps its journal: one folder per network, subnet and hotkey. */
export function minerStateDir(ctx: Context, netuid: number | undefined, hotkey: string): string {
  const network = (ctx.config.network.value ?? "local").replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 80);
  return join(ctx.paths.stateDir, network, netuid === undefined ? "any" : String(netuid), hotkey, "miner");
}
