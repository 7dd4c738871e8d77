import { ChainClient } from "../../src/chain/client.ts";
import { type Network, parseNetwork } from "../../src/chain/networks.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { startLocalnet } from "../../src/localnet/server.ts";

/** A chain for tests: the one at COLOSSEUM_TEST_ENDPOINT, else an embedded one. */
export interface TestChain extends AsyncDisposable {
  readonly url: string;
  readonly network: Network;
  readonly client: ChainClient;
  /** Lets this many blocks pass: made at once where the node can, else awaited. */
  advance(blocks: number): Promise<void>;
  /** Waits for something that needs blocks, and makes them where the node only makes them when asked. */
  carried<T>(work: Promise<T>): Promise<T>;
}

/** How long a transaction may wait for a block that comes by itself before the driver makes one. */
const PATIENCE_MS = 1_500;

/** @param options - `embedded`: an embedded chain in any case, for what no real one allows. */
export async function testChain(options: { readonly embedded?: boolean } = {}): Promise<TestChain> {
  const endpoint = options.embedded === true ? undefined : process.env["COLOSSEUM_TEST_ENDPOINT"];
  const localnet = endpoint === undefined || endpoint === "" ? await startLocalnet() : undefined;
  const url = localnet?.url ?? endpoint ?? "";
  const network = parseNetwork(url);
  const clock = systemClock();
  const client = await ChainClient.connect({ network, clock, callTimeoutMs: 60_000 });
  // A chain that makes blocks by itself only can be had for a trial of one that cannot be asked for them.
  const asked = process.env["COLOSSEUM_TEST_DEV"] !== "off";
  const canMake = localnet !== undefined || (asked && (await client.rpcMethods()).includes("dev_newBlock"));
  const make = (count: number) =>
    localnet === undefined
      ? client.ask("dev_newBlock", [{ count }], { timeoutMs: 300_000 })
      : Promise.resolve(localnet.mine(count));

  const advance = async (blocks: number): Promise<void> => {
    if (blocks <= 0) return;
    const target = (await client.head()).number + blocks;
    if (canMake) await make(blocks);
    await client.beacon().valueAt(target);
  };
  const carried = async <T>(work: Promise<T>): Promise<T> => {
    let open = true;
    const done = new AbortController();
    const end = (): void => {
      open = false;
      done.abort();
    };
    work.then(end, end);
    while (open && canMake) {
      await clock.wait(PATIENCE_MS, done.signal);
      if (open) await make(1);
    }
    return await work;
  };
  return {
    url,
    network,
    client,
    advance,
    carried,
    [Symbol.asyncDispose]: async () => {
      client.close();
      await localnet?.stop();
    },
  };
}
