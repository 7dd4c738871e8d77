import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HashIndex } from "../../../src/localnet/engine/hash-index.ts";
import { RowList } from "../../../src/localnet/engine/row-list.ts";

describe("HashIndex", () => {
  it("finds every hash it was given and no other, also where first bytes are equal", () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
      // Few places, so that many land on the same one.
      bytes.set([(bytes[0] ?? 0) & 3, 0, 0, 0]);
      return bytes;
    });
    const unique = fc.uniqueArray(hash, { maxLength: 200, selector: (bytes) => bytes.join() });
    fc.assert(
      fc.property(unique, fc.nat(200), (hashes, cut) => {
        const [known, unknown] = [hashes.slice(cut), hashes.slice(0, cut)];
        const index = new HashIndex((number) => known[number]);
        known.forEach((bytes, number) => {
          index.add(bytes, number);
        });
        known.forEach((bytes, number) => {
          expect(index.get(bytes)).toBe(number);
        });
        for (const bytes of unknown) expect(index.get(bytes)).toBeUndefined();
      }),
    );
  });

  it("grows with what it holds, and is empty when cleared", () => {
    const hashOf = (number: number): Uint8Array => {
      const bytes = Buffer.alloc(32);
      bytes.writeUInt32LE(Math.imul(number, 2_654_435_761) >>> 0);
      return bytes;
    };
    const index = new HashIndex(hashOf);
    for (let number = 0; number < 10_000; number++) index.add(hashOf(number), number);
    for (let number = 0; number < 10_000; number++) expect(index.get(hashOf(number))).toBe(number);
    index.clear();
    expect(index.get(hashOf(5))).toBeUndefined();
  });
});

describe("RowList", () => {
  it("keeps rows far apart in little memory, in order, and forgets what is cut off", () => {
    const rows = new RowList(8);
    for (const number of [4_000_000_000, 0, 5_000]) rows.rowForWriting(number).writeDoubleLE(number);
    expect(rows.get(4_000_000_000)?.readDoubleLE()).toBe(4_000_000_000);
    expect(rows.get(3_000_000_000)).toBeUndefined();
    const written = [...rows.entries()].filter(([, row]) => row.readDoubleLE() !== 0).map(([number]) => number);
    expect(written).toEqual([5_000, 4_000_000_000]);
    rows.truncate(5_000);
    expect(rows.length).toBe(5_000);
    expect(rows.get(5_000)).toBeUndefined();
    rows.rowForWriting(5_001);
    expect(rows.get(5_000)?.readDoubleLE()).toBe(0);
  });
});
