import { tooManySubscriptions } from "./rpc-error.ts";

/** Subscriptions one client may hold; past it, memory would be the client's to spend. */
export const MAX_SUBSCRIPTIONS = 1_024;

/** Storage keys that all subscriptions of one client may watch together. */
export const MAX_WATCHED_KEYS = 65_536;

/** One client: what it subscribed to, and the way to tell it. */
export class Connection {
  readonly #send: (text: string) => void;
  readonly #subscriptions = new Map<string, () => void>();
  readonly #watched = new Map<string, number>();
  readonly #later: (() => void)[] = [];
  #lastId = 0;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /**
   * Begins a subscription. `begin` runs after the answer with the id is out, and returns how to end it.
   *
   * @param method - Name in the notifications, such as `chain_newHead`.
   * @param keys - Storage keys that it watches.
   * @throws RpcError if the client has too many.
   */
  subscribe(
    method: string,
    begin: (notify: (result: unknown) => void, end: () => void) => () => void,
    keys = 0,
  ): string {
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) throw tooManySubscriptions(MAX_SUBSCRIPTIONS);
    const watched = [...this.#watched.values()].reduce((sum, count) => sum + count, keys);
    if (watched > MAX_WATCHED_KEYS) throw tooManySubscriptions(MAX_WATCHED_KEYS);
    const id = `c${(++this.#lastId).toString(36).padStart(7, "0")}`;
    this.#subscriptions.set(id, () => undefined);
    if (keys > 0) this.#watched.set(id, keys);
    const notify = (result: unknown): void => {
      if (this.#subscriptions.has(id))
        this.#send(JSON.stringify({ jsonrpc: "2.0", method, params: { subscription: id, result } }));
    };
    this.#later.push(() => {
      if (this.#subscriptions.has(id))
        this.#subscriptions.set(
          id,
          begin(notify, () => this.unsubscribe(id)),
        );
    });
    return id;
  }

  /** @returns Whether there was such a subscription. */
  unsubscribe(id: unknown): boolean {
    const end = this.#subscriptions.get(String(id));
    if (end === undefined) return false;
    this.#subscriptions.delete(String(id));
    this.#watched.delete(String(id));
    end();
    return true;
  }

  /** To be called once the answer is on its way: first notifications may follow it. */
  answered(): void {
    for (const begin of this.#later.splice(0)) begin();
  }

  close(): void {
    for (const id of [...this.#subscriptions.keys()]) this.unsubscribe(id);
    this.#later.length = 0;
  }
}
