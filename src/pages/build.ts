import type { PageFile } from "../base/ports.ts";
import { below, pick, type Random, uniform } from "../base/random.ts";
import { DAMAGE_KINDS, type DamageKind, damage } from "./damage.ts";
import { drawDialect } from "./dialect.ts";
import { familyOf, type PageTask, slotsOf } from "./task.ts";

/** Chances for a defect; quality is the share of them that pass by. */
const CHANCES = 4;

/** A page of the builder, and what is wrong with it. */
export interface BuiltPage {
  readonly files: PageFile[];
  /** The planted defects, in the order in which they were planted; empty for a right page. */
  readonly defects: readonly DamageKind[];
}

/**
 * Builds a page for a task as one more or less careful author would: one index.html with everything inline. At quality
 * 1 it meets every requirement; below, each of four chances plants a defect with probability 1 − quality. Two pages of
 * equal quality differ in writing and look.
 *
 * @param quality - 0 … 1.
 * @throws RangeError if the task is of no known family, or quality is out of range.
 */
export function buildPageWithDefects(task: PageTask, quality: number, random: Random): BuiltPage {
  if (!(quality >= 0 && quality <= 1)) throw new RangeError(`quality is from 0 to 1, not ${quality}`);
  const slots = slotsOf(task);
  const dialect = drawDialect(random, slots("accent"));
  const parts = familyOf(task).page(slots, dialect);
  let files: PageFile[] = [{ name: "index.html", content: tidy(dialect.document(parts)) }];
  const defects: DamageKind[] = [];
  for (let chance = 0; chance < CHANCES; chance++) {
    if (uniform(random) < quality) continue;
    const planted = plantDefect(files, random);
    if (planted === undefined) continue;
    files = planted.files;
    defects.push(planted.kind);
  }
  return { files, defects };
}

/** {@link buildPageWithDefects} without the list of defects. */
export const buildPage = (task: PageTask, quality: number, random: Random): PageFile[] =>
  buildPageWithDefects(task, quality, random).files;

/**
 * One defect of a drawn kind; another kind if the page has no place for the first.
 *
 * @returns undefined if no kind fits.
 */
export function plantDefect(
  files: readonly PageFile[],
  random: Random,
): { readonly files: PageFile[]; readonly kind: DamageKind } | undefined {
  // Cut-off answers are rare among people and models alike, and hide every other defect.
  const kinds: readonly DamageKind[] =
    below(random, 10) === 0 ? ["truncation"] : DAMAGE_KINDS.filter((kind) => kind !== "truncation");
  for (let tries = 0; tries < 8; tries++) {
    const done = damage(files, pick(random, kinds), random);
    if (done !== undefined) return done;
  }
  return undefined;
}

/** Indents the script by its brackets, as an editor would. */
function tidy(html: string): string {
  let depth = 0;
  let inScript = false;
  const lines = html.split("\n").map((line) => {
    if (line === "<script>") inScript = true;
    if (line === "</script>") inScript = false;
    if (!inScript || line === "<script>") return line;
    if (/^[)\]}]/.test(line)) depth--;
    const indented = line === "" ? "" : `${"  ".repeat(Math.max(0, depth))}${line}`;
    if (/[([{]$/.test(line)) depth++;
    return indented;
  });
  return lines.join("\n");
}
