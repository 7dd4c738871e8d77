import { type Comment, parse, type Token } from "acorn";
import { applySplices, type Splice } from "./splice.ts";

export interface JsLayout {
  /** Whitespace for one level. */
  readonly indent: string;
  readonly quote: '"' | "'";
}

/**
 * Prints a script again: comments dropped, whitespace between tokens laid out anew (a line break stays a line break,
 * since semicolons may hang on it), string quotes changed where nothing needs escaping.
 *
 * @param replace - Text for tokens by their start offset, for renamed names.
 * @returns undefined if the source is not JavaScript.
 */
export function reprintJs(source: string, layout: JsLayout, replace: ReadonlyMap<number, string>): string | undefined {
  const tokens = tokenise(source);
  if (tokens === undefined) return undefined;
  const splices: Splice[] = [];
  let depth = 0;
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const text = source.slice(token.start, token.end);
    const gap = source.slice(at, token.start);
    if (/^[)\]}]$/.test(text)) depth = Math.max(0, depth - 1);
    if (gap !== "" || index === 0) {
      const fresh = index === 0 ? "" : /[\n\r\u2028\u2029]/.test(gap) ? `\n${layout.indent.repeat(depth)}` : " ";
      splices.push({ start: at, end: token.start, text: fresh });
    }
    if (/^(\(|\[|\{|\$\{)$/.test(text)) depth++;
    const replaced =
      replace.get(token.start) ?? (token.type.label === "string" ? requote(text, layout.quote) : undefined);
    if (replaced !== undefined && replaced !== text)
      splices.push({ start: token.start, end: token.end, text: replaced });
    at = token.end;
  }
  splices.push({ start: at, end: source.length, text: "" });
  return applySplices(source, splices);
}

function tokenise(source: string): Token[] | undefined {
  for (const sourceType of ["script", "module"] as const) {
    const tokens: Token[] = [];
    const comments: Comment[] = [];
    try {
      parse(source, { ecmaVersion: 2025, sourceType, onToken: tokens, onComment: comments });
    } catch (thrown) {
      if (thrown instanceof SyntaxError || thrown instanceof RangeError) continue;
      throw thrown;
    }
    return tokens.filter((token) => token.end > token.start);
  }
  return undefined;
}

function requote(text: string, quote: '"' | "'"): string {
  const inner = text.slice(1, -1);
  return /["'\\]/.test(inner) ? text : `${quote}${inner}${quote}`;
}
