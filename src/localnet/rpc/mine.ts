import type { Node } from "./node.ts";
import { invalidParams } from "./rpc-error.ts";

/** Blocks in one call: more than that would hold everybody else up. */
const MAX_BLOCKS = 100_000;
/** Blocks made before others get a turn. */
const SLICE = 100;

/**
 * Makes blocks, a hundred at a time, so that other clients are answered meanwhile.
 *
 * @param first - Number of the first block, if it is not to be the next.
 * @returns The hash of the last.
 */
export async function mine({ chain, producer }: Node, count: number, first?: number): Promise<string> {
  if (count > MAX_BLOCKS) throw invalidParams(`at most ${MAX_BLOCKS} blocks at once`);
  for (let made = 0; made < count; made += SLICE) {
    producer.mine(Math.min(count - made, SLICE), made === 0 ? first : undefined);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return chain.head.hash;
}
