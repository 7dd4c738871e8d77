import type { PageFile, PageRun, PageRunner } from "../base/ports.ts";

/** One thing a person does to a page. Controls are named as a person would: by label, caption or placeholder. */
export type PageStep =
  | { readonly do: "click"; readonly target: string }
  /** Types into a field, moves a slider, or chooses an option of a list by its text. */
  | { readonly do: "type"; readonly target: string; readonly value: string }
  /** Lets the page's own clock run. */
  | { readonly do: "wait"; readonly seconds: number };

/** What must then be seen. Text is compared without case, spaces joined, and never inside a longer word or number. */
export type PageExpectation =
  | { readonly see: string }
  | { readonly miss: string }
  /** A control of this name is there to be used. */
  | { readonly control: string };

/** A requirement of a task that can be tried on any page, whoever wrote it. Each check starts from a fresh page. */
export interface PageCheck {
  readonly name: string;
  readonly steps: readonly PageStep[];
  readonly expect: PageExpectation;
}

/** Runs untrusted pages apart and tries checks on them. Made by `sandbox`, used by `brains` and `validator`. */
export interface PageInspector extends PageRunner {
  /**
   * Observes a page and tries checks on it, each on a freshly loaded page.
   *
   * @returns One answer for each check, in order; all false if the page could not be run at all.
   */
  inspect(
    files: readonly PageFile[],
    checks: readonly PageCheck[],
    signal?: AbortSignal,
  ): Promise<{ readonly run: PageRun; readonly passed: readonly boolean[] }>;
}

export const click = (target: string): PageStep => ({ do: "click", target });
export const type = (target: string, value: string): PageStep => ({ do: "type", target, value });
export const wait = (seconds: number): PageStep => ({ do: "wait", seconds });

/** Text as checks compare it: lower case, whitespace joined and trimmed. */
export const normalText = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

/** Whether `part` stands in `whole` as words or numbers of its own: "score: 1" is not in "score: 10". */
export function containsText(whole: string, part: string): boolean {
  const text = normalText(whole);
  const wanted = normalText(part);
  if (wanted === "") return true;
  const touches = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const before = touches(text[at - 1]) && touches(wanted[0]);
    const end = at + wanted.length;
    const after = touches(text[end]) && touches(wanted[wanted.length - 1]);
    const fraction = /[.,]/.test(text[end] ?? "") && /[0-9]/.test(text[end + 1] ?? "") && /[0-9]$/.test(wanted);
    if (!before && !after && !fraction) return true;
  }
  return false;
}
