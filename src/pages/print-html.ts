import { childrenOf, type HtmlDocument, type HtmlElement, type HtmlNode, isElement, isText } from "./parse.ts";

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
/** Their text is not escaped. @see HTML standard, "Serializing HTML fragments" (scripting on). */
const RAW = /^(script|style|xmp|iframe|noembed|noframes|plaintext|noscript)$/;

/** How a printer writes; the defaults are one canonical form. */
export interface HtmlStyle {
  readonly doctype?: string;
  readonly quote?: '"' | "'";
  readonly selfClose?: boolean;
  /** `hidden` instead of `hidden=""`. */
  readonly bareBooleans?: boolean;
  readonly attributes?: (element: HtmlElement) => readonly { readonly name: string; readonly value: string }[];
  readonly raw?: (element: HtmlElement, text: string) => string;
  readonly space?: (text: string) => string;
}

/**
 * Prints a document. Comments are dropped: no behaviour hangs on them, but identities hide in them. A script that the
 * source never closed is printed last and unclosed, because closing it would make it run.
 */
export function printHtml(document: HtmlDocument, style: HtmlStyle = {}): string {
  let out = "";
  let ended = false;
  const visit = (node: HtmlNode): void => {
    if (ended) return;
    if (isText(node)) out += node.value.trim() === "" ? (style.space ?? same)(node.value) : escapeText(node.value);
    else if (node.nodeName === "#documentType") out += style.doctype ?? "<!DOCTYPE html>";
    else if (isElement(node)) element(node);
    else if (node.nodeName !== "#comment") for (const child of childrenOf(node)) visit(child);
  };
  const element = (node: HtmlElement): void => {
    const attributes = (style.attributes?.(node) ?? node.attrs).map(({ name, value }) => attribute(name, value, style));
    const closed = VOID.test(node.tagName);
    out += `<${[node.tagName, ...attributes].join(" ")}${closed && style.selfClose === true ? " /" : ""}>`;
    if (closed) return;
    if (RAW.test(node.tagName)) {
      const text = node.childNodes.map((child) => (isText(child) ? child.value : "")).join("");
      out += (style.raw ?? ((_, raw) => raw))(node, text);
      if (
        node.tagName === "script" &&
        node.sourceCodeLocation?.endTag === undefined &&
        node.sourceCodeLocation !== undefined
      ) {
        ended = true;
        return;
      }
    } else {
      const [first] = childrenOf(node);
      // The parser drops a newline right after these tags.
      if (
        /^(pre|textarea|listing)$/.test(node.tagName) &&
        first !== undefined &&
        isText(first) &&
        first.value.startsWith("\n")
      )
        out += "\n";
      for (const child of childrenOf(node)) {
        if (isText(child) && /^(pre|textarea|listing)$/.test(node.tagName)) out += escapeText(child.value);
        else visit(child);
      }
    }
    if (!ended) out += `</${node.tagName}>`;
  };
  visit(document);
  return out;
}

const same = (text: string): string => text;
const escapeText = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/\u00a0/g, "&nbsp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");

function attribute(name: string, value: string, style: HtmlStyle): string {
  if (value === "" && style.bareBooleans === true) return name;
  const quote = (style.quote ?? '"') === '"' || value.includes("'") ? '"' : "'";
  const escaped = value.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;");
  return `${name}=${quote}${quote === '"' ? escaped.replace(/"/g, "&quot;") : escaped}${quote}`;
}
