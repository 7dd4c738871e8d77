import { equalBytes } from "../scale/bytes.ts";
import { type Edit, StateTree } from "./state-tree.ts";

/** What storage items read from: the live state or the one of an old block. Keys are hex without 0x. */
export interface ReadableState {
  get(key: string): Uint8Array | undefined;
  entries(prefix: string, after?: string): Iterable<readonly [string, Uint8Array]>;
}

/** The state under construction: reads and writes the newest tree, remembers which keys a block touched. */
export class State implements ReadableState {
  #tree: StateTree;
  #base: StateTree;
  readonly #touched = new Set<string>();
  /** Writes since anybody last took the tree share their copies. */
  #edit: Edit = {};

  constructor(tree: StateTree = StateTree.empty) {
    this.#tree = tree;
    this.#base = tree;
  }

  /** The tree as it is now; it stays so, whatever is written later. */
  get tree(): StateTree {
    this.#edit = {};
    return this.#tree;
  }

  get(key: string): Uint8Array | undefined {
    return this.#tree.get(key);
  }
  set(key: string, value: Uint8Array): void {
    this.#touched.add(key);
    this.#tree = this.#tree.set(key, value, this.#edit);
  }
  delete(key: string): void {
    this.#touched.add(key);
    this.#tree = this.#tree.delete(key);
  }
  /** Walks the tree as it was when the walk began: writing meanwhile is allowed. */
  entries(prefix: string, after?: string): Iterable<readonly [string, Uint8Array]> {
    return this.tree.entries(prefix, after);
  }

  /** Takes back everything since `tree` was the state. */
  rollback(tree: StateTree): void {
    this.#tree = tree;
    this.#edit = {};
  }

  /** Keys whose value differs from that at the last call, in order of first touch; begins a new block. */
  seal(): Map<string, Uint8Array | undefined> {
    const changed = new Map<string, Uint8Array | undefined>();
    for (const key of this.#touched) {
      const before = this.#base.get(key);
      const now = this.#tree.get(key);
      const same = before === undefined || now === undefined ? before === now : equalBytes(before, now);
      if (!same) changed.set(key, now);
    }
    this.#touched.clear();
    this.#base = this.tree;
    return changed;
  }

  /** Replaces everything: a revert or a load. */
  reset(tree: StateTree): void {
    this.#tree = tree;
    this.#base = tree;
    this.#edit = {};
    this.#touched.clear();
  }
}
