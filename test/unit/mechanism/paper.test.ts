import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactSum } from "../../../src/base/exact-sum.ts";
import { parseInstant } from "../../../src/mechanism/instant.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import type { ScoringTime } from "../../../src/mechanism/task-score.ts";
import { sampleTask, tasks } from "./task-samples.ts";

const paper = ruleSetNamed("paper");
const earned = (task: Task, rules = paper): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { hotkey, earned: amount } of scoreTask(task, rules).entries) sums[hotkey] = (sums[hotkey] ?? 0) + amount;
  return sums;
};
const reasons = (task: Task, time: ScoringTime = {}): string[] =>
  scoreTask(task, paper, time).entries.map(({ hotkey, role, reason }) => `${hotkey} ${role[0]} ${reason}`);

describe("paper pays", () => {
  it("1/n to a voter of a synthetic task that chose the validator's, votes/n to the generator", () => {
    const task = sampleTask("synthetic", [
      ["A", "cv"],
      ["B", "c1"],
      ["C", "cv"],
      ["D", "c1"],
    ]);
    expect(earned(task)).toEqual({ G1: 0.5, A: 0.25, B: 0, C: 0.25, D: 0 });
  });

  it("1/n to every voter of a duel and votes/n to its generators", () => {
    const task = sampleTask("duel", [
      ["A", "c1"],
      ["B", "c1"],
      ["C", "c1"],
      ["D", "c2"],
    ]);
    expect(earned(task)).toEqual({ G1: 0.75, G2: 0.25, A: 0.25, B: 0.25, C: 0.25, D: 0.25 });
  });

  it("-1 to a voter that walked into a trap and nothing to anybody else", () => {
    const task = sampleTask("trap", [
      ["A", "c1"],
      ["B", "c2"],
    ]);
    expect(earned(task)).toEqual({ G1: 0, G2: 0, A: 0, B: -1 });
  });

  it("by settings that were changed", () => {
    const rules = ruleSetNamed("paper", { trapPenalty: 3, voterPay: 2, generatorPay: 0.5 });
    expect(earned(sampleTask("trap", [["B", "c2"]]), rules)).toMatchObject({ B: -3 });
    expect(earned(sampleTask("duel", [["A", "c1"]]), rules)).toMatchObject({ A: 2, G1: 0.5 });
  });
});

describe("a vote is ignored for the first reason that applies", () => {
  it.each([
    ["a generator's own", ["G1", "nothing", "2025-01-01T00:00:00Z"], "own-task"],
    ["the validator's", ["V", "c1"], "own-task"],
    ["a stranger's, before anything else is asked", ["X", "nothing", "2025-01-01T00:00:00Z"], "not-invited"],
    ["one for no completion, even too late", ["A", "nothing", "2027-01-01T00:00:00Z"], "unknown-completion"],
    ["one a nanosecond early", ["A", "c1", "2026-01-01T00:09:59.999999999Z"], "out-of-time"],
    ["one a nanosecond late", ["A", "c1", "2026-01-01T06:00:00.000000001Z"], "out-of-time"],
  ] as const)("%s", (_, vote, reason) => {
    const task = sampleTask("duel", [["B", "c1"], vote as [string, string]], { discriminators: ["A", "B"] });
    expect(scoreTask(task, paper).ignoredVotes).toMatchObject({ [reason]: 1 });
    expect(scoreTask(task, paper).countedVotes).toBe(1);
  });

  it("and counts in void tasks too", () => {
    const score = scoreTask(sampleTask("duel", [["G1", "c1"]]), paper);
    expect(score).toMatchObject({ state: "void", voidReason: "no-votes", ignoredVotes: { "own-task": 1 } });
  });

  it("counts on both ends of the voting time", () => {
    const task = sampleTask("duel", [
      ["A", "c1", "2026-01-01T00:10:00Z"],
      ["B", "c2", "2026-01-01T07:00:00+01:00"],
    ]);
    expect(scoreTask(task, paper).countedVotes).toBe(2);
  });
});

