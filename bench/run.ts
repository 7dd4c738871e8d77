// Runs every bench beside this file, one after the other, and prints one JSON object: { bench: figures }.
// Each bench prints its own JSON object on stdout. Ratios are measured within one bench, in the same run.
// Usage: npm run bench [-- NAME…]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(here)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

const figures: Record<string, unknown> = {};
let failed = false;
for (const name of names) {
  process.stderr.write(`bench ${name} …\n`);
  const run = spawnSync(process.execPath, ["--expose-gc", `${here}${name}.ts`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    figures[name] = JSON.parse(run.stdout);
  } catch {
    figures[name] = { failed: run.status ?? run.signal };
    failed = true;
  }
}
console.log(JSON.stringify(figures, undefined, 2));
process.exitCode = failed ? 1 : 0;
