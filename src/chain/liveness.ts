import type { ChainClient } from "./client.ts";
import type { HeadEvent } from "./heads.ts";

/** The chain gave no block for too long, or gives blocks again. */
export type LivenessEvent = Exclude<HeadEvent, { readonly type: "block" }>;

/**
 * Whether silence means that something is wrong. Development chains may make blocks only when asked; those can be told
 * by their methods.
 */
async function hasBlocksOfItsOwn(client: ChainClient): Promise<boolean> {
  const methods = await client.rpcMethods();
  if (!methods.includes("dev_newBlock")) return true;
  if (!methods.includes("dev_status")) return false;
  const { blockTime } = (await client.ask("dev_status")) as { blockTime?: unknown };
  return typeof blockTime === "number";
}

/**
 * Notices when a chain goes stale: the line is up and questions may even be answered, but no block comes. The next
 * endpoint gets its turn then.
 *
 * @returns How to end it.
 */
export async function watchLiveness(client: ChainClient, onEvent: (event: LivenessEvent) => void): Promise<() => void> {
  if (!(await hasBlocksOfItsOwn(client))) return () => undefined;
  return await client.onHeads((event) => {
    if (event.type !== "block") onEvent(event);
  });
}
