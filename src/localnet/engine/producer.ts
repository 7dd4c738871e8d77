import type { Chain } from "./chain.ts";

/** A client drops its inBlock callback if finality comes with it; a real chain takes seconds. */
const FINALITY_DELAY_MS = 100;

/** When blocks are made: every so many milliseconds, whenever something is submitted, or only when asked. */
export type BlockTime = number | "instant" | "manual";

/** Makes blocks in real time and declares them final a moment later. The only timers of the embedded chain. */
export class Producer {
  readonly #chain: Chain;
  #blockTime: BlockTime;
  /** Where blocks follow submissions: each extrinsic gets one of its own. */
  #oneEach = false;
  readonly #timers = new Set<NodeJS.Timeout>();
  #interval: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #stopped = false;

  constructor(chain: Chain, blockTime: BlockTime) {
    this.#chain = chain;
    this.#blockTime = blockTime;
  }

  get blockTime(): BlockTime {
    return this.#blockTime;
  }

  /** What one mined block moves the chain's clock by, at least. */
  get stepMs(): number {
    return typeof this.blockTime === "number" ? this.blockTime : 12_000;
  }

  /** Changes how blocks come from now on. @param oneEach - In instant mode: a block for every extrinsic. */
  become(blockTime: BlockTime, oneEach = false): void {
    clearInterval(this.#interval);
    clearImmediate(this.#soon);
    this.#soon = undefined;
    this.#blockTime = blockTime;
    this.#oneEach = oneEach;
    this.start();
    if (this.#chain.hasReady) this.submitted();
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
      this.#produce(this.#oneEach ? 1 : undefined);
      if (this.#chain.hasReady) this.submitted();
    });
  }

  #produce(most?: number): void {
    this.#finalizeLater(this.#chain.produce(1, undefined, most).header.number);
  }

  /** Makes `count` blocks at once, all but the last of them final. @param first - Number of the first, if not the next. */
  mine(count: number, first?: number): void {
    for (let i = 0; i < count; i++) {
      this.#chain.produce(this.stepMs, i === 0 ? first : undefined);
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
