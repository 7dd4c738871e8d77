import { cellWidth } from "../base/cells.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A word in pieces of at most `width` cells. */
function pieces(word: string, width: number): string[] {
  if (/^[\x20-\x7e]*$/.test(word)) return word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [""];
  const cut: string[] = [];
  let piece = "";
  let taken = 0;
  for (const { segment } of graphemes.segment(word)) {
    const cells = cellWidth(segment);
    if (taken + cells > width && piece !== "") {
      cut.push(piece);
      piece = "";
      taken = 0;
    }
    piece += segment;
    taken += cells;
  }
  return [...cut, piece];
}

/**
 * Breaks a text at spaces into lines of at most `width` cells; words that are longer are broken where they must.
 * Blanks at the beginning of a line of the text stay. Nothing is left out; a text without a letter is one empty line.
 *
 * @param width - ≥ 1; a wide character alone takes two cells all the same.
 */
export function wrapCells(text: string, width: number): string[] {
  if (cellWidth(text) <= width && !text.includes("\n")) return [text];
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    const indent = /^ */.exec(paragraph)?.[0] ?? "";
    let line = indent.length < width ? indent : "";
    let taken = line.length;
    let gap = "";
    for (const word of paragraph.slice(indent.length).split(" ")) {
      const cells = cellWidth(word);
      if (taken + gap.length + cells <= width) {
        line += gap + word;
        taken += gap.length + cells;
      } else {
        if (line.trim() !== "") lines.push(line);
        const parts = cells <= width ? [word] : pieces(word, width);
        lines.push(...parts.slice(0, -1));
        line = parts.at(-1) ?? "";
        taken = cellWidth(line);
      }
      gap = " ";
    }
    return [...lines, line];
  });
}
