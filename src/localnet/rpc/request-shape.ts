/** Shorter requests are harmless whatever their shape. */
const HARMLESS_LENGTH = 65_536;
/** As deep as serde_json goes, which real nodes read with. */
const MAX_DEPTH = 128;
/** Objects, lists and their members in one request: more would take many times the request's size in memory. */
const MAX_VALUES = 1_000_000;

/** Why a text must not be parsed as JSON, or undefined: reading hostile shapes takes seconds and half a gigabyte. */
export function hostileShape(text: string): string | undefined {
  if (text.length <= HARMLESS_LENGTH) return undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        values++;
        if (++depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x2c: // ,
        if (++values > MAX_VALUES) return `more than ${MAX_VALUES} values`;
        break;
      default:
    }
  }
  return undefined;
}

/** The place of the quote that ends the string which begins at `from`; the end of the text where none does. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
