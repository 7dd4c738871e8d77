import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCli } from "../../helpers/run-cli.ts";

const path = fileURLToPath(new URL("../../../examples/tasks.json", import.meta.url));
const log = JSON.parse(readFileSync(path, "utf8")) as { intervals: { n: number; scores: Record<string, number> }[] };

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
});
