import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliRun, runCli } from "../../helpers/run-cli.ts";
import { sampleTask } from "../mechanism/task-samples.ts";
import { tempFile } from "./log-files.ts";

const TASKS = [
  sampleTask(
    "synthetic",
    [
      ["A", "cv"],
      ["B", "c1"],
    ],
    { id: "a", interval: 0 },
  ),
  sampleTask(
    "duel",
    [
      ["A", "c1"],
      ["B", "c1"],
      ["G1", "c1"],
    ],
    { id: "b", interval: 0 },
  ),
  sampleTask(
    "trap",
    [
      ["A", "c2"],
      ["B", "c1"],
    ],
    { id: "c", interval: 1 },
  ),
];
const simulate = (content: string, ...args: string[]): Promise<CliRun> => {
  const file = tempFile("tasks.json", content);
  return runCli(["simulate", ...args.map((arg) => (arg === "LOG" ? file : arg))], {
    cwd: dirname(file),
    env: { HOME: dirname(file) },
  });
};
const log = (header: object = {}): string => JSON.stringify({ format: "colosseum/tasks@1", ...header, tasks: TASKS });
const json = (run: CliRun): { data: Record<string, unknown>; warnings: { code: string }[] } => JSON.parse(run.stdout);
const errorCode = (run: CliRun): string => (JSON.parse(run.stderr) as { error: { code: string } }).error.code;

describe("simulate", () => {
  it("prints the break-even accuracy first, then the counts, then everybody within 80 columns", async () => {
    const run = await simulate(log(), "LOG");
    expect(run.code).toBe(0);
    const lines = run.stdout.split("\n");
    expect(lines[0]).toMatch(/^Break-even voter accuracy/);
    expect(lines[1]).toMatch(/^3 tasks by paper: 3 scored/);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it("prints the documented JSON, and nothing else, on stdout", async () => {
    const run = await simulate(log(), "LOG", "--json");
    expect(json(run)).toEqual({
      schemaVersion: 1,
      ok: true,
      data: {
        preset: "paper",
        tasks: { total: 3, scored: 3, void: 0, open: 0, skipped: 0, synthetic: 1, duel: 1, trap: 1 },
        ignoredVotes: { "own-task": 1, "not-invited": 0, "unknown-completion": 0, "out-of-time": 0 },
        miners: [
          {
            hotkey: "G1",
            score: 1.5,
            generator: 1.5,
            discriminator: 0,
            generated: 3,
            voted: 0,
            trapped: 0,
            share: 0.75,
            weight: 65_535,
          },
          {
            hotkey: "B",
            score: 0.5,
            generator: 0,
            discriminator: 0.5,
            generated: 0,
            voted: 3,
            trapped: 0,
            share: 0.25,
            weight: 21_845,
          },
          {
            hotkey: "A",
            score: 0,
            generator: 0,
            discriminator: 0,
            generated: 0,
            voted: 3,
            trapped: 1,
            share: 0,
            weight: 0,
          },
          {
            hotkey: "G2",
            score: 0,
            generator: 0,
            discriminator: 0,
            generated: 2,
            voted: 0,
            trapped: 0,
            share: 0,
            weight: 0,
          },
        ],
      },
      warnings: [],
    });
    expect(run.stderr).toBe("");
  });

  it.each([
    ["the log's own rules", { preset: "scaled", settings: { c: 45 } }, [], "scaled"],
    ["the named rules before the log's", { preset: "scaled" }, ["--preset", "dojo-1.8.3"], "dojo-1.8.3"],
    ["paper without a word", {}, [], "paper"],
  ])("scores by %s", async (_, header, args, preset) => {
    expect(json(await simulate(log(header), "LOG", "--json", ...args)).data).toMatchObject({ preset });
  });

  it("takes several settings after one --set, and after several", async () => {
    const together = await simulate(log(), "LOG", "--json", "--set", "trapPenalty=0.25", "voterPay=2");
    const apart = await simulate(log(), "--set", "trapPenalty=0.25", "--set", "voterPay=2", "LOG", "--json");
    expect(together.stdout).toBe(apart.stdout);
    expect(json(apart).data["miners"]).toContainEqual(expect.objectContaining({ hotkey: "A", score: 1.75 }));
  });

  it("reads standard input and explains a hotkey", async () => {
    const run = await runCli(["simulate", "-", "--explain", "A", "--json"], {
      stdin: log(),
      env: { HOME: "/nonexistent" },
    });
    expect(json(run).data).toEqual({
      hotkey: "A",
      tasks: [
        { id: "a", kind: "synthetic", role: "discriminator", earned: 0.5, reason: "chose-validator" },
        { id: "b", kind: "duel", role: "discriminator", earned: 0.5, reason: "duel-vote" },
        { id: "c", kind: "trap", role: "discriminator", earned: -1, reason: "trapped" },
      ],
    });
  });

  it("writes a table and a page, and still prints the result", async () => {
    const file = tempFile("tasks.json", log());
    const cwd = dirname(file);
    const run = await runCli(["simulate", "tasks.json", "--csv", "t.csv", "--report", "t.html"], {
      cwd,
      env: { HOME: cwd },
    });
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("HOTKEY") });
    expect(readFileSync(join(cwd, "t.csv"), "utf8")).toContain("G1,1.5");
    expect(readFileSync(join(cwd, "t.html"), "utf8")).toContain("tasks.json by paper");
  });

  it("warns of what it left out", async () => {
    const run = await simulate(JSON.stringify([...TASKS, {}]), "LOG", "--json", "--skip-invalid");
    expect(json(run)).toMatchObject({
      data: { tasks: { total: 4, scored: 3, skipped: 1 } },
      warnings: [{ code: "invalid-skipped" }],
    });
  });

  it.each([
    ["an unknown preset", 2, "rules.unknown-preset", ["LOG", "--preset", "papr"]],
    ["an unknown key", 2, "rules.unknown-setting", ["LOG", "--set", "x=1"]],
    ["a value out of range", 2, "rules.bad-setting", ["LOG", "--set", "trapShare=2"]],
    ["a time that is none", 2, "usage.time", ["LOG", "--until", "tomorrow"]],
    ["an interval that is none", 2, "usage.interval", ["LOG", "--interval", "-1"]],
    ["no log", 2, "usage.command-line", []],
    ["two logs", 2, "usage.command-line", ["LOG", "other.json"]],
    ["a missing file", 14, "input.not-found", ["nothing.json"]],
    ["a folder", 14, "input.not-a-file", ["."]],
    ["a place that cannot be written", 14, "output.write-failed", ["LOG", "--csv", "no/such/folder.csv"]],
  ])("refuses %s", async (_, code, name, args) => {
    const run = await simulate(log(), ...args, "--json");
    expect(run).toMatchObject({ code, stdout: "" });
    expect(errorCode(run)).toBe(name);
  });

  it("refuses a log that is none with 12, on stderr alone", async () => {
    const run = await simulate('[{"id":"x"}]', "LOG", "--json");
    expect(run).toMatchObject({ code: 12, stdout: "" });
    expect(JSON.parse(run.stderr)).toMatchObject({
      ok: false,
      error: { code: "log.bad-task", details: { path: "[0].kind", task: "x" } },
    });
  });
});

