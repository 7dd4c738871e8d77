import { expandMetadata, Metadata, StorageKey, TypeRegistry } from "@polkadot/types";
import type { Call } from "@polkadot/types/interfaces";
import type { DecoratedMeta } from "@polkadot/types/metadata/decorate/types";
import type { StorageEntry } from "@polkadot/types/primitive/types";
import type { AnyJson, Codec } from "@polkadot/types/types";
import { unwrapStorageType } from "@polkadot/types/util";
import { ChainArgumentError, ChainShapeError, ChainUnsupportedError } from "./errors.ts";
import { bytesToHex, type Plain } from "./plain.ts";

/**
 * Extensions that carry nothing and that polkadot's types do not know; defined as empty, the signed payload is
 * byte-equal to the chain's own. @see facts of runtime 461: SudoTransactionExtension and the three after it.
 */
const EMPTY_EXTENSIONS = Object.fromEntries(
  [
    "SudoTransactionExtension",
    "CheckShieldedTxValidity",
    "SubtensorTransactionExtension",
    "DrandPriority",
    "CheckNonZeroSender",
    "SubtensorSignedExtension",
    "CommitmentsSignedExtension",
  ].map((name) => [name, { extrinsic: {}, payload: {} }]),
);

const camel = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, char: string) => char.toUpperCase());
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** What a call is made of; `args` by the chain's own argument names. */
export interface CallSpec {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A module error by the name that the chain's metadata gives it. */
export interface ModuleErrorName {
  readonly pallet: string;
  readonly name: string;
  readonly docs: string;
}

interface ApiMethod {
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
  readonly output: string;
}

/**
 * A chain's metadata made useful: keys, values, calls and runtime APIs by name. Nothing about the chain is known here
 * beforehand; what it lacks is a `chain.unsupported` error.
 *
 * These are the types of @polkadot/api without its ApiPromise, which prints to the console by itself, gives a question
 * no deadline of its own, and asks a dozen of them before the first answer. A test holds both against one chain.
 */
export class Runtime {
  readonly registry: TypeRegistry;
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly #meta: DecoratedMeta;
  readonly #metadata: Metadata;
  readonly #apis = new Map<string, ApiMethod>();

  /** @param metadataHex - `meta` + version byte + body, 0x hex; version 15 for runtime APIs. */
  constructor(metadataHex: string, version: { specName: string; specVersion: number; transactionVersion: number }) {
    this.registry = new TypeRegistry();
    this.specName = version.specName;
    this.specVersion = version.specVersion;
    this.transactionVersion = version.transactionVersion;
    this.#metadata = new Metadata(this.registry, metadataHex as `0x${string}`);
    this.registry.setMetadata(this.#metadata, undefined, EMPTY_EXTENSIONS, true);
    this.#meta = expandMetadata(this.registry, this.#metadata);
    for (const api of this.#metadata.asLatest.apis) {
      for (const method of api.methods) {
        this.#apis.set(`${api.name.toString()}_${method.name.toString()}`, {
          inputs: method.inputs.map((input) => ({
            name: input.name.toString(),
            type: this.registry.createLookupType(input.type),
          })),
          output: this.registry.createLookupType(method.output),
        });
      }
    }
  }

