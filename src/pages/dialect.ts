import { below, pick, type Random } from "../base/random.ts";
import type { PageParts } from "./page-parts.ts";

/** One author's habits: names, quotes, how handlers are attached, how the page looks. Drawn once for each page. */
export interface Dialect {
  /** The element id this author gives to a role such as `increase`. */
  id(role: string): string;
  /** A JavaScript expression for the element of a role. */
  get(role: string): string;
  /** JavaScript that runs `code` when the event happens at the role's element. */
  on(role: string, event: "click" | "input" | "change" | "submit", code: string): string;
  /** A function expression. */
  fn(params: string, code: string): string;
  button(role: string, label: string): string;
  /** A labelled field. `attributes` go onto the input as they are. */
  field(role: string, label: string, type: string, attributes?: string): string;
  /** A place where results appear. */
  output(role: string, text: string): string;
  /** Puts the parts together into one HTML document. */
  document(parts: PageParts): string;
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** A JavaScript string literal that cannot end a script element. */
export const jsString = (text: string): string => JSON.stringify(text).replace(/</g, "\\u003c");

type Naming = (role: string) => string;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const words = (role: string): string[] => role.split("-");
const NAMINGS: readonly Naming[] = [
  (role) => role,
  (role) =>
    words(role)
      .map((word, index) => (index === 0 ? word : capital(word)))
      .join(""),
  (role) =>
    `${words(role)
      .map((word, index) => (index === 0 ? word : capital(word)))
      .join("")}El`,
  (role) => `app-${role}`,
  (role) => `js-${role}`,
  (role) => words(role).join("_"),
];

const FONTS = ["system-ui, sans-serif", "Georgia, serif", "Verdana, Arial, sans-serif", "'Trebuchet MS', sans-serif"];
const BACKGROUNDS = ["#f5f5f7", "#ffffff", "#fdf6e3", "#eef2f7", "#f0f4f0"];
const INKS = ["#222222", "#1c1e21", "#333333", "#2d3142"];

/**
 * Draws an author. Every page of every dialect behaves the same; only the writing and the look differ.
 *
 * @param accent - A CSS colour name for buttons.
 */
export function drawDialect(random: Random, accent: string): Dialect {
  const name = pick(random, NAMINGS);
  const handlers = pick(random, ["listen", "listen", "property", "inline"] as const);
  const wrap = handlers === "inline" ? "plain" : pick(random, ["plain", "iife", "ready"] as const);
  const arrows = below(random, 3) > 0;
  const query = below(random, 3) === 0;
  const labels = pick(random, ["for", "wrap", "aria"] as const);
  const output = pick(random, ["p", "div", "output"] as const);
  const look = drawLook(random, accent);
  const inline = new Map<string, string>();

  const get = (role: string): string =>
    query ? `document.querySelector("#${name(role)}")` : `document.getElementById("${name(role)}")`;
  const fn = (params: string, code: string): string =>
    arrows ? `(${params}) => {\n${code}\n}` : `function (${params}) {\n${code}\n}`;
  const attributes = (role: string): string => {
    const handler = inline.get(role);
    return ` id="${name(role)}"${handler === undefined ? "" : ` ${handler}`}`;
  };
  const marked = (role: string): string => `\u0001${role}\u0002`;

  return {
    id: name,
    get,
    fn,
    on: (role, event, code) => {
      if (handlers === "listen") return `${get(role)}.addEventListener("${event}", ${fn("event", code)});`;
      if (handlers === "property") return `${get(role)}.on${event} = ${fn("event", code)};`;
      const handler = `handle${words(role).map(capital).join("")}`;
      inline.set(role, `on${event}="${handler}(event)"`);
      return `function ${handler}(event) {\n${code}\n}`;
    },
    button: (role, label) => `<button type="button"${marked(role)}>${escapeHtml(label)}</button>`,
    field: (role, label, type, extra = "") => {
      const input = `<input${marked(role)} type="${type}"${extra === "" ? "" : ` ${extra}`}>`;
      if (labels === "wrap") return `<label>${escapeHtml(label)} ${input}</label>`;
      if (labels === "for") return `<label for="${name(role)}">${escapeHtml(label)}</label>\n${input}`;
      return `<span class="caption">${escapeHtml(label)}</span>\n${input.replace("<input", `<input aria-label="${escapeHtml(label)}"`)}`;
    },
    output: (role, text) =>
      `<${output}${marked(role)} class="result" aria-live="polite">${escapeHtml(text)}</${output}>`,
    document: (parts) => {
      const body = parts.body.replace(/\u0001([^\u0002]*)\u0002/g, (_, role: string) => attributes(role));
      const script =
        wrap === "plain"
          ? parts.script
          : wrap === "iife"
            ? `(${fn("", parts.script)})();`
            : `document.addEventListener("DOMContentLoaded", ${fn("", parts.script)});`;
      return look(parts, body, script);
    },
  };
}

/** Draws the look: colours, spacing, and the frame around the content. */
function drawLook(random: Random, accent: string): (parts: PageParts, body: string, script: string) => string {
  const font = pick(random, FONTS);
  const background = pick(random, BACKGROUNDS);
  const ink = pick(random, INKS);
  const radius = pick(random, [0, 4, 6, 8, 12]);
  const space = pick(random, [8, 10, 12, 16]);
  const width = pick(random, [420, 480, 560, 640]);
  const frame = pick(random, ["main", "card", "plain"] as const);
  const layout = pick(random, ["column", "grid", "flow"] as const);
  const header = below(random, 2) === 0;
  const footer =
    below(random, 3) === 0 ? pick(random, ["Made with plain HTML.", "Thanks for visiting.", "Have fun!"]) : "";
  const arrangement = {
    column: `display: flex;\n  flex-direction: column;\n  gap: ${space}px;`,
    grid: `display: grid;\n  gap: ${space}px;`,
    flow: `padding-top: ${space}px;`,
  }[layout];
  const box = { main: "main", card: ".card", plain: ".page" }[frame];
  const css = [
    `body {\n  font-family: ${font};\n  background: ${background};\n  color: ${ink};\n  margin: 0;\n}`,
    `${box} {\n  max-width: ${width}px;\n  margin: ${space * 2}px auto;\n  padding: ${space * 2}px;\n  ${arrangement}\n}`,
    `button {\n  background: ${accent};\n  color: white;\n  border: none;\n  border-radius: ${radius}px;\n  padding: ${space}px ${space * 2}px;\n}`,
    `input, select {\n  padding: ${space / 2}px;\n  border: 1px solid #999999;\n  border-radius: ${radius}px;\n}`,
    `.result {\n  font-size: 1.${pick(random, [1, 2, 3, 4])}em;\n  min-height: 1.2em;\n}`,
  ];
  const [open, close] = {
    main: ["<main>", "</main>"],
    card: ['<div class="card">', "</div>"],
    plain: ['<div class="page">', "</div>"],
  }[frame];
  return (parts, body, script) => {
    const heading = `<h1>${escapeHtml(parts.title)}</h1>`;
    const style = [...css, ...(parts.css === undefined ? [] : [parts.css])].join("\n");
    return [
      "<!DOCTYPE html>",
      '<html lang="en">',
      "<head>",
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<title>${escapeHtml(parts.title)}</title>`,
      `<style>\n${style}\n</style>`,
      "</head>",
      "<body>",
      ...(header ? [`<header>${heading}</header>`, open] : [open, heading]),
      body,
      close,
      ...(footer === "" ? [] : [`<footer>${footer}</footer>`]),
      `<script>\n${script}\n</script>`,
      "</body>",
      "</html>",
      "",
    ].join("\n");
  };
}
