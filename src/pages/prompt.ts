import { below, pick, type Random, seededRandom, shuffled } from "../base/random.ts";
import { FAMILIES } from "./families/all.ts";
import type { Family } from "./family.ts";
import { ACCENTS, familyOf, type PageTask, slotsOf, slotValues } from "./task.ts";

const ACCENT_PHRASES = [
  "Buttons are {accent}.",
  "Use {accent} as the accent colour of the buttons.",
  "Its buttons have a {accent} background.",
];
const FRAMES = [
  "One file, index.html, with everything in it; no libraries.",
  "Put it all into a single index.html without external resources.",
  "Deliver one self-contained index.html, plain HTML, CSS and JavaScript.",
];

/** All that a prompt says of a family's tasks, one list of phrasings for each requirement; the first opens it. */
const statements = (family: Family): readonly (readonly string[])[] => [
  family.intro,
  ...family.requirements,
  ACCENT_PHRASES,
];

/** Replaces `{slot}` by its value. */
function fill(template: string, task: PageTask): string {
  const family = familyOf(task);
  const slots = slotsOf(task);
  const derived = family.derived?.(slots) ?? {};
  return template.replace(/\{([a-z]+)\}/g, (_, name: string) => derived[name] ?? slots(name));
}

/**
 * Words a task. Each wording (any text or number: an index, a generator's draw) chooses its own phrases and its own
 * order of requirements; all wordings ask for the same page.
 */
export function promptFor(task: PageTask, wording: number | string): string {
  const random = seededRandom(`wording:${wording}`);
  const [intro = [], ...requirements] = statements(familyOf(task));
  // A statement that explains the others (what the data is, what a click does) stays in front of them.
  const [first = [], ...rest] = requirements;
  const sentences = [intro, first, ...shuffled(random, rest)].map((phrases) => fill(pick(random, phrases), task));
  const frame = pick(random, FRAMES);
  const parts = below(random, 2) === 0 ? [...sentences, frame] : [sentences[0] ?? "", frame, ...sentences.slice(1)];
  return below(random, 3) === 0 ? listed(parts) : parts.join(" ");
}

const listed = ([head = "", ...rest]: readonly string[]): string =>
  [head, ...rest.map((sentence) => `- ${sentence}`)].join("\n");

/** A task with one requirement changed, and how it is worded. */
export interface Augmented {
  readonly task: PageTask;
  readonly prompt: string;
  /** The slot that differs. */
  readonly changed: string;
}

/**
 * The prompt augmentation of a trap: one value of one requirement becomes another, so that a page that follows the
 * augmented prompt fails the checks of the real one. Neither prompt shows which of them was changed.
 *
 * @param wording - As in {@link promptFor}.
 */
export function augmentPrompt(task: PageTask, wording: number | string, random: Random): Augmented {
  const family = familyOf(task);
  const values = slotValues(family);
  const before = JSON.stringify(family.checks(slotsOf(task)));
  for (const changed of shuffled(random, Object.keys(values))) {
    const taken = Object.values(task.slots);
    const others = (values[changed] ?? []).filter((value) => !taken.includes(value));
    if (others.length === 0) continue;
    const next: PageTask = { ...task, slots: { ...task.slots, [changed]: pick(random, others) } };
    if (JSON.stringify(family.checks(slotsOf(next))) === before) continue;
    return { task: next, prompt: promptFor(next, wording), changed };
  }
  throw new RangeError(`no requirement of the family "${task.family}" can change`);
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A template as an expression that finds it in a prompt and yields its slots. */
function reader(template: string, values: Readonly<Record<string, readonly string[]>>): RegExp {
  const seen = new Set<string>();
  const source = template.split(/(\{[a-z]+\})/).map((part) => {
    if (!part.startsWith("{")) return escapeRegExp(part);
    const name = part.slice(1, -1);
    const choices = values[name];
    if (choices === undefined) return ".{1,400}?";
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>${[...choices]
      .sort((a, b) => b.length - a.length)
      .map(escapeRegExp)
      .join("|")})`;
  });
  return new RegExp(source.join(""), "s");
}

interface Readers {
  readonly family: Family;
  readonly statements: readonly (readonly RegExp[])[];
}
let cached: readonly Readers[] | undefined;
/** The bank read backwards; built at the first use because most programs never need it. */
function allReaders(): readonly Readers[] {
  cached ??= FAMILIES.map((family) => ({
    family,
    statements: statements(family).map((phrases) => phrases.map((phrase) => reader(phrase, slotValues(family)))),
  }));
  return cached;
}

/**
 * Understands a prompt: every wording of the bank exactly; of other prompts the family whose words it uses, with
 * default values for what was not understood.
 *
 * @param prompt - At most 16,384 characters are read.
 * @returns undefined if the prompt is about no page of the bank.
 */
export function recogniseTask(prompt: string): PageTask | undefined {
  const text = prompt.slice(0, 16_384).replace(/\n- /g, " ");
  let best: { task: PageTask; understood: number } | undefined;
  for (const { family, statements: all } of allReaders()) {
    const slots: Record<string, string> = {};
    let understood = 0;
    for (const readers of all) {
      const match = readers.map((expression) => expression.exec(text)).find((found) => found !== null);
      if (match === undefined || match === null) continue;
      understood++;
      for (const [name, value] of Object.entries(match.groups ?? {})) slots[name] ??= value;
    }
    // The accent alone says nothing about the family.
    if (understood < 2 || understood <= (best?.understood ?? 0)) continue;
    best = { task: { family: family.name, slots: { ...defaults(family), ...slots } }, understood };
  }
  return best?.task ?? byWords(text);
}

const defaults = (family: Family): Record<string, string> =>
  Object.fromEntries(Object.entries(slotValues(family)).map(([name, values]) => [name, values[0] ?? ""]));

function byWords(text: string): PageTask | undefined {
  const lower = text.toLowerCase();
  const counted = FAMILIES.map((family) => ({
    family,
    hits: family.words.filter((word) => new RegExp(`(?<![\\p{L}])${escapeRegExp(word)}(?![\\p{L}])`, "u").test(lower))
      .length,
  }));
  const most = counted.reduce((best, next) => (next.hits > best.hits ? next : best));
  if (most.hits === 0) return undefined;
  const accent = ACCENTS.find((name) => lower.includes(name));
  return {
    family: most.family.name,
    slots: { ...defaults(most.family), ...(accent === undefined ? {} : { accent }) },
  };
}
