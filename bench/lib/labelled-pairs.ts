// Pairs of pages with a known answer, made from seeds: nothing of them is stored, everybody gets the same ones.
import type { PageFile } from "../../src/base/ports.ts";
import { seededRandom } from "../../src/base/random.ts";
import { buildPage } from "../../src/pages/build.ts";
import { DAMAGE_KINDS, type DamageKind, damage } from "../../src/pages/damage.ts";
import { reprint } from "../../src/pages/edit.ts";
import { promptFor } from "../../src/pages/prompt.ts";
import { drawTask } from "../../src/pages/task.ts";
import type { ClosablePageRunner } from "../../src/sandbox/runner.ts";

export interface LabelledPair {
  readonly kind: DamageKind;
  readonly prompt: string;
  /** Two authors' pages for one prompt, as a voter sees them: reprinted. */
  readonly better: readonly PageFile[];
  readonly worse: readonly PageFile[];
}

/** The judge's weights were fitted on these kinds of damage only; the others it has never seen. */
export const FITTED_KINDS: readonly DamageKind[] = ["handler", "formula", "requirement", "truncation"];

/**
 * Pairs of two authors' pages, one damaged. Only damage that shows when the page is run is kept: other pairs have no
 * right answer.
 *
 * @param split - Seeds of the two splits never meet.
 * @param quality - Of both pages before the damage.
 */
export async function labelledPairs(
  split: "fit" | "test",
  perKind: number,
  quality: number,
  kinds: readonly DamageKind[],
  runner: ClosablePageRunner,
): Promise<LabelledPair[]> {
  const pairs: LabelledPair[] = [];
  for (const kind of kinds) {
    for (let index = 0, made = 0; made < perKind && index < perKind * 4; index++) {
      const seed = `${split} ${kind} ${quality} ${index}`;
      const task = drawTask(seededRandom(seed));
      const prompt = promptFor(task, seed);
      const better = buildPage(task, quality, seededRandom(`${seed} one`));
      const whole = buildPage(task, quality, seededRandom(`${seed} other`));
      const worse = damage(whole, kind, seededRandom(seed));
      if (worse === undefined) continue;
      const [before, after] = [await runner.run(whole), await runner.run(worse.files)];
      const felt =
        after.errors.length > before.errors.length ||
        JSON.stringify(before.observations) !== JSON.stringify(after.observations);
      if (!felt) continue;
      const printed = (files: readonly PageFile[], name: string) =>
        reprint(files, seededRandom(`${seed} ${name}`), prompt);
      pairs.push({ kind, prompt, better: printed(better, "a"), worse: printed(worse.files, "b") });
      made++;
    }
  }
  return pairs;
}

export { DAMAGE_KINDS };
