import type { Clock } from "../base/clock.ts";
import { ColosseumError, ExitCode } from "../base/errors.ts";
import type { Beacon } from "../base/ports.ts";
import { blockBeacon } from "./beacon.ts";
import { ChainRpcError, ChainShapeError } from "./errors.ts";
import { fetchRuntime } from "./fetch-runtime.ts";
import { type Head, type HeadListener, HeadWatch, parseHeader } from "./heads.ts";
import type { LineState } from "./line-keeper.ts";
import type { Network } from "./networks.ts";
import { Nonces } from "./nonces.ts";
import { type Plain, plainBigint, plainList, plainNumber, plainRecord, plainText } from "./plain.ts";
import { type CallOptions, Rpc } from "./rpc.ts";
import type { Runtime } from "./runtime.ts";

export interface ConnectOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** For opening one endpoint; default 5 s. */
  readonly connectTimeoutMs?: number;
  /** For every question, reconnects included; default 12 s. */
  readonly callTimeoutMs?: number;
  /** Ends the connecting, not what comes after. */
  readonly signal?: AbortSignal;
}

/** One storage value's address. */
export interface StorageItem {
  readonly pallet: string;
  readonly name: string;
  readonly args?: readonly unknown[];
}

export interface Balance {
  /** What can be spent, apart from locks. */
  readonly freeRao: bigint;
  readonly reservedRao: bigint;
  readonly frozenRao: bigint;
  readonly nonce: number;
}

const DEFAULT_CONNECT_TIMEOUT_MS = 5_000;
const DEFAULT_CALL_TIMEOUT_MS = 12_000;
const KEYS_PER_PAGE = 500;

/**
 * The only way to a chain. Reads carry a deadline and survive broken sockets; names, types and indexes come from the
 * chain's own metadata. Everything else of this room takes one of these as its first argument.
 */
export class ChainClient implements AsyncDisposable {
  readonly network: Network;
  readonly clock: Clock;
  readonly rpc: Rpc;
  /** Hash of block 0, 0x hex. */
  readonly genesis: string;
  readonly nonces: Nonces;
  #runtime: Runtime;
  readonly #heads: HeadWatch;

  private constructor(options: ConnectOptions, rpc: Rpc, genesis: string, runtime: Runtime) {
    this.network = options.network;
    this.clock = options.clock;
    this.rpc = rpc;
    this.genesis = genesis;
    this.#runtime = runtime;
    this.#heads = new HeadWatch(rpc, options.clock);
    this.nonces = new Nonces(async (address) =>
      plainNumber((await rpc.call("system_accountNextIndex", [address])) as Plain, "a nonce"),
    );
  }

  /**
   * Connects, checks that it is the network that was meant, and reads its metadata.
   *
   * @throws ChainUnreachableError (exit 10), ChainDeadlineError (15), NotAChainError (10), `chain.wrong-network` (10).
   */
  static async connect(options: ConnectOptions): Promise<ChainClient> {
    const rpc = new Rpc({
      endpoints: options.network.endpoints,
      connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      callTimeoutMs: options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS,
    });
    const stop = (): void => rpc.close();
    options.signal?.addEventListener("abort", stop, { once: true });
    try {
      options.signal?.throwIfAborted();
      const [genesis, runtime] = await Promise.all([
        rpc.call("chain_getBlockHash", [0]).then((hash) => hashText(hash, "block 0")),
        fetchRuntime(rpc),
      ]);
      const meant = options.network.genesis;
      if (meant !== undefined && meant !== genesis) throw wrongNetwork(options.network.name, rpc.endpoint, genesis);
      rpc.pin(genesis);
      return new ChainClient(options, rpc, genesis, runtime);
    } catch (error) {
      rpc.close();
      throw error;
    } finally {
      options.signal?.removeEventListener("abort", stop);
    }
  }

  get endpoint(): string {
    return this.rpc.endpoint;
  }

  get runtime(): Runtime {
    return this.#runtime;
  }

  /** Reads the metadata again, after the chain was upgraded. */
  async refreshRuntime(): Promise<void> {
    this.#runtime = await fetchRuntime(this.rpc);
  }

  /** A raw question, for methods that have no name here. */
  ask(method: string, params: readonly unknown[] = [], options: CallOptions = {}): Promise<unknown> {
    return this.rpc.call(method, params, options);
  }

  /** The RPC methods this node offers, `dev_newBlock` among them where time can be moved. */
  async rpcMethods(): Promise<readonly string[]> {
    const answer = (await this.ask("rpc_methods")) as { methods?: unknown };
    return Array.isArray(answer.methods) ? answer.methods.map(String) : [];
  }

  /** The newest block. */
  async head(): Promise<Head> {
    const hash = hashText(await this.ask("chain_getBlockHash"), "the newest block");
    return { ...parseHeader(await this.ask("chain_getHeader", [hash])), hash };
  }

  /** The hash of a block, or undefined as long as it does not exist. */
  async blockHash(number: number): Promise<string | undefined> {
    const hash = await this.ask("chain_getBlockHash", [number]);
    return hash === null ? undefined : hashText(hash, `block ${number}`);
  }

  /** Number of the block with this hash. */
  async blockNumber(hash: string): Promise<number> {
    return parseHeader(await this.ask("chain_getHeader", [hash])).number;
  }

  /** Calls back at every new block until unsubscribed; survives reconnects, says when the chain is stale. */
  onHeads(listener: HeadListener): Promise<() => void> {
    return this.#heads.listen(listener);
  }

  /** Calls back at every connect and disconnect until unsubscribed. */
  onLine(listener: (state: LineState) => void): () => void {
    return this.rpc.onState(listener);
  }

