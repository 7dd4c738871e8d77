import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ruleSetNamed } from "../../../src/mechanism/rule-set.ts";
import { scoreTask } from "../../../src/mechanism/scoring.ts";
import type { Task } from "../../../src/mechanism/task-log.ts";

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

  it("has the parameters of its vectors", () => {
    expect(rules).toMatchObject(vectors.parameters);
  });
});
