import { readType, TokenReader, type TypeNode } from "./type-expression.ts";

export interface Field {
  /** Absent in tuple structs. */
  readonly name?: string;
  readonly type: TypeNode;
}

export interface Variant {
  readonly index: number;
  readonly name: string;
  readonly fields: readonly Field[];
}

export type Definition =
  | { readonly kind: "composite"; readonly fields: readonly Field[] }
  | { readonly kind: "variant"; readonly variants: readonly Variant[] };

export interface NamedType {
  readonly name: string;
  readonly path: readonly string[];
  readonly params?: readonly { readonly name: string; readonly type?: TypeNode }[];
  readonly definition: Definition;
}

/** Fields in `{ name: Type, … }` or `(Type, …)`; none where neither follows. */
export function readFields(tokens: TokenReader): Field[] {
  const fields: Field[] = [];
  if (tokens.accept("{")) {
    while (!tokens.accept("}")) {
      const name = tokens.next();
      tokens.expect(":");
      fields.push({ name, type: readType(tokens) });
      tokens.accept(",");
    }
  } else if (tokens.accept("(")) {
    while (!tokens.accept(")")) {
      fields.push({ type: readType(tokens) });
      tokens.accept(",");
    }
  }
  return fields;
}

/** `index Name fields`, separated by commas or nothing, up to `}` or the end. */
export function readVariants(tokens: TokenReader): Variant[] {
  const variants: Variant[] = [];
  while (!tokens.done && tokens.peek() !== "}") {
    const index = Number(tokens.next());
    const name = tokens.next();
    variants.push({ index, name, fields: readFields(tokens) });
    tokens.accept(",");
  }
  return variants;
}

/** Generic parameters that clients look at to tell two types of one path apart: `<T = u32>`. */
function readParams(tokens: TokenReader): { name: string; type: TypeNode }[] {
  const params: { name: string; type: TypeNode }[] = [];
  if (!tokens.accept("<")) return params;
  do {
    const name = tokens.next();
    tokens.expect("=");
    params.push({ name, type: readType(tokens) });
  } while (tokens.accept(","));
  tokens.expect(">");
  return params;
}

/**
 * Reads definitions: `Name crate::path::Name { field: Type }`, `Name path (Type)`, `Name path enum { 0 A, 1 B(Type) }`.
 *
 * @throws SyntaxError at the first word that does not fit.
 */
export function parseNamedTypes(text: string): NamedType[] {
  const tokens = new TokenReader(text);
  const types: NamedType[] = [];
  while (!tokens.done) {
    const name = tokens.next();
    const path = tokens.next().split("::");
    const params = readParams(tokens);
    if (tokens.accept("enum")) {
      tokens.expect("{");
      const variants = readVariants(tokens);
      tokens.expect("}");
      types.push({ name, path, params, definition: { kind: "variant", variants } });
    } else {
      types.push({ name, path, params, definition: { kind: "composite", fields: readFields(tokens) } });
    }
  }
  return types;
}
