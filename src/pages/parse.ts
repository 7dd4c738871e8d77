import { type Program, parse as parseScript } from "acorn";
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, Parser } from "parse5";

export type HtmlDocument = DefaultTreeAdapterTypes.Document;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlText = DefaultTreeAdapterTypes.TextNode;

/** Bounds on what a stranger's page may cost to read: far above any real page of 256 KiB. */
const MAX_CHARACTERS = 400_000;
const MAX_NODES = 40_000;
const MAX_DEPTH = 200;
const MAX_ATTRIBUTES = 400;
/** How much text the tokenizer gets at a time; bounds the attributes it can add between two looks at their number. */
const CHUNK = 4_096;

class TooCostlyError extends Error {}

export interface ParsedHtml {
  readonly document: HtmlDocument;
  /** Parse errors as the HTML standard counts them. */
  readonly errors: number;
}

/**
 * Parses untrusted HTML into a tree of bounded size and depth. Nothing is executed or fetched.
 *
 * @returns undefined if the page is larger, deeper or stranger than any page has reason to be.
 */
export function parseHtml(html: string): ParsedHtml | undefined {
  if (html.length > MAX_CHARACTERS) return undefined;
  let nodes = 0;
  let depth = 0;
  let errors = 0;
  const count = (): void => {
    if (++nodes > MAX_NODES) throw new TooCostlyError();
  };
  const parser = new Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>({
    sourceCodeLocationInfo: true,
    onParseError: () => {
      errors++;
    },
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement: (...made) => {
        count();
        return defaultTreeAdapter.createElement(...made);
      },
      createCommentNode: (text) => {
        count();
        return defaultTreeAdapter.createCommentNode(text);
      },
      onItemPush: () => {
        if (++depth > MAX_DEPTH) throw new TooCostlyError();
      },
      onItemPop: () => {
        depth--;
      },
    },
  });
  try {
    for (let at = 0; at < html.length || at === 0; at += CHUNK) {
      parser.tokenizer.write(html.slice(at, at + CHUNK), at + CHUNK >= html.length);
      // The tokenizer compares each attribute of a tag with all before it: a tag with 60,000 of them takes seconds.
      const { currentToken } = parser.tokenizer as unknown as { currentToken: { attrs?: unknown[] } | null };
      if ((currentToken?.attrs?.length ?? 0) > MAX_ATTRIBUTES) return undefined;
    }
  } catch (thrown) {
    if (thrown instanceof TooCostlyError || thrown instanceof RangeError) return undefined;
    throw thrown;
  }
  return { document: parser.document, errors };
}

/** Whether a node is an element. */
export const isElement = (node: HtmlNode): node is HtmlElement => "tagName" in node;
/** Whether a node is text. */
export const isText = (node: HtmlNode): node is HtmlText => node.nodeName === "#text";
/** The children of a node, a template's content included. */
export const childrenOf = (node: HtmlNode): readonly DefaultTreeAdapterTypes.ChildNode[] =>
  "content" in node ? node.content.childNodes : "childNodes" in node ? node.childNodes : [];

/** All nodes below (and with) a node, in document order; bounded because the tree is. */
export function* walk(root: HtmlNode): Generator<HtmlNode> {
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as HtmlNode);
  }
}

/** All elements of a document, in document order. */
export const elementsOf = (root: HtmlNode): HtmlElement[] => [...walk(root)].filter(isElement);

/** An attribute's value. */
export const attributeOf = (element: HtmlElement, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

/** The text inside an element, scripts and styles left out unless it is one. */
export function textOf(root: HtmlNode): string {
  let text = "";
  const visit = (node: HtmlNode): void => {
    if (isText(node)) text += node.value;
    if (node !== root && isElement(node) && /^(script|style|template)$/.test(node.tagName)) return;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return text;
}

/** The raw text of a script or style element. */
export const rawTextOf = (element: HtmlElement): string =>
  element.childNodes.map((child) => (isText(child) ? child.value : "")).join("");

/** The inline scripts of a document that are JavaScript. */
export const scriptsOf = (document: HtmlDocument): HtmlElement[] =>
  elementsOf(document).filter(
    (element) =>
      element.tagName === "script" &&
      attributeOf(element, "src") === undefined &&
      /^(|module|text\/javascript|application\/javascript)$/.test(
        (attributeOf(element, "type") ?? "").trim().toLowerCase(),
      ),
  );

/** Parses JavaScript. @returns undefined if it is not JavaScript, or nested too deep to read. */
export function parseJs(source: string): Program | undefined {
  if (source.length > MAX_CHARACTERS) return undefined;
  for (const sourceType of ["script", "module"] as const) {
    try {
      return parseScript(source, { ecmaVersion: 2025, sourceType, allowReturnOutsideFunction: false });
    } catch (thrown) {
      // Besides SyntaxError, deep nesting ends in a RangeError of the stack.
      if (!(thrown instanceof SyntaxError) && !(thrown instanceof RangeError)) throw thrown;
    }
  }
  return undefined;
}
