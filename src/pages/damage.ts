import type { PageFile } from "../base/ports.ts";
import { below, pick, type Random, shuffled } from "../base/random.ts";
import { layoutDamage } from "./damage-layout.ts";
import { labelDamage, requirementDamage, wordingDamage } from "./damage-markup.ts";
import { formulaDamage, handlerDamage, stepDamage } from "./damage-script.ts";
import type { Candidate, DamageTarget } from "./damage-target.ts";
import { type HtmlDocument, parseHtml, parseJs, rawTextOf, scriptsOf } from "./parse.ts";
import { applySplices } from "./splice.ts";

/**
 * What can go wrong with a page. The fixture builder plants its defects by the same functions, so that a damaged
 * output does not differ from a naturally bad one in kind or size.
 */
export const DAMAGE_KINDS = [
  "handler",
  "formula",
  "step",
  "requirement",
  "label",
  "layout",
  "wording",
  "truncation",
] as const;
export type DamageKind = (typeof DAMAGE_KINDS)[number];

/**
 * The kinds in a drawn order, as often in front as things go wrong by themselves: cut-off answers are rare among people
 * and models alike (one in ten), and hide every other defect; the rest is even.
 */
export function damageOrder(random: Random): DamageKind[] {
  const kinds = shuffled(
    random,
    DAMAGE_KINDS.filter((kind) => kind !== "truncation"),
  );
  return below(random, 10) === 0 ? ["truncation", ...kinds] : [...kinds, "truncation"];
}

const FINDERS: Readonly<Record<DamageKind, (target: DamageTarget) => readonly Candidate[]>> = {
  handler: handlerDamage,
  formula: formulaDamage,
  step: stepDamage,
  requirement: requirementDamage,
  label: labelDamage,
  layout: layoutDamage,
  wording: wordingDamage,
  truncation: truncationDamage,
};

/**
 * Does one real damage of a kind to a page: a handler removed, a formula wrong, a step or a requirement missing, a label
 * gone, the layout broken, a wrong word, the end cut off. Whether it can be felt is for a run of the page to prove
 * (`sandbox`); a caller tries again where it cannot.
 *
 * @param kind - One of {@link DAMAGE_KINDS}.
 * @param random - Chooses among the places where this kind is possible.
 * @returns undefined if the page has no such place or cannot be read. Never throws on a stranger's page.
 */
export function damage(
  files: readonly PageFile[],
  kind: DamageKind,
  random: Random,
): { readonly files: PageFile[]; readonly kind: DamageKind } | undefined {
  const index = files.findIndex(({ name }) => /\.html?$/i.test(name));
  const file = files[index];
  if (file === undefined) return undefined;
  // The parser joins CR LF; with offsets into the text the two must agree.
  const html = file.content.replace(/\r\n?/g, "\n");
  const parsed = parseHtml(html);
  if (parsed === undefined) return undefined;
  const target: DamageTarget = { html, document: parsed.document, scripts: scriptsWithPlace(parsed.document, html) };
  const candidates = FINDERS[kind](target);
  if (candidates.length === 0) return undefined;
  const content = applySplices(html, pick(random, candidates));
  if (content === html) return undefined;
  return { files: files.map((other, at) => (at === index ? { ...file, content } : other)), kind };
}

function scriptsWithPlace(document: HtmlDocument, html: string): DamageTarget["scripts"] {
  return scriptsOf(document).flatMap((element) => {
    const at = element.sourceCodeLocation?.startTag?.endOffset;
    const source = rawTextOf(element);
    const tree = parseJs(source);
    return at === undefined || tree === undefined || html.slice(at, at + source.length) !== source
      ? []
      : [{ source, at, tree }];
  });
}

/** Ends of lines in the second half: an answer that stopped there. */
function truncationDamage({ html }: DamageTarget): Candidate[] {
  const closing = html.search(/\s*<\/(script|body|html)>\s*(<\/(body|html)>\s*)*$/i);
  const end = closing === -1 ? html.length : closing;
  const cuts: Candidate[] = [];
  for (
    let at = html.indexOf("\n", Math.floor(end * 0.6));
    at !== -1 && at < end - 20;
    at = html.indexOf("\n", at + 1)
  ) {
    cuts.push([{ start: at, end: html.length, text: "\n" }]);
  }
  return cuts;
}
