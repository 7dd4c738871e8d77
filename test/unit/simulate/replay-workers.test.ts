import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { standingsOf } from "../../../src/mechanism/standings.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { replayLog } from "../../../src/simulate/replay.ts";
import type { Replay, ReplayOptions } from "../../../src/simulate/replay-options.ts";
import { sampleTask } from "../mechanism/task-samples.ts";
import { tempFile } from "./log-files.ts";

/** Enough for a dozen batches. */
const COUNT = 12_000;
const KINDS = ["synthetic", "duel", "trap"] as const;
const task = (index: number): Task => {
  const voters = Array.from({ length: 7 }, (_, v): [string, string] => [
    `voter-${(index * 5 + v * 3) % 40}`,
    v % 3 === 0 ? "c2" : "c1",
  ]);
  return sampleTask(KINDS[index % 3] ?? "duel", voters, { id: `t-${index}`, padding: "é".repeat(index % 50) });
};
const LINES = Array.from({ length: COUNT }, (_, index) => JSON.stringify(task(index)));
const outcome = (replay: Replay): string =>
  JSON.stringify([replay.boards.map(standingsOf), replay.explained, replay.invalid, replay.firstInvalid?.message]);
const run = (file: string, workers: number, more: Partial<ReplayOptions> = {}): Promise<Replay> =>
  replayLog({
    input: { file, name: "log" },
    rules: () => [ruleSetNamed("paper"), ruleSetNamed("scaled")],
    skipInvalid: true,
    workers,
    ...more,
  });

describe("a replay gives the same bytes with 1, 2 and 7 workers", () => {
  /** Ids that come again batches later, lines that are none, and bytes that are no UTF-8. */
  const spoiled = (): string[] => {
    const lines = [...LINES];
    for (let index = 500; index < COUNT; index += 700)
      lines[index] = JSON.stringify({ ...task(index + 1), id: `t-${index % 450}` });
    for (let index = 333; index < COUNT; index += 900) lines[index] = lines[index]?.slice(0, -1) ?? "";
    return lines;
  };

  it.each([
    ["lines", `${LINES.join("\n")}\n`],
    ["lines with double ids and broken ones", spoiled().join("\n")],
    ["one list", `[${LINES.join(",")}]`],
    ["one object, pretty", JSON.stringify({ tasks: LINES.map((line) => JSON.parse(line) as unknown) }, null, 1)],
  ])("%s", async (_, content) => {
    const file = tempFile("log", content);
    const alone = outcome(await run(file, 1));
    for (const workers of [2, 7]) expect(outcome(await run(file, workers))).toBe(alone);
    const piped = { stdin: Readable.from([Buffer.from(content)]) };
    expect(outcome(await run(file, 2, { input: piped }))).toBe(alone.replaceAll("log, line", "standard input, line"));
  });

  it("with every option that selects tasks and votes, and every rule set", async () => {
    const file = tempFile("log", spoiled().join("\n"));
    const options: Partial<ReplayOptions> = {
      rules: () => [ruleSetNamed("dojo-1.8.3"), ruleSetNamed("paper")],
      until: { seconds: Date.parse("2026-01-01T01:30:00Z") / 1_000, nanos: 0 },
      interval: 0,
    };
    expect(outcome(await run(file, 2, options))).toBe(outcome(await run(file, 1, options)));
    const explained = { ...options, explain: "voter-7" };
    expect(outcome(await run(file, 2, explained))).toBe(outcome(await run(file, 1, explained)));
  });

  it("with tasks that a worker cannot send: more votes, or more generators, than fit", async () => {
    const votes = Array.from({ length: 20_000 }, (_, index): [string, string] => [`voter-${index % 90}`, "c1"]);
    const generators = ["G1", "G2", ...Array.from({ length: 30 }, (_, index) => `g-${index}`)];
    const lines = [...LINES.slice(0, 3_000)];
    lines[700] = JSON.stringify(sampleTask("duel", votes, { id: "votes" }));
    lines[1_900] = JSON.stringify(sampleTask("duel", [["A", "c1"]], { id: "generators", generators }));
    const file = tempFile("log", lines.join("\n"));
    expect(outcome(await run(file, 2))).toBe(outcome(await run(file, 1)));
  });

  it("with more hotkeys than the scanner knows by their bytes", async () => {
    const lines = Array.from({ length: 700 }, (_, index) => {
      const voters = Array.from({ length: 100 }, (_, v): [string, string] => [`voter-${index * 100 + v}`, "c1"]);
      return JSON.stringify(sampleTask("duel", voters, { id: `t-${index}` }));
    });
    const file = tempFile("log", lines.join("\n"));
    expect(outcome(await run(file, 2))).toBe(outcome(await run(file, 1)));
  });

  it("where tasks hold what looks like the end of a task, so that a list cannot be cut by guess", async () => {
    const ended = (line: string, more = ""): string => `${line.slice(0, -1)}${more},"end":[{}]}`;
    const nested = LINES.slice(0, 4_000).map((line) => ended(line, `,"copies":[${ended(line)},${ended(line)}]`));
    const lines = outcome(await run(tempFile("log", nested.join("\n")), 1));
    for (const workers of [1, 2])
      expect(outcome(await run(tempFile("log", `[${nested.join(",")}]`), workers))).toBe(lines);
  });

  it("and says where in a list the first problem is, however it was cut", async () => {
    const broken = LINES.map((line, index) => (index === 9_876 ? line.replace('"kind":', '"sort":') : line));
    for (const [name, content, path] of [
      ["list", `[${broken.join(",")}]`, "[9876].kind"],
      ["object", `{"tasks":[${broken.join(",\n")}]}`, "tasks[9876].kind"],
    ] as const) {
      const log = replayLog({
        input: { file: tempFile(name, content) },
        rules: () => [ruleSetNamed("paper")],
        workers: 2,
      });
      await expect(log).rejects.toMatchObject({ details: { path, task: "t-9876" } });
    }
  });

  it("and names the same first problem", async () => {
    const file = tempFile("log", spoiled().join("\n"));
    const messages = await Promise.all(
      [1, 2, 7].map((workers) =>
        replayLog({ input: { file, name: "log" }, rules: () => [ruleSetNamed("paper")], workers }).then(
          () => "no problem",
          (error: unknown) => String(error),
        ),
      ),
    );
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain("line 334");
  });
});
