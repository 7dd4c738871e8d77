// What a person sees of the HTML reports, measured in a real browser; the pictures are left in .cache/visual.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, chromium, openBrowser, type Session } from "../helpers/browser.ts";
import { madeWeek } from "../helpers/posts.ts";
import { runCli } from "../helpers/run-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = join(root, ".cache/visual");
const scenario = join(root, "examples/scenarios/mixed.json");
const REPORTS = {
  replay: () => ["simulate", join(root, "examples/tasks.json")],
  population: () => ["simulate", "population", scenario, "--seeds", "20"],
  sweep: () => ["simulate", "population", scenario, "--seeds", "5", "--sweep", "trapShare=0:0.5:0.05"],
  arena: (dir: string) => {
    writeFileSync(join(dir, "posts.json"), JSON.stringify(madeWeek(3)));
    return ["arena", "score", join(dir, "posts.json")];
  },
} as const;

/** Runs in the page: what a reader would complain about. */
const COMPLAINTS = `(() => {
  const complaints = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) complaints.push("the page is " + wide + " px wider than the window");
  for (const table of document.querySelectorAll(".wide")) {
    if (innerWidth >= 1200 && table.scrollWidth > table.clientWidth) complaints.push("a table has to be scrolled in a wide window");
  }
  const light = (colour) => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const contrast = (colour) => {
    const ink = light(colour);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  };
  for (const element of document.querySelectorAll("h1,h2,p,td,th,dd,dt,footer")) {
    if (contrast(getComputedStyle(element).color) < 4.5) complaints.push("too faint: " + element.textContent.slice(0, 40));
  }
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    for (const { words, box } of texts) {
      if (box.height > 0 && box.height < 11) complaints.push("too small: " + words);
      if (box.left < frame.left - 1 || box.right > frame.right + 1) complaints.push("cut off: " + words);
    }
    texts.forEach((a, index) => texts.slice(index + 1).forEach((b) => {
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 1 && down > 0.4 * Math.min(a.box.height, b.box.height)) complaints.push(a.words + " lies over " + b.words);
    }));
  }
  return { complaints, drawings: document.querySelectorAll("svg").length, fetched: performance.getEntriesByType("resource").length };
})()`;

// Where there is no Chromium these are skipped: a report is read in whatever browser a person has.
describe.skipIf(chromium === undefined)("HTML reports in a real browser", () => {
  let browser: Browser;
  let dir: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "colosseum-visual-"));
    mkdirSync(pictures, { recursive: true });
    browser = await openBrowser(chromium ?? "");
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  const look = async (session: Session, name: string, width: number, scheme: "light" | "dark") => {
    await session("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    const metrics = { width, height: 1_000, deviceScaleFactor: 1, mobile: false };
    await session("Emulation.setDeviceMetricsOverride", metrics);
    const { result } = await session("Runtime.evaluate", { expression: COMPLAINTS, returnByValue: true });
    const { data } = await session("Page.captureScreenshot", { captureBeyondViewport: true });
    writeFileSync(join(pictures, `${name}-${width}-${scheme}.png`), Buffer.from(String(data), "base64"));
    return (result as { value: { complaints: string[]; drawings: number; fetched: number } }).value;
  };

  it.each(Object.entries(REPORTS))(
    "%s: nothing is cut off, faint, on top of each other or fetched",
    async (name, args) => {
      const page = join(dir, `${name}.html`);
      const run = await runCli([...args(dir), "--report", page, "--json"], { cwd: dir });
      expect(run.code, run.stderr).toBe(0);
      const session = await browser.session(`file://${page}`);
      await session("Page.bringToFront");
      // The window's own scroll bar would be laid out, but is not in the picture.
      await session("Emulation.setScrollbarsHidden", { hidden: true });
      for (const width of [1_200, 800, 390]) {
        for (const scheme of ["light", "dark"] as const) {
          const seen = await look(session, name, width, scheme);
          expect({ width, scheme, ...seen }).toMatchObject({ complaints: [], fetched: 0 });
          expect(seen.drawings).toBeGreaterThan(0);
        }
      }
    },
  );
});
