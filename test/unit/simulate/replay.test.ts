import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ColosseumError } from "../../../src/base/errors.ts";
import { chooseRules } from "../../../src/cli/commands/simulate/rule-choice.ts";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { ruleSetNamed, ruleSetOfHeader } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import { standingsOf } from "../../../src/mechanism/standings.ts";
import type { Task, TaskLogHeader } from "../../../src/mechanism/task-log.ts";
import type { LogInput } from "../../../src/simulate/log-source.ts";
import { replayLog } from "../../../src/simulate/replay.ts";
import type { Replay, ReplayOptions } from "../../../src/simulate/replay-options.ts";
import { sampleTask } from "../mechanism/task-samples.ts";
import { shapesOf, tempFile } from "./log-files.ts";

const LOG: readonly Task[] = [
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
      ["Ünïcödé 🏛", "c2"],
    ],
    { id: "b", interval: 0 },
  ),
  sampleTask(
    "trap",
    [
      ["A", "c2"],
      ["B", "c1"],
    ],
    { id: "c", interval: 1, expiresAt: "2026-01-02T06:00:00Z" },
  ),
];
const paper = ruleSetNamed("paper");
const replay = (input: LogInput, more: Partial<ReplayOptions> = {}): Promise<Replay> =>
  replayLog({ input, rules: () => [paper], ...more });
const standings = ({ boards: [board] }: Replay): unknown =>
  board === undefined ? undefined : standingsOf(board).standings;
const expected = (tasks: readonly Task[], rules = paper): unknown => {
  const board = new Scoreboard(rules);
  for (const task of tasks) board.add(scoreTask(task, rules));
  return standingsOf(board).standings;
};
const failure = async (run: Promise<unknown>): Promise<ColosseumError> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof ColosseumError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};
const linesOf = (tasks: readonly unknown[]): string => tasks.map((task) => JSON.stringify(task)).join("\n");

describe("replayLog reads every shape", () => {
  it.each(shapesOf(LOG))("%s", async (name, content) => {
    const file = tempFile(name, content);
    expect(standings(await replay({ file }))).toEqual(expected(LOG));
    expect(standings(await replay({ stdin: Readable.from([Buffer.from(content)]) }))).toEqual(expected(LOG));
  });

  it("from standard input that arrives byte by byte", async () => {
    const bytes = [...Buffer.from(JSON.stringify({ tasks: LOG }))].map((byte) => Buffer.from([byte]));
    expect(standings(await replay({ stdin: Readable.from(bytes) }))).toEqual(expected(LOG));
  });

  it.each([
    ["[]"],
    [" [ ] "],
    ['{"tasks":[]}'],
    ['{"format":"colosseum/tasks@1"}'],
    ['{"format":"colosseum/tasks@1"}\n\n'],
  ])("and takes %j for a log without tasks", async (content) => {
    expect(standings(await replay({ file: tempFile("none.json", content) }))).toEqual(expected([]));
  });

  it("and hands over the header, wherever it stands", async () => {
    const header = {
      format: "colosseum/tasks@1",
      preset: "scaled",
      settings: { c: 45 },
      intervals: [{ n: 0, scores: { A: 1 } }],
    };
    for (const [name, content] of shapesOf(LOG, header).filter(([shape]) => /header|object/.test(shape))) {
      const result = await replay({ file: tempFile(name, content) });
      expect(result.header).toEqual(header);
    }
  });

  it("with the rules of a header behind the tasks, from a file and from a pipe", async () => {
    const content = JSON.stringify({ tasks: LOG, preset: "scaled", settings: { c: 45 } });
    const scaled = ruleSetNamed("scaled", { c: 45 });
    const options = { rules: (header: object) => [ruleSetOfHeader(header)], headerDecides: true };
    expect(standings(await replay({ file: tempFile("late.json", content) }, options))).toEqual(expected(LOG, scaled));
    expect(standings(await replay({ stdin: Readable.from([content]) }, options))).toEqual(expected(LOG, scaled));
  });

  it("with settings that only fit the preset of a header behind the tasks", async () => {
    const content = JSON.stringify({ settings: { trapPenalty: "none" }, tasks: LOG, preset: "scaled" });
    const { rulesFor } = chooseRules(undefined, ["c=45"]);
    const options = { rules: (header: TaskLogHeader) => [rulesFor(header)], headerDecides: true };
    const scaled = ruleSetNamed("scaled", { c: 45 });
    expect(standings(await replay({ file: tempFile("late.json", content) }, options))).toEqual(expected(LOG, scaled));
    const bare = replay({ file: tempFile("late.json", JSON.stringify({ tasks: LOG })) }, options);
    expect((await failure(bare)).code).toBe("rules.unknown-setting");
  });
});

