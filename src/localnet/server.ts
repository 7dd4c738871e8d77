import { composeRuntime } from "./composition.ts";
import { DEV_PHRASE, type DevAccount, devAccounts } from "./dev-accounts.ts";
import { Chain } from "./engine/chain.ts";
import type { ChainDump } from "./engine/dump.ts";
import { type BlockTime, Producer } from "./engine/producer.ts";
import type { ForkedSubnet } from "./fork/forked-subnet.ts";
import { plantSubnet } from "./fork/plant-subnet.ts";
import { genesis } from "./genesis.ts";
import { authorMethods } from "./rpc/author-methods.ts";
import { chainMethods } from "./rpc/chain-methods.ts";
import { devMethods } from "./rpc/dev-methods.ts";
import { Dispatcher, type RpcMethods } from "./rpc/dispatcher.ts";
import { listen } from "./rpc/listen.ts";
import type { Node } from "./rpc/node.ts";
import { stateMethods } from "./rpc/state-methods.ts";
import { systemMethods } from "./rpc/system-methods.ts";
import { metadataOf } from "./runtime/metadata.ts";
import { blake2_256 } from "./scale/hashers.ts";
import { SmallMemory } from "./small-memory.ts";

export type { BlockTime } from "./engine/producer.ts";

export interface LocalnetOptions {
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1: nobody else's business. */
  readonly host?: string;
  /** Milliseconds between blocks, "instant" (a block per submission; default) or "manual" (only by mine). */
  readonly blockTime?: BlockTime;
  /** How many named accounts get money; default 10. The first is Alice, who may use sudo. */
  readonly accounts?: number;
  /** Rao for each; default 1 000 000 TAO. */
  readonly balanceRao?: bigint;
  /** The clock block timestamps come from; default the machine's. */
  readonly clock?: { nowMs(): number };
  readonly version?: string;
  /** A chain to go on from instead of a fresh one. */
  readonly state?: ChainDump;
  /** A subnet of another chain; the first block follows on the one it was read at. Without effect beside `state`. */
  readonly fork?: ForkedSubnet;
}

/** A running embedded chain. */
export interface Localnet extends AsyncDisposable {
  /** ws://127.0.0.1:PORT */
  readonly url: string;
  readonly genesisHash: string;
  readonly accounts: readonly DevAccount[];
  /** What each of them got at genesis. */
  readonly balanceRao: bigint;
  /** The phrase that their URIs derive from. */
  readonly phrase: string;
  /** The chain itself, for tests and the demo in this process. */
  readonly chain: Chain;
  /** Makes blocks now. */
  mine(count?: number): void;
  /** Moves the chain's clock forward; the next block shows it. */
  warp(ms: number): void;
  stop(): Promise<void>;
}

const DEFAULT_BALANCE_RAO = 1_000_000_000_000_000n;

/**
 * Starts a chain in this process and serves it.
 *
 * @throws ColosseumError `localnet.port-in-use`, `localnet.cannot-listen` (exit 14).
 */
export async function startLocalnet(options: LocalnetOptions = {}): Promise<Localnet> {
  const { logic, apis } = composeRuntime(typeof options.blockTime === "number" ? options.blockTime : undefined);
  const accounts = devAccounts(Math.max(1, options.accounts ?? 10));
  const chain = new Chain({
    logic,
    nowMs: options.clock === undefined ? Date.now : () => options.clock?.nowMs() ?? 0,
    genesis: genesis({
      accounts: accounts.map(({ account }) => ({ account, freeRao: options.balanceRao ?? DEFAULT_BALANCE_RAO })),
      sudo: accounts[0]?.account ?? "",
      // Clients keep metadata by first block and version; so a chain that can do other things has another first block.
      code: blake2_256(metadataOf(logic.published, 15)),
    }),
  });
  if (options.state !== undefined) chain.load(options.state);
  else if (options.fork !== undefined) {
    const { fork } = options;
    chain.patch((execution) => plantSubnet(execution, fork));
    chain.produce(1, fork.block + 1);
  }
  const producer = new Producer(chain, options.blockTime ?? "instant");
  const node: Node = { chain, producer, apis, version: options.version ?? "0.0.0" };
  const methods: RpcMethods = {
    ...systemMethods(node),
    ...chainMethods(node),
    ...stateMethods(node),
    ...authorMethods(node),
    ...devMethods(node),
  };
  const names = [...Object.keys(methods), "rpc_methods"].sort();
  const dispatcher = new Dispatcher({ ...methods, rpc_methods: () => ({ methods: names }) });
  const listener = await listen(dispatcher, options.host ?? "127.0.0.1", options.port ?? 0);
  const memory = new SmallMemory();
  chain.listen({ block: () => memory.block() });
  producer.start();
  const stop = async (): Promise<void> => {
    producer.stop();
    await listener.close();
  };
  return {
    url: listener.url,
    genesisHash: chain.genesisHash,
    accounts,
    balanceRao: options.balanceRao ?? DEFAULT_BALANCE_RAO,
    phrase: DEV_PHRASE,
    chain,
    mine: (count = 1) => producer.mine(count),
    warp: (ms) => chain.warp(ms),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
