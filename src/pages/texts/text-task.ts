import { pick, type Random } from "../../base/random.ts";
import type { Slots } from "../family.ts";
import { changeSlot, drawSlots, type Reader, readerOf, readPrompt, wordTask } from "../wording.ts";
import { invoice } from "./families/invoice.ts";
import { letter } from "./families/letter.ts";
import { packing } from "./families/packing.ts";
import { schedule } from "./families/schedule.ts";
import type { TextCheck } from "./text-checks.ts";
import type { TextFamily } from "./text-family.ts";

export const TEXT_FAMILIES: readonly TextFamily[] = [schedule, invoice, letter, packing];

/** A text to be written: a family and the values of its slots. Plain JSON, so that it can be stored and published. */
export interface TextTask {
  readonly family: string;
  readonly slots: Readonly<Record<string, string>>;
}

const FRAMES = [
  "Answer in plain text, as one file answer.txt.",
  "One file, answer.txt, with the text and nothing else.",
  "Put the text into a single file called answer.txt.",
];

/** @returns The family of a task. @throws RangeError if there is no family of that name. */
export function textFamilyOf({ family: wanted }: Pick<TextTask, "family">): TextFamily {
  const family = TEXT_FAMILIES.find(({ name }) => name === wanted);
  if (family === undefined) throw new RangeError(`no family of texts is called "${wanted}"`);
  return family;
}

/** Reads a task's slots. @throws RangeError for a slot that it has not. */
export const textSlotsOf = ({ slots }: Pick<TextTask, "slots">): Slots => {
  return (name) => {
    const value = slots[name];
    if (value === undefined) throw new RangeError(`the task has no slot "${name}"`);
    return value;
  };
};

/** Draws a task of the bank: a family uniformly, then each slot. */
export function drawTextTask(random: Random): TextTask {
  const family = pick(random, TEXT_FAMILIES);
  return { family: family.name, slots: drawSlots(random, family) };
}

/** Words a text task; all wordings ask for the same text. @see wordTask */
export const textPromptFor = (task: TextTask, wording: number | string): string =>
  wordTask(textFamilyOf(task), task.slots, FRAMES, wording);

/** What an answer must say, as things to look for in it. */
export const textChecksOf = (task: TextTask): TextCheck[] => textFamilyOf(task).checks(textSlotsOf(task));

/** A trap's changed requirement: an answer to this prompt fails a check of the real one. */
export function augmentTextPrompt(
  task: TextTask,
  wording: number | string,
  random: Random,
): { readonly prompt: string; readonly changed: string } {
  const family = textFamilyOf(task);
  const checks = (slots: TextTask["slots"]): string => JSON.stringify(family.checks(textSlotsOf({ slots })));
  const { slots, changed } = changeSlot(family, task.slots, checks, random);
  return { prompt: textPromptFor({ ...task, slots }, wording), changed };
}

let cached: readonly Reader[] | undefined;

/**
 * Understands a prompt: every wording of the bank exactly; of others the family whose words it uses.
 *
 * @returns undefined if the prompt is about no text of the bank.
 */
export function recogniseText(prompt: string): TextTask | undefined {
  cached ??= TEXT_FAMILIES.map(readerOf);
  const read = readPrompt(cached, prompt);
  return read === undefined ? undefined : { family: read.family.name, slots: read.slots };
}
