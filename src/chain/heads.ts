import type { Clock } from "../base/clock.ts";
import { ChainShapeError } from "./errors.ts";
import type { Rpc } from "./rpc.ts";

export interface Head {
  readonly number: number;
  /** 0x hex. */
  readonly hash: string;
  readonly parentHash: string;
}

/** What a listener is told: blocks as they come, and when they stop coming. */
export type HeadEvent =
  | { readonly type: "block"; readonly number: number; readonly parentHash: string }
  | { readonly type: "stale"; readonly sinceMs: number; readonly endpoint: string }
  | { readonly type: "fresh"; readonly afterMs: number; readonly endpoint: string };

export type HeadListener = (event: HeadEvent) => void;

/** Without a block for this long a chain is stale, whatever its block time; five of Bittensor's blocks. */
const STALE_AFTER_MS = 60_000;
const CHECK_EVERY_MS = 5_000;

/** Reads a header as the RPC gives it. @throws ChainShapeError */
export function parseHeader(value: unknown): { number: number; parentHash: string } {
  const { number, parentHash } = (value ?? {}) as Record<string, unknown>;
  if (typeof number === "string" && /^0x[0-9a-f]{1,8}$/i.test(number) && typeof parentHash === "string") {
    return { number: Number(number), parentHash };
  }
  throw new ChainShapeError("a block header", "a number and a parent hash");
}

/**
 * One subscription to new blocks for everybody who listens, with a staleness limit: silence is noticed, told once,
 * and answered by taking the next endpoint.
 */
export class HeadWatch {
  readonly #rpc: Rpc;
  readonly #clock: Clock;
  readonly #listeners = new Set<HeadListener>();
  #unsubscribe: Promise<() => void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = 0;
  #stale = false;

  constructor(rpc: Rpc, clock: Clock) {
    this.#rpc = rpc;
    this.#clock = clock;
  }

  async listen(listener: HeadListener): Promise<() => void> {
    this.#listeners.add(listener);
    this.#unsubscribe ??= this.#start();
    try {
      await this.#unsubscribe;
    } catch (error) {
      this.#listeners.delete(listener);
      this.#unsubscribe = undefined;
      throw error;
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  #start(): Promise<() => void> {
    this.#lastMs = this.#clock.nowMs();
    this.#timer = setInterval(() => this.check(), CHECK_EVERY_MS);
    this.#timer.unref();
    return this.#rpc.subscribe("chain_subscribeNewHeads", [], "chain_unsubscribeNewHeads", (item) => this.#block(item));
  }

  #block(item: unknown): void {
    const { number, parentHash } = parseHeader(item);
    const now = this.#clock.nowMs();
    if (this.#stale) this.#tell({ type: "fresh", afterMs: now - this.#lastMs, endpoint: this.#rpc.endpoint });
    this.#stale = false;
    this.#lastMs = now;
    this.#tell({ type: "block", number, parentHash });
  }

  /** Looks whether the chain went stale; called by a timer, and by tests that own the clock. */
  check(): void {
    if (this.#stale || this.#clock.nowMs() - this.#lastMs < STALE_AFTER_MS) return;
    this.#stale = true;
    this.#tell({ type: "stale", sinceMs: this.#lastMs, endpoint: this.#rpc.endpoint });
    this.#rpc.switchEndpoint("it is stale");
  }

  #tell(event: HeadEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#unsubscribe?.then((unsubscribe) => unsubscribe()).catch(() => undefined);
    this.#unsubscribe = undefined;
  }
}
