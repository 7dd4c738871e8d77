import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exactSum } from "../../../src/base/exact-sum.ts";
import { dojoNoVotePenalty, dojoTrapScore } from "../../../src/mechanism/presets/dojo.ts";
import { dojoWeightRow } from "../../../src/mechanism/presets/dojo-weights.ts";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";

// Made by the real Go functions of tensorplex-labs/dojo 283d039 (v1.8.3); CheckIfMiner (a stake filter) is no rule of ours.
interface Case {
  readonly fn: string;
  readonly id: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each function of the real program has a shape of its own
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  readonly output: any;
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/dojo-scoring.json", import.meta.url), "utf8"));
const cases = (fn: string): [string, Case][] =>
  (vectors.cases as Case[])
    .filter((entry) => entry.fn === fn)
    .map((entry) => [`${entry.id}: ${entry.name}`, entry] as [string, Case]);

const dojo = ruleSetNamed("dojo-1.8.3");
const AT = "2026-01-01T01:00:00Z";

interface TaskInput {
  readonly activeMinerHotkeys: readonly string[];
  readonly completions: readonly (readonly [string, string])[];
  readonly isTrap: boolean;
  readonly negativeGeneratorHotkey: string;
  readonly validatorHotkey: string;
  readonly voters: readonly string[];
  readonly votes: readonly (readonly [string, string])[];
}

/** The real code's silent are in the metagraph and among the cached voters: our `discriminators`. */
const taskOf = (input: TaskInput): Task => ({
  id: "t",
  kind: input.isTrap ? "trap" : "duel",
  createdAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-01-01T06:00:00Z",
  validator: input.validatorHotkey,
  generators: input.completions.map(([by]) => by).filter((by) => by !== input.validatorHotkey),
  completions: input.completions.map(([by, id]) => ({
    id,
    by,
    source: by === input.validatorHotkey ? "validator" : "miner",
  })),
  ...(input.isTrap ? { negative: input.negativeGeneratorHotkey } : {}),
  discriminators: input.activeMinerHotkeys.filter((hotkey) => input.voters.includes(hotkey)),
  votes: input.votes.map(([voter, completion]) => ({ voter, completion, at: AT })),
});

describe("dojo-1.8.3 equals the real scorer bit for bit", () => {
  it.each(cases("CalculateTaskScores"))("%s", (_, { input, output }) => {
    const scores: Record<string, number> = {};
    for (const { hotkey, earned } of scoreTask(taskOf(input), dojo).entries) {
      scores[hotkey] = (scores[hotkey] ?? 0) + earned;
    }
    expect(scores).toEqual(output.scores);
  });

  it.each([...cases("CalcPvPScores"), ...cases("CalcPvVScores")])("%s", (_, { input, output }) => {
    const ids = Object.entries({ ...input.generators, ...input.validators }) as [string, string][];
    const task = taskOf({
      activeMinerHotkeys: [],
      voters: [],
      completions: ids,
      isTrap: false,
      negativeGeneratorHotkey: "",
      validatorHotkey: "vali",
      votes: Object.entries(input.discriminators as Record<string, string>),
    });
    const scores = Object.fromEntries(scoreTask(task, dojo).entries.map(({ hotkey, earned }) => [hotkey, earned]));
    expect(scores).toEqual(output);
  });

  it.each(cases("CalcTrapScores"))("%s", (_, { input, output }) => {
    const negatives = new Set(Object.values(input.negative));
    const scores: Record<string, number> = {};
    for (const [voter, choice] of Object.entries(input.discriminators)) {
      scores[voter] = dojoTrapScore(-vectors.trapPenalty, negatives.has(choice));
    }
    for (const generator of Object.keys({ ...input.negative, ...input.positive })) {
      scores[generator] = dojoTrapScore(-vectors.trapPenalty, false);
    }
    expect(scores).toEqual(output);
  });

  it.each(cases("CalculateNoVotePenalty"))("%s", (_, { input, output }) => {
    expect(dojoNoVotePenalty(-vectors.noVotePenaltyTotal, input.count)).toBe(output);
  });

  it.each(cases("AggregateTaskScoresByUID"))("%s", (_, { input, output }) => {
    const tasks = Object.values(input.taskScores as Record<string, Record<string, number>>);
    const sums = (input.hotkeys as string[]).map((hotkey) => exactSum(tasks.map((scores) => scores[hotkey] ?? 0)));
    expect(sums).toEqual(output);
  });

  it.each(cases("ConvertWeightsAndUidsForEmit"))("%s", (_, { input, output }) => {
    const convert = (): unknown => dojoWeightRow(input.uids, input.weights, input.burnUid, input.burnWeight / 100);
    if (output.error !== "") expect(convert).toThrow(output.error);
    else expect(convert()).toEqual({ uids: output.uids, values: output.weights });
  });

  it("leaves out no case but the stake filter", () => {
    const tried = [
      "CalculateTaskScores",
      "CalcPvPScores",
      "CalcPvVScores",
      "CalcTrapScores",
      "CalculateNoVotePenalty",
      "AggregateTaskScoresByUID",
      "ConvertWeightsAndUidsForEmit",
    ].flatMap(cases).length;
    expect(tried + cases("CheckIfMiner").length).toBe(vectors.cases.length);
  });

  it("starts from the real program's penalties", () => {
    expect(dojo).toMatchObject({ trapPenalty: -vectors.trapPenalty, noVotePenalty: -vectors.noVotePenaltyTotal });
  });
});
