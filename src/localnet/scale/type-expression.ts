/** A type as the tables write it: `Vec<(Compact<u16>, AccountId32)>`. */
export type TypeNode =
  | { readonly kind: "primitive"; readonly name: Primitive }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "vec" | "boundedVec" | "set" | "compact" | "option"; readonly of: TypeNode }
  | { readonly kind: "array"; readonly of: TypeNode; readonly length: number }
  | { readonly kind: "tuple"; readonly of: readonly TypeNode[] }
  | { readonly kind: "result"; readonly ok: TypeNode; readonly error: TypeNode }
  | { readonly kind: "map"; readonly key: TypeNode; readonly value: TypeNode };

/** In the order of their numbers in metadata. */
export const PRIMITIVES = [
  "bool",
  "char",
  "str",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "u256",
  "i8",
  "i16",
  "i32",
  "i64",
  "i128",
  "i256",
] as const;
export type Primitive = (typeof PRIMITIVES)[number];

const isPrimitive = (word: string): word is Primitive => (PRIMITIVES as readonly string[]).includes(word);

/** Splits table text into words and single punctuation marks; `::` stays inside a word. */
export const tokenize = (text: string): string[] => text.match(/[A-Za-z0-9_:]*[A-Za-z0-9_]|->|[^\sA-Za-z0-9_]/g) ?? [];

/** Walks over tokens; shared by every grammar of the tables. */
export class TokenReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }
  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead] ?? "";
  }
  next(): string {
    const token = this.peek();
    if (token === "") throw new SyntaxError("table text ends too early");
    this.#at++;
    return token;
  }
  expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new SyntaxError(`expected "${token}" but found "${found}" before "${this.peek()}"`);
  }
  /** Consumes the token if it is next. */
  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at++;
    return true;
  }
}

/** `Name<A, B>` forms that are no named types. */
const GENERIC: Readonly<Record<string, (args: readonly TypeNode[]) => TypeNode>> = {
  Vec: ([of = unit]) => ({ kind: "vec", of }),
  BoundedVec: ([of = unit]) => ({ kind: "boundedVec", of }),
  BTreeSet: ([of = unit]) => ({ kind: "set", of }),
  Compact: ([of = unit]) => ({ kind: "compact", of }),
  Option: ([of = unit]) => ({ kind: "option", of }),
  Result: ([ok = unit, error = unit]) => ({ kind: "result", ok, error }),
  BTreeMap: ([key = unit, value = unit]) => ({ kind: "map", key, value }),
};
const unit: TypeNode = { kind: "tuple", of: [] };

/** @throws SyntaxError where the text is no type expression. */
export function readType(tokens: TokenReader): TypeNode {
  if (tokens.accept("(")) {
    const of: TypeNode[] = [];
    while (!tokens.accept(")")) {
      of.push(readType(tokens));
      tokens.accept(",");
    }
    return { kind: "tuple", of };
  }
  if (tokens.accept("[")) {
    const of = readType(tokens);
    tokens.expect(";");
    const length = Number(tokens.next());
    tokens.expect("]");
    return { kind: "array", of, length };
  }
  const word = tokens.next();
  const generic = GENERIC[word];
  if (generic !== undefined && tokens.accept("<")) {
    const args = [readType(tokens)];
    while (tokens.accept(",")) args.push(readType(tokens));
    tokens.expect(">");
    return generic(args);
  }
  return isPrimitive(word) ? { kind: "primitive", name: word } : { kind: "named", name: word };
}

export function parseType(text: string): TypeNode {
  const tokens = new TokenReader(text);
  const node = readType(tokens);
  if (!tokens.done) throw new SyntaxError(`more than one type in "${text}"`);
  return node;
}
