import { cellWidth } from "../base/cells.ts";
import { escapeControl } from "../base/text.ts";
import type { Theme } from "./theme.ts";

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
/** Joiners and selectors: what they make of their neighbours differs from terminal to terminal, and so does its width. */
const JOINERS = /\u200c|\u200d|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|[\u{1f3fb}-\u{1f3ff}]/gu;
/** More than two marks on one letter reach into the lines above and below. */
const TOWERS = /(\p{Mn}{2})\p{Mn}+/gu;
const BEYOND: Readonly<Record<string, string>> = { "…": "~", "×": "v", "·": "|", "–": "-", "—": "-", τ: "TAO" };

/**
 * Any text as the screen may show it: control and direction characters as visible escapes, nothing whose width a
 * terminal may see otherwise than we do, and ASCII alone where the terminal has no more. Showing twice changes nothing.
 */
export function shown(text: string, theme: Theme): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  const safe = escapeControl(text).replace(JOINERS, "").replace(TOWERS, "$1");
  if (theme.unicode) return safe;
  return Array.from(safe, (char) => {
    if (PRINTABLE_ASCII.test(char)) return char;
    return BEYOND[char] ?? "?".repeat(cellWidth(char));
  }).join("");
}
