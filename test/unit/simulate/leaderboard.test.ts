import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom, uniform } from "../../../src/base/random.ts";
import { Ballot } from "../../../src/mechanism/ballot.ts";
import { HotkeyTable } from "../../../src/mechanism/hotkey-table.ts";
import { Poll } from "../../../src/mechanism/poll.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { validVotes } from "../../../src/simulate/valid-votes.ts";
import { runCli } from "../../helpers/run-cli.ts";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "leaderboard-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

const write = (name: string, content: string | Buffer): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};
const lines = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

const task = (id: string, change: object = {}): Task => ({
  id,
  kind: "duel",
  createdAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-01-01T06:00:00Z",
  validator: "V",
  generators: ["A", "B"],
  completions: [
    { id: "c1", by: "A", source: "miner" },
    { id: "c2", by: "B", source: "miner" },
  ],
  votes: [],
  ...change,
});
const vote = (voter: string, completion: string | null, at = "2026-01-01T01:00:00Z"): object => ({
  voter,
  completion,
  at,
});

const ratingsOf = async (args: readonly string[]): Promise<{ data: LeaderboardData; warnings: { code: string }[] }> => {
  const run = await runCli(["leaderboard", ...args, "--json"]);
  expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(run.stdout);
};
interface LeaderboardData {
  readonly players: readonly {
    hotkey: string;
    rating: number;
    low: number;
    high: number;
    rank: number;
    battles: number;
    provisional: boolean;
  }[];
  readonly leverage: { readonly leader: string; readonly votes: number; readonly of: number } | null;
}

describe("leaderboard of a task log", () => {
  it("takes each valid vote in a duel as a battle, and nothing else", async () => {
    const votes = [
      vote("X", "c1"),
      vote("Y", "c1"),
      vote("Z", "c2"),
      vote("Z", "c1", "2026-01-01T02:00:00Z"),
      vote("W", "c2"),
      vote("A", "c1"),
      vote("V", "c1"),
      vote("Q", "c9"),
      vote("Q", "c2", "2026-01-02T00:00:00Z"),
    ];
    const trap = task("t2", { kind: "trap", negative: "A", votes: [vote("X", "c2")] });
    const file = write("log.json", JSON.stringify([task("t1", { votes }), trap]));
    const { data, warnings } = await ratingsOf([file]);
    expect(data.players.map(({ hotkey, battles }) => [hotkey, battles])).toEqual([
      ["A", 4],
      ["B", 4],
    ]);
    const [a, b] = data.players;
    expect((a?.rating ?? 0) - (b?.rating ?? 0)).toBeCloseTo((400 / Math.LN10) * Math.log(3), 6);
    expect(a).toMatchObject({ rank: 1, provisional: true });
    expect(data.leverage).toEqual({ leader: "A", challenger: "B", votes: 3, of: 4 });
    expect(warnings).toEqual([]);
  });

  it("counts ties as half a win each, and synthetic tasks only with --baseline", async () => {
    const synthetic = task("t2", {
      kind: "synthetic",
      generators: ["A"],
      completions: [
        { id: "c1", by: "A", source: "miner" },
        { id: "c2", by: "V", source: "validator" },
      ],
      votes: [vote("X", "c2"), vote("Y", "c1")],
    });
    const duel = task("t1", { votes: [vote("X", null), vote("Y", "c2"), vote("Z", "c1")] });
    const file = write("ties.jsonl", lines([duel, synthetic]));
    const plain = (await ratingsOf([file])).data.players;
    expect(plain.map(({ hotkey, rating, battles }) => [hotkey, Math.round(rating), battles])).toEqual([
      ["A", 1_000, 3],
      ["B", 1_000, 3],
    ]);
    const withBaseline = (await ratingsOf([file, "--baseline"])).data.players;
    expect(withBaseline.map(({ hotkey, battles }) => [hotkey, battles]).sort()).toEqual([
      ["A", 5],
      ["B", 3],
      ["V", 2],
    ]);
  });

  it("warns about players that only virtual ties keep finite, and about no battle at all", async () => {
    const undefeated = await ratingsOf([
      write("undefeated.json", JSON.stringify([task("t", { votes: [vote("X", "c1")] })])),
    ]);
    expect(undefeated.warnings).toMatchObject([{ code: "weakly-connected" }]);
    const empty = await ratingsOf([write("empty.json", "[]")]);
    expect(empty.data).toEqual({ players: [], leverage: null, battles: 0, regularised: false });
    expect(empty.warnings).toMatchObject([{ code: "no-battles" }]);
  });

  it("refuses a bad task with its place, and leaves it out on request", async () => {
    const file = write(
      "bad.jsonl",
      lines([task("t1", { votes: [vote("X", "c1")] }), task("t1"), { ...task("t3"), kind: "duet" }]),
    );
    const run = await runCli(["leaderboard", file, "--json"]);
    expect(run).toMatchObject({ code: 12, stdout: "" });
    expect(JSON.parse(run.stderr).error).toMatchObject({ code: "log.duplicate-id", details: { line: 2, task: "t1" } });
    const { data, warnings } = await ratingsOf([file, "--skip-invalid"]);
    expect(data.players).toHaveLength(2);
    expect(warnings).toMatchObject([{ code: "invalid-skipped" }, { code: "weakly-connected" }]);
    for (const command of ["leaderboard", "audit"]) {
      const nothing = await runCli([command, write("none.jsonl", lines([{ id: "t" }])), "--skip-invalid", "--json"]);
      expect(nothing).toMatchObject({ code: 12, stdout: "" });
      expect(JSON.parse(nothing.stderr).error.code).toBe("log.nothing-valid");
    }
  });
});

