import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { buildPage, buildPageWithDefects } from "../../../src/pages/build.ts";
import { DAMAGE_KINDS, damage } from "../../../src/pages/damage.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { createPageRunner } from "../../../src/sandbox/runner.ts";

const runner = createPageRunner({ pagesPerChild: 10_000, timeoutMs: 60_000 });
afterAll(() => runner.close());

describe("damage", () => {
  it.each(DAMAGE_KINDS)("does real damage of kind %s: most of it shows when the page is run", async (kind) => {
    let felt = 0;
    const pages = 8;
    for (let index = 0; index < pages; index++) {
      const files = buildPage(drawTask(seededRandom(`${kind} ${index}`)), 1, seededRandom(index));
      const damaged = damage(files, kind, seededRandom(index));
      expect(damaged?.kind).toBe(kind);
      const [before, after] = [await runner.run(files), await runner.run(damaged?.files ?? [])];
      if (after.errors.length > 0 || JSON.stringify(before.observations) !== JSON.stringify(after.observations)) felt++;
    }
    expect(felt).toBeGreaterThanOrEqual(5);
  });

  it("is small: half of all damages change less than a hundredth of the page, all but a cut-off less than half", () => {
    const shares: number[] = [];
    for (let index = 0; index < 40; index++) {
      const files = buildPage(drawTask(seededRandom(index)), 1, seededRandom(index));
      const before = files[0]?.content.length ?? 0;
      for (const kind of DAMAGE_KINDS.filter((one) => one !== "truncation")) {
        const after = damage(files, kind, seededRandom(index))?.files[0]?.content.length ?? before;
        shares.push(Math.abs(after - before) / before);
      }
    }
    shares.sort((a, b) => a - b);
    expect(shares[Math.floor(shares.length / 2)]).toBeLessThan(0.01);
    expect(shares.at(-1)).toBeLessThan(0.5);
  });

  it.each([
    ["there is no page", []],
    ["the page cannot be read", [{ name: "index.html", content: "<div>".repeat(5_000) }]],
  ])("says so when %s", (_, files) => {
    for (const kind of DAMAGE_KINDS) expect(damage(files, kind, seededRandom(1))).toBeUndefined();
  });

  it("finds nothing to damage in a page of one word", () => {
    const files = [{ name: "index.html", content: "hello" }];
    for (const kind of ["handler", "formula", "step", "requirement", "label", "layout"] as const) {
      expect(damage(files, kind, seededRandom(1))).toBeUndefined();
    }
  });

  it("keeps the other files, and the rest of the page to the last character", () => {
    const files = [
      { name: "notes.txt", content: "n" },
      { name: "index.html", content: '<p>a</p>\r\n<button onclick="go()">b</button>' },
    ];
    const damaged = damage(files, "handler", seededRandom(1));
    expect(damaged?.files).toEqual([files[0], { name: "index.html", content: "<p>a</p>\n<button>b</button>" }]);
  });
});

describe("buildPage", () => {
  it("plants no defect at quality 1 and about as many as its chances at quality 0", () => {
    for (let index = 0; index < 30; index++) {
      const task = drawTask(seededRandom(index));
      expect(buildPageWithDefects(task, 1, seededRandom(index)).defects).toEqual([]);
      expect(buildPageWithDefects(task, 0, seededRandom(index)).defects.length).toBeGreaterThanOrEqual(2);
    }
  });

  it("plants a share of defects that follows quality", () => {
    let planted = 0;
    for (let index = 0; index < 400; index++)
      planted += buildPageWithDefects(drawTask(seededRandom(index)), 0.8, seededRandom(index)).defects.length;
    // 4 chances of 0.2 each: 0.8 a page.
    expect(planted / 400).toBeGreaterThan(0.65);
    expect(planted / 400).toBeLessThan(0.95);
  });

  it("writes honest pages of one task in different ways", () => {
    const task = drawTask(seededRandom("variety"));
    const pages = Array.from({ length: 20 }, (_, index) => buildPage(task, 1, seededRandom(index))[0]?.content);
    expect(new Set(pages).size).toBe(20);
  });

  it.each([[-0.1], [1.1], [Number.NaN]])("refuses quality %s", (quality) => {
    expect(() => buildPage(drawTask(seededRandom(1)), quality, seededRandom(1))).toThrow(RangeError);
  });
});
