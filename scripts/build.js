// Bundles the command line into dist/: one entry, a chunk per lazily imported command, one file per worker thread; and
// the library into dist/library/: one entry per room, nothing of Node in it.
// The target is Node 20's syntax because light commands run in place on whatever Node the machine has.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const workers = readdirSync(`${root}src`, { recursive: true })
  .filter((file) => /-(worker|child)\.ts$/.test(file))
  .map((file) => `${root}src/${file}`);

/** Zod's messages in fifty languages are 350 kB that nothing here asks for: English alone is bundled. */
const englishOnly = {
  name: "english-only",
  setup: (bundle) => {
    bundle.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};

rmSync(`${root}dist`, { recursive: true, force: true });
const result = await build({
  entryPoints: [`${root}src/cli/entry.ts`, ...workers],
  entryNames: "[name]",
  chunkNames: "chunks/[name]-[hash]",
  outdir: `${root}dist`,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  // Ink's devtools are only wanted with DEV=true and are no dependency of ours.
  external: ["react-devtools-core"],
  define: { __VERSION__: JSON.stringify(version), "process.env.NODE_ENV": '"production"' },
  // Bundled CommonJS packages still call require() for node's own modules.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  plugins: [englishOnly],
  legalComments: "linked",
  logLevel: "warning",
  metafile: true,
});
await build({
  entryPoints: readdirSync(`${root}src/library`).map((file) => `${root}src/library/${file}`),
  outdir: `${root}dist/library`,
  chunkNames: "shared/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  target: "es2022",
  plugins: [englishOnly],
  legalComments: "linked",
  logLevel: "warning",
});
writeFileSync(`${root}dist/meta.json`, JSON.stringify(result.metafile));