describe("a log whose intervals were settled by different rules", () => {
  const mixed = log({
    preset: "scaled",
    intervals: [
      { n: 0, preset: "paper", settings: {} },
      { n: 1, preset: "scaled", settings: { c: 30 } },
    ],
  });

  it.each([
    ["as it was settled, one interval by its own", ["--interval", "0"], "paper", []],
    ["by the header's, all of them, with a warning", [], "scaled", ["mixed-rules"]],
    ["by those that were named, without one", ["--preset", "dojo-1.8.3"], "dojo-1.8.3", []],
  ])("is scored %s", async (_, args, preset, warned) => {
    const { data, warnings } = json(await simulate(mixed, "LOG", "--json", ...args));
    expect(data).toMatchObject({ preset });
    expect(warnings.map(({ code }) => code).filter((code) => code === "mixed-rules")).toEqual(warned);
  });
});

describe("simulate diff", () => {
  it("puts two rule sets side by side and exits 3 where it should", async () => {
    const args = ["diff", "LOG", "--preset", "paper", "--preset", "paper", "--set-b", "trapPenalty=0", "--json"];
    const run = await simulate(log(), ...args);
    expect(run.code).toBe(0);
    const { data } = json(run);
    expect(data["presets"]).toEqual(["paper", "paper"]);
    expect(data["miners"]).toContainEqual({ hotkey: "A", a: 0, b: 1, shareA: 0, shareB: 1 / 3, rankA: 3, rankB: 2 });
    expect((await simulate(log(), ...args, "--fail-on", "rank-change")).code).toBe(3);
    const same = ["diff", "LOG", "--preset", "paper", "--preset", "paper", "--fail-on", "rank-change"];
    expect((await simulate(log(), ...same)).code).toBe(0);
  });

  it.each([
    ["one preset", "usage.two-presets", ["--preset", "paper"]],
    ["three presets", "usage.two-presets", ["--preset", "paper", "--preset", "paper", "--preset", "paper"]],
    ["an unknown condition", "usage.fail-on", ["--preset", "paper", "--preset", "paper", "--fail-on", "rain"]],
  ])("refuses %s", async (_, name, args) => {
    const run = await simulate(log(), "diff", "LOG", ...args, "--json");
    expect(run.code).toBe(2);
    expect(errorCode(run)).toBe(name);
  });
});
