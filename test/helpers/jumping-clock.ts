import type { Clock } from "../../src/base/clock.ts";

/** A clock that jumps to the end of every wait at once and remembers how long each was. */
export class JumpingClock implements Clock {
  readonly waits: number[] = [];
  #nowMs: number;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  nowNs(): bigint {
    return BigInt(this.#nowMs) * 1_000_000n;
  }

  wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.#nowMs += ms;
    return Promise.resolve();
  }

  pass(ms: number): void {
    this.#nowMs += ms;
  }
}
