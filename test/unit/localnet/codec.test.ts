import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schema } from "../../../src/localnet/engine/schema.ts";
import type { Era } from "../../../src/localnet/runtime/era.ts";
import { eraBirth, eraCodec } from "../../../src/localnet/runtime/era.ts";
import { ByteReader, ByteWriter, DecodeError } from "../../../src/localnet/scale/bytes.ts";

const u = (bits: number) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

describe("SCALE codecs", () => {
  it.each([
    ["u8", fc.integer({ min: 0, max: 255 })],
    ["u16", fc.integer({ min: 0, max: 65_535 })],
    ["u32", fc.integer({ min: 0, max: 4_294_967_295 })],
    ["i16", fc.integer({ min: -32_768, max: 32_767 })],
    ["u64", u(64)],
    ["u128", u(128)],
    ["i128", fc.bigInt({ min: -(1n << 127n), max: (1n << 127n) - 1n })],
    ["Compact<u64>", u(64)],
    ["Compact<u128>", u(128)],
    ["Compact<u16>", fc.integer({ min: 0, max: 65_535 })],
    ["Vec<(u16, u16)>", fc.array(fc.tuple(fc.nat(65_535), fc.nat(65_535)))],
    ["Vec<u8>", fc.uint8Array()],
    ["Option<u64>", fc.option(u(64), { nil: undefined })],
    ["bool", fc.boolean()],
    ["str", fc.string()],
  ] as const)("%s comes back as it went in", (type, values) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => {
        expect(schema.decode(type, schema.encode(type, value))).toEqual(value);
      }),
    );
  });

  it("refuses any bytes that are no value with a DecodeError and nothing else", () => {
    const types = [
      "RuntimeCall",
      "Vec<EventRecord>",
      "CommitmentInfo",
      "Vec<Vec<u16>>",
      "MultiAddress",
      "Era",
      "Vec<()>",
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...types), (bytes, type) => {
        try {
          schema.codec(type).decode(new ByteReader(bytes));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(DecodeError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("does not believe a length that the bytes cannot hold", () => {
    const writer = new ByteWriter();
    writer.compact(1_000_000_000);
    expect(() => schema.decode("Vec<u64>", writer.finish())).toThrow(DecodeError);
    expect(() => schema.decode("Vec<u8>", writer.finish())).toThrow(DecodeError);
  });

  it("stops at a call that contains a call that contains a call … too often", () => {
    // Utility.batch of one call, a thousand times over.
    const bytes = new Uint8Array(3_000);
    for (let i = 0; i < bytes.length; i += 3) bytes.set([11, 0, 4], i);
    expect(() => schema.decode("RuntimeCall", bytes)).toThrow("nested too deeply");
  });

  it.each([
    ["0x00", { type: "Immortal" }],
    ["0x2500", { type: "Mortal", period: 64, phase: 2 }],
  ] as const)("reads the era %s as the chain's golden extrinsics have it", (hex, era) => {
    const bytes = Buffer.from(hex.slice(2), "hex");
    expect(eraCodec.decode(new ByteReader(bytes))).toEqual(era);
    const writer = new ByteWriter();
    eraCodec.encode(writer, era);
    expect(Buffer.from(writer.finish()).toString("hex")).toBe(hex.slice(2));
  });

  it("finds the birth block of a mortal era", () => {
    const era: Era = { type: "Mortal", period: 64, phase: 2 };
    expect([eraBirth(era, 66), eraBirth(era, 65), eraBirth(era, 2), eraBirth(era, 129)]).toEqual([66, 2, 2, 66]);
  });
});
