import { expect, it } from "vitest";
import { runCrashes } from "../crash/crash-run.ts";
import { judgeRun } from "../crash/judge-run.ts";

// The short form of `npm run test:crash`.
it("a validator killed twenty times, and its chain twice, loses nothing and invents nothing", async () => {
  await using run = await runCrashes({ seed: "twenty", kills: 20, chainKills: 2 });
  const found = await judgeRun(run);
  expect(found).toMatchObject({ lost: [], invented: [], otherScores: [], findings: [] });
  expect(found.verified).toEqual({ draws: "ok", votes: "ok", scores: "ok" });
  expect(Object.keys(found.weightsOfLog).length).toBeGreaterThan(0);
  expect(found.weightsOnChain).toEqual(found.weightsOfLog);
  expect(run.players.flatMap(({ problems }) => problems)).toEqual([]);
  expect(found.acknowledged).toBeGreaterThan(20);
});
