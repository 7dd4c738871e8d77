import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/base/random.ts";
import { buildPage } from "../../../src/pages/build.ts";
import { FEATURES, type FeatureName, pageFeatures, promptFacts } from "../../../src/pages/features.ts";
import { promptFor } from "../../../src/pages/prompt.ts";
import { drawTask } from "../../../src/pages/task.ts";

const page = (content: string) => [{ name: "index.html", content }];
const doc = (body: string) => page(`<!DOCTYPE html><html><head><title>t</title></head><body>${body}</body></html>`);
const facts = promptFacts("");

describe("promptFacts", () => {
  it("reads phrases, numbers and colours", () => {
    expect(promptFacts('A button “Go” adds 5 to the 2.5 shown; buttons are teal. “Go” again, "Stop 3".')).toEqual({
      phrases: ["Go", "Stop 3"],
      numbers: ["5", "2.5"],
      colours: ["teal"],
    });
  });
});

describe("pageFeatures", () => {
  it("stays within 0 and 1 for built pages of any quality", () => {
    for (let index = 0; index < 60; index++) {
      const task = drawTask(seededRandom(index));
      const features = pageFeatures(
        buildPage(task, (index % 5) / 4, seededRandom(index)),
        promptFacts(promptFor(task, index)),
      );
      for (const name of FEATURES) {
        expect(features[name]).toBeGreaterThanOrEqual(0);
        expect(features[name]).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each<[FeatureName, string, ReturnType<typeof page>, ReturnType<typeof page>]>([
    [
      "scriptsParse",
      "a script that does not parse",
      doc("<script>let a = 1;</script>"),
      doc("<script>let a = ;</script>"),
    ],
    ["complete", "a script that is cut off", doc("<script>let a = 1;</script>"), page("<p>x</p><script>let a = 1;")],
    [
      "stylesBalance",
      "a style sheet that does not close",
      doc("<style>p { color: red; }</style>"),
      doc("<style>p { color: red;</style>"),
    ],
    [
      "controlsLabelled",
      "a field without a name",
      doc('<label for="a">A</label><input id="a">'),
      doc('<input id="a">'),
    ],
    ["buttonsNamed", "a button without a word", doc("<button>Go</button>"), doc("<button></button>")],
    [
      "controlsHandled",
      "a button without a handler",
      doc(
        '<button id="b">Go</button><script>document.getElementById("b").addEventListener("click", () => {});</script>',
      ),
      doc('<button id="b">Go</button>'),
    ],
    [
      "referencesResolve",
      "a lookup of an id that is nowhere",
      doc('<p id="a"></p><script>document.getElementById("a").hidden = true;</script>'),
      doc('<script>document.getElementById("a").hidden = true;</script>'),
    ],
    [
      "handlersDefined",
      "a handler that calls nothing",
      doc('<button onclick="go()">x</button><script>function go() {}</script>'),
      doc('<button onclick="go()">x</button><script>function stop() {}</script>'),
    ],
    [
      "functionsUsed",
      "a function that nobody calls",
      doc("<script>function go() {}\ngo();</script>"),
      doc("<script>function go() {}</script>"),
    ],
    [
      "layoutPlausible",
      "content off the screen",
      doc("<style>.card { margin-left: 4px; }</style>"),
      doc("<style>.card { margin-left: -300px; }</style>"),
    ],
    ["noPlaceholders", "placeholder text", doc("<p>Welcome</p>"), doc("<p>Lorem ipsum</p>")],
  ])("%s notices %s", (name, _, good, bad) => {
    expect(pageFeatures(good, facts)[name]).toBeGreaterThan(pageFeatures(bad, facts)[name]);
  });

  it("is all zero for a page that cannot be read", () => {
    for (const files of [[], page("<div>".repeat(5_000))])
      expect(Object.values(pageFeatures(files, facts)).every((value) => value === 0)).toBe(true);
  });
});
