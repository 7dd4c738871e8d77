import { schema } from "../engine/schema.ts";
import type { StorageEntry } from "../runtime/pallet-table.ts";
import { ByteReader, fromHex } from "../scale/bytes.ts";
import { HASH_LENGTH } from "../scale/hashers.ts";
import { twox } from "../scale/twox.ts";

export interface KnownItem {
  readonly pallet: string;
  readonly entry: StorageEntry;
  /** Hex without 0x: pallet and item, hashed. */
  readonly prefix: string;
}

const PREFIX_DIGITS = 64;
const textHash = (text: string): string => Buffer.from(twox(Buffer.from(text, "utf8"), 128)).toString("hex");

/** Names as the chain or as polkadot's types spell them: `System`, `system`. */
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

let byPrefix: ReadonlyMap<string, KnownItem> | undefined;

/** The item that a storage key belongs to, if this chain has it. @param key - Hex without 0x. */
export function itemOfKey(key: string): KnownItem | undefined {
  byPrefix ??= new Map(
    schema.pallets.flatMap(({ name: pallet, storage }) =>
      storage.map((entry): [string, KnownItem] => {
        const prefix = textHash(pallet) + textHash(entry.name);
        return [prefix, { pallet, entry, prefix }];
      }),
    ),
  );
  return byPrefix.get(key.slice(0, PREFIX_DIGITS).toLowerCase());
}

/** An item by its names; undefined if there is none. */
export function itemNamed(pallet: string, item: string): KnownItem | undefined {
  const table = schema.pallets.find(({ name }) => sameName(name, pallet));
  const entry = table?.storage.find(({ name }) => sameName(name, item));
  if (table === undefined || entry === undefined) return undefined;
  return { pallet: table.name, entry, prefix: textHash(table.name) + textHash(entry.name) };
}

/** What stands in a full key after the prefix. @throws DecodeError if the key is no full one. */
export function keysIn({ entry }: KnownItem, key: string): unknown[] {
  const reader = new ByteReader(fromHex(key.slice(PREFIX_DIGITS)));
  return entry.keys.map((type, index) => {
    reader.raw(HASH_LENGTH[entry.hashers[index] ?? "identity"]);
    return schema.types.codecOf(type).decode(reader);
  });
}
