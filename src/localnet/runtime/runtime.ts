import { ByteReader, ByteWriter } from "../scale/bytes.ts";
import type { Codec } from "../scale/codec.ts";
import type { TypeRegistry } from "../scale/type-registry.ts";
import { parseRuntimeApis, type RuntimeApi } from "./api-table.ts";
import { type PalletTable, parsePallet, type StorageEntry } from "./pallet-table.ts";
import { PALLETS } from "./pallets.ts";
import { aura } from "./tables/aura.ts";
import { RUNTIME_APIS } from "./tables/runtime-apis.ts";
import { runtimeTypes } from "./types.ts";

const SLOT_MS = 12_000;

/** What this build can really do: a call or API method that is not in here does not exist for clients. */
export interface Implemented {
  /** `Pallet.call`. */
  readonly calls: ReadonlySet<string>;
  /** `Api_method`. */
  readonly apis: ReadonlySet<string>;
  /** Milliseconds between blocks, as clients are told; default 12 000, the real chain's. */
  readonly slotMs?: number;
}

/** A runtime call as decoded: `{type: "Balances", value: {type: "transfer_all", value: {…}}}`. */
export interface RuntimeCall {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The shape of the chain: pallets, types, calls, events, errors and APIs, and codecs for all of them. */
export class Runtime {
  readonly pallets: readonly PalletTable[];
  readonly apis: readonly RuntimeApi[];
  readonly types: TypeRegistry;
  readonly #pallets: ReadonlyMap<string, PalletTable>;

  constructor(implemented: Implemented) {
    this.pallets = [...PALLETS, aura(implemented.slotMs ?? SLOT_MS)].map(parsePallet).map((pallet) => ({
      ...pallet,
      calls: pallet.calls.filter((call) => implemented.calls.has(`${pallet.name}.${call.name}`)),
    }));
    this.apis = parseRuntimeApis(RUNTIME_APIS)
      .map((api) => ({
        ...api,
        methods: api.methods.filter(({ name }) => implemented.apis.has(`${api.name}_${name}`)),
      }))
      .filter(({ methods }) => methods.length > 0);
    this.types = runtimeTypes(this.pallets);
    this.types.define([
      { name: "Runtime", path: ["node_subtensor_runtime", "Runtime"], definition: { kind: "composite", fields: [] } },
    ]);
    this.#pallets = new Map(this.pallets.map((pallet) => [pallet.name, pallet]));
  }

  /** @throws TypeError if there is no such pallet. */
  pallet(name: string): PalletTable {
    const pallet = this.#pallets.get(name);
    if (pallet === undefined) throw new TypeError(`no pallet ${name}`);
    return pallet;
  }

  /** SCALE of what an absent entry reads as; for optional entries the byte of None. */
  fallbackOf(entry: StorageEntry): Uint8Array {
    if (entry.fallback !== undefined) return entry.fallback;
    return new Uint8Array(entry.optional ? 1 : this.types.zeroSize(entry.value));
  }

  codec(expression: string): Codec {
    return this.types.codec(expression);
  }

  encode(expression: string, value: unknown): Uint8Array {
    const writer = new ByteWriter();
    this.codec(expression).encode(writer, value);
    return writer.finish();
  }

  /** @throws DecodeError if the bytes are not exactly one value of the type. */
  decode(expression: string, bytes: Uint8Array): unknown {
    const reader = new ByteReader(bytes);
    const value = this.codec(expression).decode(reader);
    reader.end();
    return value;
  }

  /** Index pair of an error by name. @throws TypeError if the pallet has no such error. */
  errorIndex(pallet: string, name: string): { readonly index: number; readonly error: number } {
    const table = this.pallet(pallet);
    const error = table.errors.find((variant) => variant.name === name);
    if (error === undefined) throw new TypeError(`${pallet} has no error ${name}`);
    return { index: table.index, error: error.index };
  }
}
