import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { weightsU16 } from "../../src/base/weight-row.ts";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { timeless } from "../helpers/same-log.ts";

interface Log {
  readonly tasks: { id: string; kind: string; interval: number; votes: unknown[] }[];
  readonly intervals: {
    n: number;
    scores: Record<string, number>;
    weights: { uid: number; hotkey: string; value: number }[];
  }[];
}
interface DemoData {
  readonly rounds: number;
  readonly tasks: number;
  readonly votes: number;
  readonly weights: { uid: number; hotkey: string; value: number }[];
  readonly incentive: { uid: number; value: number }[];
  readonly tasksFile: string;
  readonly secondsToFirstWeights: number;
}

describe("demo", () => {
  const home = temporaryHome();
  const { env } = home;
  afterAll(() => home[Symbol.dispose]());
  let data: DemoData;
  let log: Log;

  beforeAll(async () => {
    const run = await runBin(["demo", "--seed", "7", "--json", "--keep", join(env["HOME"] ?? "", "one")], { env });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    data = (JSON.parse(run.stdout) as { data: DemoData }).data;
    log = JSON.parse(readFileSync(data.tasksFile, "utf8")) as Log;
  });

  it("plays three rounds without a terminal, one task of each kind first, and leaves its log", () => {
    expect(data.rounds).toBe(3);
    expect(log.tasks.slice(0, 3).map(({ kind }) => kind)).toEqual(["synthetic", "duel", "trap"]);
    expect(log.tasks).toHaveLength(data.tasks);
    expect(log.tasks.reduce((sum, { votes }) => sum + votes.length, 0)).toBe(data.votes);
    expect(isAbsolute(data.tasksFile)).toBe(true);
    expect(statSync(data.tasksFile).mode & 0o777).toBe(0o600);
  });

  it("gives each settlement bit for bit when its log is replayed", async () => {
    expect(log.intervals.map(({ n }) => n)).toEqual([0, 1, 2]);
    for (const { n, scores } of log.intervals) {
      const run = await runBin(["simulate", data.tasksFile, "--interval", String(n), "--json"], { env });
      const { miners } = (JSON.parse(run.stdout) as { data: { miners: { hotkey: string; score: number }[] } }).data;
      expect(Object.fromEntries(miners.map(({ hotkey, score }) => [hotkey, score]))).toEqual(scores);
    }
  });

  it("sets on the chain the row that the scores make, and pays in its order", () => {
    const last = log.intervals.at(-1);
    const clamped = Object.entries(last?.scores ?? {}).map(([hotkey, score]) => [hotkey, Math.max(0, score)] as const);
    const row = weightsU16(clamped.map(([, score]) => score));
    const expected = new Map(
      clamped.map(([hotkey], index) => [hotkey, row[index] ?? 0] as const).filter(([, u16]) => u16 > 0),
    );
    expect(new Map(data.weights.map(({ hotkey, value }) => [hotkey, value]))).toEqual(expected);
    const incentive = new Map(data.incentive.map(({ uid, value }) => [uid, value]));
    const byWeight = [...data.weights].sort((a, b) => b.value - a.value).map(({ uid }) => incentive.get(uid) ?? 0);
    expect(byWeight).toEqual([...byWeight].sort((a, b) => b - a));
    expect(byWeight[0]).toBeGreaterThan(0);
  });

  it("repeats with its seed, apart from times and signatures", async () => {
    const run = await runBin(["demo", "--seed", "7", "--json", "--keep", join(env["HOME"] ?? "", "two")], { env });
    const again = (JSON.parse(run.stdout) as { data: DemoData }).data;
    expect(timeless(JSON.parse(readFileSync(again.tasksFile, "utf8")))).toEqual(timeless(log));
    expect(again.weights).toEqual(data.weights);
  });

  it("prints the absolute path of its log on a line of its own, and nothing into the working directory", async () => {
    const run = await runBin(["demo", "--rounds", "1", "--miners", "3"], { env });
    expect(run.code).toBe(0);
    const path = run.stdout.trimEnd().split("\n").at(-1) ?? "";
    expect(isAbsolute(path)).toBe(true);
    expect(path.startsWith(join(env["XDG_STATE_HOME"] ?? "", "colosseum"))).toBe(true);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ format: "colosseum/tasks@1" });
  });

  it("refuses a folder that is not empty", async () => {
    const run = await runBin(["demo", "--keep", join(env["HOME"] ?? "", "one")], { env });
    expect(run).toMatchObject({ code: 14, stdout: "" });
    expect(run.stderr).toContain("demo.folder-not-empty");
  });
});
