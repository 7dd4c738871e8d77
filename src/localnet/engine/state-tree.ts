/** Most entries per node; small enough to copy, large enough to stay shallow. */
const WIDTH = 32;

/** Who may change a node in place: the edit that made it, as long as nobody else has seen the tree. */
export type Edit = object;

interface Leaf {
  readonly edit: Edit | undefined;
  readonly keys: string[];
  readonly values: Uint8Array[];
}
interface Branch {
  readonly edit: Edit | undefined;
  /** The smallest key below each child. */
  readonly keys: string[];
  readonly children: Node[];
}
type Node = Leaf | Branch;

const isBranch = (node: Node): node is Branch => "children" in node;

/** The first place whose key is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The child that holds `key` or would. */
const childFor = (branch: Branch, key: string): number => {
  const at = lowerBound(branch.keys, key);
  return branch.keys[at] === key ? at : Math.max(0, at - 1);
};

/**
 * An immutable sorted map from hex keys to bytes. Every change returns a new map that shares all but one path with the old
 * one, so a snapshot of the whole chain is a pointer and old blocks cost only what changed in them.
 */
export class StateTree {
  static readonly empty = new StateTree(undefined);
  readonly #root: Node | undefined;

  private constructor(root: Node | undefined) {
    this.#root = root;
  }

  get(key: string): Uint8Array | undefined {
    let node = this.#root;
    while (node !== undefined && isBranch(node)) node = node.children[childFor(node, key)];
    if (node === undefined) return undefined;
    const at = lowerBound(node.keys, key);
    return node.keys[at] === key ? node.values[at] : undefined;
  }

  /**
   * @param edit - Nodes that the same edit made are changed in place, which is sound only while every tree that it
   * returned but the last is forgotten.
   */
  set(key: string, value: Uint8Array, edit?: Edit): StateTree {
    if (this.#root === undefined) return new StateTree({ edit, keys: [key], values: [value] });
    const [left, right] = insert(this.#root, key, value, edit);
    if (right === undefined && left === this.#root) return this;
    return new StateTree(right === undefined ? left : branch([left, right], edit));
  }

  delete(key: string): StateTree {
    if (this.get(key) === undefined || this.#root === undefined) return this;
    let root = remove(this.#root, key);
    while (root !== undefined && isBranch(root) && root.children.length === 1) root = root.children[0];
    return new StateTree(root);
  }

  /** Entries whose key begins with `prefix`, in order, after `after` where given. */
  *entries(prefix = "", after?: string): Generator<readonly [string, Uint8Array]> {
    const start = after !== undefined && after >= prefix ? after : prefix;
    if (this.#root !== undefined) yield* walk(this.#root, start, prefix, after);
  }
}

const branch = (children: Node[], edit?: Edit): Branch => ({
  edit,
  keys: children.map((child) => child.keys[0] ?? ""),
  children,
});

const spliced = <T>(items: readonly T[], at: number, removed: number, ...added: readonly T[]): T[] => {
  const copy = items.slice();
  copy.splice(at, removed, ...added);
  return copy;
};

/** The node itself if this edit made it, else a copy that this edit may change. */
function own(node: Leaf, edit: Edit | undefined): Leaf;
function own(node: Branch, edit: Edit | undefined): Branch;
function own(node: Node, edit: Edit | undefined): Node {
  if (edit !== undefined && node.edit === edit) return node;
  return isBranch(node)
    ? { edit, keys: node.keys.slice(), children: node.children.slice() }
    : { edit, keys: node.keys.slice(), values: node.values.slice() };
}

/** Cuts a node that has grown too wide in two. */
function halves(node: Node, edit: Edit | undefined): readonly [Node, Node?] {
  if (node.keys.length <= WIDTH) return [node];
  const half = node.keys.length >>> 1;
  const keys = node.keys.splice(half);
  return isBranch(node)
    ? [node, { edit, keys, children: node.children.splice(half) }]
    : [node, { edit, keys, values: node.values.splice(half) }];
}

function insert(node: Node, key: string, value: Uint8Array, edit: Edit | undefined): readonly [Node, Node?] {
  if (isBranch(node)) {
    const at = childFor(node, key);
    const child = node.children[at];
    if (child === undefined) throw new RangeError("an inner node has children");
    const [left, right] = insert(child, key, value, edit);
    const mine = own(node, edit);
    mine.children[at] = left;
    mine.keys[at] = left.keys[0] ?? "";
    if (right !== undefined) {
      mine.children.splice(at + 1, 0, right);
      mine.keys.splice(at + 1, 0, right.keys[0] ?? "");
    }
    return halves(mine, edit);
  }
  const at = lowerBound(node.keys, key);
  const mine = own(node, edit);
  if (mine.keys[at] === key) {
    mine.values[at] = value;
    return [mine];
  }
  mine.keys.splice(at, 0, key);
  mine.values.splice(at, 0, value);
  return halves(mine, edit);
}

/** Nodes may run low but never empty: an empty one disappears. */
function remove(node: Node, key: string): Node | undefined {
  if (isBranch(node)) {
    const at = childFor(node, key);
    const child = node.children[at];
    const left = child === undefined ? undefined : remove(child, key);
    const children = left === undefined ? spliced(node.children, at, 1) : spliced(node.children, at, 1, left);
    return children.length === 0 ? undefined : branch(children);
  }
  const at = lowerBound(node.keys, key);
  if (node.keys[at] !== key) return node;
  return node.keys.length === 1
    ? undefined
    : { edit: undefined, keys: spliced(node.keys, at, 1), values: spliced(node.values, at, 1) };
}

function* walk(node: Node, start: string, prefix: string, after?: string): Generator<readonly [string, Uint8Array]> {
  if (isBranch(node)) {
    for (let i = childFor(node, start); i < node.children.length; i++) {
      const smallest = node.keys[i] ?? "";
      if (smallest > prefix && !smallest.startsWith(prefix)) return;
      const child = node.children[i];
      if (child !== undefined) yield* walk(child, start, prefix, after);
    }
    return;
  }
  for (let i = lowerBound(node.keys, start); i < node.keys.length; i++) {
    const key = node.keys[i] ?? "";
    if (!key.startsWith(prefix)) return;
    const value = node.values[i];
    if (key !== after && value !== undefined) yield [key, value];
  }
}
