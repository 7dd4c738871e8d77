import { decodeSs58 } from "../../base/ss58.ts";
import type { ChainClient } from "../../chain/client.ts";
import { type Plain, plainList, plainRecord, plainText } from "../../chain/plain.ts";
import { isHex, toHex } from "../scale/bytes.ts";

const KEYS_PER_PAGE = 500;

/** A value of another chain, not yet understood: who it belongs to, and its SCALE in hex with 0x. */
export interface ForeignEntry {
  /** Accounts as 0x-hex, numbers as numbers. */
  readonly keys: readonly (string | number)[];
  readonly hex: string;
}

export interface ForeignItem {
  readonly pallet: string;
  readonly name: string;
  readonly keys: readonly (string | number)[];
}

/** Reads another chain's storage at one block, by that chain's own metadata. Asks `state_*` questions and nothing else. */
export class ForeignState {
  readonly #client: ChainClient;
  /** Hash of the block. */
  readonly #at: string;

  constructor(client: ChainClient, at: string) {
    this.#client = client;
    this.#at = at;
  }

  has(pallet: string, name: string): boolean {
    return this.#client.runtime.hasStorage(pallet, name);
  }

  /** A value as that chain's own types give it. */
  decoded(pallet: string, name: string, hex: string | null): Plain {
    return this.#client.runtime.storageValue(pallet, name, hex);
  }

  /** What an absent value of an item reads as there; null where absence is none. */
  fallback(pallet: string, name: string): string | null {
    return this.#client.runtime.storageFallback(pallet, name);
  }

  /** Values in the order asked; null where nothing is stored, so that a default holds. */
  async values(items: readonly ForeignItem[]): Promise<(string | null)[]> {
    const keys = items.map(({ pallet, name, keys }) => this.#client.runtime.storageKey(pallet, name, keys));
    return await this.#values(keys);
  }

  /** All entries of a map below its first keys. */
  async entries(pallet: string, name: string, first: readonly (string | number)[]): Promise<ForeignEntry[]> {
    const { runtime } = this.#client;
    const prefix = runtime.storagePrefix(pallet, name, first);
    const keys: string[] = [];
    for (let start: string | undefined = prefix; start !== undefined; ) {
      const answer = await this.#client.ask("state_getKeysPaged", [prefix, KEYS_PER_PAGE, start, this.#at]);
      const page: string[] = plainList(answer as Plain, "storage keys").map((key) => plainText(key, "a storage key"));
      keys.push(...page);
      start = page.length < KEYS_PER_PAGE ? undefined : page.at(-1);
    }
    const values = await this.#values(keys);
    return keys.flatMap((key, index) => {
      const hex = values[index] ?? null;
      return hex === null ? [] : [{ keys: runtime.keyArguments(pallet, name, key).map(ourKey), hex }];
    });
  }

  async #values(keys: readonly string[]): Promise<(string | null)[]> {
    const found = new Map<string, string | null>();
    for (let from = 0; from < keys.length; from += KEYS_PER_PAGE) {
      const page = keys.slice(from, from + KEYS_PER_PAGE);
      const answer = (await this.#client.ask("state_queryStorageAt", [page, this.#at])) as Plain;
      for (const set of plainList(answer, "storage")) {
        for (const change of plainList(plainRecord(set, "storage")["changes"], "storage changes")) {
          const [key, value] = plainList(change, "a storage change");
          found.set(plainText(key, "a storage key"), value === null ? null : plainText(value, "a storage value"));
        }
      }
    }
    return keys.map((key) => found.get(key) ?? null);
  }
}

/** A part of a key as this chain's storage items take it: accounts in hex instead of SS58. */
function ourKey(part: Plain): string | number {
  if (typeof part === "number") return part;
  const text = plainText(part, "a storage key");
  if (isHex(text)) return text;
  const account = decodeSs58(text);
  return account === undefined ? text : toHex(account);
}
