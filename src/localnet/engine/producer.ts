import type { Chain } from "./chain.ts";

/** A client drops its inBlock callback if finality comes with it; a real chain takes seconds. */
const FINALITY_DELAY_MS = 100;

/** When blocks are made: every so many milliseconds, whenever something is submitted, or only when asked. */
export type BlockTime = number | "instant" | "manual";

/** Makes blocks in real time and declares them final a moment later. The only timers of the embedded chain. */
export class Producer {
  readonly #chain: Chain;
  readonly blockTime: BlockTime;
  readonly #timers = new Set<NodeJS.Timeout>();
  #interval: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(chain: Chain, blockTime: BlockTime) {
    this.#chain = chain;
    this.blockTime = blockTime;
  }

  /** What one mined block moves the chain's clock by, at least. */
  get stepMs(): number {
    return typeof this.blockTime === "number" ? this.blockTime : 12_000;
  }

  start(): void {
    if (typeof this.blockTime === "number") this.#interval = setInterval(() => this.#produce(), this.blockTime);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#interval);
    clearImmediate(this.#soon);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Something was submitted: in instant mode a block follows as soon as the answer is out. */
  submitted(): void {
    if (this.blockTime !== "instant" || this.#soon !== undefined || this.#stopped) return;
    this.#soon = setImmediate(() => {
      this.#soon = undefined;
      this.#produce();
      if (this.#chain.hasReady) this.submitted();
    });
  }

  #produce(): void {
    this.#finalizeLater(this.#chain.produce().header.number);
  }

  /** Makes `count` blocks at once, all but the last of them final. */
  mine(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#chain.produce(this.stepMs);
      this.#chain.finalize(this.#chain.head.header.number - 1);
    }
    this.#finalizeLater(this.#chain.head.header.number);
  }

  #finalizeLater(number: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#chain.finalize(number);
    }, FINALITY_DELAY_MS);
    this.#timers.add(timer);
  }
}