describe("a voter's last valid vote counts", () => {
  it.each([
    [
      "by time, not by place",
      [
        ["A", "c2", "2026-01-01T03:00:00Z"],
        ["A", "c1", "2026-01-01T02:00:00Z"],
      ],
      "c2",
    ],
    [
      "by place where times are equal",
      [
        ["A", "c2"],
        ["A", "c1"],
      ],
      "c1",
    ],
    [
      "to the nanosecond",
      [
        ["A", "c2", "2026-01-01T02:00:00.000000002Z"],
        ["A", "c1", "2026-01-01T02:00:00.000000001Z"],
      ],
      "c2",
    ],
    [
      "and an invalid later one changes nothing",
      [
        ["A", "c2"],
        ["A", "c1", "2026-01-01T07:00:00Z"],
      ],
      "c2",
    ],
  ] as const)("%s", (_, votes, winner) => {
    const task = sampleTask("duel", votes as unknown as [string, string, string][]);
    expect(earned(task)).toMatchObject(winner === "c1" ? { G1: 1, G2: 0 } : { G1: 0, G2: 1 });
    expect(scoreTask(task, paper).countedVotes).toBe(1);
  });
});

describe("a task is void", () => {
  const one = { completions: [{ id: "c1", by: "G1", source: "miner" }] };
  const baseline = { id: "cv", by: "V", source: "validator" };
  it.each([
    ["a duel with one completion", sampleTask("duel", [["A", "c1"]], one), "missing-completion"],
    [
      "a duel with one and the validator's",
      sampleTask("duel", [["A", "c1"]], { completions: [...one.completions, baseline] }),
      "missing-completion",
    ],
    ["a synthetic task without the validator's", sampleTask("synthetic", [["A", "c1"]], one), "missing-completion"],
    ["a trap without the negative's", sampleTask("trap", [["A", "c1"]], one), "missing-completion"],
    [
      "a trap with the negative's alone",
      sampleTask("trap", [["A", "c1"]], { ...one, negative: "G1" }),
      "missing-completion",
    ],
    ["missing completions before missing votes", sampleTask("duel", [], one), "missing-completion"],
    ["a duel that nobody votes in", sampleTask("duel", []), "no-votes"],
    ["a task that nobody is invited to", sampleTask("duel", [["A", "c1"]], { discriminators: [] }), "no-votes"],
  ] as const)("%s", (_, task, reason) => {
    const score = scoreTask(task as Task, paper);
    expect(score).toMatchObject({ state: "void", voidReason: reason });
    expect(score.entries.every(({ earned: amount, reason: why }) => amount === 0 && why === `void-${reason}`)).toBe(
      true,
    );
  });

  it("also to a stranger, a silent one and a generator who voted", () => {
    const votes: [string, string][] = [
      ["X", "c1"],
      ["A", "c1"],
      ["G1", "c1"],
    ];
    const task = sampleTask("duel", votes, { ...one, discriminators: ["A", "B", "V"] });
    expect(reasons(task)).toEqual(
      ["G1 g", "G2 g", "A d", "B d", "X d", "G1 d"].map((who) => `${who} void-missing-completion`),
    );
  });

  it("but a trap with the validator as negative is not", () => {
    const task = sampleTask("trap", [["A", "cv"]], { negative: "V", completions: [...one.completions, baseline] });
    expect(earned(task)).toMatchObject({ A: -1 });
  });
});

