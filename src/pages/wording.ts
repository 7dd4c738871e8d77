import { below, pick, type Random, seededRandom, shuffled } from "../base/random.ts";

/** A family of tasks as prompts see it: what is asked, in several phrasings, with slots that are filled in. */
export interface Wordable {
  readonly name: string;
  /** Words that give a free prompt of this kind away. */
  readonly words: readonly string[];
  /** The values each slot can have; the first is the default. */
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Ways to open the prompt; each holds {title}. */
  readonly intro: readonly string[];
  /** One entry for each requirement: ways to say it. */
  readonly requirements: readonly (readonly string[])[];
  /** Words of the prompt that follow from the slots. */
  derived?(slot: (name: string) => string): Readonly<Record<string, string>>;
}

export type SlotValues = Readonly<Record<string, string>>;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Replaces `{slot}` by its value. */
function fill(template: string, family: Wordable, slots: SlotValues): string {
  const slot = (name: string): string => {
    const value = slots[name];
    if (value === undefined) throw new RangeError(`the task has no slot "${name}"`);
    return value;
  };
  const derived = family.derived?.(slot) ?? {};
  return template.replace(/\{([a-z]+)\}/g, (_, name: string) => derived[name] ?? slot(name));
}

/**
 * Draws a task of a family: each slot uniformly. Slots that share a value are drawn again, so that no two things of a
 * task have the same name.
 */
export function drawSlots(random: Random, family: Pick<Wordable, "slots">): Record<string, string> {
  const slots: Record<string, string> = {};
  for (const [name, values] of Object.entries(family.slots)) {
    let value = pick(random, values);
    for (let tries = 0; tries < 8 && Object.values(slots).includes(value); tries++) value = pick(random, values);
    slots[name] = value;
  }
  return slots;
}

/**
 * Words a task. Each wording (any text or number: an index, a generator's draw) chooses its own phrases and its own
 * order of requirements; all wordings ask for the same.
 *
 * @param frames - Ways to say in which form the answer is wanted.
 */
export function wordTask(
  family: Wordable,
  slots: SlotValues,
  frames: readonly string[],
  wording: number | string,
): string {
  const random = seededRandom(`wording:${wording}`);
  // A statement that explains the others (what the data is, what a click does) stays in front of them.
  const [first = [], ...rest] = family.requirements;
  const sentences = [family.intro, first, ...shuffled(random, rest)].map((phrases) =>
    fill(pick(random, phrases), family, slots),
  );
  const frame = pick(random, frames);
  const parts = below(random, 2) === 0 ? [...sentences, frame] : [sentences[0] ?? "", frame, ...sentences.slice(1)];
  return below(random, 3) === 0 ? listed(parts) : parts.join(" ");
}

const listed = ([head = "", ...rest]: readonly string[]): string =>
  [head, ...rest.map((sentence) => `- ${sentence}`)].join("\n");

/** A task with one requirement changed: the slots, and which of them differs. */
export interface ChangedSlots {
  readonly slots: SlotValues;
  readonly changed: string;
}

/**
 * One value of one requirement becomes another, so that an answer to the changed task fails the checks of the real one.
 *
 * @param checks - What an answer to these slots is held to, as text that differs where the checks do.
 * @throws RangeError if no slot can change.
 */
export function changeSlot(
  family: Wordable,
  slots: SlotValues,
  checks: (slots: SlotValues) => string,
  random: Random,
): ChangedSlots {
  const before = checks(slots);
  for (const changed of shuffled(random, Object.keys(family.slots))) {
    const taken = Object.values(slots);
    const others = (family.slots[changed] ?? []).filter((value) => !taken.includes(value));
    if (others.length === 0) continue;
    const next = { ...slots, [changed]: pick(random, others) };
    if (checks(next) !== before) return { slots: next, changed };
  }
  throw new RangeError(`no requirement of the family "${family.name}" can change`);
}

/** A family's statements as expressions that find them in a prompt and yield their slots. */
export interface Reader {
  readonly family: Wordable;
  readonly statements: readonly (readonly RegExp[])[];
}

export const readerOf = (family: Wordable): Reader => ({
  family,
  statements: [family.intro, ...family.requirements].map((phrases) => phrases.map((phrase) => finder(phrase, family))),
});

function finder(template: string, { slots }: Wordable): RegExp {
  const seen = new Set<string>();
  const source = template.split(/(\{[a-z]+\})/).map((part) => {
    if (!part.startsWith("{")) return escapeRegExp(part);
    const name = part.slice(1, -1);
    const choices = slots[name];
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

/** At most so much of a prompt is read. */
const MOST_READ = 16_384;

/**
 * Understands a prompt: every wording of the families exactly; of other prompts the family whose words it uses, with
 * default values for what was not understood.
 *
 * @returns undefined if the prompt is about none of them; `isFree` where only words gave the family away.
 */
export function readPrompt(
  readers: readonly Reader[],
  prompt: string,
): { readonly family: Wordable; readonly slots: SlotValues; readonly isFree: boolean } | undefined {
  const text = prompt.slice(0, MOST_READ).replace(/\n- /g, " ");
  let best: { family: Wordable; slots: SlotValues; understood: number } | undefined;
  for (const { family, statements } of readers) {
    const slots: Record<string, string> = {};
    let understood = 0;
    for (const expressions of statements) {
      const match = expressions.map((expression) => expression.exec(text)).find((found) => found !== null);
      if (match === undefined || match === null) continue;
      understood++;
      for (const [name, value] of Object.entries(match.groups ?? {})) slots[name] ??= value;
    }
    // One statement alone (a colour, a closing) says nothing about the family.
    if (understood < 2 || understood <= (best?.understood ?? 0)) continue;
    best = { family, slots: { ...defaults(family), ...slots }, understood };
  }
  if (best !== undefined) return { family: best.family, slots: best.slots, isFree: false };
  const free = byWords(
    readers.map(({ family }) => family),
    text.toLowerCase(),
  );
  return free === undefined ? undefined : { family: free, slots: defaults(free), isFree: true };
}

const defaults = (family: Wordable): SlotValues =>
  Object.fromEntries(Object.entries(family.slots).map(([name, values]) => [name, values[0] ?? ""]));

function byWords(families: readonly Wordable[], lower: string): Wordable | undefined {
  let best: { family: Wordable; hits: number } | undefined;
  for (const family of families) {
    const hits = family.words.filter((word) =>
      new RegExp(`(?<![\\p{L}])${escapeRegExp(word)}(?![\\p{L}])`, "u").test(lower),
    ).length;
    if (hits > (best?.hits ?? 0)) best = { family, hits };
  }
  return best?.family;
}
