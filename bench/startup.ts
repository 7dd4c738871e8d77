// What a command costs before it does anything, beside a bare Node of the same binary in the same run.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";

const bin = new URL("../bin/colosseum.js", import.meta.url).pathname;
const RUNS = 15;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Medians in ms of alternating runs, so that a busy moment hits both alike. */
function compare(node: string, args: readonly string[]): { bareMs: number; commandMs: number; overheadMs: number } {
  const bare: number[] = [];
  const command: number[] = [];
  const time = (argv: readonly string[]): number => {
    const from = process.hrtime.bigint();
    spawnSync(node, argv, { stdio: "ignore", env: { ...process.env, NODE_OPTIONS: "" } });
    return Number(process.hrtime.bigint() - from) / 1e6;
  };
  for (let i = 0; i < RUNS; i++) {
    bare.push(time(["-e", "0"]));
    command.push(time([bin, ...args]));
  }
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  return {
    bareMs: round(median(bare)),
    commandMs: round(median(command)),
    overheadMs: round(median(command) - median(bare)),
  };
}

/** The machine's own Node, if it is another one than the checkout's: light commands must run on it in place. */
function systemNode(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((dir) => !dir.includes("node_modules"))
    .map((dir) => `${dir}/node`)
    .find((path) => existsSync(path));
}

const commands = {
  help: ["--help"],
  version: ["--version"],
  walletList: ["wallet", "list"],
  config: ["config", "list"],
};
const other = systemNode();
const measure = (node: string): Record<string, unknown> => ({
  node: spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim(),
  ...Object.fromEntries(Object.entries(commands).map(([name, args]) => [name, compare(node, args)])),
});
console.log(JSON.stringify([process.execPath, ...(other === undefined ? [] : [other])].map(measure)));
