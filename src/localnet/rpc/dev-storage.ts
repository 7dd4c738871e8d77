import { decodeSs58 } from "../../base/ss58.ts";
import type { Execution } from "../engine/execution.ts";
import { schema } from "../engine/schema.ts";
import { writeRaw } from "../pallets/system.ts";
import { ByteWriter, isHex } from "../scale/bytes.ts";
import { hashKey } from "../scale/hashers.ts";
import { twox } from "../scale/twox.ts";
import type { TypeNode } from "../scale/type-expression.ts";
import { invalidParams } from "./rpc-error.ts";

const textHash = (text: string): string => Buffer.from(twox(Buffer.from(text, "utf8"), 128)).toString("hex");

/** A plain JSON value as a codec takes it: whole numbers as bigint where they are wide, addresses as public keys. */
function fromJson(node: TypeNode, value: unknown): unknown {
  if (node.kind === "option") return value === null || value === undefined ? undefined : fromJson(node.of, value);
  if (node.kind === "named") {
    if (node.name === "AccountId32" && typeof value === "string" && !isHex(value)) {
      const key = decodeSs58(value);
      if (key === undefined) throw invalidParams(`"${value}" is no SS58 address with prefix 42`);
      return key;
    }
    const { definition } = schema.types.named(node.name);
    if (definition.kind === "variant") return typeof value === "string" ? { type: value } : value;
    const [first] = definition.fields;
    if (first === undefined) return value;
    if (first.name === undefined) return definition.fields.length === 1 ? fromJson(first.type, value) : value;
    const record = (value ?? {}) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      definition.fields.map(({ name = "", type }) => [name, fromJson(type, record[name] ?? record[camel(name)])]),
    );
  }
  if (node.kind === "compact") return fromJson(node.of, value);
  if ((node.kind === "vec" || node.kind === "boundedVec" || node.kind === "set") && Array.isArray(value)) {
    return value.map((item) => fromJson(node.of, item));
  }
  if (node.kind === "tuple" && Array.isArray(value)) {
    return node.of.map((part, index) => fromJson(part, value[index]));
  }
  if (node.kind === "primitive" && /^[iu](64|128)$/.test(node.name)) {
    if (typeof value === "string" && /^-?[0-9]+$/.test(value)) return BigInt(value);
    if (isHex(value)) return BigInt(value);
    return typeof value === "number" ? BigInt(value) : value;
  }
  return value;
}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, char: string) => char.toUpperCase());

/** Sets one item: `value` for a plain one, `[[keys, value], …]` for a map; null removes. */
function setItem(execution: Execution, pallet: string, item: string, value: unknown): void {
  const entry = schema.pallets
    .find(({ name }) => name === pallet)
    ?.storage.find(({ name }) => name === item || name.toLowerCase() === item.toLowerCase());
  if (entry === undefined) throw invalidParams(`there is no storage ${pallet}.${item}`);
  const prefix = `0x${textHash(pallet)}${textHash(entry.name)}`;
  const codec = schema.types.codecOf(entry.value);
  const write = (key: string, given: unknown): void => {
    if (given === null) {
      writeRaw(execution.state, key, undefined);
      return;
    }
    const writer = new ByteWriter();
    codec.encode(writer, fromJson(entry.value, given));
    execution.state.set(key.slice(2), writer.finish());
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

/**
 * `dev_setStorage` as chopsticks has it: `[[key, value|null], …]` in hex, or `{Pallet: {Item: value}}`.
 *
 * @throws RpcError naming what does not fit; nothing is written then.
 */
export function setStorage(execution: Execution, values: unknown): void {
  if (Array.isArray(values)) {
    for (const pair of values as readonly unknown[]) {
      if (!Array.isArray(pair) || !isHex(pair[0]) || !(pair[1] === null || isHex(pair[1]))) {
        throw invalidParams("raw storage is a list of [key, value or null] in hex");
      }
      writeRaw(execution.state, pair[0], pair[1] ?? undefined);
    }
    return;
  }
  if (typeof values !== "object" || values === null)
    throw invalidParams("storage is a list of pairs or an object by pallet");
  for (const [pallet, items] of Object.entries(values)) {
    if (typeof items !== "object" || items === null) throw invalidParams(`"${pallet}" must hold items`);
    for (const [item, value] of Object.entries(items as Readonly<Record<string, unknown>>))
      setItem(execution, pallet, item, value);
  }
}
