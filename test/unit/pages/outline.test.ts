import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { pageOutline } from "../../../src/pages/outline.ts";
import { drawTask } from "../../../src/pages/task.ts";

const outline = (content: string) => pageOutline([{ name: "index.html", content }]);

describe("pageOutline", () => {
  it.each([
    ["headings, text and lists", "<h1>A</h1><p>b <b>c</b></p><ul><li>d</li></ul>", ["# A", "b c", "- d"]],
    [
      "controls with their names",
      '<label>Name <input type="text" value="x"></label><button>Go</button>',
      ["Name <text x> [Go]"],
    ],
    ["choices", '<select aria-label="Size"><option>S</option><option>M</option></select>', ["Size<S | M>"]],
    ["that something is hidden", "<p hidden>a</p>", ["(hidden) a"]],
    [
      "that there are scripts, not what they say",
      "<p>a</p><script>secret</script>",
      ["a", "(1 script; open it in a browser to try what it does)"],
    ],
    ["an empty page", "", ["(an empty page)"]],
  ])("shows %s", (_, html, lines) => {
    expect(outline(html)).toEqual(lines);
  });

  it("says so when there is nothing to read", () => {
    expect(pageOutline([])).toEqual(["(no page)"]);
    expect(outline("<div>".repeat(5_000))).toEqual(["(a page that cannot be read)"]);
  });

  it("names every button of a built page", () => {
    for (let index = 0; index < 20; index++) {
      const html = buildPage(drawTask(seededRandom(index)), 1, seededRandom(index))[0]?.content ?? "";
      const labels = [...html.matchAll(/<button type="button"[^>]*>([^<]+)<\/button>/g)].map(([, label = ""]) =>
        label.replace(/&quot;/g, '"'),
      );
      const text = outline(html).join("\n");
      for (const label of labels) expect(text).toContain(`[${label}]`);
    }
  });
});
