import { equalBytes } from "../scale/bytes.ts";
import type { Changes } from "./block.ts";
import { type Edit, StateTree } from "./state-tree.ts";

/** What storage items read from: the live state or the one of an old block. Keys are hex without 0x. */
export interface ReadableState {
  get(key: string): Uint8Array | undefined;
  entries(prefix: string, after?: string): Iterable<readonly [string, Uint8Array]>;
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalBytes(a, b);

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

  /** Keys written to since the last seal. */
  get touched(): ReadonlySet<string> {
    return this.#touched;
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

  /**
   * Ends a block.
   *
   * @param head - The state as readers saw it before: that of the last seal with what was patched since.
   * @returns `changes`: keys whose value differs from that at the last seal, in order of first touch; `undo`: the way
   * back to `head`.
   */
  seal(head: StateTree): { changes: Changes; undo: Map<string, Uint8Array | undefined> } {
    const changes = new Map<string, Uint8Array | undefined>();
    const undo = new Map<string, Uint8Array | undefined>();
    for (const key of this.#touched) {
      const now = this.#tree.get(key);
      if (!same(this.#base.get(key), now)) changes.set(key, now);
      const shown = head.get(key);
      if (!same(shown, now)) undo.set(key, shown);
    }
    this.#touched.clear();
    this.#base = this.tree;
    return { changes, undo };
  }

  /** Replaces everything: a revert or a load. */
  reset(tree: StateTree): void {
    this.#tree = tree;
    this.#base = tree;
    this.#edit = {};
    this.#touched.clear();
  }
}
