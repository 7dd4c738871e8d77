import { pick, type Random } from "../base/random.ts";
import { FAMILIES } from "./families/all.ts";
import type { Family, Slots } from "./family.ts";
import { drawSlots } from "./wording.ts";

/** A page to be built: a family and the values of its slots. Plain JSON, so that it can be stored and published. */
export interface PageTask {
  readonly family: string;
  readonly slots: Readonly<Record<string, string>>;
}

/** CSS colour names that every family's task chooses its accent from. */
export const ACCENTS = ["teal", "crimson", "indigo", "darkgreen", "sienna", "slateblue", "purple", "navy"] as const;

/** The slots of a family with the values each can have, the common `accent` included. */
export const slotValues = (family: Family): Readonly<Record<string, readonly string[]>> => ({
  ...family.slots,
  accent: ACCENTS,
});

/** @returns The family of a task. @throws RangeError if there is no family of that name. */
export function familyOf(task: Pick<PageTask, "family">): Family {
  const family = FAMILIES.find(({ name }) => name === task.family);
  if (family === undefined) throw new RangeError(`no family of pages is called "${task.family}"`);
  return family;
}

/** Reads a task's slots, and what its family derives from them. @throws RangeError for a slot that it has not. */
export function slotsOf(task: PageTask): Slots {
  const read: Slots = (name) => {
    const value = task.slots[name];
    if (value === undefined) throw new RangeError(`the task has no slot "${name}"`);
    return value;
  };
  return read;
}

/** Draws a task of the bank: a family uniformly, then each slot. */
export function drawTask(random: Random): PageTask {
  const family = pick(random, FAMILIES);
  return { family: family.name, slots: drawSlots(random, { slots: slotValues(family) }) };
}
