/**
 * Prints a style sheet again: comments dropped, whitespace laid out anew. Strings, `url(…)` and every other character
 * stay as they are, so the rules and their order do too.
 *
 * @param indent - Whitespace for one level.
 */
export function reprintCss(css: string, indent: string): string {
  const token =
    /("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|url\([^)]*\))|(\/\*[\s\S]*?(?:\*\/|$))|(\s+)|([\s\S])/gi;
  let out = "";
  let depth = 0;
  let gap = "";
  let dropped = false;
  for (const [, literal, comment, space, char] of css.matchAll(token)) {
    if (comment !== undefined) {
      dropped = true;
      continue;
    }
    if (space !== undefined) {
      gap += space;
      continue;
    }
    const text = literal ?? char ?? "";
    if (text === "}") depth = Math.max(0, depth - 1);
    if (out !== "") {
      if (gap.includes("\n")) out += `\n${indent.repeat(depth)}`;
      else if (gap !== "") out += " ";
      // Without its comment `a/**/b` would become one word.
      else if (dropped) out += "/**/";
    }
    out += text;
    if (text === "{") depth++;
    gap = "";
    dropped = false;
  }
  return out;
}
