import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";
import { sampleTask } from "./task-samples.ts";

// Made by a reference scorer of the rule set's author; parameters c 20, d 0.5, quorum 3.
interface Example {
  readonly name: string;
  readonly task: Task;
  readonly expect: {
    readonly void: string | null;
    readonly ignored: Readonly<Record<string, number>>;
    readonly scores: Readonly<Record<string, { readonly generator: number; readonly discriminator: number }>>;
    readonly total: number;
  };
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/scaled.json", import.meta.url), "utf8"));
const rules = ruleSetNamed("scaled");
/** The vectors tell two reasons apart where the format has one. */
const VOID: Readonly<Record<string, string>> = {
  "completion-missing": "missing-completion",
  "negative-missing": "missing-completion",
};

describe("scaled", () => {
  it.each((vectors.examples as Example[]).map((example) => [example.name, example] as const))(
    "%s",
    (_, { task, expect: wanted }) => {
      const score = scoreTask(task, rules);
      expect(score.voidReason).toBe(wanted.void === null ? null : (VOID[wanted.void] ?? wanted.void));
      expect(score.ignoredVotes).toEqual(wanted.ignored);
      for (const [hotkey, amounts] of Object.entries(wanted.scores)) {
        for (const role of ["generator", "discriminator"] as const) {
          const earned = score.entries.find((entry) => entry.hotkey === hotkey && entry.role === role)?.earned ?? 0;
          expect(Math.abs(earned - amounts[role])).toBeLessThanOrEqual(1e-12);
        }
      }
      const strangers = score.entries.filter(({ hotkey, earned }) => earned !== 0 && !(hotkey in wanted.scores));
      expect(strangers).toEqual([]);
      const total = score.entries.reduce((sum, { earned }) => sum + earned, 0);
      expect(Math.abs(total - wanted.total)).toBeLessThanOrEqual(1e-12);
    },
  );

  it.each<[string, Task, string[]]>([
    [
      "with a majority",
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c1"],
        ["C", "c2"],
      ]),
      ["majority", "majority", "minority"],
    ],
    [
      "of a tie",
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c1"],
        ["C", "c2"],
        ["D", "c2"],
      ]),
      Array(4).fill("duel-vote"),
    ],
    [
      "below the quorum",
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c1"],
      ]),
      ["duel-vote", "duel-vote"],
    ],
    [
      "below the quorum beside the validator's",
      sampleTask("synthetic", [
        ["A", "cv"],
        ["B", "c1"],
      ]),
      ["chose-validator", "chose-miner"],
    ],
    [
      "against the validator's",
      sampleTask("synthetic", [
        ["A", "cv"],
        ["B", "c1"],
        ["C", "c1"],
      ]),
      ["minority", "majority", "majority"],
    ],
    [
      "of a trap",
      sampleTask("trap", [
        ["A", "c1"],
        ["B", "c2"],
      ]),
      ["avoided-trap", "trapped"],
    ],
    ["silent", sampleTask("trap", [["A", "c1"]], { discriminators: ["A", "B"] }), ["avoided-trap", "no-vote"]],
  ])("says why: %s", (_, task, reasons) => {
    const { entries } = scoreTask(task, rules);
    const makers = entries.filter(({ role }) => role === "generator");
    expect(makers.map(({ reason }) => reason)).toEqual(makers.map(() => "votes-received"));
    const voters = entries.filter(({ role }) => role === "discriminator");
    expect(voters.map(({ reason }) => reason)).toEqual(reasons);
  });

  it("counts no vote of the task before", () => {
    const completions = ["G1", "G2", "G3"].map((by, place) => ({ id: `c${place + 1}`, by, source: "miner" }));
    const many: [string, string][] = ["A", "B", "C", "D", "E"].map((voter) => [voter, "c3"]);
    scoreTask(sampleTask("trap", many, { generators: ["G1", "G2", "G3"], completions }), rules);
    const duel = scoreTask(
      sampleTask("duel", [
        ["A", "c1"],
        ["B", "c1"],
        ["C", "c2"],
      ]),
      rules,
    );
    expect(duel.entries.slice(2).map(({ reason }) => reason)).toEqual(["majority", "majority", "minority"]);
  });

  it("has the parameters of its vectors", () => {
    expect(rules).toMatchObject(vectors.parameters);
  });
});