describe("replayLog says what is wrong and where", () => {
  const bad = { ...LOG[1], id: "bad", votes: [{ voter: "A", completion: "c1", at: "2026-02-30T00:00:00Z" }] };
  it.each([
    ["zero bytes", "", "log.empty", {}],
    ["white space", " \n\t\n", "log.empty", {}],
    ["a byte order mark alone", "\ufeff", "log.empty", {}],
    ["prose", "no log", "log.not-a-log", {}],
    ["a number", "42", "log.not-a-log", {}],
    ["another format", '{"format":"colosseum/tasks@2","tasks":[]}', "log.bad-header", { path: "format" }],
    ["another format behind the tasks", '{"tasks":[],"format":null}', "log.bad-header", { path: "format" }],
    ["another format on a first line", '{"format":"x"}\n', "log.bad-header", { path: "format", line: 1 }],
    ["intervals that are none", '{"intervals":[{"n":-1}],"tasks":[]}', "log.bad-header", { path: "intervals[0].n" }],
    ["tasks that are no list", '{"tasks":{}}', "log.bad-header", { path: "tasks" }],
    ["tasks twice", '{"tasks":[],"tasks":[]}', "log.not-json", {}],
    ["a list that does not end", `[${JSON.stringify(LOG[0])},`, "log.not-json", { path: "[1]" }],
    ["a comma too much", `[${JSON.stringify(LOG[0])},]`, "log.not-json", { path: "[1]" }],
    ["something behind the end", `${JSON.stringify(LOG)} []`, "log.not-json", {}],
    ["a line that is no JSON", `${linesOf(LOG)}\n{"id":`, "log.not-json", { line: 4 }],
    ["a line that is no task", `${linesOf(LOG)}\n\n7`, "log.bad-task", { line: 5, path: null }],
    [
      "a header that comes late",
      `${linesOf(LOG)}\n{"format":"colosseum/tasks@1"}`,
      "log.bad-task",
      { line: 4, path: "id" },
    ],
    ["a bad vote in a line", linesOf([...LOG, bad]), "log.bad-task", { line: 4, path: "votes[0].at", task: "bad" }],
    ["a bad vote in a list", JSON.stringify([...LOG, bad]), "log.bad-task", { line: null, path: "[3].votes[0].at" }],
    ["a bad vote in an object", JSON.stringify({ tasks: [bad] }), "log.bad-task", { path: "tasks[0].votes[0].at" }],
    ["an id for the second time", linesOf([...LOG, LOG[0]]), "log.duplicate-id", { line: 4, path: "id", task: "a" }],
    ["the first of two problems", linesOf([...LOG, LOG[0], bad]), "log.duplicate-id", { line: 4 }],
    ["the first of two problems, other way round", linesOf([...LOG, bad, LOG[0]]), "log.bad-task", { line: 4 }],
  ])("%s", async (_, content, code, details) => {
    const error = await failure(replay({ file: tempFile("bad.json", content) }));
    expect(error).toMatchObject({ code, exitCode: 12, details });
  });

  it("a null where a field could be missing: the hint says to leave it out", async () => {
    const hintOf = async (task: unknown): Promise<string> =>
      ((await failure(replay({ file: tempFile("null.json", JSON.stringify([task])) }))) as { hint: string }).hint;
    expect(await hintOf({ ...LOG[0], discriminators: null })).toContain("Leave the field out");
    expect(await hintOf({ ...LOG[0], votingOpensAt: null })).toContain("Leave the field out");
    expect(await hintOf({ ...LOG[0], generators: null })).not.toContain("Leave the field out");
  });

  it("bytes that are no UTF-8", async () => {
    const bytes = Buffer.from(linesOf(LOG));
    bytes[bytes.indexOf("n") + 1] = 0xff;
    expect(await failure(replay({ file: tempFile("bytes.jsonl", bytes) }))).toMatchObject({ code: "log.not-json" });
  });

  it("an archive that is cut off, or damaged", async () => {
    const whole = gzipSync(linesOf(LOG));
    const cut = tempFile("cut.gz", whole.subarray(0, whole.length - 12));
    expect(await failure(replay({ file: cut }))).toMatchObject({ code: "log.gzip", exitCode: 12 });
    const damaged = Buffer.from(whole);
    damaged.fill(0xaa, 20, 40);
    expect(await failure(replay({ file: tempFile("x.gz", damaged) }))).toMatchObject({ code: "log.gzip" });
  });

  it("a file that is missing, or a folder", async () => {
    expect(await failure(replay({ file: "/nonexistent/tasks.json" }))).toMatchObject({
      code: "input.not-found",
      exitCode: 14,
    });
    expect(await failure(replay({ file: "/" }))).toMatchObject({ code: "input.not-a-file", exitCode: 14 });
  });

  it("deep nesting in a field that nobody reads is no problem, in one that is read it is", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const line = JSON.stringify(LOG[0]).replace('"id"', `"proof":${deep},"id"`);
    expect(standings(await replay({ file: tempFile("deep.jsonl", line) }))).toEqual(expected(LOG.slice(0, 1)));
    const votes = JSON.stringify({ ...LOG[0], votes: 0 }).replace('"votes":0', `"votes":${deep}`);
    expect(await failure(replay({ file: tempFile("deep.json", `[${votes}]`) }))).toMatchObject({
      code: "log.bad-task",
    });
  });
});

