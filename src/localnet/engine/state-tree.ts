/** Most entries per node; small enough to copy, large enough to stay shallow. */
const WIDTH = 32;

interface Leaf {
  readonly keys: readonly string[];
  readonly values: readonly Uint8Array[];
}
interface Branch {
  /** The smallest key below each child. */
  readonly keys: readonly string[];
  readonly children: readonly Node[];
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

  set(key: string, value: Uint8Array): StateTree {
    if (this.#root === undefined) return new StateTree({ keys: [key], values: [value] });
    const [left, right] = insert(this.#root, key, value);
    return new StateTree(right === undefined ? left : branch([left, right]));
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

const branch = (children: readonly Node[]): Branch => ({
  keys: children.map((child) => child.keys[0] ?? ""),
  children,
});

const spliced = <T>(items: readonly T[], at: number, removed: number, ...added: readonly T[]): T[] => {
  const copy = items.slice();
  copy.splice(at, removed, ...added);
  return copy;
};

function insert(node: Node, key: string, value: Uint8Array): readonly [Node, Node?] {
  if (isBranch(node)) {
    const at = childFor(node, key);
    const child = node.children[at];
    if (child === undefined) throw new RangeError("an inner node has children");
    const [left, right] = insert(child, key, value);
    const children =
      right === undefined ? spliced(node.children, at, 1, left) : spliced(node.children, at, 1, left, right);
    if (children.length <= WIDTH) return [branch(children)];
    const half = children.length >>> 1;
    return [branch(children.slice(0, half)), branch(children.slice(half))];
  }
  const at = lowerBound(node.keys, key);
  if (node.keys[at] === key) return [{ keys: node.keys, values: spliced(node.values, at, 1, value) }];
  const keys = spliced(node.keys, at, 0, key);
  const values = spliced(node.values, at, 0, value);
  if (keys.length <= WIDTH) return [{ keys, values }];
  const half = keys.length >>> 1;
  return [
    { keys: keys.slice(0, half), values: values.slice(0, half) },
    { keys: keys.slice(half), values: values.slice(half) },
  ];
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
  return node.keys.length === 1 ? undefined : { keys: spliced(node.keys, at, 1), values: spliced(node.values, at, 1) };
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
