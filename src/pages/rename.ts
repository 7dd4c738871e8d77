import { below, pick, type Random } from "../base/random.ts";
import { isVariable, type JsNode, methodCall, nameOf, stringOf, walkJs } from "./js-tree.ts";
import { attributeOf, elementsOf, type HtmlDocument, parseJs, rawTextOf, scriptsOf } from "./parse.ts";
import { applySplices, type Splice } from "./splice.ts";

/** Old name → new name, for each kind of name. */
export interface Renames {
  readonly ids: ReadonlyMap<string, string>;
  readonly classes: ReadonlyMap<string, string>;
  /** For each script, in document order: token start → new text. */
  readonly scripts: readonly ReadonlyMap<number, string>[];
}

/** Names that a script may mean as the window's own although some function also binds them. */
const WINDOW_NAMES =
  /^(event|name|status|open|close|top|parent|self|length|print|history|location|screen|origin|find|stop|focus|blur|document|window|arguments|undefined|eval)$/;
const ID_LISTS = new Set(["for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers"]);
const SELECTORS = new Set(["querySelector", "querySelectorAll", "closest", "matches"]);

const word = (name: string): RegExp => new RegExp(`(?<![\\w-])${name.replace(/[^\w-]/g, "\\$&")}(?![\\w-])`);
const hash = (name: string): RegExp => new RegExp(`#${name.replace(/[^\w-]/g, "\\$&")}(?![\\w-])`, "g");

/**
 * Chooses new names for ids, classes and variables, only where every use can be seen to follow: a name that also stands
 * in some other string, in a handler attribute, in a computed lookup or in the prompt stays.
 *
 * @param keep - Text (the prompt) whose words stay.
 */
export function chooseRenames(document: HtmlDocument, random: Random, keep: string): Renames {
  const elements = elementsOf(document);
  const scripts = scriptsOf(document).map(rawTextOf);
  const trees = scripts.map((source) => parseJs(source));
  const handlers = elements.flatMap((element) =>
    element.attrs.filter(({ name }) => name.startsWith("on")).map(({ value }) => value),
  );
  const opaque =
    trees.includes(undefined) ||
    elements.some((element) => attributeOf(element, "src") !== undefined && element.tagName === "script");
  const nodes = trees.map((tree) => (tree === undefined ? [] : walkJs(tree)));
  const used = new Set([
    ...nodes.flat().flatMap(({ node }) => nameOf(node) ?? []),
    ...elements.flatMap((element) => [attributeOf(element, "id") ?? "", ...classesOf(attributeOf(element, "class"))]),
  ]);
  const fresh = (name: string): string => {
    for (;;) {
      const made = variant(name, random);
      if (!used.has(made)) {
        used.add(made);
        return made;
      }
    }
  };

  const literals = nodes.flat().flatMap((visit) => literalUse(visit.node, visit.parents[0], visit.key));
  const dynamic = nodes.flat().some(({ node }) => isDynamicLookup(node));
  const kept = (name: string): boolean => word(name).test(keep) || name.length > 64;
  const styles = elements.filter(({ tagName }) => tagName === "style").map(rawTextOf);
  const otherAttributes = elements.flatMap((element) =>
    element.attrs
      .filter(
        ({ name }) =>
          name !== "id" && name !== "class" && name !== "href" && !ID_LISTS.has(name) && !name.startsWith("on"),
      )
      .map(({ value }) => value),
  );

  const ids = new Map<string, string>();
  const classes = new Map<string, string>();
  if (!opaque) {
    for (const id of new Set(elements.map((element) => attributeOf(element, "id") ?? ""))) {
      const plain = /^[A-Za-z][\w-]*$/.test(id) && !/^[0-9a-f]{3,8}$/i.test(id);
      const strange =
        dynamic ||
        literals.some(({ text, use }) => use === "other" && word(id).test(text)) ||
        handlers.some((code) => word(id).test(code)) ||
        otherAttributes.some((value) => hash(id).test(value)) ||
        nodes.flat().some((visit) => isVariable(visit) && nameOf(visit.node) === id);
      if (plain && !strange && !kept(id) && below(random, 4) > 0) ids.set(id, fresh(id));
    }
    for (const name of new Set(elements.flatMap((element) => classesOf(attributeOf(element, "class"))))) {
      const plain = /^[A-Za-z][\w-]*$/.test(name) && !styles.some((css) => /\[\s*class/i.test(css));
      const strange =
        literals.some(({ text }) => word(name).test(text)) || handlers.some((code) => word(name).test(code));
      if (plain && !strange && !kept(name) && below(random, 4) > 0) classes.set(name, fresh(name));
    }
  }
  return {
    ids,
    classes,
    scripts: scripts.map((_, index) => renameScript(nodes, index, handlers, ids, fresh, random, opaque)),
  };
}

const classesOf = (value: string | undefined): string[] => (value ?? "").split(/\s+/).filter((name) => name !== "");

type LiteralUse = { text: string; use: "id" | "selector" | "other" };

function literalUse(node: JsNode, parent: JsNode | undefined, key: string): LiteralUse[] {
  if (node.type === "TemplateElement") {
    const { raw } = node["value"] as { raw: string };
    return [{ text: raw, use: "other" }];
  }
  const text = stringOf(node);
  if (text === undefined) return [];
  const call = parent === undefined ? undefined : methodCall(parent);
  if (key === "arguments" && call?.args[0] === node) {
    if (call.method === "getElementById") return [{ text, use: "id" }];
    if (SELECTORS.has(call.method)) return [{ text, use: "selector" }];
  }
  return [{ text, use: "other" }];
}

function isDynamicLookup(node: JsNode): boolean {
  const call = methodCall(node);
  if (call === undefined || (call.method !== "getElementById" && !SELECTORS.has(call.method))) return false;
  return stringOf(call.args[0]) === undefined;
}

/** Another name that a person might have chosen. */
function variant(name: string, random: Random): string {
  const base = name.replace(/[^A-Za-z0-9_-]/g, "");
  const dashed = base.includes("-");
  const tail = pick(random, ["box", "item", "part", "node", "ref", "main", "x", "v", "one"]);
  const numbered = below(random, 3) === 0 ? String(below(random, 9) + 1) : "";
  return dashed ? `${base}-${tail}${numbered}` : `${base}${tail.charAt(0).toUpperCase()}${tail.slice(1)}${numbered}`;
}

/** New texts for the tokens of one script: its own variables, and the ids in its lookups. */
function renameScript(
  nodes: readonly (readonly ReturnType<typeof walkJs>[number][])[],
  index: number,
  handlers: readonly string[],
  ids: ReadonlyMap<string, string>,
  fresh: (name: string) => string,
  random: Random,
  opaque: boolean,
): ReadonlyMap<number, string> {
  const visits = nodes[index] ?? [];
  const replace = new Map<number, string>();
  for (const { node, parents, key } of visits) {
    for (const { text, use } of literalUse(node, parents[0], key)) {
      if (use === "id" && ids.has(text)) replace.set(node.start, JSON.stringify(ids.get(text)));
      if (use !== "selector") continue;
      const renamed = renameSelector(text, ids, new Map());
      if (renamed !== text) replace.set(node.start, JSON.stringify(renamed));
    }
  }
  if (
    opaque ||
    visits.some(({ node }) => nameOf(node) === "eval" || nameOf(node) === "Function" || node.type === "WithStatement")
  )
    return replace;
  const elsewhere = nodes.flatMap((other, at) => (at === index ? [] : other));
  for (const [name, topLevel] of bindings(visits)) {
    const uses = visits.filter((visit) => isVariable(visit) && nameOf(visit.node) === name);
    const shorthand = uses.some(({ parents }) =>
      parents.some(
        (parent) => parent.type === "Property" && parent["shorthand"] === true && parent.start === uses[0]?.node.start,
      ),
    );
    const anyShorthand = visits.some(
      ({ node }) => node.type === "Property" && node["shorthand"] === true && nameOf(node["key"]) === name,
    );
    const reached =
      topLevel &&
      (handlers.some((code) => word(name).test(code)) ||
        elsewhere.some(({ node }) => nameOf(node) === name) ||
        visits.some((visit) => !isVariable(visit) && (nameOf(visit.node) === name || stringOf(visit.node) === name)));
    const exported = uses.some(({ parents }) =>
      parents.some(({ type }) => type.startsWith("Export") || type.startsWith("Import")),
    );
    if (shorthand || anyShorthand || reached || exported || WINDOW_NAMES.test(name) || below(random, 3) === 0) continue;
    const renamed = fresh(name.replace(/[^A-Za-z0-9_]/g, ""));
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(renamed)) continue;
    for (const { node } of uses) replace.set(node.start, renamed);
  }
  return replace;
}

