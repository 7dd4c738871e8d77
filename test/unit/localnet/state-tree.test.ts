import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { State } from "../../../src/localnet/engine/state.ts";
import { StateTree } from "../../../src/localnet/engine/state-tree.ts";

const keys = fc.stringMatching(/^[0-9a-f]{0,6}$/);
const steps = fc.array(fc.tuple(keys, fc.option(fc.uint8Array({ minLength: 1, maxLength: 2 }), { nil: undefined })), {
  maxLength: 300,
});

describe("StateTree", () => {
  it("holds what a Map holds, in order of key, whatever is set and deleted", () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const model = new Map<string, Uint8Array>();
        let tree = StateTree.empty;
        for (const [key, value] of changes) {
          if (value === undefined) {
            model.delete(key);
            tree = tree.delete(key);
          } else {
            model.set(key, value);
            tree = tree.set(key, value);
          }
        }
        const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
        expect([...tree.entries()]).toEqual(sorted);
        for (const [key, value] of sorted) expect(tree.get(key)).toBe(value);
      }),
    );
  });

  it("gives exactly the keys below a prefix, after a key where asked", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(keys, { maxLength: 200 }),
        fc.stringMatching(/^[0-9a-f]{0,2}$/),
        keys,
        (all, prefix, after) => {
          let tree = StateTree.empty;
          for (const key of all) tree = tree.set(key, Uint8Array.of(1));
          const below = all.filter((key) => key.startsWith(prefix)).sort();
          expect([...tree.entries(prefix)].map(([key]) => key)).toEqual(below);
          expect([...tree.entries(prefix, after)].map(([key]) => key)).toEqual(below.filter((key) => key > after));
        },
      ),
    );
  });

  it("of State stays as it was taken, while writing goes on in place", () => {
    const keyValue = fc.tuple(
      keys,
      fc.option(fc.uint8Array({ minLength: 1, maxLength: 2 }), { nil: undefined }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(keyValue, { maxLength: 300 }), (changes) => {
        const state = new State();
        const model = new Map<string, Uint8Array>();
        const taken: { tree: StateTree; entries: [string, Uint8Array][] }[] = [];
        const sorted = (): [string, Uint8Array][] => [...model].sort(([a], [b]) => (a < b ? -1 : 1));
        for (const [key, value, take] of changes) {
          if (value === undefined) {
            model.delete(key);
            state.delete(key);
          } else {
            model.set(key, value);
            state.set(key, value);
          }
          if (take) taken.push({ tree: state.tree, entries: sorted() });
        }
        expect([...state.entries("")]).toEqual(sorted());
        for (const { tree, entries } of taken) expect([...tree.entries()]).toEqual(entries);
      }),
    );
  });

  it("leaves every older version as it was", () => {
    const versions = [StateTree.empty];
    for (let i = 0; i < 500; i++) {
      const last = versions.at(-1) ?? StateTree.empty;
      const key = ((i * 7_919) % 200).toString(16).padStart(4, "0");
      versions.push(i % 3 === 2 ? last.delete(key) : last.set(key, Uint8Array.of(i & 255)));
    }
    const before = versions.map((tree) => JSON.stringify([...tree.entries()].map(([key, [value]]) => [key, value])));
    let again = StateTree.empty;
    for (let i = 0; i < 500; i++) {
      expect(JSON.stringify([...again.entries()].map(([key, [value]]) => [key, value]))).toBe(before[i]);
      const key = ((i * 7_919) % 200).toString(16).padStart(4, "0");
      again = i % 3 === 2 ? again.delete(key) : again.set(key, Uint8Array.of(i & 255));
    }
  });
});
