import { isJsonObject } from "../../base/json-object.ts";
import { decodeSs58 } from "../../base/ss58.ts";
import { schema } from "../engine/schema.ts";
import { ByteReader, isHex } from "../scale/bytes.ts";
import type { Field, Variant } from "../scale/named-types.ts";
import type { TypeNode } from "../scale/type-expression.ts";
import { invalidParams } from "./rpc-error.ts";

/**
 * A plain JSON value as a codec takes it: whole numbers as bigint where they are wide, addresses as public keys, variants
 * by name. What is left out of a record is the zero of its type.
 *
 * @throws RpcError where an address or a variant's name is none; a codec refuses the rest.
 */
export function fromJson(node: TypeNode, value: unknown): unknown {
  if (node.kind === "option") return value === null || value === undefined ? undefined : fromJson(node.of, value);
  if (value === undefined) return zeroOf(node);
  switch (node.kind) {
    case "named":
      return namedFromJson(node.name, value);
    case "compact":
      return fromJson(node.of, value);
    case "vec":
    case "boundedVec":
    case "set":
      return Array.isArray(value) ? listFromJson(node.of, value) : value;
    case "tuple":
      return Array.isArray(value) ? node.of.map((part, index) => fromJson(part, value[index])) : value;
    case "primitive":
      return /^[iu](64|128)$/.test(node.name) ? wideFromJson(value) : value;
    default:
      return value;
  }
}

const zeroOf = (node: TypeNode): unknown =>
  schema.types.codecOf(node).decode(new ByteReader(new Uint8Array(schema.types.zeroSize(node))));

/** Bytes are given as a list of numbers or as hex; hex is taken by the codec itself. */
function listFromJson(of: TypeNode, value: readonly unknown[]): unknown {
  if (of.kind === "primitive" && of.name === "u8") return Uint8Array.from(value, Number);
  return value.map((item) => fromJson(of, item));
}

function wideFromJson(value: unknown): unknown {
  if (typeof value === "string" && /^-?[0-9]+$/.test(value)) return BigInt(value);
  if (isHex(value)) return BigInt(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function namedFromJson(name: string, value: unknown): unknown {
  if (name === "AccountId32" && typeof value === "string" && !isHex(value)) {
    const key = decodeSs58(value);
    if (key === undefined) throw invalidParams(`"${value}" is no SS58 address with prefix 42`);
    return key;
  }
  const { definition } = schema.types.named(name);
  return definition.kind === "variant"
    ? variantFromJson(name, definition.variants, value)
    : fieldsFromJson(definition.fields, value);
}

function fieldsFromJson(fields: readonly Field[], value: unknown): unknown {
  const [first] = fields;
  if (first === undefined) return value;
  if (first.name === undefined) return fields.length === 1 ? fromJson(first.type, value) : value;
  if (!isJsonObject(value))
    throw invalidParams(`expected an object with ${fields.map((field) => field.name).join(", ")}`);
  return Object.fromEntries(
    fields.map(({ name = "", type }) => [name, fromJson(type, value[name] ?? value[camel(name)])]),
  );
}

/** `"Name"`, `{"Name": value}` or `{"type": "Name", "value": value}`; the first letter may be small, as polkadot has it. */
function variantFromJson(type: string, variants: readonly Variant[], value: unknown): unknown {
  const [name, inner] =
    typeof value === "object" && value !== null
      ? "type" in value
        ? [value.type, "value" in value ? value.value : undefined]
        : (Object.entries(value)[0] ?? [undefined, undefined])
      : [value, undefined];
  const wanted = String(name).toLowerCase();
  const variant = variants.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (variant === undefined) throw invalidParams(`${type} has no variant ${String(name)}`);
  return variant.fields.length === 0
    ? { type: variant.name }
    : { type: variant.name, value: fieldsFromJson(variant.fields, inner ?? undefined) };
}

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, char: string) => char.toUpperCase());
