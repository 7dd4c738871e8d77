import { wrapText } from "./wrap-text.ts";

/** A command line of ours in a sentence: up to where the sentence goes on or ends. */
const OURS = /\bcolosseum [a-z][^;,\n]*/g;
/** Stands for a blank that may not become the end of a line. */
const HELD = "\u0001";

/**
 * Breaks text for a terminal, which would break it in the middle of words. A command line of ours keeps its blanks, so that
 * it can be copied: it begins a line of its own where it does not fit behind the words before it.
 *
 * @param width - Columns, at least 40 are taken.
 * @param indent - Stands before what is carried over.
 */
export function linesForTerminal(text: string, width: number, indent: string): string {
  const columns = Math.max(40, width);
  return text
    .split("\n")
    .flatMap((line) =>
      line.length <= columns
        ? [line]
        : wrapText(
            line.replace(OURS, (command) => command.replaceAll(" ", HELD)),
            columns,
            indent,
          ),
    )
    .join("\n")
    .replaceAll(HELD, " ");
}
