import type { Extrinsic } from "./extrinsic.ts";
import { Refusal } from "./invalid-transaction.ts";

/** What happens to a watched extrinsic, in order; the last of each life is final. */
export type PoolStatus =
  | { readonly type: "future" | "ready" | "invalid" | "dropped" }
  | { readonly type: "usurped"; readonly by: string }
  | { readonly type: "inBlock" | "finalized"; readonly block: string };

export interface PoolEntry {
  readonly extrinsic: Extrinsic;
  readonly who: string;
  readonly nonce: number;
  readonly watchers: Set<(status: PoolStatus) => void>;
  /** Place in the order of arrival. */
  readonly order: number;
}

/** Most extrinsics waiting in all, and waiting out of turn for one account. */
const MAX_ENTRIES = 8_192;
const MAX_FUTURE_PER_ACCOUNT = 64;

/** Signed extrinsics that wait for a block: per account by nonce, among accounts by arrival. */
export class Pool {
  readonly #accounts = new Map<string, Map<number, PoolEntry>>();
  readonly #hashes = new Map<string, PoolEntry>();
  #arrivals = 0;

  get size(): number {
    return this.#hashes.size;
  }

  has(hash: string): boolean {
    return this.#hashes.has(hash);
  }

  /** Extrinsics in the order in which blocks would take them. */
  pending(): Extrinsic[] {
    return [...this.#hashes.values()].sort((a, b) => a.order - b.order).map(({ extrinsic }) => extrinsic);
  }

  /**
   * Takes an extrinsic in.
   *
   * @param accountNonce - What the account's next nonce is on the chain.
   * @throws InvalidTransaction if it is there already, pays no more than the one it would replace, or there is no room.
   */
  add(extrinsic: Extrinsic, who: string, nonce: number, accountNonce: number): PoolEntry {
    if (this.#hashes.has(extrinsic.hash)) throw Refusal.alreadyImported();
    if (this.#hashes.size >= MAX_ENTRIES) throw Refusal.poolFull();
    const queue = this.#accounts.get(who) ?? new Map<number, PoolEntry>();
    if (nonce - accountNonce > queue.size && queue.size >= MAX_FUTURE_PER_ACCOUNT) throw Refusal.poolFull();
    const old = queue.get(nonce);
    if (old !== undefined && (extrinsic.author?.tipRao ?? 0n) <= (old.extrinsic.author?.tipRao ?? 0n)) {
      throw Refusal.tooLowPriority();
    }
    const entry: PoolEntry = { extrinsic, who, nonce, watchers: new Set(), order: this.#arrivals++ };
    if (old !== undefined) {
      this.remove(old);
      tell(old, { type: "usurped", by: extrinsic.hash });
    }
    queue.set(nonce, entry);
    this.#accounts.set(who, queue);
    this.#hashes.set(extrinsic.hash, entry);
    return entry;
  }

  remove(entry: PoolEntry): void {
    this.#hashes.delete(entry.extrinsic.hash);
    const queue = this.#accounts.get(entry.who);
    if (queue?.get(entry.nonce) !== entry) return;
    queue.delete(entry.nonce);
    if (queue.size === 0) this.#accounts.delete(entry.who);
  }

  /** Whether everything from the account's nonce up to this entry is here: it could go into the next block. */
  isReady(who: string, nonce: number, accountNonce: number): boolean {
    const queue = this.#accounts.get(who);
    for (let n = accountNonce; n <= nonce; n++) if (queue?.has(n) !== true) return false;
    return true;
  }

  /** The nonce an account would use next, counting what already waits in turn. */
  nextNonce(who: string, accountNonce: number): number {
    const queue = this.#accounts.get(who);
    let nonce = accountNonce;
    while (queue?.has(nonce) === true) nonce++;
    return nonce;
  }

  /** Up to `limit` entries that can go into a block now, first come first served, each account's in order of nonce. */
  ready(nonceOf: (who: string) => number, limit: number): PoolEntry[] {
    const chosen: PoolEntry[] = [];
    const next = new Map<string, number>();
    const arrived = [...this.#hashes.values()].sort((a, b) => a.order - b.order);
    for (const { who } of arrived) {
      const queue = this.#accounts.get(who);
      let nonce = next.get(who) ?? nonceOf(who);
      for (let entry = queue?.get(nonce); entry !== undefined && chosen.length < limit; entry = queue?.get(nonce)) {
        chosen.push(entry);
        nonce++;
      }
      next.set(who, nonce);
      if (chosen.length >= limit) break;
    }
    return chosen;
  }

  /** Forgets everything, telling whoever watches (a revert, the end). */
  clear(): void {
    for (const entry of this.#hashes.values()) tell(entry, { type: "dropped" });
    this.#hashes.clear();
    this.#accounts.clear();
  }
}

export function tell(entry: PoolEntry, status: PoolStatus): void {
  for (const watcher of [...entry.watchers]) watcher(status);
}
