import { expect, it } from "vitest";
import { runCrashes } from "./crash-run.ts";
import { judgeRun } from "./judge-run.ts";

it("loses nothing and invents nothing over 200 kills, the chain killed and restarted at 20 of them", async () => {
  await using run = await runCrashes({ seed: "two hundred", kills: 200, chainKills: 20 });
  const found = await judgeRun(run);
  process.stderr.write(`${JSON.stringify({ ...found, killedAfter: Object.fromEntries(run.killedAfter) }, null, 2)}\n`);
  expect(found).toMatchObject({ lost: [], invented: [], otherScores: [], findings: [] });
  expect(found.verified).toEqual({ draws: "ok", votes: "ok", scores: "ok" });
  expect(found.weightsOnChain).toEqual(found.weightsOfLog);
  expect(run.players.flatMap(({ problems }) => problems)).toEqual([]);
  // Killed at different places of its work, or it proves little.
  expect(run.killedAfter.size).toBeGreaterThan(8);
  expect(found.acknowledged).toBeGreaterThan(1_000);
});
