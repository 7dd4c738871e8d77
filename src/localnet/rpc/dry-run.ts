import { isJsonObject } from "../../base/json-object.ts";
import { schema } from "../engine/schema.ts";
import type { StateTree } from "../engine/state-tree.ts";
import { ByteReader, isHex, toHex } from "../scale/bytes.ts";
import { accountOf } from "./author-methods.ts";
import { itemOfKey, keysIn } from "./known-items.ts";
import { blockAt, type Node } from "./node.ts";
import type { Params } from "./params.ts";
import { invalidParams } from "./rpc-error.ts";

/** A codec's value as plain JSON: wide numbers as text, bytes as hex, variants by name. */
function toJson(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === "bigint") return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return value;
  if ("type" in value && typeof value.type === "string")
    return "value" in value ? { [value.type]: toJson(value.value) } : value.type;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toJson(field)]));
}

type Decoded = Record<string, Record<string, unknown>>;

/** A value under its names: `{Pallet: {Item: value}}`, for maps `{Pallet: {Item: [[keys, value], …]}}`. */
function put(into: Decoded, key: string, value: Uint8Array | undefined): void {
  const item = itemOfKey(key);
  if (item === undefined) return;
  const { pallet, entry } = item;
  const json = value === undefined ? null : toJson(schema.types.codecOf(entry.value).decode(new ByteReader(value)));
  into[pallet] ??= {};
  const items = into[pallet];
  if (entry.keys.length === 0) items[entry.name] = json;
  else items[entry.name] = [...((items[entry.name] ?? []) as unknown[]), [keysIn(item, key).map(toJson), json]];
}

interface Wanted {
  readonly extrinsic: string | { readonly call: string; readonly address: string };
  readonly raw: boolean;
  readonly at: string | undefined;
}

function wantedOf(params: Params): Wanted {
  const options: unknown = params.raw(0);
  if (!isJsonObject(options)) throw invalidParams("dev_dryRun takes an object with an extrinsic");
  const { extrinsic, raw = false, at, ...rest } = options;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw invalidParams(`${unknown} means nothing here: extrinsic, raw and at do`);
  if (typeof raw !== "boolean") throw invalidParams("raw is true or false");
  if (at !== undefined && !isHex(at)) throw invalidParams("at is a block's hash");
  if (isHex(extrinsic)) return { extrinsic, raw, at };
  const { call, address } = (extrinsic ?? {}) as Readonly<Record<string, unknown>>;
  if (!isHex(call) || typeof address !== "string")
    throw invalidParams("extrinsic is hex, or a call in hex with the address in whose name it runs");
  return { extrinsic: { call, address }, raw, at };
}

/**
 * `dev_dryRun` as chopsticks has it: what an extrinsic, or a call in anybody's name, would change, without a block.
 *
 * @returns With `raw` `[[key, value or null], …]`; else `{old, new, delta}` by pallet and item, and `error`, the name of the
 * dispatch error if the call fails (null otherwise). `delta` is `new`.
 * @throws InvalidTransaction where a block would not take the extrinsic.
 */
export function dryRun(node: Node, params: Params): unknown {
  const { extrinsic, raw, at } = wantedOf(params);
  const block = blockAt(node, at);
  const { changes, failure } = node.chain.dryRun(
    typeof extrinsic === "string" ? extrinsic : { call: extrinsic.call, who: accountOf(extrinsic.address) },
    block,
  );
  if (raw) return [...changes].map(([key, value]) => [`0x${key}`, value === undefined ? null : toHex(value)]);
  const before: Decoded = {};
  const after: Decoded = {};
  const { tree }: { tree: StateTree } = block;
  for (const [key, value] of changes) {
    put(before, key, tree.get(key));
    put(after, key, value);
  }
  return { old: before, new: after, delta: after, error: failure?.message ?? null };
}
