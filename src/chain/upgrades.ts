import type { ChainClient } from "./client.ts";
import { ChainClosedError, ChainShapeError } from "./errors.ts";

/** The runtime of a chain was replaced by another. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 30_000;

/** The spec version in a notification. @throws ChainShapeError */
function specVersionOf(item: unknown): number {
  const { specVersion } = (item ?? {}) as Record<string, unknown>;
  if (typeof specVersion === "number" && Number.isInteger(specVersion)) return specVersion;
  throw new ChainShapeError("its runtime's version", "a number specVersion");
}

/**
 * Keeps the metadata of a client that lives long in step with its chain: as soon as the spec version changes, calls,
 * storage and error names are read anew, so that no restart is needed. The subscription is renewed on every new line and
 * begins with the present version, so an upgrade during a broken connection is noticed too.
 *
 * @param onUpgrade - Told after each change that was taken over.
 * @returns How to end it.
 */
export async function followUpgrades(
  client: ChainClient,
  onUpgrade: (upgrade: Upgrade) => void = () => undefined,
): Promise<() => void> {
  const stopped = new AbortController();
  let newest = client.runtime.specVersion;
  let reading = false;

  /** Reads until the metadata is that of the version last heard of; where the chain is away, with growing pauses. */
  const catchUp = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    let pauseMs = RETRY_FIRST_MS;
    while (client.runtime.specVersion !== newest && !stopped.signal.aborted) {
      const from = client.runtime.specVersion;
      try {
        await client.refreshRuntime();
      } catch (error) {
        if (error instanceof ChainClosedError) break;
      }
      const to = client.runtime.specVersion;
      if (to !== from) onUpgrade({ from, to });
      if (to === newest) break;
      // Behind one address there may be several nodes, and one of them a block late.
      await client.clock.wait(pauseMs, stopped.signal);
      pauseMs = Math.min(RETRY_MOST_MS, 2 * pauseMs);
    }
    reading = false;
  };

  const unsubscribe = await client.rpc.subscribe(
    "state_subscribeRuntimeVersion",
    [],
    "state_unsubscribeRuntimeVersion",
    (item) => {
      newest = specVersionOf(item);
      void catchUp();
    },
  );
  return () => {
    stopped.abort();
    unsubscribe();
  };
}
