import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { FAMILIES } from "../../../src/pages/families/all.ts";
import { checksOf, checksOfPrompt } from "../../../src/pages/known-checks.ts";
import { augmentPrompt, promptFor, recogniseTask } from "../../../src/pages/prompt.ts";
import { drawTask } from "../../../src/pages/task.ts";

const task = (seed: string) => drawTask(seededRandom(seed));

describe("drawTask", () => {
  it("draws hundreds of distinct tasks from every family", () => {
    const tasks = Array.from({ length: 600 }, (_, index) => task(`bank ${index}`));
    expect(new Set(tasks.map((one) => JSON.stringify(one))).size).toBeGreaterThan(590);
    expect(new Set(tasks.map(({ family }) => family)).size).toBe(FAMILIES.length);
  });

  it("gives equal seeds equal tasks", () => {
    expect(task("same")).toEqual(task("same"));
  });

  it("never gives two controls of a page the same name", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const values = Object.entries(task(seed).slots).filter(
          ([name]) => !/^(step|start|preset|digits|length|seconds)$/.test(name),
        );
        return new Set(values.map(([, value]) => value.toLowerCase())).size === values.length;
      }),
    );
  });
});

describe("promptFor", () => {
  it("words the same task in many ways, each of which asks for the same page", () => {
    const asked = task("worded");
    const wordings = new Set(Array.from({ length: 50 }, (_, index) => promptFor(asked, index)));
    expect(wordings.size).toBeGreaterThan(45);
    for (const wording of wordings) expect(recogniseTask(wording)).toEqual(asked);
  });

  it("is understood again whatever the task and wording", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (seed, wording) => {
        expect(recogniseTask(promptFor(task(seed), wording))).toEqual(task(seed));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves no slot open", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (seed, wording) => !/[{}]|undefined/.test(promptFor(task(seed), wording))),
    );
  });
});

describe("recogniseTask", () => {
  it.each([
    ["Make me a simple counter with teal buttons", "counter", "teal"],
    ["please build a TODO app", "todo", undefined],
    ["a page with a countdown", "timer", undefined],
    ["I want an SVG bar chart", "chart", undefined],
  ])("understands the family of a free prompt: %s", (prompt, family, accent) => {
    const found = recogniseTask(prompt);
    expect(found?.family).toBe(family);
    if (accent !== undefined) expect(found?.slots["accent"]).toBe(accent);
  });

  it.each([["Write a poem about the sea"], [""], ["\u0000\u0001"], ["Buttons are teal."]])(
    "does not pretend to understand %j",
    (prompt) => {
      expect(recogniseTask(prompt)).toBeUndefined();
      expect(checksOfPrompt(prompt)).toEqual([]);
    },
  );

  it("reads a hostile prompt in bounded time", () => {
    const prompt = "“".repeat(100_000) + "Build a page called ".repeat(10_000);
    const before = process.cpuUsage().user;
    recogniseTask(prompt);
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_500);
  });
});

describe("augmentPrompt", () => {
  it("changes exactly one requirement, and the checks can tell", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const before = task(seed);
        const { task: after, changed, prompt } = augmentPrompt(before, 3, seededRandom(seed));
        const differing = Object.keys(before.slots).filter((name) => before.slots[name] !== after.slots[name]);
        expect(differing).toEqual([changed]);
        expect(checksOf(after)).not.toEqual(checksOf(before));
        expect(recogniseTask(prompt)).toEqual(after);
      }),
    );
  });
});
