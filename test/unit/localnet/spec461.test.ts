import { readFileSync } from "node:fs";
import { Metadata, TypeRegistry } from "@polkadot/types";
import { describe, expect, it } from "vitest";
import { decodeSs58 } from "../../../src/base/ss58.ts";
import { composeRuntime } from "../../../src/localnet/composition.ts";
import { schema } from "../../../src/localnet/engine/schema.ts";
import { StorageItem } from "../../../src/localnet/engine/storage-item.ts";
import { encodeMetadata } from "../../../src/localnet/runtime/metadata.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";

const vector = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../vectors/chain/${name}`, import.meta.url), "utf8"));

// Origin of both files: the metadata of a running node of spec 461, read by @polkadot/types 17 and bittensor_core 0.1.5.
interface PalletShape {
  readonly index: number;
  readonly calls: readonly { index: number; name: string; args: readonly string[] }[];
  readonly storage: readonly {
    name: string;
    kind: string;
    hashers?: readonly string[];
    key?: string;
    value: string;
    mod: string;
    def?: string;
  }[];
  readonly errors: readonly { index: number; name: string }[];
}
const pallets = vector("pallets-spec461.json") as Record<string, PalletShape>;
const golden = vector("calls-spec461.json") as {
  calls: { module: string; function: string; params: Record<string, unknown>; call_hex: string }[];
  storage_keys: { pallet: string; item: string; params: (string | number)[]; key: string }[];
};

const { logic } = composeRuntime();

/** JSON parameters as our codecs take them. */
const toValue = (value: unknown): unknown => {
  if (typeof value === "string") {
    const account = decodeSs58(value);
    if (account !== undefined) return toHex(account);
    return /^[0-9]+$/.test(value) ? BigInt(value) : value;
  }
  return Array.isArray(value) ? value.map(toValue) : value;
};

/** The real metadata has several fixed-point types of one path, some of which polkadot's lookup then spells out. */
const spelledOut = (type: string): string =>
  type.replace(/SubstrateFixedFixed([IU])128/g, (_, sign: string) => `{"bits":"${sign.toLowerCase()}128"}`);

const registry = (bytes: Uint8Array): { registry: TypeRegistry; metadata: Metadata } => {
  const types = new TypeRegistry();
  const metadata = new Metadata(types, toHex(bytes) as `0x${string}`);
  types.setMetadata(metadata, undefined, {
    ...Object.fromEntries(
      ["SudoTransactionExtension", "CheckShieldedTxValidity", "SubtensorTransactionExtension", "DrandPriority"].map(
        (name) => [name, { extrinsic: {}, payload: {} }],
      ),
    ),
  });
  return { registry: types, metadata };
};

describe("generated metadata", () => {
  it.each([14, 15] as const)("version %i is read and re-encoded byte for byte by @polkadot/types", (version) => {
    const bytes = encodeMetadata(logic.published, version);
    const { metadata } = registry(bytes);
    expect(metadata.version).toBe(version);
    expect(toHex(metadata.toU8a())).toBe(toHex(bytes));
  });

  it("names pallets, storage, hashers, types, defaults and errors exactly as spec 461 does", () => {
    const { metadata, registry: types } = registry(encodeMetadata(schema, 15));
    const differences: string[] = [];
    for (const [name, shape] of Object.entries(pallets)) {
      const pallet = metadata.asLatest.pallets.find((candidate) => candidate.name.toString() === name);
      expect(pallet?.index.toNumber(), name).toBe(shape.index);
      for (const wanted of shape.storage) {
        const item = pallet?.storage.unwrap().items.find((candidate) => candidate.name.toString() === wanted.name);
        if (item === undefined) {
          differences.push(`${name}.${wanted.name} is missing`);
          continue;
        }
        const where = `${name}.${wanted.name}`;
        const type = item.type;
        const value = types.lookup.getTypeDef(type.isPlain ? type.asPlain : type.asMap.value);
        const lookup = spelledOut(value.lookupName ?? value.type);
        if (lookup !== spelledOut(wanted.value)) differences.push(`${where}: ${lookup}, not ${wanted.value}`);
        if (item.modifier.type !== wanted.mod) differences.push(`${where}: ${item.modifier.type}, not ${wanted.mod}`);
        if (type.isMap) {
          const hashers = type.asMap.hashers.map((hasher) =>
            hasher.type.replace("Blake2128Concat", "Blake2_128Concat"),
          );
          if (hashers.join() !== (wanted.hashers ?? []).join()) differences.push(`${where}: hashers ${hashers.join()}`);
        }
        // The file cuts defaults at 80 characters.
        if (wanted.def !== undefined && item.fallback.toHex().slice(0, 80) !== wanted.def) {
          differences.push(`${where}: default ${item.fallback.toHex()}, not ${wanted.def}`);
        }
      }
      const errors = types.lookup.getSiType((pallet?.errors.unwrap() ?? { type: 0 }).type).def.asVariant.variants;
      expect(errors.map((error) => [error.index.toNumber(), error.name.toString()])).toEqual(
        shape.errors.map((error) => [error.index, error.name]),
      );
    }
    expect(differences).toEqual([]);
  });
});

describe("golden bytes of spec 461", () => {
  it.each(golden.calls.map((call) => [`${call.module}.${call.function}`, call] as const))(
    "%s encodes as the real library does",
    (_, call) => {
      const args = Object.fromEntries(Object.entries(call.params).map(([name, value]) => [name, toValue(value)]));
      if (call.function === "transfer_keep_alive") args["dest"] = { type: "Id", value: args["dest"] };
      if (call.function === "set_identity") {
        for (const [name, text] of Object.entries(call.params)) args[name] = Buffer.from(String(text), "utf8");
      }
      const bytes = schema.encode("RuntimeCall", { type: call.module, value: { type: call.function, value: args } });
      expect(toHex(bytes)).toBe(call.call_hex);
    },
  );

  it.each(
    golden.storage_keys.map((entry) => [`${entry.pallet}.${entry.item}(${entry.params.join(", ")})`, entry] as const),
  )("the key of %s is the real one", (_, entry) => {
    const item = new StorageItem<unknown[], unknown>(entry.pallet, entry.item);
    expect(`0x${item.key(...entry.params.map(toValue))}`).toBe(entry.key);
  });
});