describe("with skipInvalid", () => {
  const skipInvalid = true;

  it("the rest is scored and what was left out is counted", async () => {
    const content = `${linesOf([LOG[0], LOG[0], LOG[1]])}\n{"id":\n[]\n${JSON.stringify(LOG[2])}`;
    const result = await replay({ file: tempFile("mixed.jsonl", content) }, { skipInvalid });
    expect(result.invalid).toBe(3);
    expect(result.firstInvalid).toMatchObject({ code: "log.duplicate-id", details: { line: 2 } });
    const wanted = expected(LOG) as { tasks: object };
    expect(standings(result)).toEqual({ ...wanted, tasks: { ...wanted.tasks, total: 6, skipped: 3 } });
  });

  it("a list that breaks off gives what came before", async () => {
    const content = `{"tasks":${JSON.stringify(LOG).slice(0, -40)}`;
    const result = await replay({ file: tempFile("cut.json", content) }, { skipInvalid });
    expect(result.invalid).toBe(1);
    expect(standings(result)).toMatchObject({ tasks: { scored: 2, skipped: 1 } });
  });

  it("a log of which nothing is left is refused", async () => {
    const file = tempFile("nothing.jsonl", "{}\n[]\n7\n");
    expect(await failure(replay({ file }, { skipInvalid }))).toMatchObject({ code: "log.nothing-valid", exitCode: 12 });
  });

  it("a header is not left out", async () => {
    const file = tempFile("header.json", '{"format":"x","tasks":[]}');
    expect(await failure(replay({ file }, { skipInvalid }))).toMatchObject({ code: "log.bad-header" });
  });
});

describe("a selection", () => {
  it("of one interval equals the settlement of its tasks", async () => {
    const file = tempFile("log.json", JSON.stringify(LOG));
    for (const interval of [0, 1]) {
      const own = LOG.filter((task) => task.interval === interval);
      expect(standings(await replay({ file }, { interval }))).toEqual(expected(own));
    }
  });

  it("up to a time leaves later tasks open", async () => {
    const until = parseInstant("2026-01-02T00:00:00Z");
    if (until === undefined) throw new Error("a time that is none");
    const result = await replay({ file: tempFile("log.json", JSON.stringify(LOG)) }, { until });
    expect(standings(result)).toMatchObject({ tasks: { total: 3, scored: 2, open: 1 } });
  });

  it("by a window counts back from the newest end, even where that comes last", async () => {
    const dojo = ruleSetNamed("dojo-1.8.3", { windowHours: 24 });
    const options = { rules: () => [dojo] };
    for (const tasks of [LOG, [...LOG].reverse()]) {
      const content = linesOf(tasks);
      const result = await replay({ stdin: Readable.from([content]) }, options);
      expect(standings(result)).toMatchObject({ tasks: { total: 3, scored: 1, skipped: 2, trap: 1 } });
    }
    const wide = { rules: () => [ruleSetNamed("dojo-1.8.3", { windowHours: 24.001 })] };
    expect(standings(await replay({ stdin: Readable.from([linesOf(LOG)]) }, wide))).toMatchObject({
      tasks: { scored: 3 },
    });
  });
});

describe("explain", () => {
  it("lists each task of one hotkey in the log's order, without later ones of the same id", async () => {
    const file = tempFile("log.jsonl", linesOf([...LOG, LOG[0]]));
    const { explained } = await replay({ file }, { explain: "A", skipInvalid: true });
    expect(explained).toEqual([
      { id: "a", kind: "synthetic", role: "discriminator", earned: 0.5, reason: "chose-validator" },
      { id: "b", kind: "duel", role: "discriminator", earned: 1 / 3, reason: "duel-vote" },
      { id: "c", kind: "trap", role: "discriminator", earned: -1, reason: "trapped" },
    ]);
  });
});
