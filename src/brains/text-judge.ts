import type { PageFile } from "../base/ports.ts";
import { containsText } from "../pages/checks.ts";
import { promptFacts } from "../pages/features.ts";
import { checkText, textLines } from "../pages/texts/text-checks.ts";
import { recogniseText, textChecksOf } from "../pages/texts/text-task.ts";
import type { Judgement } from "./brain.ts";
import { linearVerdict, type Measures } from "./linear-verdict.ts";

/** Set by hand, not fitted: what a prompt of the bank must have outweighs everything that any prompt names. */
const WEIGHTS: Measures = { checksPassed: 8, phrasesFound: 3, numbersFound: 2, complete: 1, linesWritten: 0.2 };

/**
 * The heuristic judge for texts: requirements of a known prompt, phrases and numbers that the prompt names, an end that
 * is an end. As with pages both are measured alike, so that swapped texts get the swapped verdict.
 *
 * @param knowsBank - Whether it may try what the bank's own tasks must have.
 */
export function judgeTexts(
  prompt: string,
  a: readonly PageFile[],
  b: readonly PageFile[],
  knowsBank: boolean,
): Judgement {
  const task = knowsBank ? recogniseText(prompt) : undefined;
  const checks = task === undefined ? [] : textChecksOf(task);
  const facts = promptFacts(prompt);
  const measure = (files: readonly PageFile[]): Measures => {
    const lines = textLines(files);
    const text = lines.join("\n");
    const share = (items: readonly string[]): number =>
      items.length === 0 ? 1 : items.filter((item) => containsText(text, item)).length / items.length;
    const passed = checkText(files, checks);
    return {
      checksPassed: passed.length === 0 ? 1 : passed.filter(Boolean).length / passed.length,
      phrasesFound: share(facts.phrases),
      numbersFound: share(facts.numbers),
      complete: lines.length > 0 && !/(\.\.\.|…|[,;]|\b(and|or|the|a|of|to))$/i.test(lines.at(-1) ?? "") ? 1 : 0,
      linesWritten: Math.min(1, lines.length / 6),
    };
  };
  return linearVerdict(measure(a), measure(b), WEIGHTS, Object.keys(WEIGHTS), "texts");
}
