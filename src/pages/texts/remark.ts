import { below, pick, type Random } from "../../base/random.ts";

/** Sentences that fit anywhere and touch no requirement: two right answers should rarely be the same to the letter. */
const REMARKS = [
  "Please let us know if anything is unclear.",
  "This replaces all earlier versions.",
  "A copy hangs on the door.",
  "Many thanks for your help with this.",
  "Nothing else has changed.",
  "Kept as short as possible.",
  "Checked twice, so it should be right.",
  "Pass it on to whoever needs it.",
  "With thanks to everybody involved.",
  "Subject to change, as always.",
  "The small print is on the back.",
  "Comments are welcome at any time.",
];

/** One or two of them as lines, more often than none. */
export function remarks(random: Random): string[] {
  const first = pick(random, REMARKS);
  const second = pick(
    random,
    REMARKS.filter((one) => one !== first),
  );
  return [[], [first], [first], [`${first} ${second}`]][below(random, 4)] ?? [];
}
