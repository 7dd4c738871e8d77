// How long a newcomer waits: the demo from its start to the first weights on the chain, and the embedded chain alone.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/colosseum.js", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
const env = { ...process.env, HOME: home, COLOSSEUM_HOME: join(home, "state") };
try {
  const from = process.hrtime.bigint();
  const run = spawnSync(process.execPath, [bin, "demo", "--json"], { env, encoding: "utf8" });
  const wholeMs = Number(process.hrtime.bigint() - from) / 1e6;
  const { data } = JSON.parse(run.stdout) as { data: { rounds: number; votes: number; secondsToFirstWeights: number } };

  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, [bin, "localnet", "--port", "0", "--json"], { env });
  const readyMs = await new Promise<number>((resolve) =>
    child.stdout.once("data", () => resolve(Number(process.hrtime.bigint() - started) / 1e6)),
  );
  child.kill("SIGTERM");
  console.log(
    JSON.stringify({
      demo: {
        rounds: data.rounds,
        votes: data.votes,
        secondsToFirstWeights: data.secondsToFirstWeights,
        wholeMs: Math.round(wholeMs),
      },
      targetSecondsToFirstWeights: 15,
      localnetReadyMs: Math.round(readyMs),
      targetLocalnetReadyMs: 1_000,
    }),
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
