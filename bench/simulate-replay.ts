// Replaying task logs of 200 MB with the built command, beside one thread that does nothing but JSON.parse per line on
// the same tasks, in the same run: whole processes, from their start to their end, in turns. And scoring alone.
// Usage: node bench/simulate-replay.ts [LOG…]   where LOG is a name of STYLES; without any, all of them and scoring.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PRESET_NAMES, ruleSetNamed } from "../src/mechanism/rule-set.ts";
import { scoreTask } from "../src/mechanism/scoring.ts";
import { Scoreboard } from "../src/mechanism/settle.ts";
import type { Task } from "../src/mechanism/task-log.ts";
import { STYLES, taskMaker, writeLog } from "./lib/task-logs.ts";

const LOG_BYTES = 200_000_000;
const TURNS = 7;
const BIN = fileURLToPath(new URL("../bin/colosseum.js", import.meta.url));
const lib = (name: string): string => fileURLToPath(new URL(`./lib/${name}`, import.meta.url));
const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const simulate = (file: string, ...more: string[]): string[] => [BIN, "simulate", file, "--json", ...more];

function secondsOf(args: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  return (performance.now() - start) / 1_000;
}

function maxRssMb(args: readonly string[]): number {
  const { stderr } = spawnSync(process.execPath, ["--require", lib("max-rss.cjs"), ...args], { encoding: "utf8" });
  return round(Number(/maxRssMb=([\d.]+)/.exec(stderr)?.[1]));
}

/**
 * One kind of log in two shapes. The ratios are medians over turns, each turn being one run of each; `Best` is that of
 * the fastest runs, which other work on the machine disturbs less.
 */
function replays(dir: string, name: keyof typeof STYLES, list: "array" | "object"): Record<string, unknown> {
  const style = STYLES[name];
  const lines = join(dir, "log.jsonl");
  const whole = join(dir, "log.json");
  const tasks = writeLog(lines, style, "lines", LOG_BYTES);
  writeLog(whole, style, list, LOG_BYTES);
  const megabytes = statSync(lines).size / 1e6;
  const runs = {
    parse: [lib("parse-lines.js"), lines, style.whole ? "utf8" : "latin1"],
    lines: simulate(lines),
    oneThread: simulate(lines, "--workers", "1"),
    list: simulate(whole),
  };
  const seconds: Record<keyof typeof runs, number[]> = { parse: [], lines: [], oneThread: [], list: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [run, args] of Object.entries(runs)) seconds[run as keyof typeof runs].push(secondsOf(args));
  }
  const ratio = (run: keyof typeof runs): number =>
    round(median(seconds[run].map((value, turn) => (seconds.parse[turn] ?? Number.NaN) / value)));
  const best = (run: keyof typeof runs): number => round(Math.min(...seconds.parse) / Math.min(...seconds[run]));
  const figures = {
    log: name,
    tasks,
    megabytes: round(megabytes),
    parseMbPerSecond: Math.round(megabytes / median(seconds.parse)),
    linesMbPerSecond: Math.round(megabytes / median(seconds.lines)),
    linesToParse: ratio("lines"),
    linesToParseBest: best("lines"),
    linesToParseTarget: 1.5,
    oneThreadToParse: ratio("oneThread"),
    list,
    listToParse: ratio("list"),
    listToParseBest: best("list"),
    listToParseTarget: 1,
    linesMaxRssMb: maxRssMb(runs.lines),
    listMaxRssMb: maxRssMb(runs.list),
    maxRssMbTarget: 250,
  };
  rmSync(lines);
  rmSync(whole);
  return figures;
}

/** Tasks in memory with fifty votes each, one core. */
function scoringAlone(): Record<string, number> {
  const make = taskMaker(STYLES["fifty votes"]);
  const tasks = Array.from({ length: 4_000 }, (_, index) => JSON.parse(JSON.stringify(make(index))) as Task);
  const rate = (each: (task: Task) => void): number => {
    let most = 0;
    for (let turn = 0; turn < 12; turn++) {
      const start = performance.now();
      for (const one of tasks) each(one);
      most = Math.max(most, (tasks.length / (performance.now() - start)) * 1_000);
    }
    return Math.round(most);
  };
  const figures: Record<string, number> = {};
  for (const name of PRESET_NAMES) {
    const rules = ruleSetNamed(name);
    const board = new Scoreboard(rules);
    figures[`${name}, added up`] = rate((one) => board.addTask(one));
    figures[`${name}, as objects`] = rate((one) => scoreTask(one, rules));
  }
  return figures;
}

const LISTS = { "ten votes": "array", "fifty votes": "array", "as exported": "object" } as const;
const asked = process.argv.slice(2);
const names = (Object.keys(LISTS) as (keyof typeof LISTS)[]).filter(
  (name) => asked.length === 0 || asked.includes(name),
);
const dir = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
try {
  console.log(
    JSON.stringify({
      cores: availableParallelism(),
      node: process.versions.node,
      replays: names.map((name) => replays(dir, name, LISTS[name])),
      ...(asked.length === 0 ? { scoringTasksPerSecond: scoringAlone(), scoringTasksPerSecondTarget: 100_000 } : {}),
    }),
  );
} finally {
  rmSync(dir, { recursive: true, force: true });
}
