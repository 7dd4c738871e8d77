import {
  arrayCodec,
  bytesCodec,
  type Codec,
  compactCodec,
  enumCodec,
  fixedBytesCodec,
  hexCodec,
  isByte,
  mapCodec,
  optionCodec,
  primitiveCodec,
  structCodec,
  tupleCodec,
  unitCodec,
  vecCodec,
} from "./codec.ts";
import type { Field, NamedType } from "./named-types.ts";
import { type Primitive, parseType, type TypeNode } from "./type-expression.ts";

/** Fixed bytes that are names of something: kept as hex. */
const HEX_LENGTH: Readonly<Record<string, number>> = { AccountId32: 32, H256: 32, H160: 20 };

/** Every named type of the runtime, and the codec of any type expression over them (built once, on first use). */
export class TypeRegistry {
  readonly #named = new Map<string, NamedType>();
  readonly #codecs = new Map<string, Codec>();
  readonly #override = new Map<string, Codec>();

  /** @throws TypeError if a name is taken. */
  define(types: readonly NamedType[]): void {
    for (const type of types) {
      if (this.#named.has(type.name)) throw new TypeError(`type ${type.name} is defined twice`);
      this.#named.set(type.name, type);
    }
  }

  /** A codec of our own for a named type, whatever its definition says (eras, opaque extrinsics). */
  override(name: string, codec: Codec): void {
    this.#override.set(name, codec);
  }

  /** @throws TypeError if there is no such type. */
  named(name: string): NamedType {
    const type = this.#named.get(name);
    if (type === undefined) throw new TypeError(`no type ${name}`);
    return type;
  }

  /** The codec of a type expression such as `Vec<(u16, u16)>`. */
  codec(expression: string): Codec {
    let codec = this.#codecs.get(expression);
    if (codec === undefined) {
      codec = this.codecOf(parseType(expression));
      this.#codecs.set(expression, codec);
    }
    return codec;
  }

  codecOf(node: TypeNode): Codec {
    switch (node.kind) {
      case "primitive":
        return primitiveCodec(node.name);
      case "named":
        return this.#namedCodec(node.name);
      case "compact":
        return node.of.kind === "tuple" ? unitCodec : compactCodec(this.#primitiveOf(node.of));
      case "option":
        return optionCodec(this.codecOf(node.of));
      case "result":
        return enumCodec([
          { index: 0, name: "Ok", codec: this.codecOf(node.ok) },
          { index: 1, name: "Err", codec: this.codecOf(node.error) },
        ]);
      case "vec":
      case "boundedVec":
        return isByte(node.of) ? bytesCodec : vecCodec(this.codecOf(node.of));
      case "set":
        return vecCodec(this.codecOf(node.of));
      case "map":
        return mapCodec(this.codecOf(node.key), this.codecOf(node.value));
      case "array":
        return isByte(node.of) ? fixedBytesCodec(node.length) : arrayCodec(this.codecOf(node.of), node.length);
      case "tuple":
        return node.of.length === 0 ? unitCodec : tupleCodec(node.of.map((part) => this.codecOf(part)));
    }
  }

  /** How many zero bytes make the type's zero: the value of an absent entry without a default of its own. */
  zeroSize(node: TypeNode): number {
    switch (node.kind) {
      case "array":
        return this.zeroSize(node.of) * node.length;
      case "tuple":
        return node.of.reduce((sum, part) => sum + this.zeroSize(part), 0);
      case "named": {
        const { definition } = this.named(node.name);
        const fields =
          definition.kind === "composite"
            ? definition.fields
            : (definition.variants.find(({ index }) => index === 0)?.fields ?? []);
        const tag = definition.kind === "composite" ? 0 : 1;
        return fields.reduce((sum, field) => sum + this.zeroSize(field.type), tag);
      }
      default:
        return this.codecOf(node).minSize;
    }
  }

  #primitiveOf(node: TypeNode): Primitive {
    if (node.kind === "primitive") return node.name;
    const definition = node.kind === "named" ? this.named(node.name).definition : undefined;
    const first = definition?.kind === "composite" ? definition.fields[0] : undefined;
    if (first === undefined) throw new TypeError("only integers have a compact form");
    return this.#primitiveOf(first.type);
  }

  #namedCodec(name: string): Codec {
    const known = this.#override.get(name) ?? this.#codecs.get(name);
    if (known !== undefined) return known;
    const hexLength = HEX_LENGTH[name];
    if (hexLength !== undefined) return hexCodec(hexLength);
    const lazy = lazyCodec(() => this.#build(name));
    this.#codecs.set(name, lazy);
    return lazy;
  }

  #build(name: string): Codec {
    const { definition } = this.named(name);
    if (definition.kind === "composite") return this.#fields(definition.fields);
    return enumCodec(
      definition.variants.map(({ index, name, fields }) => ({ index, name, codec: this.#fields(fields) })),
    );
  }

  #fields(fields: readonly Field[]): Codec {
    const [first] = fields;
    if (first === undefined) return unitCodec;
    if (first.name === undefined) {
      return fields.length === 1 ? this.codecOf(first.type) : tupleCodec(fields.map(({ type }) => this.codecOf(type)));
    }
    return structCodec(fields.map(({ name = "", type }) => ({ name, codec: this.codecOf(type) })));
  }
}

/** Built on first use: calls contain calls. */
function lazyCodec(build: () => Codec): Codec {
  let built: Codec | undefined;
  const get = (): Codec => {
    built ??= build();
    return built;
  };
  return {
    encode: (writer, value) => get().encode(writer, value),
    decode: (reader) => get().decode(reader),
    // One byte is true of every recursive type here; asking for the real size would recurse.
    get minSize() {
      return built?.minSize ?? 1;
    },
  };
}
