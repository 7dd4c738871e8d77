import type { StorageEntry } from "../runtime/pallet-table.ts";
import { ByteReader, ByteWriter, fromHex } from "../scale/bytes.ts";
import type { Codec } from "../scale/codec.ts";
import { HASH_LENGTH, hashKey } from "../scale/hashers.ts";
import { twox } from "../scale/twox.ts";
import { schema } from "./schema.ts";
import type { ReadableState, State } from "./state.ts";

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");

const textHash = (text: string): string => hexOf(twox(new TextEncoder().encode(text), 128));

/** Hashing an account for its key is dear and the same few accounts come again and again. */
const KEY_CACHE_LIMIT = 20_000;

interface Resolved {
  readonly prefix: string;
  readonly entry: StorageEntry;
  readonly keys: readonly Codec[];
  readonly value: Codec;
  readonly fallback: unknown;
}

/**
 * One storage item of the runtime, typed. `K` are its keys, `V` its value as the codec gives it (optional items: V | undefined).
 * The types are ours to state; a test decodes every default through them.
 */
export class StorageItem<K extends readonly unknown[], V> {
  readonly pallet: string;
  readonly name: string;
  #resolved: Resolved | undefined;
  readonly #parts = new Map<string | number | bigint, string>();

  constructor(pallet: string, name: string) {
    this.pallet = pallet;
    this.name = name;
  }

  #resolve(): Resolved {
    if (this.#resolved !== undefined) return this.#resolved;
    const entry = schema.pallet(this.pallet).storage.find(({ name }) => name === this.name);
    if (entry === undefined) throw new TypeError(`no storage ${this.pallet}.${this.name}`);
    const value = schema.types.codecOf(entry.value);
    const keys = entry.keys.map((key) => schema.types.codecOf(key));
    const fallback = entry.optional ? undefined : value.decode(new ByteReader(schema.fallbackOf(entry)));
    this.#resolved = { prefix: textHash(this.pallet) + textHash(this.name), entry, keys, value, fallback };
    return this.#resolved;
  }

  /** The storage key (hex without 0x) of a full key or of its first parts. */
  key(...keys: Partial<K> | K): string {
    const resolved = this.#resolve();
    let out = resolved.prefix;
    keys.forEach((key, index) => {
      if (key !== undefined) out += this.#part(resolved, key, index);
    });
    return out;
  }

  #part(resolved: Resolved, key: unknown, index: number): string {
    const codec = resolved.keys[index];
    const hasher = resolved.entry.hashers[index];
    if (codec === undefined || hasher === undefined) throw new TypeError(`${this.name} has no key ${index}`);
    const make = (): string => {
      const writer = new ByteWriter();
      codec.encode(writer, key);
      return hexOf(hashKey(hasher, writer.finish()));
    };
    if (typeof key !== "string" && typeof key !== "number" && typeof key !== "bigint") return make();
    // Numbers and accounts of different key positions never mix: a number is no address.
    const name = typeof key === "string" ? key : `${index}:${key}`;
    const known = this.#parts.get(name);
    if (known !== undefined) return known;
    if (this.#parts.size >= KEY_CACHE_LIMIT) this.#parts.clear();
    const made = make();
    this.#parts.set(name, made);
    return made;
  }

  /** The value, or the item's default. Never mutate what comes back: defaults are shared. */
  get(state: ReadableState, ...keys: K): V {
    const bytes = state.get(this.key(...keys));
    const resolved = this.#resolve();
    return (bytes === undefined ? resolved.fallback : resolved.value.decode(new ByteReader(bytes))) as V;
  }

  has(state: ReadableState, ...keys: K): boolean {
    return state.get(this.key(...keys)) !== undefined;
  }

  set(state: State, keys: K, value: NonNullable<V> | V): void {
    const writer = new ByteWriter();
    this.#resolve().value.encode(writer, value);
    state.set(this.key(...keys), writer.finish());
  }

  update(state: State, keys: K, change: (value: V) => V): void {
    this.set(state, keys, change(this.get(state, ...keys)));
  }

  remove(state: State, ...keys: K): void {
    state.delete(this.key(...keys));
  }

  /** Removes every entry below the first parts of a key. */
  clear(state: State, ...keys: Partial<K> | K): void {
    for (const [key] of [...state.entries(this.key(...keys))]) state.delete(key);
  }

  /** Every entry below the first parts of a key, in storage order, with its whole key decoded. */
  *entries(state: ReadableState, ...first: Partial<K> | []): Generator<readonly [K, V]> {
    const resolved = this.#resolve();
    for (const [key, bytes] of state.entries(this.key(...(first as Partial<K>)))) {
      const reader = new ByteReader(fromHex(key.slice(resolved.prefix.length)));
      const parts = resolved.keys.map((codec, index) => {
        reader.raw(HASH_LENGTH[resolved.entry.hashers[index] ?? "identity"]);
        return codec.decode(reader);
      });
      yield [parts as unknown as K, resolved.value.decode(new ByteReader(bytes)) as V];
    }
  }
}