  #entry(pallet: string, name: string): StorageEntry {
    const entry = this.#meta.query[lowerFirst(pallet)]?.[lowerFirst(name)];
    if (entry === undefined) throw new ChainUnsupportedError("storage", `${pallet}.${name}`);
    return entry;
  }

  hasStorage(pallet: string, name: string): boolean {
    return this.#meta.query[lowerFirst(pallet)]?.[lowerFirst(name)] !== undefined;
  }

  hasCall(pallet: string, name: string): boolean {
    return this.#meta.tx[lowerFirst(pallet)]?.[camel(name)] !== undefined;
  }

  hasApi(api: string, method: string): boolean {
    return this.#apis.has(`${api}_${method}`);
  }

  /** 0x hex of the full key of one value. */
  storageKey(pallet: string, name: string, args: readonly unknown[] = []): string {
    return new StorageKey(this.registry, [this.#entry(pallet, name), [...args]]).toHex();
  }

  /** 0x hex that all keys of a map begin with, narrowed by its first arguments. */
  storagePrefix(pallet: string, name: string, args: readonly unknown[] = []): string {
    return bytesToHex(this.#entry(pallet, name).keyPrefix(...args));
  }

  /** The arguments inside a key, as far as their hashers keep them. */
  keyArguments(pallet: string, name: string, keyHex: string): Plain[] {
    const key = new StorageKey(this.registry, keyHex as `0x${string}`);
    key.setMeta(this.#entry(pallet, name).meta);
    return key.args.map(plain);
  }

  /** The value of a storage answer; an absent one is the entry's default, or null where it is optional. */
  storageValue(pallet: string, name: string, hex: string | null): Plain {
    const { meta } = this.#entry(pallet, name);
    if (hex === null && meta.modifier.isOptional) return null;
    const type = unwrapStorageType(this.registry, meta.type);
    return this.decode(type, hex ?? meta.fallback.toHex(), `${pallet}.${name}`);
  }

  /** 0x hex of what an absent value reads as; null where absence is none. */
  storageFallback(pallet: string, name: string): string | null {
    const { meta } = this.#entry(pallet, name);
    return meta.modifier.isOptional ? null : meta.fallback.toHex();
  }

  /** Decodes bytes of a type of this chain. @throws ChainShapeError if they do not fit. */
  decode(type: string, hex: string, what: string): Plain {
    try {
      const bytes = Buffer.from(hex.slice(2), "hex");
      const value = this.registry.createTypeUnsafe<Codec>(type, [bytes]);
      if (value.encodedLength !== bytes.length) throw new Error(`${bytes.length - value.encodedLength} bytes too many`);
      return plain(value);
    } catch (error) {
      throw Object.assign(new ChainShapeError(what, type.slice(0, 60)), { cause: error });
    }
  }

  /** The name and parameter bytes for `state_call`. @throws ChainUnsupportedError */
  apiCall(api: string, method: string, args: readonly unknown[]): { readonly name: string; readonly params: string } {
    const name = `${api}_${method}`;
    const { inputs } = this.#api(name);
    const parts = inputs.map(({ type }, index) => this.registry.createTypeUnsafe<Codec>(type, [args[index]]).toU8a());
    return { name, params: bytesToHex(Buffer.concat(parts)) };
  }

  /** Decodes what `state_call` gave. */
  apiResult(api: string, method: string, hex: string): Plain {
    const name = `${api}_${method}`;
    return this.decode(this.#api(name).output, hex, name);
  }

  #api(name: string): ApiMethod {
    const method = this.#apis.get(name);
    if (method === undefined) throw new ChainUnsupportedError("runtime API", name);
    return method;
  }

  /** Field names, in order, of the struct inside a runtime API's `Option` result. */
  apiResultFields(api: string, method: string): readonly string[] {
    const { output } = this.#api(`${api}_${method}`);
    const inner =
      /^Option<(.+)>$/.exec(this.registry.lookup.getTypeDef(output as `Lookup${number}`).type)?.[1] ?? output;
    const struct = this.registry.createTypeUnsafe<Codec & { defKeys?: string[] }>(inner, []);
    return struct.defKeys ?? [];
  }

  /**
   * Builds a call by the chain's argument names; every argument must be given.
   *
   * @throws ChainUnsupportedError if the chain has no such call or it wants an argument that was not given;
   * ChainArgumentError if a value does not fit.
   */
  call(spec: CallSpec): Call {
    const make = this.#meta.tx[lowerFirst(spec.pallet)]?.[camel(spec.name)];
    if (make === undefined) throw new ChainUnsupportedError("call", `${spec.pallet}.${spec.name}`);
    // Metadata arguments are snake_case on the chain and camelCase in polkadot's types.
    const args = new Map(Object.entries(spec.args).map(([name, value]) => [camel(name), value]));
    const values = make.meta.args.map(({ name }) => {
      const given = args.get(camel(name.toString()));
      if (given === undefined) {
        throw new ChainUnsupportedError("call", `${spec.pallet}.${spec.name} without the argument ${name.toString()}`);
      }
      return given;
    });
    try {
      return make(...values) as Call;
    } catch (error) {
      throw new ChainArgumentError(`${spec.pallet}.${spec.name}`, error);
    }
  }

  /** Names of a pallet's calls, the chain's way (`sudo_set_tempo`). */
  callNames(pallet: string): readonly string[] {
    return Object.values(this.#meta.tx[lowerFirst(pallet)] ?? {}).map(({ meta }) => meta.name.toString());
  }

  /**
   * A call's arguments: the chain's names, and the types down to what they are made of (`u16`, `bool`).
   *
   * @throws ChainUnsupportedError if the chain has no such call.
   */
  callArguments(pallet: string, name: string): readonly { readonly name: string; readonly type: string }[] {
    const make = this.#meta.tx[lowerFirst(pallet)]?.[camel(name)];
    if (make === undefined) throw new ChainUnsupportedError("call", `${pallet}.${name}`);
    return make.meta.args.map((arg) => ({
      name: arg.name.toString(),
      type: this.registry.createTypeUnsafe<Codec>(arg.type.toString(), []).toRawType(),
    }));
  }

  /** A pallet's constant. @throws ChainUnsupportedError */
  constant(pallet: string, name: string): Plain {
    const value = this.#meta.consts[lowerFirst(pallet)]?.[lowerFirst(name)];
    if (value === undefined) throw new ChainUnsupportedError("constant", `${pallet}.${name}`);
    return plain(value as unknown as Codec);
  }

  hasConstant(pallet: string, name: string): boolean {
    return this.#meta.consts[lowerFirst(pallet)]?.[lowerFirst(name)] !== undefined;
  }

  /** Names a module error of this chain; undefined where the metadata has no such index. */
  moduleError(palletIndex: number, errorIndex: number): ModuleErrorName | undefined {
    try {
      const { docs, name, section } = this.registry.findMetaError(new Uint8Array([palletIndex, errorIndex]));
      return { pallet: section.charAt(0).toUpperCase() + section.slice(1), name, docs: docs.join(" ").trim() };
    } catch {
      return undefined;
    }
  }

  /** Every module error there is, for `explain` and tests. */
  moduleErrors(): readonly ModuleErrorName[] {
    return Object.entries(this.#meta.errors).flatMap(([pallet, errors]) =>
      Object.values(errors).map(({ meta }) => ({
        pallet,
        name: meta.name.toString(),
        docs: meta.docs.map(String).join(" ").trim(),
      })),
    );
  }
}

/** A codec value without its class. */
export const plain = (value: Codec): Plain => value.toJSON() as AnyJson as Plain;
