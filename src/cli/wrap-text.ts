/**
 * Breaks a line at blanks so that it fits a width; words longer than that stay whole.
 *
 * @param indent - Stands before every line but the first.
 * @returns Lines, at least one.
 */
export function wrapText(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && [...longer].length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
