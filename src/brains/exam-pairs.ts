import type { PageFile, PageRunner } from "../base/ports.ts";
import { seededRandom } from "../base/random.ts";
import { buildPage } from "../pages/build.ts";
import { type DamageKind, damage } from "../pages/damage.ts";
import { reprint } from "../pages/edit.ts";
import { promptFor } from "../pages/prompt.ts";
import { drawTask } from "../pages/task.ts";

/** Two pages for one prompt of which one is known to be the worse. */
export interface LabelledPair {
  readonly kind: DamageKind;
  readonly prompt: string;
  /** Two authors' pages, as a voter sees them: reprinted. */
  readonly better: readonly PageFile[];
  readonly worse: readonly PageFile[];
}

/** The heuristic judge's weights were fitted on these kinds of damage only; the others it has never seen. */
export const FITTED_KINDS: readonly DamageKind[] = ["handler", "formula", "requirement", "truncation"];

export interface ExamPlan {
  /** Seeds of the two splits never meet: weights are fitted on one, judges are examined on the other. */
  readonly split: "fit" | "test";
  readonly perKind: number;
  /** Of both pages before the damage, 0 … 1. */
  readonly quality: number;
  readonly kinds: readonly DamageKind[];
}

/**
 * The labelled pairs of a plan, made from seeds: nothing of them is stored, and everybody gets the same ones. Only damage
 * that shows when the page is run is kept: other pairs have no right answer.
 */
export async function* examPairs(
  { split, perKind, quality, kinds }: ExamPlan,
  runner: PageRunner,
  signal?: AbortSignal,
): AsyncGenerator<LabelledPair> {
  for (const kind of kinds) {
    for (let index = 0, made = 0; made < perKind && index < perKind * 4; index++) {
      const seed = `${split} ${kind} ${quality} ${index}`;
      const task = drawTask(seededRandom(seed));
      const prompt = promptFor(task, seed);
      const better = buildPage(task, quality, seededRandom(`${seed} one`));
      const whole = buildPage(task, quality, seededRandom(`${seed} other`));
      const worse = damage(whole, kind, seededRandom(seed));
      if (worse === undefined) continue;
      const [before, after] = [await runner.run(whole, signal), await runner.run(worse.files, signal)];
      const felt =
        after.errors.length > before.errors.length ||
        JSON.stringify(before.observations) !== JSON.stringify(after.observations);
      if (!felt) continue;
      const printed = (files: readonly PageFile[], name: string) =>
        reprint(files, seededRandom(`${seed} ${name}`), prompt);
      yield { kind, prompt, better: printed(better, "a"), worse: printed(worse.files, "b") };
      made++;
    }
  }
}
