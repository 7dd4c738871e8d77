import type { PageFile } from "../../base/ports.ts";
import { pick, type Random } from "../../base/random.ts";

/**
 * Prints a text again with edits that change no word: ends of lines, spaces at their ends, runs of empty lines, the
 * marks of lists, the shape of quotation marks and apostrophes. Never throws on a stranger's text.
 *
 * @param random - Equal streams give equal edits.
 */
export function reprintText(files: readonly PageFile[], random: Random): PageFile[] {
  const mark = pick(random, ["-", "*", "•"]);
  const stop = pick(random, [".", ")"]);
  const isCurly = pick(random, [true, false]);
  return files.map((file) => ({
    ...file,
    content: `${file.content
      .replace(/\r\n?/g, "\n")
      .split("\n")
      .map((line) =>
        line
          .trimEnd()
          .replace(/^(\s*)[-*•–](\s+)/, `$1${mark}$2`)
          .replace(/^(\s*[0-9]{1,3})[.)](\s+)/, `$1${stop}$2`)
          .replace(/(?<=\p{L})['’](?=\p{L})/gu, isCurly ? "’" : "'"),
      )
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`,
  }));
}