describe("reasons", () => {
  it("are given to everybody who takes part, and to strangers whose vote was ignored", () => {
    const task = sampleTask(
      "synthetic",
      [
        ["A", "cv"],
        ["B", "c1"],
        ["C", "zz"],
        ["X", "c1"],
        ["G1", "c1"],
      ],
      {
        discriminators: ["A", "B", "C", "D"],
      },
    );
    expect(reasons(task)).toEqual([
      "G1 g votes-received",
      "A d chose-validator",
      "B d chose-miner",
      "C d unknown-completion",
      "D d no-vote",
      "X d not-invited",
      "G1 d own-task",
    ]);
    const strangers = scoreTask(task, paper).entries.filter(({ takesPart }) => !takesPart);
    expect(strangers.map(({ hotkey }) => hotkey)).toEqual(["X"]);
  });

  it("are the first that applied, once for each who was ignored", () => {
    const votes: [string, string, string?][] = [
      ["X", "c1"],
      ["X", "zz"],
      ["A", "zz"],
      ["A", "c1", "2027-01-01T00:00:00Z"],
      ["B", "c1", "2027-01-01T00:00:00Z"],
      ["B", "c1"],
      ["V", "c1"],
    ];
    const task = sampleTask("duel", votes, { discriminators: ["A", "B"] });
    expect(reasons(task).slice(2)).toEqual(["A d unknown-completion", "B d duel-vote", "X d not-invited"]);
    expect(scoreTask(task, paper).ignoredVotes).toEqual({
      ...{ "own-task": 1, "not-invited": 2, "unknown-completion": 1, "out-of-time": 2 },
    });
  });

  it("of a generator that was invited by mistake are its own task's, if it voted", () => {
    const invited = { discriminators: ["A", "G1", "G2", "V"] };
    const task = sampleTask(
      "duel",
      [
        ["A", "c1"],
        ["G1", "c2"],
      ],
      invited,
    );
    expect(reasons(task).slice(2)).toEqual(["A d duel-vote", "G1 d own-task"]);
  });

  it("name the trap", () => {
    expect(
      reasons(
        sampleTask("trap", [
          ["A", "c1"],
          ["B", "c2"],
        ]),
      ).slice(2),
    ).toEqual(["A d avoided-trap", "B d trapped"]);
  });
});

describe("with an end before the task's", () => {
  const until = parseInstant("2026-01-01T02:00:00Z");
  if (until === undefined) throw new Error("a time that is none");

  it("the task is open and pays nobody", () => {
    const score = scoreTask(sampleTask("duel", [["A", "c1"]]), paper, { until });
    expect(score).toMatchObject({ state: "open", voidReason: null });
    expect(score.entries.every(({ earned: amount, reason }) => amount === 0 && reason === null)).toBe(true);
  });

  it("later votes do not exist, not even as ignored ones", () => {
    const task = sampleTask(
      "duel",
      [
        ["A", "c1"],
        ["B", "c1", "2026-01-01T02:00:00.000000001Z"],
      ],
      {
        expiresAt: "2026-01-01T02:00:00Z",
      },
    );
    const score = scoreTask(task, paper, { until });
    expect(score).toMatchObject({ state: "scored", countedVotes: 1, ignoredVotes: { "out-of-time": 0 } });
  });
});

describe("for every valid task", () => {
  it("synthetic totals 1, a duel 2, a trap never above 0, a void task 0", () => {
    fc.assert(
      fc.property(tasks, (task) => {
        const score = scoreTask(task, paper);
        const total = exactSum(score.entries.map(({ earned: amount }) => amount));
        if (score.state === "void") expect(total).toBe(0);
        else if (task.kind === "trap") expect(total).toBeLessThanOrEqual(0);
        else expect(total).toBeCloseTo(task.kind === "synthetic" ? 1 : 2, 12);
      }),
    );
  });

  it("counts each vote exactly once: valid, superseded or ignored", () => {
    fc.assert(
      fc.property(tasks, (task) => {
        const score = scoreTask(task, paper);
        const ignored = Object.values(score.ignoredVotes).reduce((sum, count) => sum + count, 0);
        expect(ignored + score.countedVotes).toBeLessThanOrEqual(task.votes.length);
        const distinct = new Set(task.votes.map(({ voter }) => voter)).size;
        expect(score.countedVotes).toBeLessThanOrEqual(distinct);
        if (distinct === task.votes.length) expect(ignored + score.countedVotes).toBe(task.votes.length);
      }),
    );
  });
});
