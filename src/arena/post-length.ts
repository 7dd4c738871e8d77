/** Code points that weigh one; every other weighs two. @see twitter-text, config v3 */
const LIGHT: readonly (readonly [number, number])[] = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
];
/** A link is shortened to this many characters, whatever its length. */
const LINK_LENGTH = 23;
const LINK = /https?:\/\/\S+/g;
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3/u;

/** Characters that X allows in a post. */
export const MOST_POST_CHARACTERS = 280;

/**
 * How many of its 280 characters X counts for a text: one per light code point after normalisation (NFC), two for any
 * other and for each whole emoji sequence, 23 for each link that begins with http:// or https://.
 *
 * @returns ≥ 0.
 * @see docs.x.com "Counting characters"; twitter-text `parseTweet`, config v3
 */
export function postLength(text: string): number {
  const links = text.match(LINK) ?? [];
  const rest = text.replace(LINK, "").normalize("NFC");
  let length = links.length * LINK_LENGTH;
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(rest)) {
    if (EMOJI.test(segment)) length += 2;
    else for (const character of segment) length += isLight(character.codePointAt(0) ?? 0) ? 1 : 2;
  }
  return length;
}

const isLight = (point: number): boolean => LIGHT.some(([from, to]) => point >= from && point <= to);
