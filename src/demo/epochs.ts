import type { Netuid } from "../base/ids.ts";
import type { ChainClient } from "../chain/client.ts";
import { fetchMetagraph, type Metagraph } from "../chain/metagraph.ts";
import type { Localnet } from "../localnet/server.ts";

/** How blocks come: by the clock, or by the demo's own hand where a run must repeat. */
export interface Time {
  readonly client: ChainClient;
  readonly localnet: Localnet;
  readonly manual: boolean;
  readonly signal: AbortSignal;
}

/** Looks at the subnet after every block until it is as wanted. Rejects when the signal aborts. */
export async function untilSubnet(
  time: Time,
  netuid: Netuid,
  wanted: (metagraph: Metagraph) => boolean,
): Promise<Metagraph> {
  for (;;) {
    time.signal.throwIfAborted();
    const metagraph = await fetchMetagraph(time.client, netuid);
    if (wanted(metagraph)) return metagraph;
    if (time.manual) time.localnet.mine();
    else await blockAfter(time, metagraph.block);
  }
}

/** A uid's share of what the last epoch paid to miners, above 0. */
export interface Paid {
  readonly uid: number;
  /** Fraction of 1. */
  readonly value: number;
}

export const paidIn = ({ neurons }: Metagraph): Paid[] =>
  neurons.filter(({ incentive }) => incentive > 0).map(({ uid, incentive }) => ({ uid, value: incentive }));

/** Calls back after every epoch that paid miners, until stopped. A look that fails is made up for by the next. */
export async function watchEpochs(
  client: ChainClient,
  netuid: Netuid,
  onPaid: (block: number, paid: readonly Paid[]) => void,
): Promise<() => void> {
  let lastEpochBlock = 0;
  let looking = false;
  return client.onHeads((event) => {
    if (event.type !== "block" || looking) return;
    looking = true;
    fetchMetagraph(client, netuid)
      .then((metagraph) => {
        if (metagraph.lastEpochBlock <= lastEpochBlock) return;
        lastEpochBlock = metagraph.lastEpochBlock;
        const paid = paidIn(metagraph);
        if (paid.length > 0) onPaid(lastEpochBlock, paid);
      })
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  });
}

async function blockAfter({ client, signal }: Time, block: number): Promise<void> {
  const next = Promise.withResolvers<void>();
  const onAbort = (): void => next.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const stop = await client.onHeads((event) => {
    if (event.type === "block" && event.number > block) next.resolve();
  });
  try {
    if ((await client.head()).number > block) return;
    await next.promise;
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}
