import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ColosseumError } from "../../../src/base/errors.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { replayLog } from "../../../src/simulate/replay.ts";
import { sampleTask, tasks } from "../mechanism/task-samples.ts";
import { tempFile } from "./log-files.ts";

const paper = ruleSetNamed("paper");
const rowsOf = (log: readonly Task[]): unknown => {
  const board = new Scoreboard(paper);
  for (const task of log) board.addTask(task);
  return board.rows();
};
const unique = (log: readonly Task[]): Task[] => log.map((task, index) => ({ ...task, id: `${index}:${task.id}` }));
const logs = fc.array(tasks, { minLength: 1, maxLength: 5 }).map(unique);

/** Something else in place of a value. */
const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    1.5,
    "",
    "V",
    [],
    {},
    [null],
    "2026-02-30T00:00:00Z",
    "\u0000\u001b[2J",
    "x".repeat(5_000),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Every path through a JSON value. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function changed(value: unknown, [key, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  const next = rest.length === 0 ? to : changed(copy[key], rest, to);
  if (next === undefined) delete copy[key];
  else copy[key] = next;
  return copy;
}

const isValid = (value: unknown): boolean => new Scoreboard(paper).tryAdd(value) === null;
/** Runs a replay; anything but a result or an error of ours fails the test. */
async function replayOf(
  content: string | Uint8Array,
  skipInvalid: boolean,
): Promise<{ rows: unknown } | ColosseumError> {
  try {
    const input = { file: tempFile("log", content) };
    const { boards } = await replayLog({ input, rules: () => [paper], skipInvalid, workers: 1 });
    return { rows: boards[0]?.rows() };
  } catch (error) {
    if (error instanceof ColosseumError) return error;
    throw error;
  }
}

describe("a log with one value changed", () => {
  const cases = logs.chain((log) =>
    fc.record({
      log: fc.constant(log),
      at: fc.nat(log.length - 1),
      seed: fc.nat(10_000),
      to: fc.oneof(fc.constant(undefined), replacement),
      shape: fc.constantFrom("lines", "list", "object"),
    }),
  );

  it("is refused with 12 or scored; with skipInvalid the rest is scored as if it were alone", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ log, at, seed, to, shape }) => {
        const paths = pathsOf(log[at]);
        const mutated = log.map((task, index) =>
          index === at ? changed(task, paths[seed % paths.length] ?? [], to) : task,
        );
        const text =
          {
            list: JSON.stringify(mutated),
            object: JSON.stringify({ tasks: mutated }),
            lines: mutated.map((task) => JSON.stringify(task)).join("\n"),
          }[shape] ?? "";
        const seen = new Set<unknown>();
        const rest = mutated.filter(
          (task) => isValid(task) && !seen.has((task as Task).id) && seen.add((task as Task).id),
        ) as Task[];

        const strict = await replayOf(text, false);
        if (rest.length < mutated.length) expect(strict).toMatchObject({ exitCode: 12 });
        else expect(strict).toEqual({ rows: rowsOf(rest) });

        const lenient = await replayOf(text, true);
        if (rest.length === 0) expect(lenient).toMatchObject({ code: "log.nothing-valid" });
        else expect(lenient).toEqual({ rows: rowsOf(rest) });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a log with bytes changed, cut, doubled or thrown in", () => {
  const whole = Buffer.from(
    JSON.stringify({
      format: "colosseum/tasks@1",
      preset: "paper",
      tasks: [sampleTask("duel", [["A", "c1"]]), sampleTask("trap", [["A", "c2"]], { id: "2" })],
    }),
  );
  const edits = fc.array(
    fc.record({
      at: fc.nat(whole.length - 1),
      cut: fc.nat(30),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", "\n", "\u0000").map((text) => Buffer.from(text)),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it.each([
    ["an object", whole],
    ["a list", Buffer.from(JSON.stringify((JSON.parse(whole.toString()) as { tasks: unknown }).tasks))],
    [
      "lines",
      Buffer.from(
        (JSON.parse(whole.toString()) as { tasks: unknown[] }).tasks.map((task) => JSON.stringify(task)).join("\n"),
      ),
    ],
  ])(
    "never crashes nor hangs: %s",
    async (_, bytes) => {
      await fc.assert(
        fc.asyncProperty(edits, fc.boolean(), async (changes, skipInvalid) => {
          let mutated = bytes;
          for (const { at, cut, put } of changes)
            mutated = Buffer.concat([mutated.subarray(0, at), put, mutated.subarray(at + cut)]);
          const result = await replayOf(mutated, skipInvalid);
          if (result instanceof ColosseumError) expect(result.exitCode).toBe(12);
        }),
        { numRuns: 300 },
      );
    },
    60_000,
  );
});
