import { describe, expect, it } from "vitest";
import { BrainError, type Judgement } from "../../../src/brains/brain.ts";
import { examine } from "../../../src/brains/exam.ts";
import type { LabelledPair } from "../../../src/brains/exam-pairs.ts";
import { outputLength } from "../../../src/brains/output-length.ts";
import { scriptedBrain } from "../../helpers/scripted-brain.ts";

const files = (content: string) => [{ name: "index.html", content }];

/** Pairs whose better page says so; in every third it is the shorter one. */
async function* pairs(count: number): AsyncGenerator<LabelledPair> {
  for (let index = 0; index < count; index++) {
    const better = files(index % 3 === 0 ? "good" : "good and long");
    yield { kind: index % 2 === 0 ? "label" : "wording", prompt: "p", better, worse: files("not good") };
  }
}
const call = () => ({ signal: new AbortController().signal, deadlineMs: Number.MAX_SAFE_INTEGER });
const judgeBy = (choose: (a: string, b: string) => Judgement["choice"]) =>
  scriptedBrain({
    judge: async (_prompt, a, b) => ({
      choice: choose(a[0]?.content ?? "", b[0]?.content ?? ""),
      confidence: 1,
      reason: "",
    }),
  });

describe("an exam", () => {
  it.each([
    ["a judge who can tell", judgeBy((a) => (a.startsWith("good") ? "A" : "B")), 12],
    ["one who takes the first", judgeBy(() => "A"), 6],
    ["one who takes the longer", judgeBy((a, b) => (a.length > b.length ? "A" : "B")), 8],
    ["one who never says", judgeBy(() => "abstain"), 0],
  ])("counts what %s gets right, the better page first in half of them", async (_, judge, right) => {
    const report = await examine(judge, pairs(12), call);
    expect(report.all.right).toMatchObject({ hits: right, of: 12 });
    expect(report.longer).toMatchObject({ hits: 8, of: 12 });
    expect(report.byKind.map(({ kind, right: of }) => [kind, of.of])).toEqual([
      ["label", 6],
      ["wording", 6],
    ]);
  });

  it("tells why a judge abstained, the most frequent reason first", async () => {
    let asked = 0;
    const judge = scriptedBrain({
      judge: async () => {
        asked++;
        if (asked === 4) throw new BrainError("It fell over.", { code: "brains.exec-failed" });
        return {
          choice: asked === 1 ? "A" : "abstain",
          confidence: 0,
          reason: asked === 2 ? "Too dark." : "No verdict.",
        };
      },
    });
    const { abstentions, all } = await examine(judge, pairs(6), call);
    expect(abstentions).toEqual([
      { reason: "No verdict.", count: 3 },
      { reason: "It fell over.", count: 1 },
      { reason: "Too dark.", count: 1 },
    ]);
    expect(all.abstained).toBe(5);
  });

  it("goes on after a failure, ends when the budget is spent, and does not begin with a judge that does not work", async () => {
    const failing = (code: string, at: number) => {
      let asked = 0;
      return judgeBy(() => {
        if (asked++ === at) throw new BrainError("no", { code });
        return "A";
      });
    };
    expect(await examine(failing("brains.exec-failed", 3), pairs(6), call)).toMatchObject({
      failed: 1,
      all: { right: { of: 6 }, abstained: 1 },
    });
    expect(await examine(failing("brains.budget-spent", 3), pairs(6), call)).toMatchObject({
      budgetSpent: true,
      failed: 0,
      all: { right: { of: 3 } },
    });
    await expect(examine(failing("brains.exec-failed", 0), pairs(6), call)).rejects.toMatchObject({
      code: "brains.exec-failed",
    });
  });
});

describe("outputLength", () => {
  it("does not count what an output was filled up with", () => {
    const short = files(`<p>a b</p>${" ".repeat(4_000)}\n`);
    expect(outputLength(short)).toBe(outputLength(files("<p>a\n\n  b</p>")));
    expect(outputLength(files("<p>longer</p>"))).toBeGreaterThan(outputLength(short));
  });
});
