import type { Block } from "./block.ts";
import { type PoolEntry, tell } from "./pool.ts";

/** Tells those who watch their extrinsics in which block they are, and when that block is final. */
export class Inclusions {
  readonly #waiting: { readonly block: Block; readonly entries: readonly PoolEntry[] }[] = [];

  /** The extrinsics are in a block, which is later than all blocks before. */
  included(block: Block, entries: readonly PoolEntry[]): void {
    if (entries.length === 0) return;
    this.#waiting.push({ block, entries });
    for (const entry of entries) tell(entry, { type: "inBlock", block: block.hash });
  }

  /** Blocks up to this height are final. */
  finalized(height: number): void {
    while ((this.#waiting[0]?.block.header.number ?? Number.POSITIVE_INFINITY) <= height) {
      const done = this.#waiting.shift();
      for (const entry of done?.entries ?? []) tell(entry, { type: "finalized", block: done?.block.hash ?? "" });
    }
  }

  /** The blocks are no more: nobody is told anything of them. */
  clear(): void {
    this.#waiting.length = 0;
  }
}
