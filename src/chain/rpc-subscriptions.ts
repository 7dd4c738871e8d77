import { messageOf } from "../base/errors.ts";

export interface Subscription {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly unsubscribeMethod: string;
  readonly onItem: (item: unknown) => void;
  /** Given for subscriptions that end with their line; the others are renewed. */
  readonly onLost: ((error: Error) => void) | undefined;
  /** Its name on the present line; undefined as long as the server gave none. */
  serverId: string | undefined;
  closed: boolean;
}

/** Items that arrive before the answer that names their subscription; more than this is a broken server. */
const MAX_EARLY_ITEMS = 1_000;
/** Names that nobody asked for, or not yet; a server that invents more of them is not remembered. */
const MAX_EARLY_NAMES = 1_000;

/** Which items belong to whom, over the subscriptions' changing names. */
export class Subscriptions {
  readonly #open = new Set<Subscription>();
  readonly #early = new Map<string, unknown[]>();
  readonly #onUnreadable: (what: string) => void;

  /** @param onUnreadable - Told when a listener cannot read an item: what sent it is no chain. */
  constructor(onUnreadable: (what: string) => void) {
    this.#onUnreadable = onUnreadable;
  }

  get size(): number {
    return this.#open.size;
  }

  has(subscription: Subscription): boolean {
    return this.#open.has(subscription);
  }

  all(): Subscription[] {
    return [...this.#open];
  }

  add(subscription: Subscription): void {
    this.#open.add(subscription);
  }

  remove(subscription: Subscription): void {
    this.#open.delete(subscription);
  }

  clear(): void {
    this.#open.clear();
    this.#early.clear();
  }

  /** The line is gone, and every name with it. @returns Those that must not be renewed, already removed. */
  unname(): Subscription[] {
    this.#early.clear();
    for (const subscription of this.#open) subscription.serverId = undefined;
    const ended = this.all().filter(({ onLost }) => onLost !== undefined);
    for (const subscription of ended) this.#open.delete(subscription);
    return ended;
  }

  /** The server's name for a subscription arrived; items may have overtaken it. */
  name(subscription: Subscription, serverId: string): void {
    subscription.serverId = serverId;
    const waiting = this.#early.get(serverId) ?? [];
    this.#early.delete(serverId);
    if (subscription.closed) return;
    for (const item of waiting) this.#hand(subscription, item);
  }

  deliver(serverId: string, item: unknown): void {
    for (const subscription of this.#open) {
      if (subscription.serverId !== serverId) continue;
      this.#hand(subscription, item);
      return;
    }
    if (!this.#early.has(serverId) && this.#early.size >= MAX_EARLY_NAMES) return;
    const waiting = this.#early.get(serverId) ?? [];
    if (waiting.length < MAX_EARLY_ITEMS) waiting.push(item);
    this.#early.set(serverId, waiting);
  }

  #hand(subscription: Subscription, item: unknown): void {
    try {
      subscription.onItem(item);
    } catch (error) {
      this.#onUnreadable(`a notification that cannot be read (${messageOf(error)})`);
    }
  }
}
