import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryHome } from "../helpers/run-bin.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What a user downloads, and what it takes on the disk. */
const MOST_PACKED_BYTES = 4_000_000;
const MOST_INSTALLED_BYTES = 16_000_000;

const home = temporaryHome();
const place = join(home.path, "empty");
const installed = join(place, "node_modules/colosseum");
let packedBytes = 0;

/** The whole package as npm packs and installs it, without the network. */
beforeAll(() => {
  mkdirSync(place);
  const env = { ...process.env, npm_config_cache: join(home.path, "npm"), npm_config_update_notifier: "false" };
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync("npm", args, { cwd, env, encoding: "utf8" });
  // The build is there already: `npm test` made it.
  const [packed] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", home.path], ROOT)) as [
    { filename: string; size: number },
  ];
  packedBytes = packed.size;
  npm(["install", "--offline", "--no-audit", "--no-fund", "--prefix", place, join(home.path, packed.filename)], place);
});
afterAll(() => home[Symbol.dispose]());

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** A Node on this machine that is too old for the demo but can load the bundle, if there is one. */
const oldNode = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .filter((path) => existsSync(path))
  .find((path) => /^v2[0-3]\./.test(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout));

describe("the package, installed in an empty folder", () => {
  it("brings no other package, no install script, and stays small", () => {
    expect(readdirSync(join(place, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["colosseum"]);
    const { scripts = {}, dependencies = {} } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual([]);
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    expect(packedBytes).toBeLessThan(MOST_PACKED_BYTES);
    const bytes = filesBelow(installed).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(MOST_INSTALLED_BYTES);
  });

  it("has completions and schemas, and nothing of the workshop", () => {
    const top = readdirSync(installed);
    expect(top).toEqual(expect.arrayContaining(["bin", "completions", "dist", "schemas"]));
    expect(top).not.toEqual(expect.arrayContaining(["src"]));
    expect(top).not.toEqual(expect.arrayContaining(["test"]));
  });

  it("runs the demo by its name", () => {
    const bin = join(place, "node_modules/.bin/colosseum");
    const env = { ...home.env, PATH: `${join(process.execPath, "..")}${delimiter}${home.env["PATH"]}` };
    const args = ["demo", "--rounds", "1", "--miners", "4", "--seed", "1", "--json"];
    const run = spawnSync(bin, args, { cwd: place, env, encoding: "utf8" });
    expect(run.status, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout).data).toMatchObject({ rounds: 1, tasksFile: expect.stringMatching(/tasks\.json$/) });
  });

  it.skipIf(oldNode === undefined)("says on an older Node which one it needs, and does what needs none", () => {
    const bin = join(installed, "bin/colosseum.js");
    const run = (...args: string[]) =>
      spawnSync(oldNode ?? "", [bin, ...args], { cwd: place, env: home.env, encoding: "utf8" });
    const demo = run("demo");
    expect([demo.status, demo.stdout]).toEqual([14, ""]);
    expect(demo.stderr).toMatch(/needs Node 24\.15 or newer .*; this is v2/);
    expect(run("--help").stdout).toContain("Usage: colosseum");
    const doctor = run("doctor", "--json");
    expect(doctor.status).toBe(3);
    const { checks } = JSON.parse(doctor.stdout).data as { checks: { id: string; status: string }[] };
    expect(checks.find(({ id }) => id === "node")?.status).toBe("fail");
  });
});
