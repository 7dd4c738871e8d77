import { describe, expect, it } from "vitest";
import type { PageFile } from "../../../src/base/ports.ts";
import { pick, type Random, seededRandom } from "../../../src/base/random.ts";
import { buildPage, buildPageWithDefects, plantDefect } from "../../../src/pages/build.ts";
import { DAMAGE_KINDS, type DamageKind } from "../../../src/pages/damage.ts";
import { reprint } from "../../../src/pages/edit.ts";
import { FEATURES, pageFeatures, promptFacts } from "../../../src/pages/features.ts";
import { bytesOf, padFiles, sizesShown } from "../../../src/pages/pad.ts";
import { promptFor } from "../../../src/pages/prompt.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { pageSource } from "../../../src/validator/page-source.ts";
import { areaUnderCurve, bootstrapInterval, type Example, fitLogistic } from "../../helpers/classifier.ts";

// A trap's output was damaged on purpose. That it is bad shows; that it was damaged must not: what is planted has the
// kinds, the rates and the sizes of what goes wrong by itself.

const PAGES = 400;
const source = pageSource();

interface Defect {
  readonly kind: DamageKind;
  /** Bytes that the page lost or gained. */
  readonly bytes: number;
}

async function collect(): Promise<{ natural: Defect[]; planted: Defect[] }> {
  const random = seededRandom("natural damage");
  const natural: Defect[] = [];
  const planted: Defect[] = [];
  for (let i = 0; i < PAGES; i++) {
    const task = drawTask(random);
    const page = buildPage(task, 1, random);
    const wrong = plantDefect(page, random);
    const worse = await source.damage({ taskType: "page", data: { task } }, page, random, undefined);
    if (wrong !== undefined) natural.push({ kind: wrong.kind, bytes: bytesOf(wrong.files) - bytesOf(page) });
    if (worse !== undefined)
      planted.push({ kind: worse.what as DamageKind, bytes: bytesOf(worse.files) - bytesOf(page) });
  }
  return { natural, planted };
}

describe("planted damage", () => {
  it("comes in the kinds, rates and sizes of what goes wrong by itself", async () => {
    const { natural, planted } = await collect();
    expect(planted.length).toBeGreaterThan(0.95 * PAGES);
    for (const kind of DAMAGE_KINDS) {
      const rate = (defects: readonly Defect[]): number =>
        defects.filter((one) => one.kind === kind).length / defects.length;
      // Two shares of 400: 0.08 is about three standard deviations of their difference.
      expect(Math.abs(rate(planted) - rate(natural)), kind).toBeLessThan(0.08);
    }
    const sizes = [natural, planted].flatMap((defects) =>
      defects.map(({ bytes }) => ({ score: Math.abs(bytes), isPositive: defects === planted })),
    );
    const [low, high] = bootstrapInterval(sizes, seededRandom("sizes"));
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
  });
});

/** The pair of a duel or a damaged trap as a voter gets it, measured, sides forgotten. */
async function measured(random: Random, isTrap: boolean): Promise<number[]> {
  const task = drawTask(random);
  const prompt = promptFor(task, 0);
  const quality = (): number => pick(random, [0.4, 0.7, 0.9, 1]);
  const pages: (readonly PageFile[])[] = [0, 1].map(() => buildPageWithDefects(task, quality(), random).files);
  if (isTrap) {
    const damaged = await source.damage({ taskType: "page", data: { task } }, pages[0] ?? [], random, undefined);
    pages[0] = damaged?.files ?? pages[0] ?? [];
  }
  const printed = pages.map((files) => reprint(files, random, prompt));
  const sizes = sizesShown(printed.map(bytesOf));
  const facts = promptFacts(prompt);
  const [a, b] = printed.map((files, place) => pageFeatures(padFiles(files, sizes[place] ?? 0), facts));
  return FEATURES.flatMap((name) => [
    Math.min(a?.[name] ?? 0, b?.[name] ?? 0),
    Math.abs((a?.[name] ?? 0) - (b?.[name] ?? 0)),
  ]);
}

describe("the pages of a trap", () => {
  it("look like those of a duel between miners of mixed skill, but for one defect more", async () => {
    const random = seededRandom("content");
    const examples: Example[] = [];
    for (let i = 0; i < 900; i++) {
      examples.push({ features: await measured(random, i % 2 === 0), isPositive: i % 2 === 0 });
    }
    const score = fitLogistic(examples.slice(0, 450));
    const scored = examples.slice(450).map(({ features, isPositive }) => ({ score: score(features), isPositive }));
    const [low, high] = bootstrapInterval(scored, seededRandom("bootstrap"));
    expect(areaUnderCurve(scored)).toBeLessThan(0.75);
    expect(high - low).toBeLessThan(0.14);
  });
});
