import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { countedShare } from "../../../src/brains/counted-share.ts";
import { heuristicBrain, MEASURES, verdict } from "../../../src/brains/heuristic.ts";
import fitted from "../../../src/brains/heuristic-weights.json" with { type: "json" };
import { buildPage } from "../../../src/pages/build.ts";
import { DAMAGE_KINDS, damage } from "../../../src/pages/damage.ts";
import { promptFor } from "../../../src/pages/prompt.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { createPageRunner } from "../../../src/sandbox/runner.ts";

const runner = createPageRunner({ pagesPerChild: 10_000, timeoutMs: 60_000 });
afterAll(() => runner.close());
const call = { signal: new AbortController().signal, deadlineMs: Number.MAX_SAFE_INTEGER };
const flipped = { A: "B", B: "A", abstain: "abstain" } as const;

describe("the linear rule", () => {
  it("swaps its answer when the pages swap, exactly, whatever they measure", () => {
    const measures = fc.record(
      Object.fromEntries(MEASURES.map((name) => [name, fc.double({ min: 0, max: 1, noNaN: true })])),
    );
    fc.assert(
      fc.property(
        measures,
        measures,
        fc.dictionary(fc.constantFrom(...MEASURES), fc.double({ min: 0, max: 20, noNaN: true })),
        (a, b, weights) => {
          const [forward, backward] = [verdict(a, b, weights), verdict(b, a, weights)];
          expect(backward.choice).toBe(flipped[forward.choice]);
          expect(backward.confidence).toBe(forward.confidence);
        },
      ),
    );
  });

  it("abstains on pages that measure the same", () => {
    expect(verdict({ complete: 1 }, { complete: 1 }, fitted.weights)).toMatchObject({
      choice: "abstain",
      confidence: 0,
    });
  });

  it("has a weight for measures only that there are, and none against quality", () => {
    expect(Object.keys(fitted.weights).filter((name) => !MEASURES.includes(name))).toEqual([]);
    expect(Object.values(fitted.weights).every((weight) => weight >= 0)).toBe(true);
  });
});

describe("the heuristic judge", () => {
  it("has no position bias: on whole pages too, swapped pages get the swapped answer", async () => {
    const judge = heuristicBrain({ inspector: runner });
    for (let index = 0; index < 12; index++) {
      const task = drawTask(seededRandom(index));
      const prompt = promptFor(task, index);
      const [a, b] = [buildPage(task, 0.7, seededRandom(`a${index}`)), buildPage(task, 0.7, seededRandom(`b${index}`))];
      const [forward, backward] = [await judge.judge(prompt, a, b, call), await judge.judge(prompt, b, a, call)];
      expect(backward.choice).toBe(flipped[forward.choice]);
    }
  });

  it.each([
    ["that runs pages and knows the prompt", true, 0.8],
    ["that runs pages of a prompt that it does not know", false, 0.55],
  ])("a judge %s finds the damaged one of two authors' pages", async (_, knowsBank, atLeast) => {
    const judge = heuristicBrain({ inspector: runner, knowsBank });
    let right = 0;
    let pairs = 0;
    for (const kind of DAMAGE_KINDS) {
      for (let index = 0; index < 6; index++) {
        const seed = `test ${kind} ${index}`;
        const task = drawTask(seededRandom(seed));
        const good = buildPage(task, 1, seededRandom(`${seed} good`));
        const worse = damage(buildPage(task, 1, seededRandom(`${seed} other`)), kind, seededRandom(seed));
        if (worse === undefined) continue;
        pairs++;
        if ((await judge.judge(promptFor(task, seed), good, worse.files, call)).choice === "A") right++;
      }
    }
    expect(right / pairs).toBeGreaterThan(atLeast);
  });

  it("bears pages that are none, and prefers anything that runs", async () => {
    const judge = heuristicBrain({ inspector: runner });
    const nothing = [{ name: "index.html", content: "<div>".repeat(10_000) }];
    const task = drawTask(seededRandom(1));
    expect((await judge.judge(promptFor(task, 1), nothing, buildPage(task, 1, seededRandom(1)), call)).choice).toBe(
      "B",
    );
    expect((await judge.judge("p", nothing, nothing, call)).choice).toBe("abstain");
    expect((await judge.judge("p", [], [], call)).choice).toBe("abstain");
  });

  it("looks at the source alone when there is no time to run", async () => {
    const judge = heuristicBrain({
      inspector: {
        run: () => Promise.reject(new Error("not now")),
        inspect: () => Promise.reject(new Error("not now")),
      },
    });
    const task = drawTask(seededRandom(2));
    const good = buildPage(task, 1, seededRandom(2));
    const cut = damage(good, "truncation", seededRandom(2))?.files ?? [];
    expect((await judge.judge(promptFor(task, 2), good, cut, { ...call, deadlineMs: Date.now() + 1_000 })).choice).toBe(
      "A",
    );
  });

  it("is no generator", async () => {
    await expect(heuristicBrain().generate("p", call)).rejects.toMatchObject({ code: "brains.wrong-role" });
  });
});

describe("countedShare", () => {
  it.each([
    // Wilson 1927, as tabulated widely: 8 of 10 at 95 %.
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [0, 0, 0, 1],
  ])("%s of %s lies between %s and %s", (hits, of, low, high) => {
    const share = countedShare(hits, of);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });
});
