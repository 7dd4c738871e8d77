// What a command costs before it does anything, beside a bare Node of the same binary in the same run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareRuns } from "./lib/compare-runs.ts";

const bin = fileURLToPath(new URL("../bin/colosseum.js", import.meta.url));
const RUNS = 15;

/** The machine's own Node, if it is another one than the checkout's: light commands must run on it in place. */
function systemNode(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((dir) => !dir.includes("node_modules"))
    .map((dir) => `${dir}/node`)
    .find((path) => existsSync(path));
}

/** Command → most that it may cost over a bare Node, in ms. */
const COMMANDS: Readonly<Record<string, { readonly args: readonly string[]; readonly targetMs: number }>> = {
  help: { args: ["--help"], targetMs: 40 },
  version: { args: ["--version"], targetMs: 40 },
  walletList: { args: ["wallet", "list"], targetMs: 150 },
  explain: { args: ["explain", "wallet.exists"], targetMs: 60 },
  config: { args: ["config", "list"], targetMs: 60 },
};

const home = mkdtempSync(join(tmpdir(), "startup-"));
const env = { ...process.env, HOME: home, COLOSSEUM_HOME: home, NODE_OPTIONS: "" };
spawnSync(process.execPath, [bin, "wallet", "create", "me", "--no-password", "--mnemonic-file", "words"], {
  env,
  cwd: home,
});

const measure = (node: string): Record<string, unknown> => ({
  node: spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim(),
  ...Object.fromEntries(
    Object.entries(COMMANDS).map(([name, { args, targetMs }]) => {
      const [bareMs = 0, commandMs = 0] = compareRuns(
        [
          [node, "-e", "0"],
          [node, bin, ...args],
        ],
        RUNS,
        env,
      );
      const overheadMs = Math.round((commandMs - bareMs) * 10) / 10;
      return [name, { bareMs, commandMs, overheadMs, targetMs }];
    }),
  ),
});
const other = systemNode();
console.log(JSON.stringify([process.execPath, ...(other === undefined ? [] : [other])].map(measure)));
rmSync(home, { recursive: true, force: true });
