import type { Clock } from "../base/clock.ts";

/** The machine's clock. Nanoseconds come from the millisecond clock and never repeat or run backwards. */
export function systemClock(): Clock {
  let lastNs = 0n;
  return {
    nowMs: () => Date.now(),
    nowNs: () => {
      const now = BigInt(Date.now()) * 1_000_000n;
      lastNs = now > lastNs ? now : lastNs + 1n;
      return lastNs;
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, Math.max(0, ms));
        signal?.addEventListener("abort", done, { once: true });
      }),
  };
}
