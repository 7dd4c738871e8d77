import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { TaskLog, Vote } from "../../../src/mechanism/task-log.ts";
import { auditLog } from "../../../src/simulate/audit.ts";
import { runCli } from "../../helpers/run-cli.ts";

const path = fileURLToPath(new URL("../../../examples/tasks.json", import.meta.url));
const log = JSON.parse(readFileSync(path, "utf8")) as TaskLog & {
  intervals: { n: number; scores: Record<string, number>; proofs: { payload: string }[] }[];
};
/** A vote in the trap of interval 0 that is worth nothing, so that no score tells of it. */
const trap = log.tasks.find(({ kind }) => kind === "trap");
const avoided = trap?.votes.find(
  ({ completion }) => trap.completions.find(({ id }) => id === completion)?.by !== trap.negative,
);
const inTrap = (change: (votes: readonly Vote[]) => readonly Vote[]): TaskLog => ({
  ...log,
  tasks: log.tasks.map((task) => (task === trap ? { ...task, votes: change(task.votes) } : task)),
});

describe("examples/tasks.json, the log of a demo", () => {
  it.each(log.intervals.map(({ n, scores }) => [n, scores] as const))(
    "interval %d replays to its settlement bit for bit",
    async (n, scores) => {
      const run = await runCli(["simulate", path, "--interval", String(n), "--json"]);
      const { miners } = (JSON.parse(run.stdout) as { data: { miners: { hotkey: string; score: number }[] } }).data;
      expect(Object.fromEntries(miners.map(({ hotkey, score }) => [hotkey, score]))).toEqual(scores);
    },
  );

  it("passes its own audit: draws, signatures and scores", async () => {
    const run = await runCli(["audit", path, "--json"]);
    expect(JSON.parse(run.stdout)).toMatchObject({
      data: { verified: { draws: "ok", votes: "ok", scores: "ok" }, firstDifference: null },
    });
  });

  it.each<[string, () => TaskLog, string, object]>([
    [
      "a vote taken out of a batch",
      () => inTrap((votes) => votes.filter((vote) => vote !== avoided)),
      "audit.votes-differ",
      { field: "votes", expected: `the vote that ${avoided?.voter} signed last`, found: "missing" },
    ],
    [
      "a task that is said to have come to no vote",
      () => ({
        ...log,
        tasks: log.tasks.map((task) => {
          if (task !== trap) return task;
          const { votingOpensAt: _, commitment: __, ...rest } = task as typeof task & { commitment: string };
          return { ...rest, completions: [], votes: [], voidReason: "missing-completion" };
        }),
      }),
      "audit.votes-differ",
      { field: "votes", found: "missing" },
    ],
    [
      "a miner's votes taken out, their request left",
      () => ({
        ...log,
        tasks: log.tasks.map((task) => ({
          ...task,
          votes: task.votes.filter(({ voter }) => voter !== avoided?.voter),
        })),
      }),
      "audit.votes-differ",
      { expected: "an answer that rests on it", found: "none" },
    ],
    [
      "the signatures of one interval taken out",
      () => ({ ...log, intervals: log.intervals.map((one) => (one.n === 1 ? { ...one, proofs: [] } : one)) }),
      "audit.votes-differ",
      { found: "no proof" },
    ],
    [
      "an interval taken out",
      () => ({
        ...log,
        intervals: log.intervals.filter(({ n }) => n !== 1),
        tasks: log.tasks.filter(({ interval }) => interval !== 1),
      }),
      "audit.interval-missing",
      { before: 0, after: 2 },
    ],
  ])("is found out with %s", async (_, lie, code, evidence) => {
    const { findings } = await auditLog(lie());
    expect(findings.find((finding) => finding.code === code)?.evidence).toMatchObject(evidence);
  });
});
