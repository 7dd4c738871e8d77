import type { PageFile } from "../base/ports.ts";
import { type JsNode, methodCall, nameOf, stringOf, walkJs } from "./js-tree.ts";
import {
  attributeOf,
  elementsOf,
  type HtmlDocument,
  type HtmlElement,
  parseHtml,
  parseJs,
  rawTextOf,
  scriptsOf,
  textOf,
} from "./parse.ts";

/** What can be measured of a page without running it; every value from 0 (worst) to 1 (best). */
export const FEATURES = [
  "readable",
  "scriptsParse",
  "stylesBalance",
  "complete",
  "phrasesFound",
  "phrasesAsControls",
  "numbersFound",
  "coloursFound",
  "controlsLabelled",
  "buttonsNamed",
  "controlsHandled",
  "referencesResolve",
  "handlersDefined",
  "functionsUsed",
  "layoutPlausible",
  "noPlaceholders",
  "length",
] as const;
export type FeatureName = (typeof FEATURES)[number];
export type Features = Readonly<Record<FeatureName, number>>;

/** What a prompt asks for literally: phrases in quotation marks, numbers, colour names. */
export interface PromptFacts {
  readonly phrases: readonly string[];
  readonly numbers: readonly string[];
  readonly colours: readonly string[];
}

const COLOURS =
  /\b(teal|crimson|indigo|darkgreen|sienna|slateblue|purple|navy|red|green|blue|orange|yellow|pink|brown|gold|gr[ae]y|black|white|#[0-9a-f]{6})\b/gi;

/** Reads a prompt's literal demands. At most 16,384 characters of it count. */
export function promptFacts(prompt: string): PromptFacts {
  const text = prompt.slice(0, 16_384);
  const phrases = [...text.matchAll(/[“"]([^“”"\n]{1,80})[”"]/g)].map(([, phrase = ""]) => phrase.trim());
  const outside = text.replace(/[“"][^“”"\n]{1,80}[”"]/g, " ");
  return {
    phrases: [...new Set(phrases.filter((phrase) => phrase !== ""))].slice(0, 64),
    numbers: [
      ...new Set([...outside.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\w)/g)].map(([number]) => number)),
    ].slice(0, 32),
    colours: [...new Set([...outside.matchAll(COLOURS)].map(([colour]) => colour.toLowerCase()))].slice(0, 8),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const NOTHING: Features = Object.fromEntries(FEATURES.map((name) => [name, 0])) as Record<FeatureName, number>;

/**
 * Describes a page by its source: does it parse, is anything missing that the prompt names, do handlers, labels and
 * references hang together. Untrusted input; bounded work; nothing runs.
 *
 * @returns All 0 if there is no readable HTML file.
 */
export function pageFeatures(files: readonly PageFile[], facts: PromptFacts): Features {
  const file =
    files.find(({ name }) => name.toLowerCase() === "index.html") ?? files.find(({ name }) => /\.html?$/i.test(name));
  const parsed = file === undefined ? undefined : parseHtml(file.content);
  if (file === undefined || parsed === undefined) return NOTHING;
  const { document } = parsed;
  const elements = elementsOf(document);
  const sources = [
    ...scriptsOf(document).map(rawTextOf),
    ...files.filter(({ name }) => /\.m?js$/i.test(name)).map(({ content }) => content),
  ];
  const trees = sources.map(parseJs);
  const styles = [
    ...elements.filter(({ tagName }) => tagName === "style").map(rawTextOf),
    ...files.filter(({ name }) => /\.css$/i.test(name)).map(({ content }) => content),
  ];
  const nodes = trees.flatMap((tree) => (tree === undefined ? [] : walkJs(tree)));
  const code = nodes.map(({ node }) => node);
  const handlers = elements.flatMap(({ attrs }) =>
    attrs.filter(({ name }) => /^on[a-z]+$/.test(name)).map(({ value }) => value),
  );
  const all = `${textOf(document)}\n${sources.join("\n")}\n${handlers.join("\n")}\n${elements.map(namesOf).join("\n")}`;
  const controls = elements.filter(({ tagName }) => /^(button|input|select|textarea)$/.test(tagName));
  const labelled = labelFinder(document);
  const names = [
    ...controls.map((control) => labelled(control).toLowerCase()),
    ...strings(code).map((text) => text.toLowerCase()),
  ];
  const css = styles.join("\n");
  return {
    readable: 1 / (1 + parsed.errors / 4),
    scriptsParse: share(trees.filter((tree) => tree !== undefined).length, trees.length),
    stylesBalance: share(styles.filter(balanced).length, styles.length),
    complete: isComplete(file.content, document) ? 1 : 0,
    phrasesFound: share(facts.phrases.filter((phrase) => mentions(all, phrase)).length, facts.phrases.length),
    phrasesAsControls: share(
      facts.phrases.filter((phrase) => names.some((name) => name.includes(phrase.toLowerCase()))).length,
      facts.phrases.length,
    ),
    numbersFound: share(
      facts.numbers.filter((number) =>
        new RegExp(`(?<![\\w.])${number.replace(".", "\\.")}(?![\\w.]*\\w)`).test(`${all}\n${attributesOf(elements)}`),
      ).length,
      facts.numbers.length,
    ),
    coloursFound: share(
      facts.colours.filter((colour) => `${css}\n${all}`.toLowerCase().includes(colour)).length,
      facts.colours.length,
    ),
    controlsLabelled: share(
      controls.filter((control) => control.tagName === "button" || labelled(control) !== "").length,
      controls.length,
    ),
    buttonsNamed: share(
      controls.filter((control) => control.tagName !== "button" || labelled(control) !== "").length,
      controls.length,
    ),
    controlsHandled: handledShare(elements, code),
    referencesResolve: resolvedShare(elements, code),
    handlersDefined: definedShare(handlers, code),
    functionsUsed: usedShare(nodes, handlers),
    layoutPlausible: plausibleShare(css),
    noPlaceholders: /lorem ipsum|\bTODO\b|your (text|code) here|\.\.\. ?rest of/i.test(all) ? 0 : 1,
    // Spaces at the end are how a validator makes outputs equally long.
    length: Math.min(1, file.content.trimEnd().length / 4_000),
  };
}

const strings = (code: readonly JsNode[]): string[] => code.flatMap((node) => stringOf(node) ?? []);
const namesOf = (element: HtmlElement): string =>
  ["aria-label", "placeholder", "value", "title", "alt"].map((name) => attributeOf(element, name) ?? "").join("\n");
const attributesOf = (elements: readonly HtmlElement[]): string =>
  elements.flatMap(({ attrs }) => attrs.map(({ value }) => value)).join("\n");

/** A phrase as a whole, or its constant beginning: a page makes “Score: 7” out of "Score: " and a number. */
function mentions(all: string, phrase: string): boolean {
  const text = all.toLowerCase();
  const wanted = phrase.toLowerCase();
  if (text.includes(wanted)) return true;
  const constant = wanted.replace(/[#\d][\w.:%]*/g, "").trim();
  return constant.length > 1 && text.includes(constant);
}

/** Braces, brackets and comments of a style sheet close. */
function balanced(css: string): boolean {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/"[^"\n]*"|'[^'\n]*'/g, "");
  return bare.split("{").length === bare.split("}").length && !bare.includes("/*");
}

function isComplete(html: string, document: HtmlDocument): boolean {
  const unclosed = elementsOf(document).some(
    ({ tagName, sourceCodeLocation: place }) =>
      /^(script|style|title|textarea|select|button)$/.test(tagName) && place != null && place.endTag === undefined,
  );
  return !unclosed && !/(\.\.\.|…)\s*$/.test(html);
}

/** Finds the name that a control shows: its own text, a label, or an attribute. */
function labelFinder(document: HtmlDocument): (control: HtmlElement) => string {
  const elements = elementsOf(document);
  const byFor = new Map<string, string>();
  const inside = new Map<HtmlElement, string>();
  for (const label of elements.filter(({ tagName }) => tagName === "label")) {
    const text = textOf(label).trim();
    const id = attributeOf(label, "for");
    if (id !== undefined) byFor.set(id, text);
    for (const control of elementsOf(label)) inside.set(control, text);
  }
  return (control) => {
    const id = attributeOf(control, "id");
    const own = control.tagName === "button" ? textOf(control).trim() : "";
    const given = attributeOf(control, "aria-label") ?? attributeOf(control, "title") ?? "";
    return (
      own ||
      given.trim() ||
      (id === undefined ? "" : (byFor.get(id) ?? "")) ||
      inside.get(control) ||
      (attributeOf(control, "placeholder") ?? "")
    );
  };
}

/** Buttons with something attached to them, in markup or by their id in a script that attaches handlers. */
function handledShare(elements: readonly HtmlElement[], code: readonly JsNode[]): number {
  const attached = new Set<string>();
  let delegated = false;
  for (const node of code) {
    const call = methodCall(node);
    const assigned =
      node.type === "AssignmentExpression" && /^on[a-z]+$/.test(nameOf((node["left"] as JsNode)["property"]) ?? "");
    if (call?.method !== "addEventListener" && !assigned) continue;
    const object = call === undefined ? (node["left"] as JsNode)["object"] : (node["callee"] as JsNode)["object"];
    const lookup = walkJs(object as JsNode)
      .map(({ node: inner }) => stringOf(inner))
      .find((text) => text !== undefined);
    if (lookup === undefined) delegated = true;
    else attached.add(lookup.replace(/^#/, ""));
  }
  const buttons = elements.filter(({ tagName }) => tagName === "button");
  const handled = buttons.filter(
    (button) =>
      attached.has(attributeOf(button, "id") ?? "") ||
      button.attrs.some(({ name }) => /^on[a-z]+$/.test(name)) ||
      attributeOf(button, "type") === "submit",
  );
  // Handlers on variables or parents may serve any of the rest: benefit of half a doubt.
  return share(handled.length + (delegated ? (buttons.length - handled.length) / 2 : 0), buttons.length);
}

/** Ids that scripts look up and that exist. */
function resolvedShare(elements: readonly HtmlElement[], code: readonly JsNode[]): number {
  const ids = new Set(elements.map((element) => attributeOf(element, "id") ?? ""));
  const made = new Set(strings(code));
  const wanted = code.flatMap((node) => {
    const call = methodCall(node);
    const text = stringOf(call?.args[0]);
    if (call === undefined || text === undefined) return [];
    if (call.method === "getElementById") return [text];
    return call.method === "querySelector" && /^#[\w-]+$/.test(text) ? [text.slice(1)] : [];
  });
  const missing = wanted.filter(
    (id) => !ids.has(id) && !(made.has(id) && code.some((node) => nameOf(node) === "createElement")),
  );
  return share(wanted.length - missing.length, wanted.length);
}

/** Handler attributes whose function exists. */
function definedShare(handlers: readonly string[], code: readonly JsNode[]): number {
  const declared = new Set(
    code.flatMap((node) =>
      /^(FunctionDeclaration|VariableDeclarator)$/.test(node.type) ? (nameOf(node["id"]) ?? []) : [],
    ),
  );
  const called = handlers.flatMap((text) => /^\s*([A-Za-z_$][\w$]*)\s*\(/.exec(text)?.[1] ?? []);
  return share(called.filter((name) => declared.has(name)).length, called.length);
}

/** Functions and variables that are used somewhere beyond their declaration: what a left-out line leaves behind. */
function usedShare(nodes: ReturnType<typeof walkJs>, handlers: readonly string[]): number {
  const uses = new Map<string, number>();
  for (const { node } of nodes) {
    const name = nameOf(node);
    if (name !== undefined) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const declared = nodes.flatMap(({ node }) =>
    /^(FunctionDeclaration|VariableDeclarator)$/.test(node.type) ? (nameOf(node["id"]) ?? []) : [],
  );
  const used = declared.filter(
    (name) => (uses.get(name) ?? 0) > 1 || handlers.some((text) => text.includes(`${name}(`)),
  );
  return share(used.length, declared.length);
}

/** Rules without declarations that put content out of sight. */
function plausibleShare(css: string): number {
  const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)];
  const broken = rules.filter(([, selector = "", body = ""]) => {
    const small =
      /font-size:\s*[0-4]px|(?:^|[\s;])(?:height|width):\s*(?:[0-9]|1[0-9]|[2-4][0-9])px[\s\S]*overflow:\s*hidden/.test(
        body,
      );
    const away = /margin-(?:left|top):\s*-[1-9][0-9]{2,}px|left:\s*-[1-9][0-9]{3,}px/.test(body);
    const gone =
      /display:\s*none/.test(body) && /^[\s\w.]*(main|button|\.card|\.page|\.result|\.row|input|h1)/.test(selector);
    const floating = /position:\s*(absolute|fixed)/.test(body) && !/(top|left|right|bottom|inset):/.test(body);
    return small || away || gone || floating;
  });
  return broken.length === 0 ? 1 : 1 / (1 + 2 * broken.length);
}
