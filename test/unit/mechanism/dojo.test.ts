import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import { Scoreboard } from "../../../src/mechanism/settle.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import type { ScoringTime } from "../../../src/mechanism/task-score.ts";
import { windowStart } from "../../../src/mechanism/window.ts";
import { sampleTask } from "./task-samples.ts";

const dojo = ruleSetNamed("dojo-1.8.3");
/** `hotkey role reason earned`, with a star for who takes part without having submitted or voted. */
const entries = (task: Task, time: ScoringTime = {}): string[] =>
  scoreTask(task, dojo, time).entries.map(
    ({ hotkey, role, reason, earned, counted }) => `${hotkey} ${role[0]} ${reason} ${earned}${counted ? "" : " *"}`,
  );
const baseline = { id: "cv", by: "V", source: "validator" };
const own = (id: string, by: string): object => ({ id, by, source: "miner" });

describe("dojo-1.8.3 says why", () => {
  it("each voter of a duel is paid, whatever it chose, and the silent share 4", () => {
    const task = sampleTask(
      "duel",
      [
        ["A", "c1"],
        ["B", "nothing"],
      ],
      { discriminators: ["A", "B", "C", "D"] },
    );
    expect(entries(task)).toEqual([
      "G1 g votes-received 0.5",
      "G2 g votes-received 0",
      "A d duel-vote 0.5",
      "B d duel-vote 0.5",
      "C d no-vote -2 *",
      "D d no-vote -2 *",
    ]);
  });

  it("only a vote for the validator's output is paid where there is one", () => {
    const votes: [string, string][] = [
      ["A", "cv"],
      ["B", "c1"],
      ["C", "nothing"],
      ["G1", "cv"],
    ];
    expect(entries(sampleTask("synthetic", votes))).toEqual([
      "G1 g votes-received 0.25",
      "A d chose-validator 0.25",
      "B d chose-miner 0",
      "C d unknown-completion 0",
      "G1 d own-task 0",
    ]);
  });

  it("a trap takes 0.4, from whoever chose the negative's and from nobody else", () => {
    const votes: [string, string][] = [
      ["A", "c1"],
      ["B", "c2"],
      ["C", "nothing"],
    ];
    expect(entries(sampleTask("trap", votes))).toEqual([
      "G1 g votes-received 0",
      "G2 g votes-received 0",
      "A d avoided-trap 0",
      "B d trapped -0.4",
      "C d avoided-trap 0",
    ]);
  });

  it("a trap with the validator's output as the inferior one has the validator among its generators", () => {
    const completions = [own("c1", "G1"), baseline];
    const task = sampleTask("trap", [["A", "cv"]], { negative: "V", completions, generators: ["G1"] });
    expect(entries(task)).toEqual(["G1 g votes-received 0", "V g votes-received 0", "A d trapped -0.4"]);
  });

  it("a generator that did not submit is listed, and pays for its silence unless it voted", () => {
    const task = sampleTask("duel", [["A", "c1"]], {
      completions: [own("c1", "G1")],
      discriminators: ["A", "G1", "G2"],
    });
    expect(entries(task)).toEqual([
      "G1 g votes-received 1",
      "G2 g votes-received 0 *",
      "A d duel-vote 1",
      "G2 d no-vote -4 *",
    ]);
  });

  it("the last vote of a voter in the log counts, by place and not by time", () => {
    const votes: [string, string, string][] = [
      ["A", "c1", "2026-01-01T05:00:00Z"],
      ["B", "c2", "2026-01-01T04:00:00Z"],
      ["A", "c2", "2020-01-01T00:00:00Z"],
    ];
    expect(entries(sampleTask("duel", votes)).slice(0, 2)).toEqual(["G1 g votes-received 0", "G2 g votes-received 1"]);
  });

  it("nobody pays for a task without votes", () => {
    const task = sampleTask("duel", [], { completions: [own("c2", "G2")], discriminators: ["A"] });
    expect(scoreTask(task, dojo)).toMatchObject({ state: "void", voidReason: "no-votes", countedVotes: 0 });
    expect(entries(task)).toEqual(["G1 g void-no-votes 0 *", "G2 g void-no-votes 0", "A d void-no-votes 0 *"]);
  });

  it("an open task lists everybody and pays nobody", () => {
    const until = parseInstant("2026-01-01T02:00:00Z");
    const task = sampleTask(
      "duel",
      [
        ["A", "c1"],
        ["B", "c1", "2026-01-01T03:00:00Z"],
      ],
      { discriminators: ["A", "B"] },
    );
    expect(entries(task, until === undefined ? {} : { until })).toEqual([
      "G1 g null 0",
      "G2 g null 0",
      "A d null 0",
      "B d null 0 *",
    ]);
  });

  it("counts no vote as ignored", () => {
    const task = sampleTask("duel", [["X", "nothing", "2020-01-01T00:00:00Z"]], { discriminators: [] });
    expect(Object.values(scoreTask(task, dojo).ignoredVotes)).toEqual([0, 0, 0, 0]);
  });
});

describe("the rolling window", () => {
  const hours = (windowHours: number): ReturnType<typeof ruleSetNamed> => ruleSetNamed("dojo-1.8.3", { windowHours });
  const end = { seconds: 1_000_000, nanos: 250_000_000 };

  it.each([
    ["whole hours", 24, { seconds: 1_000_000 - 86_400, nanos: 250_000_000 }],
    ["no time at all", 0, end],
    ["a fraction within the second", 0.1 / 3_600, { seconds: 1_000_000, nanos: 150_000_000 }],
    ["a fraction to the second", 0.25 / 3_600, { seconds: 1_000_000, nanos: 0 }],
    ["a fraction beyond the second", 1.5 / 3_600, { seconds: 999_998, nanos: 750_000_000 }],
  ])("of %s starts that long before its end", (_, windowHours, start) => {
    expect(windowStart(hours(windowHours), end)).toEqual(start);
  });

  it("is none unless it is set, and none of other rules", () => {
    for (const name of ["dojo-1.8.3", "paper", "scaled"]) expect(windowStart(ruleSetNamed(name), end)).toBeUndefined();
  });

  it("is asked anew with every task", () => {
    const task = sampleTask("duel", [["A", "c1"]], { expiresAt: "2026-01-01T06:00:00Z" });
    const states = ["05:00:00", "07:00:00", "05:00:00", undefined, "06:00:00"].map((time) => {
      const after = time === undefined ? undefined : parseInstant(`2026-01-01T${time}Z`);
      return scoreTask(task, dojo, after === undefined ? {} : { after }).state;
    });
    expect(states).toEqual(["scored", "skipped", "scored", "scored", "skipped"]);
  });

  it("skips what ended at its start and keeps what ended after", () => {
    const at = parseInstant("2026-01-01T06:00:00Z");
    if (at === undefined) throw new Error("a time that is none");
    const board = new Scoreboard(hours(1), { after: at });
    board.addTask(sampleTask("duel", [["A", "c1"]], { expiresAt: "2026-01-01T06:00:00Z", discriminators: ["A", "B"] }));
    board.addTask(sampleTask("duel", [["A", "c1"]], { expiresAt: "2026-01-01T06:00:00.000000001Z" }));
    expect(board.counts()).toMatchObject({ total: 2, scored: 1, skipped: 1 });
    expect(board.rows().map(({ hotkey, score }) => [hotkey, score])).toEqual([
      ["A", 1],
      ["G1", 1],
      ["B", 0],
      ["G2", 0],
    ]);
  });
});
