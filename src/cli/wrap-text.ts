/**
 * Breaks a line at blanks so that it fits a width; words longer than that stay whole, and so do the blanks before the first.
 *
 * @param indent - Stands before every line but the first.
 * @returns Lines, at least one.
 */
export function wrapText(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  const margin = /^ */.exec(text)?.[0] ?? "";
  let line = margin;
  for (const word of text.slice(margin.length).split(" ")) {
    const isFirst = line.trim() === "";
    const longer = isFirst ? `${line}${word}` : `${line} ${word}`;
    if (!isFirst && [...longer].length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
