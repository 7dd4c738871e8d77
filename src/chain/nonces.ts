interface Account {
  /** The next nonce as far as we know from what we sent ourselves. */
  next: number;
  /** The tail of the queue of senders. */
  turn: Promise<unknown>;
}

/**
 * Nonces of the keys that one client signs with. The chain's own count is asked before every signature, but it lags
 * behind what was just sent or included, so our own count holds where it is ahead for a reason.
 */
export class Nonces {
  readonly #askChain: (address: string) => Promise<number>;
  readonly #accounts = new Map<string, Account>();

  /** @param askChain - The chain's next nonce of an address, transactions in its pool included. */
  constructor(askChain: (address: string) => Promise<number>) {
    this.#askChain = askChain;
  }

  #of(address: string): Account {
    const known = this.#accounts.get(address);
    if (known !== undefined) return known;
    const fresh: Account = { next: 0, turn: Promise.resolve() };
    this.#accounts.set(address, fresh);
    return fresh;
  }

  /** Runs one sender of a key at a time, in the order of asking; a failure of one does not stop the next. */
  inTurn<T>(address: string, work: () => Promise<T>): Promise<T> {
    const account = this.#of(address);
    const mine = account.turn.then(work, work);
    account.turn = mine.catch(() => undefined);
    return mine;
  }

  /** The nonce to sign with. */
  async next(address: string): Promise<number> {
    return Math.max(await this.#askChain(address), this.#of(address).next);
  }

  /** This nonce is taken: by what we sent, or because the chain says so. */
  taken(address: string, nonce: number): void {
    const account = this.#of(address);
    account.next = Math.max(account.next, nonce + 1);
  }

  /** Our count is ahead of the chain without reason (it was reset, or one of ours was lost): trust the chain again. */
  forget(address: string): void {
    this.#of(address).next = 0;
  }
}