  /** One storage value; absent ones are the entry's default, or null. */
  async storage(pallet: string, name: string, args: readonly unknown[] = [], at?: string): Promise<Plain> {
    const [value = null] = await this.storages([{ pallet, name, args }], at);
    return value;
  }

  /** Several storage values of one block in one question, in the order asked. */
  async storages(items: readonly StorageItem[], at?: string): Promise<Plain[]> {
    if (items.length === 0) return [];
    const keys = items.map((item) => this.#runtime.storageKey(item.pallet, item.name, item.args));
    const found = await this.#values(keys, at);
    return items.map(({ pallet, name }, index) =>
      this.#runtime.storageValue(pallet, name, found.get(keys[index] ?? "") ?? null),
    );
  }

  async #values(keys: readonly string[], at?: string): Promise<ReadonlyMap<string, string | null>> {
    const answer = await this.ask("state_queryStorageAt", at === undefined ? [keys] : [keys, at]);
    const found = new Map<string, string | null>();
    for (const set of plainList(answer as Plain, "storage")) {
      for (const change of plainList(plainRecord(set, "storage")["changes"], "storage changes")) {
        const [key, value] = plainList(change, "storage change");
        found.set(plainText(key, "storage key"), value === null ? null : plainText(value, "storage value"));
      }
    }
    return found;
  }

  /** All entries of a map, narrowed by its first arguments; decoded keys and values, in the chain's order. */
  async entries(
    pallet: string,
    name: string,
    args: readonly unknown[] = [],
    at?: string,
  ): Promise<{ readonly args: readonly Plain[]; readonly value: Plain }[]> {
    const prefix = this.#runtime.storagePrefix(pallet, name, args);
    const block = at ?? (await this.head()).hash;
    const keys: string[] = [];
    for (let start: string | undefined = prefix; start !== undefined; ) {
      const page: string[] = plainList(
        (await this.ask("state_getKeysPaged", [prefix, KEYS_PER_PAGE, start, block])) as Plain,
        "storage keys",
      ).map((key) => plainText(key, "storage key"));
      keys.push(...page);
      start = page.length < KEYS_PER_PAGE ? undefined : page.at(-1);
    }
    const found = keys.length === 0 ? new Map<string, string | null>() : await this.#values(keys, block);
    return keys.map((key) => ({
      args: this.#runtime.keyArguments(pallet, name, key),
      value: this.#runtime.storageValue(pallet, name, found.get(key) ?? null),
    }));
  }

  /** Asks the runtime itself: one question, one consistent answer. @throws ChainUnsupportedError */
  async runtimeCall(api: string, method: string, args: readonly unknown[] = [], at?: string): Promise<Plain> {
    const { name, params } = this.#runtime.apiCall(api, method, args);
    const answer = await this.ask("state_call", at === undefined ? [name, params] : [name, params, at]);
    return this.#runtime.apiResult(api, method, plainText(answer as Plain, name));
  }

  async balance(address: string, at?: string): Promise<Balance> {
    const account = plainRecord(await this.storage("System", "Account", [address], at), "System.Account");
    const amounts = plainRecord(account["data"], "System.Account.data");
    return {
      freeRao: plainBigint(amounts["free"], "the free balance"),
      reservedRao: plainBigint(amounts["reserved"], "the reserved balance"),
      frozenRao: plainBigint(amounts["frozen"] ?? 0, "the frozen balance"),
      nonce: plainNumber(account["nonce"], "the nonce"),
    };
  }

  /**
   * How long a block takes on this chain now, measured over the last ten; the constant of its consensus where there
   * are too few, their states are not kept, or time does not move by itself.
   */
  async blockTimeMs(): Promise<number> {
    const head = await this.head();
    const back = Math.min(10, head.number - 1);
    if (back < 2) return this.nominalBlockTimeMs;
    const timestampAt = async (hash: string | undefined): Promise<number> =>
      plainNumber(await this.storage("Timestamp", "Now", [], hash), "Timestamp.Now");
    try {
      const old = await this.blockHash(head.number - back);
      const [now, then] = await Promise.all([timestampAt(head.hash), timestampAt(old)]);
      const measured = (now - then) / back;
      if (measured > 0) return measured;
    } catch (error) {
      // A chain that goes on from a saved state knows earlier blocks by their hashes alone.
      if (!(error instanceof ChainRpcError)) throw error;
    }
    return this.nominalBlockTimeMs;
  }

  /** How long a block should take by the constant of the chain's consensus; Bittensor's own where it names none. */
  get nominalBlockTimeMs(): number {
    return this.#runtime.hasConstant("Aura", "SlotDuration")
      ? plainNumber(this.#runtime.constant("Aura", "SlotDuration"), "Aura.SlotDuration")
      : DEFAULT_BLOCK_TIME_MS;
  }

  /** Public randomness: the hash of each block. */
  beacon(): Beacon {
    return blockBeacon(this);
  }

  close(): void {
    this.#heads.close();
    this.rpc.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }
}

/** Bittensor's own. */
const DEFAULT_BLOCK_TIME_MS = 12_000;

function hashText(value: unknown, what: string): string {
  if (typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value)) return value;
  throw new ChainShapeError(`the hash of ${what}`, "32 bytes in hex");
}

const wrongNetwork = (name: string, endpoint: string, genesis: string): ColosseumError =>
  new ColosseumError(`The chain at ${endpoint} is not ${name}: its first block is ${genesis}.`, {
    code: "chain.wrong-network",
    exitCode: ExitCode.network,
    hint: `Leave --network ${name} away for this endpoint, or use another endpoint.`,
    details: { network: name, endpoint, genesis },
  });
