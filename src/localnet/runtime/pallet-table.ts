import { fromHex } from "../scale/bytes.ts";
import type { Hasher } from "../scale/hashers.ts";
import { type Field, readFields, readVariants, type Variant } from "../scale/named-types.ts";
import { readType, TokenReader, type TypeNode } from "../scale/type-expression.ts";

/** A pallet as its table writes it: one line per call, storage item, event and constant; errors separated by commas. */
export interface PalletSource {
  readonly name: string;
  readonly index: number;
  /** Path of the Rust crate, which clients see in type names. */
  readonly crate: string;
  readonly calls?: string;
  readonly storage?: string;
  readonly events?: string;
  readonly errors?: string;
  readonly constants?: string;
}

export interface StorageEntry {
  readonly name: string;
  readonly hashers: readonly Hasher[];
  readonly keys: readonly TypeNode[];
  readonly value: TypeNode;
  /** An absent value reads as none (true) or as `fallback` (false). */
  readonly optional: boolean;
  /** SCALE of the default; undefined means "all zero bytes of the value's smallest form". */
  readonly fallback: Uint8Array | undefined;
}

export interface PalletTable {
  readonly name: string;
  readonly index: number;
  readonly crate: string;
  readonly calls: readonly Variant[];
  readonly storage: readonly StorageEntry[];
  readonly events: readonly Variant[];
  readonly errors: readonly Variant[];
  readonly constants: readonly { readonly name: string; readonly type: TypeNode; readonly value: Uint8Array }[];
}

const lines = (text = ""): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** `Name [hasher Key, …] ?Value = hex`; brackets for maps, `?` where absence is none, hex where the default is not zero. */
function parseStorage(line: string): StorageEntry {
  const tokens = new TokenReader(line);
  const name = tokens.next();
  const hashers: Hasher[] = [];
  const keys: TypeNode[] = [];
  // `[u8; 32]` as a value begins with a bracket too, but no hasher is called u8.
  if (tokens.peek() === "[" && isHasher(tokens.peek(1))) {
    tokens.expect("[");
    do {
      hashers.push(tokens.next() as Hasher);
      keys.push(readType(tokens));
    } while (tokens.accept(","));
    tokens.expect("]");
  }
  const optional = tokens.accept("?");
  const value = readType(tokens);
  const fallback = tokens.accept("=") ? fromHex(tokens.next()) : undefined;
  return { name, hashers, keys, value, optional, fallback };
}

const isHasher = (word: string): word is Hasher => word === "blake2" || word === "twox64" || word === "identity";

function parseConstant(line: string): { name: string; type: TypeNode; value: Uint8Array } {
  const tokens = new TokenReader(line);
  const name = tokens.next();
  const type = readType(tokens);
  tokens.expect("=");
  return { name, type, value: fromHex(tokens.next()) };
}

/** Calls: `index name(arg: Type, …)`. */
function parseCall(line: string): Variant {
  const tokens = new TokenReader(line.replace("(", "{").replace(/\)$/, "}"));
  const index = Number(tokens.next());
  const name = tokens.next();
  const fields: Field[] = readFields(tokens);
  return { index, name, fields };
}

/** @throws SyntaxError where a line does not follow the grammar. */
export function parsePallet(source: PalletSource): PalletTable {
  return {
    name: source.name,
    index: source.index,
    crate: source.crate,
    calls: lines(source.calls).map(parseCall),
    storage: lines(source.storage).map(parseStorage),
    events: readVariants(new TokenReader(source.events ?? "")),
    errors: readVariants(new TokenReader(source.errors ?? "")),
    constants: lines(source.constants).map(parseConstant),
  };
}
