import type { PageFile } from "../../base/ports.ts";
import { type Random, uniform } from "../../base/random.ts";
import { damageText, textDamageOrder } from "./damage-text.ts";
import { type TextTask, textFamilyOf, textSlotsOf } from "./text-task.ts";

/** Chances for a defect; quality is the share of them that pass by. */
const CHANCES = 3;

/**
 * Writes a text as one more or less careful author would, one file answer.txt. At quality 1 it meets every requirement;
 * below, each of three chances plants a defect with probability 1 − quality.
 *
 * @param quality - 0 … 1. @throws RangeError if the task is of no known family, or quality is out of range.
 */
export function buildText(task: TextTask, quality: number, random: Random): PageFile[] {
  if (!(quality >= 0 && quality <= 1)) throw new RangeError(`quality is from 0 to 1, not ${quality}`);
  const lines = textFamilyOf(task).write(textSlotsOf(task), random);
  let files: PageFile[] = [{ name: "answer.txt", content: `${lines.join("\n")}\n` }];
  for (let chance = 0; chance < CHANCES; chance++) {
    if (uniform(random) < quality) continue;
    for (const kind of textDamageOrder(random)) {
      const damaged = damageText(files, kind, random);
      if (damaged === undefined) continue;
      ({ files } = damaged);
      break;
    }
  }
  return files;
}
