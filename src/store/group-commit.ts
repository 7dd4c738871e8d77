import type { Database } from "./database.ts";

/** How long the first write of a group waits for company. */
const GATHER_MS = 4;
/** A group this large goes at once. */
const MOST_PER_GROUP = 512;

interface Pending {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets many small writes share one commit. Each is told its result only after the commit that holds it is on the disk;
 * one that throws takes back its own changes and nobody else's.
 */
export class GroupCommit {
  readonly #db: Database;
  #pending: Pending[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Queues a synchronous write; resolves with its result after the commit. */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pending.push({ work, resolve: resolve as (value: never) => void, reject });
      if (this.#pending.length >= MOST_PER_GROUP) this.flush();
      else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
    });
  }

  /** Commits what is waiting, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const group = this.#pending;
    if (group.length === 0) return;
    this.#pending = [];
    const settled: (() => void)[] = [];
    try {
      this.#db.transaction(() => {
        for (const { work, resolve, reject } of group) {
          try {
            const value = this.#db.transaction(work);
            settled.push(() => resolve(value as never));
          } catch (error) {
            // A full disk takes the whole group back, and what followed would be committed apart from it.
            if (!this.#db.inTransaction) throw error;
            settled.push(() => reject(error));
          }
        }
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const settle of settled) settle();
  }
}
