import type { PageFile } from "../../base/ports.ts";
import { below, pick, type Random, shuffled } from "../../base/random.ts";

/** What can go wrong with a text; the fixture builder plants its defects by the same functions. */
export const TEXT_DAMAGE_KINDS = ["number", "line", "word", "order", "truncation"] as const;
export type TextDamageKind = (typeof TEXT_DAMAGE_KINDS)[number];

const WORDS = ["tomorrow", "chairs", "nobody", "yellow", "Sunday", "kitchen", "morning", "river"];

type Finder = (lines: readonly string[], random: Random) => string[] | undefined;

const said = (lines: readonly string[]): number[] => [...lines.keys()].filter((at) => (lines[at] ?? "").trim() !== "");
const replaced = (lines: readonly string[], at: number, line: string): string[] =>
  lines.map((old, place) => (place === at ? line : old));

const FINDERS: Readonly<Record<TextDamageKind, Finder>> = {
  // One digit of one number: a wrong time, a wrong sum.
  number: (lines, random) => {
    const places = lines.flatMap((line, at) =>
      [...line.matchAll(/[0-9]/g)]
        .filter(({ index }) => !/^\s*[0-9]{1,3}[.)]\s/.test(line) || index > line.search(/[.)]/))
        .map(({ index }) => ({ at, index })),
    );
    if (places.length === 0) return undefined;
    const { at, index } = pick(random, places);
    const line = lines[at] ?? "";
    const digit = (Number(line[index]) + 1 + below(random, 8)) % 10;
    return replaced(lines, at, `${line.slice(0, index)}${digit}${line.slice(index + 1)}`);
  },
  line: (lines, random) => {
    const places = said(lines);
    if (places.length < 2) return undefined;
    const out = pick(random, places);
    return lines.filter((_, at) => at !== out);
  },
  word: (lines, random) => {
    const places = lines.flatMap((line, at) =>
      [...line.matchAll(/\p{L}{4,}/gu)].map(({ 0: word, index }) => ({ at, index, word })),
    );
    if (places.length === 0) return undefined;
    const { at, index, word } = pick(random, places);
    const line = lines[at] ?? "";
    const other = pick(
      random,
      WORDS.filter((one) => one.toLowerCase() !== word.toLowerCase()),
    );
    return replaced(lines, at, line.slice(0, index) + other + line.slice(index + word.length));
  },
  order: (lines, random) => {
    const places = said(lines);
    if (places.length < 3) return undefined;
    const from = below(random, places.length - 1);
    const [a = 0, b = 0] = [places[from], places[from + 1]];
    return lines.map((line, at) => (at === a ? (lines[b] ?? "") : at === b ? (lines[a] ?? "") : line));
  },
  truncation: (lines, random) => {
    const text = lines.join("\n");
    const from = Math.ceil(text.length * 0.5);
    const room = text.trimEnd().length - from - 2;
    return room < 1 ? undefined : text.slice(0, from + below(random, room)).split("\n");
  },
};

/**
 * Does one damage of a kind to a text: a number, a word or the order of two lines wrong, a line missing, the end cut off.
 * Whether a requirement is broken by it is for the checks to say.
 *
 * @returns undefined if the text has no place for it. Never throws on a stranger's text.
 */
export function damageText(
  files: readonly PageFile[],
  kind: TextDamageKind,
  random: Random,
): { readonly files: PageFile[]; readonly kind: TextDamageKind } | undefined {
  const [file] = files;
  if (file === undefined) return undefined;
  const content = FINDERS[kind](file.content.split("\n"), random)?.join("\n");
  if (content === undefined || content.trim() === file.content.trim()) return undefined;
  return { files: files.map((other, at) => (at === 0 ? { ...file, content } : other)), kind };
}

/** The kinds in a drawn order, a cut-off answer in front as rarely as it happens by itself (one in ten). */
export function textDamageOrder(random: Random): TextDamageKind[] {
  const kinds = shuffled(
    random,
    TEXT_DAMAGE_KINDS.filter((kind) => kind !== "truncation"),
  );
  return below(random, 10) === 0 ? ["truncation", ...kinds] : [...kinds, "truncation"];
}
