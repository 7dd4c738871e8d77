import { messageOf } from "../../base/errors.ts";
import type { Execution } from "../engine/execution.ts";
import { schema } from "../engine/schema.ts";
import { writeRaw } from "../pallets/system.ts";
import { ByteReader, ByteWriter, fromHex, isHex } from "../scale/bytes.ts";
import type { Codec } from "../scale/codec.ts";
import { hashKey } from "../scale/hashers.ts";
import { fromJson } from "./from-json.ts";
import { itemNamed, itemOfKey, type KnownItem } from "./known-items.ts";
import { invalidParams } from "./rpc-error.ts";

const need = (pallet: string, item: string): KnownItem => {
  const known = itemNamed(pallet, item);
  if (known === undefined) throw invalidParams(`there is no storage ${pallet}.${item}`);
  return known;
};

/** Removes every entry of the named maps: `$removePrefix` of chopsticks. */
function removeAll(execution: Execution, pallet: string, items: unknown): void {
  if (!Array.isArray(items)) throw invalidParams("$removePrefix takes a list of names");
  for (const item of items as readonly unknown[]) {
    const { prefix } = need(pallet, String(item));
    for (const [key] of [...execution.state.entries(prefix)]) execution.state.delete(key);
  }
}

/** Sets one item: `value` for a plain one, `[[keys, value], …]` for a map; null removes. */
function setItem(execution: Execution, pallet: string, item: string, value: unknown): void {
  const { prefix, entry } = need(pallet, item);
  const codec = schema.types.codecOf(entry.value);
  const write = (key: string, given: unknown): void => {
    if (given === null) {
      execution.state.delete(key);
      return;
    }
    // Hex is the value's SCALE, as chopsticks takes it; it must be a whole value all the same.
    const writer = new ByteWriter();
    const value = isHex(given) ? decodeWhole(codec, given) : fromJson(entry.value, given);
    codec.encode(writer, value);
    execution.state.set(key, writer.finish());
  };
  if (entry.keys.length === 0) {
    write(prefix, value);
    return;
  }
  if (!Array.isArray(value)) throw invalidParams(`${pallet}.${item} is a map: give [[[key, …], value], …]`);
  for (const pair of value as readonly unknown[]) {
    if (!Array.isArray(pair) || !Array.isArray(pair[0]) || pair[0].length !== entry.keys.length) {
      throw invalidParams(`${pallet}.${item} takes pairs of ${entry.keys.length} keys and a value`);
    }
    const keys = (pair[0] as readonly unknown[]).map((key, index) => {
      const type = entry.keys[index];
      const hasher = entry.hashers[index];
      if (type === undefined || hasher === undefined) return "";
      const writer = new ByteWriter();
      schema.types.codecOf(type).encode(writer, fromJson(type, key));
      return Buffer.from(hashKey(hasher, writer.finish())).toString("hex");
    });
    write(prefix + keys.join(""), pair[1]);
  }
}

/** A raw value below a known item's prefix must be one of its type: the chain could not go on with another. */
function checkKnown(key: string, value: string): void {
  const entry = itemOfKey(key.slice(2))?.entry;
  if (entry === undefined) return;
  try {
    decodeWhole(schema.types.codecOf(entry.value), value);
  } catch (thrown) {
    throw invalidParams(`${key} is a ${entry.name}, and this is no value of its type: ${messageOf(thrown)}`);
  }
}

function decodeWhole(codec: Codec, hex: string): unknown {
  const reader = new ByteReader(fromHex(hex));
  const value = codec.decode(reader);
  reader.end();
  return value;
}

/**
 * `dev_setStorage` as chopsticks has it: `[[key, value|null], …]` in hex, or `{Pallet: {Item: value}}`, where a map's
 * value is `[[[key, …], value], …]`.
 *
 * @throws RpcError naming what does not fit; nothing is written then.
 */
export function setStorage(execution: Execution, values: unknown): void {
  if (Array.isArray(values)) {
    for (const pair of values as readonly unknown[]) {
      if (!Array.isArray(pair) || !isHex(pair[0]) || !(pair[1] === null || isHex(pair[1]))) {
        throw invalidParams("raw storage is a list of [key, value or null] in hex");
      }
      if (pair[1] !== null) checkKnown(pair[0], pair[1]);
      writeRaw(execution.state, pair[0], pair[1] ?? undefined);
    }
    return;
  }
  if (typeof values !== "object" || values === null)
    throw invalidParams("storage is a list of pairs or an object by pallet");
  for (const [pallet, items] of Object.entries(values)) {
    if (typeof items !== "object" || items === null) throw invalidParams(`"${pallet}" must hold items`);
    for (const [item, value] of Object.entries(items as Readonly<Record<string, unknown>>)) {
      if (item === "$removePrefix") removeAll(execution, pallet, value);
      else setItem(execution, pallet, item, value);
    }
  }
}