/** Names that a script binds → whether at its top level, where other scripts and handlers can reach them. */
function bindings(visits: readonly ReturnType<typeof walkJs>[number][]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const visit of visits) {
    const name = nameOf(visit.node);
    const [parent, grand, great] = visit.parents;
    if (name === undefined || parent === undefined) continue;
    const declared =
      (parent.type === "VariableDeclarator" && visit.key === "id") ||
      (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(parent.type) &&
        (visit.key === "id" || visit.key === "params")) ||
      (parent.type === "CatchClause" && visit.key === "param");
    if (!declared) continue;
    const top =
      (parent.type === "VariableDeclarator" && great?.type === "Program") ||
      (parent.type === "FunctionDeclaration" && visit.key === "id" && grand?.type === "Program");
    found.set(name, (found.get(name) ?? false) || top);
  }
  return found;
}

/** Replaces `#id` and `.class` in a selector or style sheet. */
export function renameSelector(
  text: string,
  ids: ReadonlyMap<string, string>,
  classes: ReadonlyMap<string, string>,
): string {
  const splices: Splice[] = [];
  for (const match of text.matchAll(/([#.])([A-Za-z][\w-]*)/g)) {
    const renamed = (match[1] === "#" ? ids : classes).get(match[2] ?? "");
    if (renamed !== undefined)
      splices.push({ start: match.index + 1, end: match.index + match[0].length, text: renamed });
  }
  return applySplices(text, splices);
}

/** Replaces the ids in an attribute that refers to some. */
export function renameReference(name: string, value: string, ids: ReadonlyMap<string, string>): string {
  if (name === "href") return value.startsWith("#") ? `#${ids.get(value.slice(1)) ?? value.slice(1)}` : value;
  if (!ID_LISTS.has(name)) return value;
  return value.replace(/[^\s]+/g, (id) => ids.get(id) ?? id);
}
