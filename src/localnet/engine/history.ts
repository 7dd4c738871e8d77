import { fromHex, toHex } from "../scale/bytes.ts";
import type { Block, StoredBlock } from "./block.ts";
import { HashIndex } from "./hash-index.ts";
import { extrinsicsRoot } from "./header.ts";
import { RowList } from "./row-list.ts";
import type { StateTree } from "./state-tree.ts";

/** The value of each changed key before a block (undefined: there was none). */
type Undo = Map<string, Uint8Array | undefined>;

/** A row: the block's hash, the state root, the timestamp as a double (−1: nothing but the hash is known). */
const ROW = { hash: 0, stateRoot: 32, timestamp: 64, width: 72 } as const;
/** Bytes of old extrinsics kept; past it the oldest blocks that had any are known by their hash alone. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
/** Old states that are kept as they were asked for, so that a client reading one block many times builds it once. */
const MAX_TREES = 8;
const MAX_RECENT = 16;

export interface HistoryOptions {
  /** Blocks whose state can still be asked for. */
  readonly stateBlocks: number;
  /** The bytes of the one extrinsic that every block has. */
  readonly inherent: (timestampMs: number) => Uint8Array;
}

/**
 * All blocks up to the head, in little memory: 72 bytes for each, the extrinsics of those that had any, and for the
 * newest the way back to their state. Like a pruned node it answers for headers and bodies of old blocks, not for
 * their state.
 */
export class History {
  readonly #stateBlocks: number;
  readonly #inherent: (timestampMs: number) => Uint8Array;
  readonly #rows = new RowList(ROW.width);
  readonly #numbers = new HashIndex((number) => this.#rows.get(number)?.subarray(ROW.hash, ROW.stateRoot));
  readonly #bodies = new Map<number, readonly Uint8Array[]>();
  #bodyBytes = 0;
  /** By number, oldest first. */
  readonly #undo = new Map<number, Undo>();
  /** The number before, for blocks whose number does not follow on the one before. */
  readonly #jumps = new Map<number, number>();
  readonly #trees = new Map<string, StateTree>();
  /** Blocks as clients ask for them most: the newest, put together once. */
  readonly #recent = new Map<number, StoredBlock>();
  /** Where this history begins, kept whole: genesis, or the block of a loaded state. */
  #first: Block;
  #head: Block;

  constructor(genesis: Block, options: HistoryOptions) {
    this.#stateBlocks = options.stateBlocks;
    this.#inherent = options.inherent;
    this.#first = genesis;
    this.#head = genesis;
    this.#write(genesis);
  }

  get head(): Block {
    return this.#head;
  }

  /** The hash of a block, or undefined where there is none or nothing of it is known any more. */
  hashOf(number: number): string | undefined {
    const row = this.#rows.get(number);
    if (row === undefined || isBlank(row)) return undefined;
    return `0x${row.toString("hex", ROW.hash, ROW.stateRoot)}`;
  }

  /** The number of the block with this hash, whatever is left of it. */
  numberOf(hash: string): number | undefined {
    return this.#numbers.get(fromHex(hash));
  }

