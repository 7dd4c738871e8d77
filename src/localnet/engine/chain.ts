import { Account, BlockHash, BlockNumber, EventCount, Events, Now, ParentHash } from "../pallets/system-storage.ts";
import { DecodeError, fromHex } from "../scale/bytes.ts";
import { applySigned, checkNonceAndFee, filtered } from "./apply-extrinsic.ts";
import type { Block, Changes, StoredBlock } from "./block.ts";
import type { DispatchError } from "./dispatch-error.ts";
import { type ChainDump, DUMP_FORMAT, dumpTree, loadTree } from "./dump.ts";
import { eventRecord, INHERENT_INFO } from "./event-record.ts";
import { type ChainEvent, type Dispatch, Execution } from "./execution.ts";
import { type Authorship, bareExtrinsic, decodeExtrinsic, type Extrinsic, toCall } from "./extrinsic.ts";
import { extrinsicsRoot, headerHash, nextStateRoot } from "./header.ts";
import { History } from "./history.ts";
import { Inclusions } from "./inclusions.ts";
import { InvalidTransaction, Refusal } from "./invalid-transaction.ts";
import type { RuntimeLogic } from "./logic.ts";
import { Pool, type PoolEntry, tell } from "./pool.ts";
import { type ReadableState, State } from "./state.ts";
import { verifyExtrinsic } from "./verify-extrinsic.ts";

const ZERO_HASH = `0x${"00".repeat(32)}`;
/** System.BlockHashCount: block hashes that the state itself remembers. */
const BLOCK_HASH_COUNT = 2_400;
/** Blocks whose state can still be asked for; a real node keeps 256 unless told otherwise. */
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
  block?(block: Block, made: Made): void;
  finalized?(block: StoredBlock): void;
}

/** What making a block did. */
export interface Made {
  readonly outcomes: readonly Outcome[];
  readonly events: readonly ChainEvent[];
  /** Undefined where the head was replaced (a revert, a load): anything may be different. */
  readonly changes: Changes | undefined;
}

/** What became of an extrinsic in a block. */
export interface Outcome {
  readonly extrinsic: Extrinsic;
  readonly failure: DispatchError | undefined;
}

/** A place to come back to. */
export interface ChainSnapshot {
  readonly head: Block;
  readonly finalized: StoredBlock;
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
  readonly #history: History;
  readonly #listeners = new Set<ChainListener>();
  readonly #inclusions = new Inclusions();
  #finalized: StoredBlock;
  /** How far the chain's clock is ahead of the real one. */
  #offsetMs = 0;

