const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/**
 * Cuts one big JSON array into its elements without holding more than one of them. It looks at brackets and strings
 * only; whether an element is JSON is for `JSON.parse` to say.
 */
export class ArraySplitter {
  #depth = 0;
  #inString = false;
  #escaped = false;
  #ended = false;
  #parts: Buffer[] = [];
  readonly #onElement: (text: string) => void;

  /** @param onElement - Gets the text of each element, in order. */
  constructor(onElement: (text: string) => void) {
    this.#onElement = onElement;
  }

  /** True once the array's own bracket closed. */
  get complete(): boolean {
    return this.#ended;
  }

  /** @returns False if something other than blanks follows the array. */
  push(chunk: Buffer): boolean {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      if (this.#ended) {
        if (!isBlank(byte)) return false;
        continue;
      }
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth++;
        if (this.#depth === 1) start = i + 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth--;
        if (this.#depth === 0) {
          this.#emit(chunk.subarray(start, i), true);
          this.#ended = true;
        }
      } else if (byte === COMMA && this.#depth === 1) {
        this.#emit(chunk.subarray(start, i), false);
        start = i + 1;
      }
    }
    if (!this.#ended && this.#depth > 0) this.#parts.push(Buffer.from(chunk.subarray(start)));
    return true;
  }

  #emit(rest: Buffer, last: boolean): void {
    const bytes = this.#parts.length === 0 ? rest : Buffer.concat([...this.#parts, rest]);
    this.#parts = [];
    const text = bytes.toString("utf8");
    if (last && text.trim() === "") return;
    this.#onElement(text);
  }
}
