// Pictures of every screen in every state, at any size, in the colours of any terminal: for looking at, not committed.
// Usage: npm run screens -- DIR [--screen demo,watch,…] [--state busy,…] [--size 80x24,220x50] [--palette dark,macos-light,…]
//                           [--no-color] [--no-unicode]
// Writes an SVG of each and, where there is a Chromium, PNG sheets of a screen's states.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import xterm from "@xterm/headless";
import { build } from "esbuild";
import type { ReactNode } from "react";
import type { Theme } from "../src/ui/theme.ts";
import { chromium, openBrowser } from "../test/helpers/browser.ts";
import type { Scene } from "../test/helpers/scenes/scene.ts";
import { TERMINAL_PALETTES, type TerminalPalette } from "../test/helpers/terminal-palettes.ts";
import { frameOf, seeWide, stillSvg } from "./terminal-svg.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    screen: { type: "string" },
    state: { type: "string" },
    size: { type: "string", default: "80x24,120x36,220x50" },
    palette: { type: "string", default: "dark,macos-light" },
    "no-color": { type: "boolean", default: false },
    "no-unicode": { type: "boolean", default: false },
  },
});
const [dir] = positionals;
if (dir === undefined) throw new Error("Into which folder? npm run screens -- DIR");
const out = resolve(dir);
mkdirSync(out, { recursive: true });

// Ink paints as far as its environment allows; set before it is loaded.
process.env["FORCE_COLOR"] = "1";
const bundle = join(root, ".cache/screens.mjs");
await build({
  stdin: {
    contents: `export { SCENES } from "./test/helpers/scenes/all.ts"; export { themeFor } from "./src/ui/theme.ts"; export { renderToString } from "ink";`,
    resolveDir: root,
  },
  outfile: bundle,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  jsx: "automatic",
});
const { SCENES, themeFor, renderToString } = (await import(bundle)) as {
  SCENES: readonly Scene[];
  themeFor: (options: { color: boolean; unicode: boolean }) => Theme;
  renderToString: (node: ReactNode, options: { columns: number }) => string;
};

const chosen = (flag: string | undefined, value: string): boolean =>
  flag === undefined || flag.split(",").includes(value);
const sizes = values.size.split(",").map((size) => size.split("x").map(Number) as [number, number]);
const theme = themeFor({ color: !values["no-color"], unicode: !values["no-unicode"] });
const scenes = SCENES.filter(({ screen, state }) => chosen(values.screen, screen) && chosen(values.state, state));

async function picture(scene: Scene, columns: number, rows: number, palette: TerminalPalette): Promise<string> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  seeWide(terminal);
  const text = renderToString(scene.draw(theme, columns, rows), { columns });
  await new Promise<void>((done) => terminal.write(text, done));
  return stillSvg(frameOf(terminal, palette), columns, palette, `${scene.screen}, ${scene.state}`);
}

/** How many pictures fit on a sheet that is still read without a glass. */
const perSheet = (columns: number): { across: number; down: number } =>
  columns <= 100 ? { across: 2, down: 3 } : columns <= 130 ? { across: 1, down: 2 } : { across: 1, down: 1 };

await using browser = chromium === undefined ? undefined : await openBrowser(chromium);
for (const [name, palette] of Object.entries(TERMINAL_PALETTES).filter(([name]) => chosen(values.palette, name))) {
  for (const [columns, rows] of sizes) {
    for (const screen of new Set(scenes.map((scene) => scene.screen))) {
      const drawn: string[] = [];
      for (const scene of scenes.filter((one) => one.screen === screen)) {
        const svg = await picture(scene, columns, rows, palette);
        const look = `${columns}x${rows}-${name}${values["no-color"] ? "-mono" : ""}${values["no-unicode"] ? "-ascii" : ""}`;
        writeFileSync(join(out, `${screen}-${scene.state}-${look}.svg`), svg);
        drawn.push(svg);
      }
      if (browser === undefined) continue;
      const { across, down } = perSheet(columns);
      for (let from = 0; from < drawn.length; from += across * down) {
        const sheet = drawn.slice(from, from + across * down);
        const html = `<body style="margin:8px;background:#888;display:grid;grid-template-columns:repeat(${across},max-content);gap:8px">${sheet.join("")}</body>`;
        const session = await browser.session("about:blank");
        const { frameTree } = (await session("Page.getFrameTree")) as { frameTree: { frame: { id: string } } };
        await session("Page.setDocumentContent", { frameId: frameTree.frame.id, html });
        const width = across * (columns * 8.4 + 32) + 8;
        const height = Math.ceil(sheet.length / across) * (rows * 18 + 32) + 8;
        await session("Emulation.setDeviceMetricsOverride", {
          width: Math.ceil(width),
          height: Math.ceil(height),
          deviceScaleFactor: 1,
          mobile: false,
        });
        const { data } = await session("Page.captureScreenshot", {});
        const part = drawn.length > across * down ? `-${from / (across * down) + 1}` : "";
        const look = `${columns}x${rows}-${name}${values["no-color"] ? "-mono" : ""}${values["no-unicode"] ? "-ascii" : ""}`;
        writeFileSync(join(out, `sheet-${screen}-${look}${part}.png`), Buffer.from(String(data), "base64"));
        await session("Page.close");
      }
    }
  }
}
if (browser === undefined) process.stderr.write("No Chromium is here: only SVG was written.\n");