  constructor(options: ChainOptions) {
    this.logic = options.logic;
    this.#nowMs = options.nowMs;
    this.#historyBlocks = options.historyBlocks ?? DEFAULT_HISTORY_BLOCKS;
    this.#state = new State();
    options.genesis(new Execution(this.#state, 0, 0, this.#dispatch));
    const { changes } = this.#state.seal(this.#state.tree);
    const header = {
      parentHash: ZERO_HASH,
      number: 0,
      stateRoot: nextStateRoot(ZERO_HASH, changes),
      extrinsicsRoot: extrinsicsRoot([]),
    };
    const hash = headerHash(header);
    const head = { header, hash, timestampMs: 0, extrinsics: [], tree: this.#state.tree };
    this.#history = new History(head, {
      stateBlocks: this.#historyBlocks,
      inherent: (timestampMs) => this.#inherent(timestampMs),
    });
    this.#finalized = head;
    this.#genesisHash = hash;
  }

  get genesisHash(): string {
    return this.#genesisHash;
  }
  get head(): Block {
    return this.#history.head;
  }
  get finalized(): StoredBlock {
    return this.#finalized;
  }
  /** The chain's clock: what the next block's timestamp would be made of. */
  get timeMs(): number {
    return this.#nowMs() + this.#offsetMs;
  }

  /** A block with header and extrinsics, its state as far as that is kept. */
  block(hash: string): StoredBlock | undefined {
    return this.#history.block(hash);
  }
  /** Whether there is such a block, even if nothing of it but its hash is kept. */
  has(hash: string): boolean {
    return this.#history.numberOf(hash) !== undefined;
  }
  hashOf(number: number): string | undefined {
    return this.#history.hashOf(number);
  }

  listen(listener: ChainListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #inherent(timestampMs: number): Uint8Array {
    return bareExtrinsic(this.logic.published, {
      type: "Timestamp",
      value: { type: "set", value: { now: BigInt(timestampMs) } },
    });
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
    if (this.pool.has(extrinsic.hash)) throw Refusal.alreadyImported();
    const author = this.#verify(extrinsic, this.#state);
    this.#check(extrinsic, author.who);
    return this.pool.add(extrinsic, author.who, author.nonce, Account.get(this.#state, author.who).nonce);
  }

  /**
   * What an extrinsic, or a call in somebody's name, would do on top of a block. Nothing of it stays.
   *
   * @param what - The extrinsic in hex; or a call in hex and who makes it.
   * @throws InvalidTransaction where a block would not take it.
   */
  dryRun(
    what: string | { readonly call: string; readonly who: string },
    block: Block,
  ): { readonly changes: Changes; readonly failure: DispatchError | undefined } {
    const state = new State(block.tree);
    const execution = new Execution(state, block.header.number + 1, block.timestampMs + 1, this.#dispatch);
    execution.phase = { type: "ApplyExtrinsic", value: 1 };
    let failure: DispatchError | undefined;
    if (typeof what === "string") {
      const extrinsic = this.decode(fromHex(what));
      failure = applySigned(execution, extrinsic, this.#verify(extrinsic, state));
    } else {
      const call = toCall(this.logic.published.decode("RuntimeCall", fromHex(what.call)));
      failure = execution.dispatch({ type: "signed", who: what.who }, call);
    }
    return { changes: state.seal(block.tree).changes, failure };
  }

  #verify(extrinsic: Extrinsic, state: ReadableState): Authorship {
    return verifyExtrinsic(extrinsic, state, {
      genesisHash: this.genesisHash,
      hashOf: (block) => this.hashOf(block),
      current: this.head.header.number,
    });
  }

  #check(extrinsic: Extrinsic, who: string): void {
    this.logic.checkInPool({ state: this.#state, block: this.head.header.number, who, call: extrinsic.call });
  }

  /**
   * Makes the next block of what is ready.
   *
   * @param stepMs - At least so much later than the last block; the chain's clock keeps the lead.
   * @param number - Above the last block's; by default the next.
   * @param most - Extrinsics it may hold.
   */
  produce(stepMs = 1, number = this.head.header.number + 1, most = MAX_EXTRINSICS_PER_BLOCK): Block {
    const { tree } = this.head;
    try {
      return this.#produce(stepMs, number, most);
    } catch (thrown) {
      // Half a block must not be part of the next one.
      this.#state.rollback(tree);
      throw thrown;
    }
  }

  #produce(stepMs: number, number: number, most: number): Block {
    const { head } = this;
    const now = this.#nowMs();
    const timestampMs = Math.max(head.timestampMs + stepMs, now + this.#offsetMs);
    this.#offsetMs = Math.max(this.#offsetMs, timestampMs - now);
    const state = this.#state;
    const execution = new Execution(state, number, timestampMs, this.#dispatch);

    BlockNumber.set(state, [], number);
    ParentHash.set(state, [], head.hash);
    BlockHash.set(state, [head.header.number], head.hash);
    BlockHash.remove(state, number - 1 - BLOCK_HASH_COUNT);
    Now.set(state, [], BigInt(timestampMs));
    this.logic.onInitialize(execution);

    execution.phase = { type: "ApplyExtrinsic", value: 0 };
    execution.emit("System", "ExtrinsicSuccess", { dispatch_info: INHERENT_INFO });
    const extrinsics = [this.#inherent(timestampMs)];
    const included: PoolEntry[] = [];
    const outcomes: Outcome[] = [];
    for (const entry of this.pool.ready((who) => Account.get(state, who).nonce, most)) {
      this.pool.remove(entry);
      const { extrinsic } = entry;
      if (extrinsic.author === undefined || !this.#stillValid(entry)) continue;
      execution.phase = { type: "ApplyExtrinsic", value: extrinsics.length };
      const failure = applySigned(execution, extrinsic, extrinsic.author);
      extrinsics.push(extrinsic.bytes);
      included.push(entry);
      outcomes.push({ extrinsic, failure });
    }
    const { events } = execution;
    Events.set(state, [], events.map(eventRecord));
    EventCount.set(state, [], events.length);
    const { block, changes } = this.#seal(number, timestampMs, extrinsics);
    this.#inclusions.included(block, included);
    for (const listener of [...this.#listeners]) listener.block?.(block, { outcomes, events, changes });
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

  #seal(
    number: number,
    timestampMs: number,
    extrinsics: readonly Uint8Array[],
  ): { readonly block: Block; readonly changes: Changes } {
    const { head } = this;
    const { changes, undo } = this.#state.seal(head.tree);
    const header = {
      parentHash: head.hash,
      number,
      stateRoot: nextStateRoot(head.header.stateRoot, changes),
      extrinsicsRoot: extrinsicsRoot(extrinsics),
    };
    const block = { header, hash: headerHash(header), timestampMs, extrinsics, tree: this.#state.tree };
    this.#history.push(block, undo);
    return { block, changes };
  }

  /** Declares blocks up to this height final; those past the history are passed over in silence. */
  finalize(number: number): void {
    const newest = this.head.header.number;
    const last = Math.min(number, newest);
    const oldest = newest - this.#historyBlocks + 1;
    for (let next = Math.max(this.#finalized.header.number + 1, oldest); next <= last; next++) {
      const block = this.block(this.hashOf(next) ?? "");
      if (block === undefined) continue;
      this.#finalized = block;
      for (const listener of [...this.#listeners]) listener.finalized?.(block);
    }
    this.#inclusions.finalized(this.#finalized.header.number);
  }

  /** Changes the state outside of any block (`dev_setStorage`, a faucet): readers see it at once, the next block carries it. */
  patch(change: (execution: Execution) => void): void {
    const { header, timestampMs } = this.head;
    change(new Execution(this.#state, header.number, timestampMs, this.#dispatch));
    this.#history.patch(this.#state.tree, this.#state.touched);
  }

  /** Everything needed to go on elsewhere. */
  dump(): ChainDump {
    return {
      format: DUMP_FORMAT,
      genesis: this.#genesisHash,
      header: this.head.header,
      timestampMs: this.head.timestampMs,
      timeOffsetMs: this.#offsetMs,
      state: dumpTree(this.head.tree),
    };
  }

  /** Becomes the chain of a dump: its block is the head, earlier ones are known by hash as far as the state remembers them. */
  load(dump: ChainDump): void {
    const { tree, hash } = loadTree(dump);
    const { header, timestampMs, timeOffsetMs } = dump;
    this.#genesisHash = dump.genesis;
    this.#offsetMs = timeOffsetMs;
    const head = { header, hash, timestampMs, extrinsics: [], tree };
    this.#history.restart(head, dump.genesis, knownHashes(tree));
    this.#finalized = head;
    this.#restart();
  }

  snapshot(): ChainSnapshot {
    return { head: this.head, finalized: this.#finalized, timeOffsetMs: this.#offsetMs };
  }

  /** Goes back: later blocks, waiting extrinsics and warped time are gone. */
  revert(snapshot: ChainSnapshot): void {
    this.#history.revert(snapshot.head);
    this.#finalized = snapshot.finalized;
    this.#offsetMs = snapshot.timeOffsetMs;
    this.#restart();
  }

  /** Makes an earlier block the head again. The clock stands where the block's does, unless the real one is past it. */
  setHead(block: Block): void {
    this.#history.revert(block);
    if (this.#finalized.header.number > block.header.number) this.#finalized = block;
    this.#offsetMs = Math.max(0, Math.min(this.#offsetMs, block.timestampMs - this.#nowMs()));
    this.#restart();
  }

  /** Moves the clock to an instant, which the head's `Timestamp.Now` shows at once. */
  travel(targetMs: number): void {
    this.#offsetMs = targetMs - this.#nowMs();
    this.patch(({ state }) => Now.set(state, [], BigInt(targetMs)));
  }

  /** The head was replaced: state, pool and listeners follow it. */
  #restart(): void {
    this.#state.reset(this.head.tree);
    this.#inclusions.clear();
    this.pool.clear();
    for (const listener of [...this.#listeners])
      listener.block?.(this.head, { outcomes: [], events: [], changes: undefined });
  }
}

/** The hashes that a state itself remembers. */
function* knownHashes(state: ReadableState): Generator<readonly [number, string]> {
  for (const [[number], hash] of BlockHash.entries(state)) yield [number, hash];
}