describe("leaderboard of foreign battles", () => {
  const battle = (a: string, b: string, winner: string): object => ({ model_a: a, model_b: b, winner, judge: "x" });

  it("recovers a planted order from JSON Lines, a JSON list, gzip and standard input, with the same bytes", async () => {
    const random = seededRandom("battles");
    const names = ["ape", "bee", "cat", "dog"];
    const rows = Array.from({ length: 4_000 }, () => {
      const i = Math.floor(uniform(random) * 4);
      const j = (i + 1 + Math.floor(uniform(random) * 3)) % 4;
      const winner = uniform(random) < 1 / (1 + Math.exp((j - i) * 0.8)) ? "model_a" : "model_b";
      return battle(names[i] ?? "", names[j] ?? "", uniform(random) < 0.1 ? "tie" : winner);
    });
    const text = lines(rows);
    const runs = await Promise.all([
      runCli(["leaderboard", "--battles", write("b.jsonl", text), "--json"]),
      runCli(["leaderboard", "--battles", write("b.json", JSON.stringify(rows)), "--json"]),
      runCli(["leaderboard", "--battles", write("b.jsonl.gz", gzipSync(text)), "--json"]),
      runCli(["leaderboard", "--battles", "-", "--json"], { stdin: text }),
    ]);
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    const { players } = JSON.parse(runs[0]?.stdout ?? "").data as LeaderboardData;
    expect(players.map(({ hotkey }) => hotkey)).toEqual(["dog", "cat", "bee", "ape"]);
    expect(players.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    for (const { rating, low, high, provisional } of players) {
      expect([low < rating, rating < high, provisional]).toEqual([true, true, false]);
    }
  });

  it("knows every spelling of an outcome", async () => {
    const rows = ["tie", "tie (bothbad)", "both_bad", "model_a", "a", "x", "model_b", "b", "y"].map((winner) =>
      battle("x", "y", winner),
    );
    const { players } = (await ratingsOf(["--battles", write("spelling.jsonl", lines(rows))])).data;
    expect(players.map(({ rating, battles }) => [Math.round(rating), battles])).toEqual([
      [1_000, 9],
      [1_000, 9],
    ]);
  });

  it("leaves out battles of a player against itself, with a warning", async () => {
    const rows = [battle("x", "y", "tie"), battle("x", "x", "model_a")];
    const { data, warnings } = await ratingsOf(["--battles", write("self.jsonl", lines(rows))]);
    expect(data.players.map(({ battles }) => battles)).toEqual([1, 1]);
    expect(warnings).toMatchObject([{ code: "self-battles" }]);
  });

  it.each([
    [
      "an unknown outcome",
      lines([battle("x", "y", "tie"), battle("x", "y", "draw")]),
      "battles.invalid",
      { line: 2, path: "winner" },
    ],
    ["a missing name", lines([{ model_b: "y", winner: "tie" }]), "battles.invalid", { line: 1, path: "model_a" }],
    ["no object", "7\n", "log.not-a-log", {}],
    ["broken JSON", '{"model_a":"x"\n', "battles.invalid", { line: 1 }],
    ["nothing", "", "log.empty", {}],
  ])("refuses %s with its place, exit 12", async (_, text, code, details) => {
    const run = await runCli(["leaderboard", "--battles", write("bad.jsonl", text), "--json"]);
    expect(run).toMatchObject({ code: 12, stdout: "" });
    expect(JSON.parse(run.stderr).error).toMatchObject({ code, details });
  });
});

describe("leaderboard's command line", () => {
  it.each([
    ["no votes at all", [], 2, "usage.no-votes"],
    ["standard input twice", ["-", "--battles", "-"], 2, "usage.stdin-twice"],
    ["a missing file", ["/nonexistent.json"], 14, "input.not-found"],
  ])("refuses %s", async (_, args, code, errorCode) => {
    const run = await runCli(["leaderboard", ...args, "--json"]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(JSON.parse(run.stderr).error.code).toBe(errorCode);
  });

  it("draws a table within 80 columns, hostile names escaped, and says how few votes matter", async () => {
    const rows = [
      ...Array.from({ length: 12 }, () => ({
        model_a: "\u001b[31mred",
        model_b: `long ${"x".repeat(200)}`,
        winner: "model_a",
      })),
      { model_a: "\u001b[31mred", model_b: `long ${"x".repeat(200)}`, winner: "model_b" },
    ];
    const run = await runCli(["leaderboard", "--battles", write("hostile.jsonl", lines(rows))]);
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain("\u001b");
    expect(run.stdout).toContain("Leaving out 12 of 13 votes");
    for (const line of run.stdout.split("\n").slice(0, 3)) expect([...line].length).toBeLessThanOrEqual(80);
  });
});

describe("validVotes", () => {
  const hotkey = fc.constantFrom("A", "B", "V", "X", "Y", "Z");
  const at = fc.constantFrom(
    "2025-12-31T23:59:59.999999999Z",
    "2026-01-01T00:00:00Z",
    "2026-01-01T01:00:00+00:30",
    "2026-01-01T06:00:00Z",
    "2026-01-01T06:00:00.000000001Z",
  );
  const votes = fc.array(fc.record({ voter: hotkey, completion: fc.constantFrom("c1", "c2", "c3"), at }));

  it("counts exactly the votes that scoring counts", () => {
    fc.assert(
      fc.property(votes, fc.option(fc.uniqueArray(hotkey), { nil: undefined }), fc.boolean(), (list, invited, late) => {
        const one = task("t", {
          votes: list,
          ...(invited === undefined ? {} : { discriminators: invited }),
          ...(late ? { votingOpensAt: "2026-01-01T00:30:00Z" } : {}),
        });
        const table = new HotkeyTable();
        const ballot = new Ballot(table);
        expect(ballot.load(one, false, undefined)).toBeNull();
        const poll = new Poll();
        poll.take(ballot, []);
        const counted = Array.from({ length: poll.count }, (_, i) => [
          table.nameOf(poll.voters[i] ?? 0),
          `c${(poll.choices[i] ?? 0) + 1}`,
        ]);
        expect(validVotes(one).map(({ voter, completion }) => [voter, completion?.id])).toEqual(counted);
      }),
    );
  });
});
