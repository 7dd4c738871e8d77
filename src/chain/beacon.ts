import type { Clock } from "../base/clock.ts";
import type { Beacon } from "../base/ports.ts";
import type { HeadListener } from "./heads.ts";
import { hexToBytes } from "./plain.ts";

/** How often the chain is asked while a block is awaited that no subscription announced. */
const POLL_MS = 1_000;

/** What a beacon needs of a chain. */
export interface BlockSource {
  readonly clock: Clock;
  head(): Promise<{ readonly number: number }>;
  blockHash(number: number): Promise<string | undefined>;
  onHeads(listener: HeadListener): Promise<() => void>;
}

/**
 * The chain as a {@link Beacon}: the value at a height is that block's hash. Blocks are awaited by subscription and,
 * since a subscription may miss a reorganisation or a reconnect, by asking now and then too.
 */
export function blockBeacon(client: BlockSource): Beacon {
  return {
    height: async () => (await client.head()).number,
    valueAt: async (height, signal) => {
      let wake: () => void = () => undefined;
      const stop = await client.onHeads((event) => {
        if (event.type === "block" && event.number >= height) wake();
      });
      try {
        for (;;) {
          signal?.throwIfAborted();
          const hash = await client.blockHash(height);
          if (hash !== undefined) return hexToBytes(hash);
          const pause = new AbortController();
          wake = () => pause.abort();
          const woken = signal === undefined ? pause.signal : AbortSignal.any([signal, pause.signal]);
          await client.clock.wait(POLL_MS, woken);
        }
      } finally {
        stop();
      }
    },
  };
}
