import { readFields } from "../scale/named-types.ts";
import { readType, TokenReader, type TypeNode } from "../scale/type-expression.ts";

export interface ApiMethod {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly type: TypeNode }[];
  readonly output: TypeNode;
}
export interface RuntimeApi {
  readonly name: string;
  readonly methods: readonly ApiMethod[];
}

/** Reads `@ Name`, then one `method(arg: Type) -> Type` per line. */
export function parseRuntimeApis(text: string): RuntimeApi[] {
  const apis: { name: string; methods: ApiMethod[] }[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "") continue;
    if (line.startsWith("@ ")) {
      apis.push({ name: line.slice(2), methods: [] });
      continue;
    }
    const arrow = line.lastIndexOf(") -> ");
    const head = new TokenReader(`${line.slice(0, arrow).replace("(", "{")} }`);
    const name = head.next();
    const inputs = readFields(head).map(({ name: input = "", type }) => ({ name: input, type }));
    apis.at(-1)?.methods.push({ name, inputs, output: readType(new TokenReader(line.slice(arrow + 5))) });
  }
  return apis;
}