  /** A block with header and extrinsics; its `tree` is undefined where the state is gone. */
  block(hash: string): StoredBlock | undefined {
    if (hash === this.#head.hash) return this.#head;
    const number = this.numberOf(hash);
    if (number === undefined) return undefined;
    if (number === this.#first.header.number) return this.#first;
    const recent = this.#recent.get(number);
    if (recent !== undefined) return recent;
    const row = this.#rows.get(number);
    const timestampMs = row?.readDoubleLE(ROW.timestamp) ?? -1;
    if (row === undefined || timestampMs < 0) return undefined;
    const extrinsics = this.#bodies.get(number) ?? [this.#inherent(timestampMs)];
    const header = {
      parentHash: this.hashOf(this.#before(number)) ?? toHex(new Uint8Array(32)),
      number,
      stateRoot: toHex(row.subarray(ROW.stateRoot, ROW.timestamp)),
      extrinsicsRoot: extrinsicsRoot(extrinsics),
    };
    return this.#stored({ header, hash, timestampMs, extrinsics });
  }

  /** The block with its state built when somebody asks for it. */
  #stored(block: Omit<StoredBlock, "tree">): StoredBlock {
    const treeOf = (): StateTree | undefined => this.#treeOf(block.header.number, block.hash);
    return {
      ...block,
      get tree() {
        return treeOf();
      },
    };
  }

  /** Adds the next block. @param undo - The way back to the state before it. */
  push(block: Block, undo: Undo): void {
    const { number } = this.#head.header;
    this.#undo.set(block.header.number, undo);
    if (block.header.number !== number + 1) this.#jumps.set(block.header.number, number);
    for (const old of this.#undo.keys()) {
      if (this.#undo.size <= this.#stateBlocks) break;
      this.#undo.delete(old);
    }
    const { tree: _, ...old } = this.#head;
    this.#recent.set(number, this.#stored(old));
    this.#recent.delete(number - MAX_RECENT);
    this.#head = block;
    this.#write(block);
  }

  /** The head's state was changed outside of any block. @param touched - Keys among which those that changed are. */
  patch(tree: StateTree, touched: Iterable<string>): void {
    const undo = this.#undo.get(this.#head.header.number);
    if (undo !== undefined) {
      // What the block itself left alone was before it as it was until now.
      for (const key of touched) {
        const before = this.#head.tree.get(key);
        if (!undo.has(key) && before !== tree.get(key)) undo.set(key, before);
      }
    }
    this.#head = { ...this.#head, tree };
    if (this.#first.hash === this.#head.hash) this.#first = this.#head;
  }

  /** Goes back to a block of this chain. @param head - As it was when it was the head. */
  revert(head: Block): void {
    const length = head.header.number + 1;
    this.#rows.truncate(length);
    this.#reindex();
    for (const byNumber of [this.#undo, this.#jumps])
      for (const number of [...byNumber.keys()]) if (number >= length) byNumber.delete(number);
    for (const number of [...this.#bodies.keys()]) if (number >= length) this.#dropBody(number);
    this.#trees.clear();
    this.#recent.clear();
    this.#head = head;
    if (this.#first.hash === head.hash) this.#first = head;
  }

  /** Begins anew with a block that came from elsewhere and the hashes that are known of earlier ones. */
  restart(head: Block, genesisHash: string, hashes: Iterable<readonly [number, string]>): void {
    this.#rows.truncate(0);
    this.#undo.clear();
    this.#jumps.clear();
    this.#bodies.clear();
    this.#bodyBytes = 0;
    this.#trees.clear();
    this.#recent.clear();
    this.#head = head;
    const known = new Map(hashes).set(0, genesisHash);
    for (const [number, hash] of known) {
      if (number >= head.header.number) continue;
      const row = this.#rows.rowForWriting(number);
      row.write(hash.slice(2), ROW.hash, "hex");
      row.writeDoubleLE(-1, ROW.timestamp);
    }
    this.#first = head;
    this.#reindex();
    this.#write(head);
  }

  #write(block: Block): void {
    const { number, stateRoot } = block.header;
    const row = this.#rows.rowForWriting(number);
    row.write(block.hash.slice(2), ROW.hash, "hex");
    row.write(stateRoot.slice(2), ROW.stateRoot, "hex");
    row.writeDoubleLE(block.timestampMs, ROW.timestamp);
    this.#numbers.add(row.subarray(ROW.hash, ROW.stateRoot), number);
    if (block.extrinsics.length <= 1) return;
    this.#bodies.set(number, block.extrinsics);
    this.#bodyBytes += sizeOf(block.extrinsics);
    for (const old of this.#bodies.keys()) {
      if (this.#bodyBytes <= MAX_BODY_BYTES || old === number) break;
      this.#dropBody(old);
      this.#rows.get(old)?.writeDoubleLE(-1, ROW.timestamp);
    }
  }

  #dropBody(number: number): void {
    this.#bodyBytes -= sizeOf(this.#bodies.get(number) ?? []);
    this.#bodies.delete(number);
  }

  #reindex(): void {
    this.#numbers.clear();
    for (const [number, row] of this.#rows.entries())
      if (!isBlank(row)) this.#numbers.add(row.subarray(ROW.hash, ROW.stateRoot), number);
  }

  #before(number: number): number {
    return this.#jumps.get(number) ?? number - 1;
  }

  /** The head's state with everything undone that came after a block. */
  #treeOf(number: number, hash: string): StateTree | undefined {
    const known = this.#trees.get(hash);
    if (known !== undefined) return known;
    const before = new Map<string, Uint8Array | undefined>();
    let at = this.#head.header.number;
    while (at > number) {
      const undo = this.#undo.get(at);
      if (undo === undefined) return undefined;
      for (const [key, value] of undo) before.set(key, value);
      at = this.#before(at);
    }
    let { tree } = this.#head;
    const edit = {};
    for (const [key, value] of before) tree = value === undefined ? tree.delete(key) : tree.set(key, value, edit);
    for (const oldest of this.#trees.keys()) {
      if (this.#trees.size < MAX_TREES) break;
      this.#trees.delete(oldest);
    }
    this.#trees.set(hash, tree);
    return tree;
  }
}

const isBlank = (row: Buffer): boolean => row.readBigUInt64LE(0) === 0n && row.readBigUInt64LE(8) === 0n;

const sizeOf = (extrinsics: readonly Uint8Array[]): number =>
  extrinsics.reduce((sum, extrinsic) => sum + extrinsic.length, 0);
