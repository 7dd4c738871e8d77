import type { PageFile } from "../base/ports.ts";
import { seededRandom } from "../base/random.ts";
import { buildPage } from "../pages/build.ts";
import { recogniseTask } from "../pages/prompt.ts";
import { buildText } from "../pages/texts/build-text.ts";
import { recogniseText } from "../pages/texts/text-task.ts";
import { type Brain, BrainError, cannot } from "./brain.ts";

/**
 * The fixture builder as a generator: it recognises the bank's prompts and builds the page or writes the text, with
 * planted defects by quality. It is no model and understands nothing else; of a prompt it does not know it makes a plain page that quotes it.
 *
 * @param quality - 0 … 1: the share of chances for a defect that pass by.
 */
export function fixturesBrain(quality: number): Brain {
  const spec = `fixtures:${quality}`;
  return {
    spec,
    roles: ["generator"],
    generate: async (prompt, call) => {
      const random = seededRandom(`${call.seed ?? ""}|${quality}|${prompt}`);
      if (call.taskType === "text") {
        const text = recogniseText(prompt);
        return text === undefined ? plainText(prompt) : buildText(text, quality, random);
      }
      if (call.taskType !== undefined && call.taskType !== "page") {
        throw new BrainError(`The fixture builder makes pages and texts, not "${call.taskType}".`, {
          code: "brains.unknown-task-type",
        });
      }
      const task = recogniseTask(prompt);
      return task === undefined ? plainPage(prompt) : buildPage(task, quality, random);
    },
    judge: async () => {
      throw cannot(spec, "discriminator");
    },
  };
}

const escapeHtml = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** What is left when a prompt for a text is not understood: what it puts in quotation marks, line by line. */
function plainText(prompt: string): PageFile[] {
  const quoted = [...prompt.matchAll(/[“"]([^“”"\n]{1,80})[”"]/g)].map(([, phrase = ""]) => phrase);
  const lines = quoted.length > 0 ? [...new Set(quoted)] : [prompt.slice(0, 400)];
  return [{ name: "answer.txt", content: `${lines.join("\n")}\n` }];
}

/** What is left when a prompt is not understood: its words as a page. */
function plainPage(prompt: string): PageFile[] {
  const quoted = [...prompt.matchAll(/[“"]([^“”"\n]{1,80})[”"]/g)].map(([, phrase = ""]) => phrase);
  const title = quoted[0] ?? "Page";
  const buttons = [...new Set(quoted.slice(1, 9))].map(
    (phrase) => `<button type="button">${escapeHtml(phrase)}</button>`,
  );
  const content = [
    "<!DOCTYPE html>",
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(prompt.slice(0, 2_000))}</p>`,
    ...buttons,
    "</main></body>",
    "</html>",
    "",
  ].join("\n");
  return [{ name: "index.html", content }];
}
