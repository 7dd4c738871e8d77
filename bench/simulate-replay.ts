// Replaying task logs, beside one thread that does nothing but JSON.parse per line on the same file, in the same run;
// and scoring alone, with tasks in memory. Each reading runs in a process of its own, so that its memory is its own.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { below, pick, seededRandom } from "../src/base/random.ts";
import { PRESET_NAMES, ruleSetNamed } from "../src/mechanism/rule-set.ts";
import { scoreTask } from "../src/mechanism/scoring.ts";
import { Scoreboard } from "../src/mechanism/settle.ts";
import type { Task } from "../src/mechanism/task-log.ts";
import { replayLog } from "../src/simulate/replay.ts";

const LOG_BYTES = 200_000_000;
const VOTES = 50;
const RUNS = 3;
const KINDS = ["synthetic", "duel", "trap"] as const;
const random = seededRandom("replay");
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const address = (): string => `5${Array.from({ length: 47 }, () => pick(random, [...ALPHABET])).join("")}`;
const MINERS = Array.from({ length: 250 }, address);
const VALIDATOR = address();

/** A task with fifty votes, in the order in which they came, from fifty of those invited. */
function task(index: number): Task {
  const kind = KINDS[index % KINDS.length] ?? "duel";
  const at = below(random, 200);
  const generators = MINERS.slice(at, at + (kind === "synthetic" ? 1 : 2));
  const completions = generators.map((by, place) => ({ id: `c${place + 1}`, by, source: "miner" as const }));
  const from = below(random, 190);
  const invited = MINERS.slice(from, from + VOTES + 2)
    .filter((hotkey) => !generators.includes(hotkey))
    .slice(0, VOTES);
  const baseline = { id: "c2", by: VALIDATOR, source: "validator" as const };
  const minute = (): string => String(below(random, 60)).padStart(2, "0");
  return {
    id: `t-${String(index).padStart(6, "0")}`,
    interval: Math.floor(index / 1_000),
    kind,
    taskType: "page",
    createdAt: "2026-01-01T00:00:00Z",
    votingOpensAt: "2026-01-01T00:10:00Z",
    expiresAt: "2026-01-01T06:00:00Z",
    validator: VALIDATOR,
    generators,
    completions: kind === "synthetic" ? [...completions, baseline] : completions,
    ...(kind === "trap" ? { negative: generators[1] ?? VALIDATOR } : {}),
    discriminators: invited,
    votes: [...invited]
      .sort(() => below(random, 3) - 1)
      .map((voter) => ({
        voter,
        completion: below(random, 10) < 7 ? "c1" : "c2",
        at: `2026-01-01T0${1 + below(random, 5)}:${minute()}:${minute()}Z`,
      })),
  };
}

function writeLog(file: string, shape: "lines" | "list"): number {
  const out = openSync(file, "w");
  let bytes = 0;
  let count = 0;
  for (; bytes < LOG_BYTES; count++) {
    const before = shape === "lines" ? "" : count === 0 ? "[" : ",\n";
    bytes += writeSync(out, `${before}${JSON.stringify(task(count))}${shape === "lines" ? "\n" : ""}`);
  }
  if (shape === "list") writeSync(out, "]\n");
  closeSync(out);
  return count;
}

/** One thread, nothing but JSON.parse per line, reading included. */
function parseLines(file: string): number {
  const input = openSync(file, "r");
  const chunk = Buffer.alloc(4 << 20);
  let kept = 0;
  let count = 0;
  for (;;) {
    const read = readSync(input, chunk, kept, chunk.length - kept, null);
    const end = kept + read;
    let from = 0;
    for (let to = chunk.indexOf(10, from); to !== -1 && to < end; to = chunk.indexOf(10, from)) {
      count += (JSON.parse(chunk.toString("latin1", from, to)) as Task).votes.length > 0 ? 1 : 0;
      from = to + 1;
    }
    chunk.copy(chunk, 0, from, end);
    kept = end - from;
    if (read === 0) return count;
  }
}

/** The work of a child process: prints how long it took and how much memory the process needed at most. */
async function child(mode: string, file: string): Promise<void> {
  const start = performance.now();
  let tasks = 0;
  if (mode === "parse") tasks = parseLines(file);
  else {
    const { boards } = await replayLog({ input: { file }, rules: () => [ruleSetNamed("paper")] });
    tasks = boards[0]?.counts().scored ?? 0;
  }
  const seconds = (performance.now() - start) / 1_000;
  console.log(JSON.stringify({ seconds, tasks, maxRssMb: process.resourceUsage().maxRSS / 1_024 }));
}

interface Reading {
  readonly seconds: number;
  readonly tasks: number;
  readonly maxRssMb: number;
}

/** The best of several runs, taken in turns, so that a busy moment hits all modes alike. */
function best(runs: readonly Reading[]): Reading {
  const [first] = [...runs].sort((a, b) => a.seconds - b.seconds);
  if (first === undefined) throw new Error("nothing was run");
  return { ...first, maxRssMb: Math.max(...runs.map(({ maxRssMb }) => maxRssMb)) };
}

function run(mode: string, file: string): Reading {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, mode, file], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${mode}: ${stderr}`);
  return JSON.parse(stdout) as Reading;
}

function scoringAlone(): Record<string, number> {
  const tasks = Array.from({ length: 4_000 }, (_, index) => JSON.parse(JSON.stringify(task(index))) as Task);
  const rate = (each: (task: Task) => void): number => {
    let most = 0;
    for (let round = 0; round < 12; round++) {
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

function main(): void {
  const dir = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
  try {
    const files = { lines: join(dir, "log.jsonl"), list: join(dir, "log.json") };
    const tasks = writeLog(files.lines, "lines");
    writeLog(files.list, "list");
    const readings: Record<"parse" | "lines" | "list", Reading[]> = { parse: [], lines: [], list: [] };
    for (let turn = 0; turn < RUNS; turn++) {
      readings.parse.push(run("parse", files.lines));
      readings.lines.push(run("replay", files.lines));
      readings.list.push(run("replay", files.list));
    }
    const [parse, lines, list] = [best(readings.parse), best(readings.lines), best(readings.list)];
    const megabytes = statSync(files.lines).size / 1e6;
    const round = (value: number): number => Math.round(value * 100) / 100;
    console.log(
      JSON.stringify({
        bench: "simulate-replay",
        cores: availableParallelism(),
        tasks,
        megabytes: round(megabytes),
        parseOnlyMbPerSecond: round(megabytes / parse.seconds),
        linesMbPerSecond: round(megabytes / lines.seconds),
        listMbPerSecond: round(megabytes / list.seconds),
        linesToParse: round(parse.seconds / lines.seconds),
        linesToParseTarget: 1.5,
        listToParse: round(parse.seconds / list.seconds),
        listToParseTarget: 1,
        linesMaxRssMb: round(lines.maxRssMb),
        listMaxRssMb: round(list.maxRssMb),
        maxRssMbTarget: 250,
        scoringTasksPerSecond: scoringAlone(),
        scoringTasksPerSecondTarget: 100_000,
      }),
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const [mode, file] = process.argv.slice(2);
if (mode !== undefined && file !== undefined) await child(mode, file);
else main();
