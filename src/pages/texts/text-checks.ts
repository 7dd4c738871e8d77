import type { PageFile } from "../../base/ports.ts";
import { containsText, normalText } from "../checks.ts";

/** What must be true of a text. Words are compared without case, spaces joined, list marks and closing stops dropped. */
export type TextExpectation =
  /** A line of its own. */
  | { readonly line: string }
  | { readonly see: string }
  | { readonly miss: string }
  /** The first, or the last, line that says something. */
  | { readonly first: string }
  | { readonly last: string }
  /** Both are there, in this order. */
  | { readonly before: readonly [string, string] }
  /** So many numbered lines, in the order of their letters. */
  | { readonly numbered: number };

/** A requirement of a text task that can be looked for in any answer, whoever wrote it. */
export interface TextCheck {
  readonly name: string;
  readonly expect: TextExpectation;
}

/** Of an answer so much is read. */
const MOST_READ = 65_536;
const MARK = /^(?:[-*•–]|[0-9]{1,3}[.)])\s+/;
const NUMBERED = /^([0-9]{1,3})[.)]\s+(\S.*)$/;

/** An answer as text: its files one after the other, line by line, without what only looks. */
export const textLines = (files: readonly PageFile[]): string[] =>
  files
    .map(({ content }) => content)
    .join("\n")
    .slice(0, MOST_READ)
    .split(/\r\n?|\n/)
    .map((line) =>
      line
        .replace(/^\s*#{1,6}\s+/, "")
        .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, "")
        .replace(/[“”]/g, '"')
        .replace(/[’‘]/g, "'")
        .trim(),
    )
    .filter((line) => line !== "");

const bare = (line: string): string => normalText(line.replace(MARK, "").replace(/[.,;:]$/, ""));

/**
 * Which checks an answer passes. Nothing is run: an answer is text.
 *
 * @returns One answer for each check, in order. Bounded work on any input.
 */
export function checkText(files: readonly PageFile[], checks: readonly TextCheck[]): boolean[] {
  const lines = textLines(files);
  const plain = lines.map(bare);
  const all = lines.join("\n");
  const holds = (expect: TextExpectation): boolean => {
    if ("line" in expect) return plain.includes(bare(expect.line));
    if ("see" in expect) return containsText(all, expect.see);
    if ("miss" in expect) return !containsText(all, expect.miss);
    if ("first" in expect) return plain[0] === bare(expect.first);
    if ("last" in expect) return plain.at(-1) === bare(expect.last);
    if ("before" in expect) {
      const [first, second] = expect.before.map((text) => normalText(all).indexOf(normalText(text)));
      return first !== undefined && second !== undefined && first !== -1 && first < second;
    }
    return isNumberedList(lines, expect.numbered);
  };
  return checks.map(({ expect }) => holds(expect));
}

function isNumberedList(lines: readonly string[], count: number): boolean {
  const items = lines.flatMap((line) => {
    const match = NUMBERED.exec(line);
    return match === null ? [] : [{ number: Number(match[1]), text: normalText(match[2] ?? "") }];
  });
  return (
    items.length === count &&
    items.every(
      ({ number, text }, place) => number === place + 1 && (place === 0 || text >= (items[place - 1]?.text ?? "")),
    )
  );
}
