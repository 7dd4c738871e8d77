import type { ChainSnapshot } from "../engine/chain.ts";
import { RpcError } from "./rpc-error.ts";

/** Snapshots held; each keeps the state of its block alive. */
const MAX_SNAPSHOTS = 256;

/** Places of a chain to come back to, numbered from 1. */
export class Snapshots {
  readonly #kept = new Map<number, ChainSnapshot>();
  #last = 0;

  /** @throws RpcError if there are too many. */
  take(snapshot: ChainSnapshot): number {
    if (this.#kept.size >= MAX_SNAPSHOTS) {
      throw new RpcError(-32_000, "Too many snapshots", `at most ${MAX_SNAPSHOTS} are kept; revert to one or restart`);
    }
    this.#kept.set(++this.#last, snapshot);
    return this.#last;
  }

  /** The snapshot, once those taken after it are forgotten. @throws RpcError if there is none. */
  backTo(id: number): ChainSnapshot {
    const snapshot = this.#kept.get(id);
    if (snapshot === undefined) throw new RpcError(-32_001, "No such snapshot", `there is no snapshot ${id}`);
    for (const later of [...this.#kept.keys()]) if (later > id) this.#kept.delete(later);
    return snapshot;
  }

  /** Forgets snapshots of blocks that are gone. */
  forgetAfter(block: number): void {
    for (const [id, { head }] of [...this.#kept]) if (head.header.number > block) this.#kept.delete(id);
  }

  clear(): void {
    this.#kept.clear();
  }

  list(): { readonly id: number; readonly block: number }[] {
    return [...this.#kept].map(([id, { head }]) => ({ id, block: head.header.number }));
  }
}
