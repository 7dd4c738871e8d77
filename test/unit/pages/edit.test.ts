import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { reprint } from "../../../src/pages/edit.ts";
import { FAMILIES } from "../../../src/pages/families/all.ts";
import { checksOf } from "../../../src/pages/known-checks.ts";
import { promptFor } from "../../../src/pages/prompt.ts";
import { drawTask, type PageTask } from "../../../src/pages/task.ts";
import { createPageRunner } from "../../../src/sandbox/runner.ts";

// Our own pages, so that one child may serve them all.
const runner = createPageRunner({ pagesPerChild: 10_000, timeoutMs: 60_000 });
afterAll(() => runner.close());

/** The first task of a family that a seed leads to. */
function taskOf(family: string, seed: string): PageTask {
  for (let index = 0; ; index++) {
    const task = drawTask(seededRandom(`${seed} ${index}`));
    if (task.family === family) return task;
  }
}
const page = (content: string) => [{ name: "index.html", content }];
const reprinted = (content: string, seed = "x", prompt = ""): string =>
  reprint(page(content), seededRandom(seed), prompt)[0]?.content ?? "";

describe("the builder", () => {
  it.each(FAMILIES.map(({ name }) => name))(
    "makes %s pages that pass every check of their task, in any dialect",
    async (family) => {
      for (const seed of ["one", "two", "three"]) {
        const task = taskOf(family, seed);
        const checks = checksOf(task);
        const { run, passed } = await runner.inspect(buildPage(task, 1, seededRandom(seed)), checks);
        expect(run.errors).toEqual([]);
        expect(checks.filter((_, index) => passed[index] !== true)).toEqual([]);
      }
    },
  );
});

describe("reprint", () => {
  it.each(FAMILIES.map(({ name }) => name))("leaves the behaviour of %s pages as it was", async (family) => {
    for (const seed of ["a", "b", "c"]) {
      const task = taskOf(family, seed);
      // Also of broken pages: what is broken stays broken in the same way.
      const quality = seed === "a" ? 1 : 0.5;
      const files = buildPage(task, quality, seededRandom(seed));
      const edited = reprint(files, seededRandom(`edit ${seed}`), promptFor(task, seed));
      expect(edited[0]?.content).not.toBe(files[0]?.content);
      const [before, after] = [await runner.run(files), await runner.run(edited)];
      expect(after.observations).toEqual(before.observations);
      expect(after.errors.length).toBe(before.errors.length);
    }
  });

  it("is the same for the same random stream, and differs for another", () => {
    const html = buildPage(taskOf("todo", "d"), 1, seededRandom("d"))[0]?.content ?? "";
    expect(reprinted(html, "s")).toBe(reprinted(html, "s"));
    expect(reprinted(html, "s")).not.toBe(reprinted(html, "t"));
  });

  it.each([
    ["drops comments, where identities hide", "<p>x</p><!-- by 5F3sa -->", /5F3sa/],
    ["drops comments of scripts", "<script>// by 5F3sa\nlet a = 1; /* 5F3sa */ console.log(a);</script>", /5F3sa/],
    ["drops comments of styles", "<style>/* 5F3sa */ p { color: red; }</style>", /5F3sa/],
  ])("%s", (_, html, gone) => {
    expect(reprinted(html)).not.toMatch(gone);
  });

  it("keeps names that the prompt speaks of", () => {
    const html =
      '<p id="answer" class="big">x</p><script>document.getElementById("answer").textContent = "1";</script>';
    for (let seed = 0; seed < 20; seed++)
      expect(reprinted(html, String(seed), 'Use the id "answer" and the class big')).toMatch(/id=["']answer["']/);
  });

  it.each([
    [
      "an id that is looked up by a computed name",
      '<p id="row1"></p><script>const n = 1; document.getElementById("row" + n).hidden = true;</script>',
      /id=["']row1["']/,
    ],
    ["an id that is used as a global", '<p id="box"></p><script>box.textContent = "x";</script>', /id=["']box["']/],
    [
      "a class that a script sets",
      '<p class="on"></p><script>document.querySelector("p").className = "on";</script>',
      /class=["']on["']/,
    ],
    [
      "a function that an attribute calls",
      '<button onclick="go()">x</button><script>function go() {}</script>',
      /function go\(/,
    ],
    ["a shorthand property", "<script>(() => { const left = 1; console.log({ left }); })();</script>", /\{ ?left ?\}/],
    [
      "names in a script with eval",
      "<script>(() => { const secret = 1; eval('secret'); })();</script>",
      /const secret/,
    ],
  ])("does not rename %s", (_, html, kept) => {
    for (let seed = 0; seed < 20; seed++) expect(reprinted(html, String(seed))).toMatch(kept);
  });

  it("keeps line breaks on which semicolons hang", () => {
    const out = reprinted("<script>let a = 1\nlet b = 2 // x\nlet c = a\n+b</script>");
    expect(out.match(/\n/g)?.length).toBeGreaterThanOrEqual(4);
    expect(out).not.toMatch(/let a\w* = 1 let/);
  });

  it("does not close a script that was never closed: closing would make it run", () => {
    expect(reprinted("<p>x</p><script>alert(1)")).not.toMatch(/<\/script>/);
  });

  it.each([
    ["not HTML at all", "\u0000\u0001\u0002"],
    ["deeper than any page", "<div>".repeat(5_000)],
    [
      "a tag with sixty thousand attributes",
      `<a ${Array.from({ length: 60_000 }, (_, index) => `a${index}`).join(" ")}>`,
    ],
    ["a script that is none", "<script>let let let = {{{</script>"],
    ["brackets without end", `<script>${"[".repeat(50_000)}</script>`],
    ["formatting elements that multiply", `${"<b><i><u>".repeat(3_000)}${"<p>x".repeat(3_000)}`],
    ["an empty file", ""],
  ])("bears %s", (_, html) => {
    expect(typeof reprinted(html)).toBe("string");
  });

  it("never throws, whatever a stranger sends", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "<div",
            ">",
            "<script>",
            "</script>",
            "'",
            '"',
            "<style>",
            "{",
            "}",
            "a=b",
            "/*",
            "<!--",
            "-->",
            "let x",
            "(",
            ")",
            "\n",
            "<p>",
            "</b>",
          ),
        ),
        (parts) => {
          const html = parts.join("");
          expect(typeof reprinted(html)).toBe("string");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("leaves files of other kinds alone", () => {
    const files = [
      { name: "data.json", content: "{ }" },
      { name: "a.css", content: "p { } /* x */" },
    ];
    expect(reprint(files, seededRandom("x"))).toEqual([
      { name: "data.json", content: "{ }" },
      { name: "a.css", content: "p { }" },
    ]);
  });
});
