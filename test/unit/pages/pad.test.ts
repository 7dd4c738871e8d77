import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { checksOf } from "../../../src/pages/known-checks.ts";
import { bytesOf, padFiles, sizesShown } from "../../../src/pages/pad.ts";
import { drawTask } from "../../../src/pages/task.ts";
import { createPageRunner } from "../../../src/sandbox/runner.ts";

describe("the sizes at which outputs are shown", () => {
  it.each([
    ["small ones are all of one size", [17, 4_096], [4_096, 4_096]],
    ["a longer one takes the other along", [300, 5_000], [8_192, 8_192]],
    ["up to 32 KiB", [4_097, 32_768], [32_768, 32_768]],
    ["but a very long one makes nobody else pay", [300, 100_000], [4_096, 131_072]],
    ["what is larger than any size stays as it is", [300_000, 5_000], [300_000, 8_192]],
    ["nothing is shown without bytes", [0, 0], [4_096, 4_096]],
  ])("%s", (_, bytes, shown) => {
    expect(sizesShown(bytes)).toEqual(shown);
  });
});

describe("padding", () => {
  it("fills the page up to the byte, whatever alphabet it is written in", () => {
    const files = [
      { name: "style.css", content: "p {}" },
      { name: "index.html", content: "<p>Straße, 東京, 👋</p>" },
    ];
    const padded = padFiles(files, 4_096);
    expect(bytesOf(padded)).toBe(4_096);
    expect(padded[0]).toEqual(files[0]);
    expect(padded[1]?.content.trimEnd()).toBe(files[1]?.content);
  });

  it("fills the first file where there is no page, and leaves alone what is long enough", () => {
    expect(bytesOf(padFiles([{ name: "answer.txt", content: "yes" }], 100))).toBe(100);
    const long = [{ name: "answer.txt", content: "yes" }];
    expect(padFiles(long, 3)).toEqual(long);
    expect(padFiles([], 100)).toEqual([]);
  });

  const inspector = createPageRunner({ pagesPerChild: 1_000 });
  afterAll(() => inspector.close());

  it("changes nothing that a page does", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const random = seededRandom(`pad ${seed}`);
      const task = drawTask(random);
      const page = buildPage(task, seed === 0 ? 0.5 : 1, random);
      const [before, after] = await Promise.all(
        [page, padFiles(page, 8_192)].map((files) => inspector.inspect(files, checksOf(task))),
      );
      expect(after?.passed).toEqual(before?.passed);
      expect(after?.run.ok).toBe(before?.run.ok);
    }
  });
});
