/** Longest text that is looked at, in words; a post has some fifty. */
const MOST_WORDS = 2_048;
const buffer = new Uint32Array(MOST_WORDS);

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const isAsciiLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const isNameCharacter = (code: number): boolean =>
  isAsciiLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
/** Scripts without spaces, in which each character is taken as a word. */
const isIdeograph = (code: number): boolean => code >= 0x3040 && code <= 0x9fff;
/** Letters of other scripts, near enough: everything but punctuation, symbols, emoji and variation selectors. */
const isOtherLetter = (code: number): boolean =>
  code >= 0xaa &&
  code !== 0xd7 &&
  !(code >= 0x2000 && code <= 0x303f) &&
  !(code >= 0xd800 && code <= 0xf8ff) &&
  !(code >= 0xfe00 && code <= 0xfe0f) &&
  !(code >= 0xff00 && code <= 0xff20);

const startsLink = (text: string, at: number): boolean =>
  text.startsWith("http://", at) || text.startsWith("https://", at);

/**
 * Hashes a text's words (FNV-1a): lower case, without links, @names, digits, punctuation and emoji, so that texts that
 * differ in those only have equal hashes.
 *
 * @returns A view that the next call overwrites; at most 2048 words.
 */
export function wordHashes(original: string): Uint32Array {
  const text = original.toLowerCase();
  let count = 0;
  let hash = FNV_BASIS;
  let inWord = false;
  const end = (): void => {
    if (inWord && count < MOST_WORDS) buffer[count++] = hash;
    inWord = false;
    hash = FNV_BASIS;
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x68 && !inWord && startsLink(text, i)) {
      while (i < text.length && text.charCodeAt(i) > 0x20) i++;
    } else if (code === 0x40) {
      end();
      while (i + 1 < text.length && isNameCharacter(text.charCodeAt(i + 1))) i++;
    } else if (isIdeograph(code)) {
      end();
      hash = Math.imul(hash ^ code, FNV_PRIME);
      inWord = true;
      end();
    } else if (isAsciiLetter(code) || isOtherLetter(code)) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      inWord = true;
    } else {
      end();
    }
  }
  end();
  return buffer.subarray(0, count);
}
