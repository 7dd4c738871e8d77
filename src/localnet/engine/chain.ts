import { Account, BlockHash, BlockNumber, EventCount, Events, Now, ParentHash } from "../pallets/system-storage.ts";
import { eraDeath } from "../runtime/era.ts";
import { DecodeError, fromHex } from "../scale/bytes.ts";
import { applySigned, checkNonceAndFee, filtered } from "./apply-extrinsic.ts";
import type { Block } from "./block.ts";
import type { DispatchError } from "./dispatch-error.ts";
import { type ChainDump, DUMP_FORMAT, dumpTree, loadTree } from "./dump.ts";
import { type ChainEvent, type Dispatch, Execution } from "./execution.ts";
import { bareExtrinsic, decodeExtrinsic, type Extrinsic, signingPayload } from "./extrinsic.ts";
import { HashList } from "./hash-list.ts";
import { extrinsicsRoot, headerHash, nextStateRoot } from "./header.ts";
import { InvalidTransaction, Refusal } from "./invalid-transaction.ts";
import type { RuntimeLogic } from "./logic.ts";
import { Pool, type PoolEntry, tell } from "./pool.ts";
import { verifySignature } from "./signatures.ts";
import { State } from "./state.ts";

const ZERO_HASH = `0x${"00".repeat(32)}`;
/** System.BlockHashCount: block hashes that the state itself remembers. */
const BLOCK_HASH_COUNT = 2_400;
/** Blocks whose body and state can still be asked for; older ones keep their hash only. */
const DEFAULT_HISTORY_BLOCKS = 1_024;
const MAX_EXTRINSICS_PER_BLOCK = 1_000;

export interface ChainOptions {
  readonly logic: RuntimeLogic;
  readonly nowMs: () => number;
  /** Builds the state before block 1. */
  readonly genesis: (execution: Execution) => void;
  readonly historyBlocks?: number;
}

export interface ChainListener {
  block?(block: Block, outcomes: readonly Outcome[]): void;
  finalized?(block: Block): void;
}

/** What became of an extrinsic in a block. */
export interface Outcome {
  readonly extrinsic: Extrinsic;
  readonly failure: DispatchError | undefined;
}

/** A place to come back to. */
export interface ChainSnapshot {
  readonly head: Block;
  readonly finalized: Block;
  readonly timeOffsetMs: number;
}

/** One node's chain: blocks in a row, no forks, no consensus. Synchronous; time comes from the caller's clock. */
export class Chain {
  readonly logic: RuntimeLogic;
  readonly pool = new Pool();
  #genesisHash: string;
  readonly #nowMs: () => number;
  readonly #historyBlocks: number;
  readonly #state: State;
  readonly #blocks = new Map<string, Block>();
  readonly #hashes = new HashList();
  readonly #listeners = new Set<ChainListener>();
  readonly #included: { readonly block: Block; readonly entries: readonly PoolEntry[] }[] = [];
  #head: Block;
  #finalized: Block;
  /** How far the chain's clock is ahead of the real one. */
  #offsetMs = 0;

