import type { ChainClient } from "../chain/client.ts";
import type { Context } from "./context.ts";

/** Where the hash commits of a hotkey in the chosen subnet are kept, for validators and for `weights` by hand alike. */
export async function commitFileOf(ctx: Context, client: ChainClient, hotkey: string): Promise<string> {
  const { commitFile } = await import("../chain/commit-store.ts");
  // The first block names the chain for certain; a name such as "local" is many chains in a lifetime.
  return commitFile(ctx.paths.stateDir, client.genesis.slice(2, 18), ctx.netuid(), hotkey);
}
