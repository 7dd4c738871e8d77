import type { PageFile } from "../base/ports.ts";
import {
  attributeOf,
  childrenOf,
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isText,
  parseHtml,
  textOf,
} from "./parse.ts";

const BLOCK =
  /^(address|article|aside|blockquote|body|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|html|legend|li|main|nav|ol|output|p|pre|section|table|tr|ul|svg)$/;
const SILENT = /^(script|style|template|head|title|noscript)$/;
const MAX_LINES = 400;

/** What is no page is shown as it was written. */
const plainLines = (file: PageFile | undefined): string[] =>
  file === undefined || file.content.trim() === ""
    ? ["(no page)"]
    : file.content.trimEnd().split("\n").slice(0, MAX_LINES);

/**
 * A page as lines to read: headings with #, controls in brackets, fields with their labels, list items with a dash.
 * It shows the page as it was written, before any script ran. Text is raw: whoever prints it escapes it.
 *
 * @returns One line that says so, if there is no readable page; an answer without HTML line by line. At most 400 lines.
 */
export function pageOutline(files: readonly PageFile[]): string[] {
  const file =
    files.find(({ name }) => name.toLowerCase() === "index.html") ?? files.find(({ name }) => /\.html?$/i.test(name));
  if (file === undefined) return plainLines(files[0]);
  const parsed = parseHtml(file.content);
  if (parsed === undefined) return ["(a page that cannot be read)"];
  const lines: string[] = [];
  let line = "";
  const flush = (): void => {
    const text = line.replace(/\s+/g, " ").trim();
    if (text !== "") lines.push(text);
    line = "";
  };
  const visit = (node: HtmlNode): void => {
    if (lines.length >= MAX_LINES) return;
    if (isText(node)) {
      line += node.value;
      return;
    }
    if (!isElement(node)) {
      for (const child of childrenOf(node)) visit(child);
      return;
    }
    if (SILENT.test(node.tagName)) return;
    const block = BLOCK.test(node.tagName);
    if (block) flush();
    line += before(node);
    if (!/^(button|select|textarea)$/.test(node.tagName)) for (const child of childrenOf(node)) visit(child);
    if (block) flush();
  };
  visit(parsed.document);
  flush();
  const scripts = elementsOf(parsed.document).filter(({ tagName }) => tagName === "script").length;
  if (scripts > 0)
    lines.push(`(${scripts} script${scripts === 1 ? "" : "s"}; open it in a browser to try what it does)`);
  return lines.length === 0 ? ["(an empty page)"] : lines.slice(0, MAX_LINES);
}

/** What stands for an element itself. */
function before(element: HtmlElement): string {
  const hidden = attributeOf(element, "hidden") === undefined ? "" : "(hidden) ";
  const label = attributeOf(element, "aria-label") ?? attributeOf(element, "placeholder") ?? "";
  switch (element.tagName) {
    case "h1":
    case "h2":
    case "h3":
    case "h4":
      return `${"#".repeat(Number(element.tagName.slice(1)))} ${hidden}`;
    case "li":
      return `- ${hidden}`;
    case "button":
      return ` [${textOf(element).trim() || label}] ${hidden}`;
    case "input":
      return ` ${label === "" ? "" : `${label}: `}<${attributeOf(element, "type") ?? "text"} ${attributeOf(element, "value") ?? ""}> `.replace(
        " >",
        ">",
      );
    case "textarea":
      return ` ${label}<text> `;
    case "select":
      return ` ${label}<${elementsOf(element)
        .filter(({ tagName }) => tagName === "option")
        .map((option) => textOf(option).trim())
        .join(" | ")}> `;
    case "img":
      return ` (picture ${attributeOf(element, "alt") ?? "without description"}) `;
    case "svg":
      return `(drawing ${label}) `;
    default:
      return hidden;
  }
}