  constructor(options: ChainOptions) {
    this.logic = options.logic;
    this.#nowMs = options.nowMs;
    this.#historyBlocks = options.historyBlocks ?? DEFAULT_HISTORY_BLOCKS;
    this.#state = new State();
    options.genesis(new Execution(this.#state, 0, 0, this.#dispatch));
    const changes = this.#state.seal();
    const header = {
      parentHash: ZERO_HASH,
      number: 0,
      stateRoot: nextStateRoot(ZERO_HASH, changes),
      extrinsicsRoot: extrinsicsRoot([]),
    };
    const hash = headerHash(header);
    this.#head = { header, hash, timestampMs: 0, extrinsics: [], tree: this.#state.tree, changes };
    this.#finalized = this.#head;
    this.#genesisHash = hash;
    this.#keep(this.#head);
  }

  get genesisHash(): string {
    return this.#genesisHash;
  }
  get head(): Block {
    return this.#head;
  }
  get finalized(): Block {
    return this.#finalized;
  }
  /** The chain's clock: what the next block's timestamp would be made of. */
  get timeMs(): number {
    return this.#nowMs() + this.#offsetMs;
  }

  block(hash: string): Block | undefined {
    return this.#blocks.get(hash);
  }
  hashOf(number: number): string | undefined {
    return this.#hashes.get(number);
  }

  listen(listener: ChainListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(block: Block): void {
    this.#blocks.set(block.hash, block);
    this.#hashes.push(block.hash);
    const old = this.#hashes.get(block.header.number - this.#historyBlocks);
    if (old !== undefined && old !== this.genesisHash) this.#blocks.delete(old);
  }

  readonly #dispatch: Dispatch = (execution, origin, call) => {
    const handler = this.logic.handlers.get(`${call.pallet}.${call.name}`);
    if (handler === undefined) throw filtered();
    if (origin.type === "signed" && origin.filter?.(call) === false) throw filtered();
    this.logic.beforeDispatch(execution, origin, call);
    handler(execution, origin, call.args as never);
  };

  /** Whether the next block would hold somebody's extrinsic. */
  get hasReady(): boolean {
    return this.pool.ready((who) => Account.get(this.#state, who).nonce, 1).length > 0;
  }

  /** Moves the chain's clock forward. */
  warp(ms: number): void {
    this.#offsetMs += ms;
  }

  /** @throws InvalidTransaction if the bytes are no signed extrinsic that could enter a block now or later. */
  decode(bytes: Uint8Array): Extrinsic {
    try {
      return decodeExtrinsic(this.logic.published, bytes);
    } catch (thrown) {
      if (thrown instanceof DecodeError || thrown instanceof RangeError) throw Refusal.malformed(thrown.message);
      throw thrown;
    }
  }

  /**
   * Checks an extrinsic as a node's pool does and keeps it for a block.
   *
   * @throws InvalidTransaction with the JSON-RPC code and words of a real node.
   */
  submit(bytes: Uint8Array): PoolEntry {
    const extrinsic = this.decode(bytes);
    const { author } = extrinsic;
    if (author === undefined) throw Refusal.call();
    if (this.pool.has(extrinsic.hash)) throw Refusal.alreadyImported();
    if (author.metadataHashWanted) throw Refusal.badProof();
    const current = this.#head.header.number;
    if (eraDeath(author.era, current) <= current) throw Refusal.ancientBirthBlock();
    const payload = signingPayload(extrinsic, author, {
      genesisHash: this.genesisHash,
      hashOf: (block) => this.hashOf(block),
      current,
    });
    if (payload === undefined) throw Refusal.ancientBirthBlock();
    checkNonceAndFee(this.#state, extrinsic, author);
    if (!verifySignature(author.scheme, fromHex(author.who), payload, author.signature)) throw Refusal.badProof();
    this.#check(extrinsic, author.who);
    return this.pool.add(extrinsic, author.who, author.nonce, Account.get(this.#state, author.who).nonce);
  }

  #check(extrinsic: Extrinsic, who: string): void {
    this.logic.checkInPool({ state: this.#state, block: this.#head.header.number, who, call: extrinsic.call });
  }

  /**
   * Makes the next block of what is ready.
   *
   * @param stepMs - At least so much later than the last block; the chain's clock keeps the lead.
   */
  produce(stepMs = 1): Block {
    const now = this.#nowMs();
    const timestampMs = Math.max(this.#head.timestampMs + stepMs, now + this.#offsetMs);
    this.#offsetMs = Math.max(this.#offsetMs, timestampMs - now);
    const number = this.#head.header.number + 1;
    const state = this.#state;
    const execution = new Execution(state, number, timestampMs, this.#dispatch);

    BlockNumber.set(state, [], number);
    ParentHash.set(state, [], this.#head.hash);
    BlockHash.set(state, [number - 1], this.#head.hash);
    BlockHash.remove(state, number - 1 - BLOCK_HASH_COUNT);
    Now.set(state, [], BigInt(timestampMs));
    this.logic.onInitialize(execution);

    const inherent = bareExtrinsic(this.logic.published, {
      type: "Timestamp",
      value: { type: "set", value: { now: BigInt(timestampMs) } },
    });
    execution.phase = { type: "ApplyExtrinsic", value: 0 };
    execution.emit("System", "ExtrinsicSuccess", { dispatch_info: INHERENT_INFO });
    const extrinsics = [inherent];
    const included: PoolEntry[] = [];
    const outcomes: Outcome[] = [];
    for (const entry of this.pool.ready((who) => Account.get(state, who).nonce, MAX_EXTRINSICS_PER_BLOCK)) {
      this.pool.remove(entry);
      const { extrinsic } = entry;
      if (extrinsic.author === undefined || !this.#stillValid(entry)) continue;
      execution.phase = { type: "ApplyExtrinsic", value: extrinsics.length };
      const failure = applySigned(execution, extrinsic, extrinsic.author);
      extrinsics.push(extrinsic.bytes);
      included.push(entry);
      outcomes.push({ extrinsic, failure });
    }
    Events.set(state, [], execution.events.map(eventRecord));
    EventCount.set(state, [], execution.events.length);
    const block = this.#seal(number, timestampMs, extrinsics);
    if (included.length > 0) this.#included.push({ block, entries: included });
    for (const entry of included) tell(entry, { type: "inBlock", block: block.hash });
    for (const listener of [...this.#listeners]) listener.block?.(block, outcomes);
    return block;
  }

  /** What was valid on arrival may have been overtaken: a reveal twice, an empty account, a passed era. */
  #stillValid(entry: PoolEntry): boolean {
    const { extrinsic } = entry;
    try {
      if (extrinsic.author === undefined) return false;
      checkNonceAndFee(this.#state, extrinsic, extrinsic.author);
      this.#check(extrinsic, entry.who);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof InvalidTransaction)) throw thrown;
      tell(entry, { type: "invalid" });
      return false;
    }
  }

  #seal(number: number, timestampMs: number, extrinsics: readonly Uint8Array[]): Block {
    const changes = this.#state.seal();
    const header = {
      parentHash: this.#head.hash,
      number,
      stateRoot: nextStateRoot(this.#head.header.stateRoot, changes),
      extrinsicsRoot: extrinsicsRoot(extrinsics),
    };
    const block = { header, hash: headerHash(header), timestampMs, extrinsics, tree: this.#state.tree, changes };
    this.#head = block;
    this.#keep(block);
    return block;
  }

  /** Declares blocks up to this height final; those past the history are passed over in silence. */
  finalize(number: number): void {
    const last = Math.min(number, this.#head.header.number);
    const oldest = this.#head.header.number - this.#historyBlocks + 1;
    for (let next = Math.max(this.#finalized.header.number + 1, oldest); next <= last; next++) {
      const block = this.block(this.hashOf(next) ?? "");
      if (block === undefined) continue;
      this.#finalized = block;
      for (const listener of [...this.#listeners]) listener.finalized?.(block);
    }
    while ((this.#included[0]?.block.header.number ?? Number.POSITIVE_INFINITY) <= this.#finalized.header.number) {
      const done = this.#included.shift();
      for (const entry of done?.entries ?? []) tell(entry, { type: "finalized", block: done?.block.hash ?? "" });
    }
  }

  /** Changes the state outside of any block (`dev_setStorage`, a faucet): readers see it at once, the next block carries it. */
  patch(change: (execution: Execution) => void): void {
    const { header, timestampMs } = this.#head;
    change(new Execution(this.#state, header.number, timestampMs, this.#dispatch));
    this.#head = { ...this.#head, tree: this.#state.tree };
    this.#blocks.set(this.#head.hash, this.#head);
  }

  /** Everything needed to go on elsewhere. */
  dump(): ChainDump {
    return {
      format: DUMP_FORMAT,
      genesis: this.#genesisHash,
      header: this.#head.header,
      timestampMs: this.#head.timestampMs,
      timeOffsetMs: this.#offsetMs,
      state: dumpTree(this.#head.tree),
    };
  }

  /** Becomes the chain of a dump: its block is the head, earlier ones are known by hash as far as the state remembers them. */
  load(dump: ChainDump): void {
    const { tree, hash } = loadTree(dump);
    const { header, timestampMs, timeOffsetMs } = dump;
    this.#genesisHash = dump.genesis;
    this.#blocks.clear();
    this.#hashes.truncate(0);
    if (header.number > 0) this.#hashes.push(dump.genesis);
    for (let n = Math.max(1, header.number - BLOCK_HASH_COUNT); n < header.number; n++) {
      this.#hashes.skipTo(n);
      this.#hashes.push(BlockHash.get(tree, n));
    }
    this.#hashes.skipTo(header.number);
    this.#head = { header, hash, timestampMs, extrinsics: [], tree, changes: new Map() };
    this.#finalized = this.#head;
    this.#offsetMs = timeOffsetMs;
    this.#keep(this.#head);
    this.#restart();
  }

  snapshot(): ChainSnapshot {
    return { head: this.#head, finalized: this.#finalized, timeOffsetMs: this.#offsetMs };
  }

  /** Goes back: later blocks, waiting extrinsics and warped time are gone. */
  revert(snapshot: ChainSnapshot): void {
    for (let n = snapshot.head.header.number + 1; n < this.#hashes.length; n++)
      this.#blocks.delete(this.hashOf(n) ?? "");
    this.#hashes.truncate(snapshot.head.header.number + 1);
    this.#head = snapshot.head;
    this.#finalized = snapshot.finalized;
    this.#offsetMs = snapshot.timeOffsetMs;
    this.#blocks.set(snapshot.head.hash, snapshot.head);
    this.#restart();
  }

  /** The head was replaced: state, pool and listeners follow it. */
  #restart(): void {
    this.#state.reset(this.#head.tree);
    this.#included.length = 0;
    this.pool.clear();
    for (const listener of [...this.#listeners]) listener.block?.(this.#head, []);
  }
}

const INHERENT_INFO = {
  weight: { ref_time: 321_973_000n, proof_size: 5_691n },
  class: { type: "Mandatory" },
  pays_fee: { type: "Yes" },
};

const eventRecord = (event: ChainEvent): unknown => ({
  phase: event.phase,
  event: { type: event.pallet, value: { type: event.name, value: event.fields } },
  topics: [],
});
