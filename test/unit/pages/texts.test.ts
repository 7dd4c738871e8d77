import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { recogniseTask } from "../../../src/pages/prompt.ts";
import { buildText } from "../../../src/pages/texts/build-text.ts";
import { damageText, TEXT_DAMAGE_KINDS } from "../../../src/pages/texts/damage-text.ts";
import { reprintText } from "../../../src/pages/texts/edit-text.ts";
import { checkText, type TextExpectation } from "../../../src/pages/texts/text-checks.ts";
import {
  augmentTextPrompt,
  drawTextTask,
  recogniseText,
  TEXT_FAMILIES,
  textChecksOf,
  textPromptFor,
} from "../../../src/pages/texts/text-task.ts";

const passes = (files: Parameters<typeof checkText>[0], task: Parameters<typeof textChecksOf>[0]): number =>
  checkText(files, textChecksOf(task)).filter(Boolean).length;
const tasks = (count: number, seed: string) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => drawTextTask(random));
};
const answer = (content: string) => [{ name: "answer.txt", content }];

describe("the bank of texts", () => {
  it("has hundreds of distinct tasks of several families", () => {
    const drawn = tasks(600, "bank");
    expect(new Set(drawn.map((task) => JSON.stringify(task))).size).toBeGreaterThan(500);
    expect(new Set(drawn.map(({ family }) => family)).size).toBe(TEXT_FAMILIES.length);
  });

  it("understands each of its own wordings, and takes none of them for a page", () => {
    for (const [n, task] of tasks(60, "words").entries()) {
      const prompt = textPromptFor(task, n);
      expect(recogniseText(prompt), prompt).toEqual(task);
      const page = recogniseTask(prompt);
      expect(page === undefined || page.slots["title"] !== task.slots["title"]).toBe(true);
    }
  });

  it("knows of other prompts what their words give away, and nothing of the rest", () => {
    expect(recogniseText("Please draft an agenda for us")?.family).toBe("schedule");
    expect(recogniseText("Sing a song")).toBeUndefined();
  });
});

describe("the writer", () => {
  it("meets every requirement at quality 1, and is worse at less", () => {
    const drawn = tasks(120, "write");
    const shortOf = (quality: number): number =>
      drawn.filter((task, n) => passes(buildText(task, quality, seededRandom(n)), task) < textChecksOf(task).length)
        .length;
    expect(shortOf(1)).toBe(0);
    expect(shortOf(0.7)).toBeGreaterThan(drawn.length / 4);
    expect(shortOf(0)).toBeGreaterThan(shortOf(0.7));
  });

  it("writes differently for different seeds", () => {
    const [task] = tasks(1, "differ");
    if (task === undefined) throw new Error("one was drawn");
    const written = new Set(
      Array.from({ length: 20 }, (_, n) =>
        JSON.stringify(reprintText(buildText(task, 1, seededRandom(n)), seededRandom(n))),
      ),
    );
    expect(written.size).toBeGreaterThan(12);
  });
});

describe("harmless edits and damage", () => {
  it("change nothing that a check sees, or break at least one", () => {
    let damaged = 0;
    for (const [n, task] of tasks(100, "edit").entries()) {
      const random = seededRandom(n);
      const whole = buildText(task, 1, random);
      expect(checkText(reprintText(whole, random), textChecksOf(task)).every(Boolean)).toBe(true);
      const found = TEXT_DAMAGE_KINDS.some((kind) => {
        const worse = damageText(whole, kind, random);
        return worse !== undefined && passes(worse.files, task) < passes(whole, task);
      });
      if (found) damaged++;
    }
    expect(damaged).toBeGreaterThan(98);
  });

  it("never throw on a stranger's text, and end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary", maxLength: 400 }), { maxLength: 3 }),
        fc.nat(),
        (contents, seed) => {
          const files = contents.map((content, place) => ({ name: `f${place}.txt`, content }));
          const random = seededRandom(seed);
          reprintText(files, random);
          for (const kind of TEXT_DAMAGE_KINDS) damageText(files, kind, random);
          const [task] = tasks(1, String(seed));
          if (task !== undefined) checkText(files, textChecksOf(task));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("give a trap a prompt whose right answer nearly always breaks the real task", () => {
    let broken = 0;
    for (const [n, task] of tasks(40, "augment").entries()) {
      const { prompt, changed } = augmentTextPrompt(task, n, seededRandom(n));
      const other = recogniseText(prompt);
      if (other === undefined) throw new Error("the bank's prompts are known");
      expect(other.slots[changed]).not.toBe(task.slots[changed]);
      if (passes(buildText(other, 1, seededRandom(n)), task) < textChecksOf(task).length) broken++;
    }
    // By chance a packing list leaves out, or has, what only the other prompt asks for.
    expect(broken).toBeGreaterThan(34);
  });
});

describe("a check of a text", () => {
  it.each<[string, TextExpectation, string, boolean]>([
    ["a line, however it is marked", { line: "Goods: 12.00" }, "* **Goods: 12.00**.", true],
    ["not a part of a line", { line: "Goods: 12.00" }, "The goods: 12.00 or so", false],
    ["a word of its own", { see: "Friday" }, "On friday, then", true],
    ["not a part of a word", { see: "day" }, "On Friday", false],
    ["what must be missing", { miss: "knife" }, "a knife", false],
    ["the first line that says something", { first: "Open day" }, "\n\n# Open day\nmore", true],
    ["the last line", { last: "Ends at 8:05" }, "a\nEnds at 8:05.\n\n", true],
    ["an order", { before: ["one", "two"] }, "two, then one", false],
    ["a numbered list in alphabetical order", { numbered: 2 }, "1. apples\n2) pears", true],
    ["not one with a hole", { numbered: 2 }, "1. apples\n3. pears", false],
    ["not one out of order", { numbered: 2 }, "1. pears\n2. apples", false],
    ["not one too long", { numbered: 1 }, "1. apples\n2. pears", false],
  ])("finds %s", (_, expect_, text, holds) => {
    expect(checkText(answer(text), [{ name: "it", expect: expect_ }])).toEqual([holds]);
  });
});
