import type { PageFile } from "../base/ports.ts";
import { below, pick, type Random, shuffled } from "../base/random.ts";
import { type HtmlDocument, type HtmlElement, parseHtml, scriptsOf } from "./parse.ts";
import { type HtmlStyle, printHtml } from "./print-html.ts";
import { chooseRenames, renameReference, renameSelector } from "./rename.ts";
import { reprintCss } from "./reprint-css.ts";
import { type JsLayout, reprintJs } from "./reprint-js.ts";

/**
 * Prints a page's files again with edits that change nothing a person could notice: order and quotes of attributes,
 * whitespace between tags and tokens, string quotes, names of ids, classes and variables, comments dropped. What cannot
 * be edited safely (not parseable, too costly, a tree that would read differently) stays as it was. Never throws on a
 * stranger's page.
 *
 * @param random - Equal streams give equal edits.
 * @param prompt - Names that occur in it are kept, since checks may look for them.
 */
export function reprint(files: readonly PageFile[], random: Random, prompt = ""): PageFile[] {
  const alone = files.filter(({ name }) => /\.(html?|css|js|mjs)$/i.test(name)).length === 1;
  const layout: JsLayout & { doctype: string } = {
    indent: pick(random, ["  ", "    ", "\t", " "]),
    quote: pick(random, ['"', "'"] as const),
    doctype: pick(random, ["<!DOCTYPE html>", "<!doctype html>"]),
  };
  return files.map((file) => {
    if (/\.html?$/i.test(file.name))
      return { ...file, content: reprintHtml(file.content, random, layout, alone, prompt) };
    if (/\.css$/i.test(file.name)) return { ...file, content: reprintCss(file.content, layout.indent) };
    if (/\.m?js$/i.test(file.name))
      return { ...file, content: reprintJs(file.content, layout, new Map()) ?? file.content };
    return file;
  });
}

function reprintHtml(
  html: string,
  random: Random,
  layout: JsLayout & { doctype: string },
  alone: boolean,
  prompt: string,
): string {
  const parsed = parseHtml(html);
  if (parsed === undefined) return html;
  const { document } = parsed;
  const before = printHtml(document, { space: oneSpace, raw: () => "", attributes: sorted });
  const style = drawStyle(document, random, layout, alone, prompt);
  const printed = printHtml(document, style.html);
  // A tree that strange markup made may not survive printing; then nothing is touched.
  const again = parseHtml(printed);
  if (again === undefined) return html;
  const back = printHtml(again.document, { space: oneSpace, raw: () => "", attributes: style.undo });
  return back === before ? printed : html;
}

const oneSpace = (text: string): string => (text === "" ? "" : " ");

function drawStyle(
  document: HtmlDocument,
  random: Random,
  layout: JsLayout & { doctype: string },
  alone: boolean,
  prompt: string,
): { html: HtmlStyle; undo: (element: HtmlElement) => readonly { name: string; value: string }[] } {
  const none = { ids: new Map<string, string>(), classes: new Map<string, string>(), scripts: [] };
  const { ids, classes, scripts } = alone ? chooseRenames(document, random, prompt) : none;
  const order = shuffled(random, ["id", "class", "type", "name", "value", "href", "for", "style"]);
  const rank = (name: string): number => order.indexOf(name);
  const descending = below(random, 2) === 0;
  const originals = new Map<string, string>([...ids, ...classes].map(([from, to]) => [to, from]));
  const scriptElements = scriptsOf(document);
  const html: HtmlStyle = {
    doctype: layout.doctype,
    quote: layout.quote,
    selfClose: below(random, 2) === 0,
    bareBooleans: below(random, 2) === 0,
    attributes: (element) =>
      [...element.attrs]
        .sort((a, b) => (descending ? rank(b.name) - rank(a.name) : rank(a.name) - rank(b.name)))
        .map((item) => {
          const name = item.prefix === undefined || item.prefix === "" ? item.name : `${item.prefix}:${item.name}`;
          if (item.name === "id") return { name, value: ids.get(item.value) ?? item.value };
          if (item.name === "class")
            return { name, value: item.value.replace(/[^\s]+/g, (one) => classes.get(one) ?? one) };
          return { name, value: renameReference(item.name, item.value, ids) };
        }),
    raw: (element, text) => {
      if (element.tagName === "style") return `\n${renameSelector(reprintCss(text, layout.indent), ids, classes)}\n`;
      const index = scriptElements.indexOf(element);
      if (index === -1) return text;
      const script = reprintJs(text, layout, scripts[index] ?? new Map());
      return script === undefined ? text : `\n${script}\n`;
    },
    space: (text) => (text.includes("\n") ? `\n${layout.indent.repeat(below(random, 3))}` : " "),
  };
  const undo = (element: HtmlElement): readonly { name: string; value: string }[] => {
    const names = element.attrs.map((item) => {
      const name = item.prefix === undefined || item.prefix === "" ? item.name : `${item.prefix}:${item.name}`;
      if (item.name === "id") return { name, value: originals.get(item.value) ?? item.value };
      if (item.name === "class")
        return { name, value: item.value.replace(/[^\s]+/g, (one) => originals.get(one) ?? one) };
      return { name, value: renameReference(item.name, item.value, originals) };
    });
    return names.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  return { html, undo };
}

const sorted = (element: HtmlElement): readonly { name: string; value: string }[] =>
  element.attrs
    .map(({ prefix, name, value }) => ({
      name: prefix === undefined || prefix === "" ? name : `${prefix}:${name}`,
      value,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
