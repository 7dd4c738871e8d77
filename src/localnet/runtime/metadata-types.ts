import type { ByteWriter } from "../scale/bytes.ts";
import type { Field, NamedType } from "../scale/named-types.ts";
import { PRIMITIVES, type TypeNode } from "../scale/type-expression.ts";
import type { TypeRegistry } from "../scale/type-registry.ts";

/** Type text for a field's `typeName`; the same text identifies the type. */
export function typeText(node: TypeNode): string {
  switch (node.kind) {
    case "primitive":
    case "named":
      return node.name;
    case "vec":
      return `Vec<${typeText(node.of)}>`;
    case "boundedVec":
      return `BoundedVec<${typeText(node.of)}>`;
    case "set":
      return `BTreeSet<${typeText(node.of)}>`;
    case "compact":
      return `Compact<${typeText(node.of)}>`;
    case "option":
      return `Option<${typeText(node.of)}>`;
    case "array":
      return `[${typeText(node.of)}; ${node.length}]`;
    case "tuple":
      return `(${node.of.map(typeText).join(", ")})`;
    case "result":
      return `Result<${typeText(node.ok)}, ${typeText(node.error)}>`;
    case "map":
      return `BTreeMap<${typeText(node.key)}, ${typeText(node.value)}>`;
  }
}

interface Shape {
  readonly path?: readonly string[];
  readonly params?: readonly { readonly name: string; readonly id?: number | undefined }[];
  readonly write: (writer: ByteWriter) => void;
}

/** The portable registry of metadata: gives each type met a number, and writes them all. */
export class PortableTypes {
  readonly #registry: TypeRegistry;
  readonly #ids = new Map<string, number>();
  readonly #shapes: Shape[] = [];

  constructor(registry: TypeRegistry) {
    this.#registry = registry;
  }

  /** The number of a type, given on first sight. */
  id(node: TypeNode): number {
    const text = typeText(node);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#shapes.length;
    this.#ids.set(text, id);
    this.#shapes.push({ write: () => undefined });
    this.#shapes[id] = this.#shape(node);
    return id;
  }

  #shape(node: TypeNode): Shape {
    switch (node.kind) {
      case "primitive":
        return def(5, (writer) => writer.u8(PRIMITIVES.indexOf(node.name)));
      case "compact":
        return this.#reference(6, node.of);
      case "vec":
        return this.#reference(2, node.of);
      case "array": {
        const of = this.id(node.of);
        return def(3, (writer) => {
          writer.u32(node.length);
          writer.compact(of);
        });
      }
      case "tuple": {
        const of = node.of.map((part) => this.id(part));
        return def(4, (writer) => list(writer, of, (id) => writer.compact(id)));
      }
      case "boundedVec":
        return {
          ...this.#composite([{ type: { kind: "vec", of: node.of } }]),
          path: ["bounded_collections", "bounded_vec", "BoundedVec"],
          params: [{ name: "T", id: this.id(node.of) }, { name: "S" }],
        };
      case "set":
        return {
          ...this.#composite([{ type: { kind: "vec", of: node.of } }]),
          path: ["BTreeSet"],
          params: [{ name: "T", id: this.id(node.of) }],
        };
      case "map":
        return {
          ...this.#composite([{ type: { kind: "vec", of: { kind: "tuple", of: [node.key, node.value] } } }]),
          path: ["BTreeMap"],
          params: [
            { name: "K", id: this.id(node.key) },
            { name: "V", id: this.id(node.value) },
          ],
        };
      case "option":
        return {
          ...this.#variant([
            { index: 0, name: "None", fields: [] },
            { index: 1, name: "Some", fields: [{ type: node.of }] },
          ]),
          path: ["Option"],
          params: [{ name: "T", id: this.id(node.of) }],
        };
      case "result":
        return {
          ...this.#variant([
            { index: 0, name: "Ok", fields: [{ type: node.ok }] },
            { index: 1, name: "Err", fields: [{ type: node.error }] },
          ]),
          path: ["Result"],
          params: [
            { name: "T", id: this.id(node.ok) },
            { name: "E", id: this.id(node.error) },
          ],
        };
      case "named":
        return this.#named(this.#registry.named(node.name));
    }
  }

  #named(type: NamedType): Shape {
    const shape =
      type.definition.kind === "composite"
        ? this.#composite(type.definition.fields)
        : this.#variant(type.definition.variants);
    const params = (type.params ?? []).map(({ name, type: of }) => ({ name, id: of && this.id(of) }));
    return { ...shape, path: type.path, params };
  }

  #reference(tag: number, of: TypeNode): Shape {
    const id = this.id(of);
    return def(tag, (writer) => writer.compact(id));
  }

  #fields(fields: readonly Field[]): (writer: ByteWriter) => void {
    const ids = fields.map(({ type }) => this.id(type));
    return (writer) =>
      list(writer, fields, (field, index) => {
        optionalText(writer, field.name);
        writer.compact(ids[index] ?? 0);
        optionalText(writer, typeText(field.type));
        writer.compact(0);
      });
  }

  #composite(fields: readonly Field[]): Shape {
    return def(0, this.#fields(fields));
  }

  #variant(variants: readonly { index: number; name: string; fields: readonly Field[] }[]): Shape {
    const bodies = variants.map(({ fields }) => this.#fields(fields));
    return def(1, (writer) =>
      list(writer, variants, (variant, index) => {
        writer.text(variant.name);
        bodies[index]?.(writer);
        writer.u8(variant.index);
        writer.compact(0);
      }),
    );
  }

  write(writer: ByteWriter): void {
    list(writer, this.#shapes, (shape, id) => {
      writer.compact(id);
      list(writer, shape.path ?? [], (part) => writer.text(part));
      list(writer, shape.params ?? [], (param) => {
        writer.text(param.name);
        writer.u8(param.id === undefined ? 0 : 1);
        if (param.id !== undefined) writer.compact(param.id);
      });
      shape.write(writer);
      writer.compact(0);
    });
  }
}

const def = (tag: number, body: (writer: ByteWriter) => void): Shape => ({
  write: (writer) => {
    writer.u8(tag);
    body(writer);
  },
});

/** A SCALE vector. */
export function list<T>(writer: ByteWriter, items: readonly T[], write: (item: T, index: number) => void): void {
  writer.compact(items.length);
  items.forEach(write);
}

const optionalText = (writer: ByteWriter, text: string | undefined): void => {
  writer.u8(text === undefined ? 0 : 1);
  if (text !== undefined) writer.text(text);
};
