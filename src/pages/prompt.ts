import type { Random } from "../base/random.ts";
import { FAMILIES } from "./families/all.ts";
import type { Family } from "./family.ts";
import { ACCENTS, familyOf, type PageTask, slotsOf, slotValues } from "./task.ts";
import { changeSlot, type Reader, readerOf, readPrompt, type Wordable, wordTask } from "./wording.ts";

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

/** All that a prompt says of a family's tasks: its own requirements, and the accent of every page. */
const wordable = (family: Family): Wordable => ({
  ...family,
  slots: slotValues(family),
  requirements: [...family.requirements, ACCENT_PHRASES],
});

/** Words a page task; see {@link wordTask}. All wordings ask for the same page. */
export const promptFor = (task: PageTask, wording: number | string): string =>
  wordTask(wordable(familyOf(task)), task.slots, FRAMES, wording);

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
  const checks = (slots: PageTask["slots"]): string => JSON.stringify(family.checks(slotsOf({ ...task, slots })));
  const { slots, changed } = changeSlot(wordable(family), task.slots, checks, random);
  const next: PageTask = { ...task, slots };
  return { task: next, prompt: promptFor(next, wording), changed };
}

let cached: readonly Reader[] | undefined;
/** The bank read backwards; built at the first use because most programs never need it. */
function allReaders(): readonly Reader[] {
  cached ??= FAMILIES.map((family) => readerOf(wordable(family)));
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
  const read = readPrompt(allReaders(), prompt);
  if (read === undefined) return undefined;
  const { family, slots, isFree } = read;
  const accent = isFree ? ACCENTS.find((name) => prompt.toLowerCase().includes(name)) : undefined;
  return { family: family.name, slots: accent === undefined ? slots : { ...slots, accent } };
}
