import { readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { localnetClient } from "../../src/localnet/client.ts";
import { readState } from "../../src/localnet/state-file.ts";
import { temporaryHome } from "../helpers/run-bin.ts";
import { type BinProcess, spawnBin } from "./bin-process.ts";

const KILLS = 100;
/** Milliseconds after the beginning of a write at which the process dies, in turn: some before, most within, some after. */
const MOMENTS_MS = [0, 1, 2, 3, 5, 8, 12, 20, 35, 60];

/** Resolves when a file whose name ends in `.tmp` appears: a write has begun. */
function writeBegins(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_, name) => {
      if (name?.endsWith(".tmp") !== true) return;
      watcher.close();
      resolve();
    });
  });
}

it(`opens its state file after each of ${KILLS} kills while it is written, without a saved block lost`, async () => {
  using home = temporaryHome();
  const file = join(home.path, "chain.json");
  let saved = 0;
  let lost = 0;
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await using chain: BinProcess & AsyncDisposable = Object.assign(
      spawnBin(["localnet", "--port", "0", "--block-time", "10ms", "--state", file, "-v"], home.env),
      { [Symbol.asyncDispose]: () => chain.kill() },
    );
    const { block, url } = (await chain.event("ready")) as { block: number; url: string };
    // It goes on from what the last kill left, which is never older than what was said to be saved.
    expect(block).toBeGreaterThanOrEqual(saved);
    expect((await readState(file))?.header.number ?? 0).toBe(block);
    if (kill === 0) {
      // Large enough that writing it takes a while.
      const entries = Array.from({ length: 4_000 }, (_, index) => [
        `0xff${index.toString(16).padStart(8, "0")}`,
        `0x${"ab".repeat(512)}`,
      ]);
      await localnetClient(url).call("dev_setStorage", [entries]);
    }
    await writeBegins(home.path);
    await new Promise((moment) => setTimeout(moment, MOMENTS_MS[kill % MOMENTS_MS.length]));
    await chain.kill();
    for (const event of chain.events) if (event["type"] === "saved") saved = Math.max(saved, Number(event["block"]));
    const made = Math.max(
      block,
      ...chain.events.filter(({ type }) => type === "block").map((event) => Number(event["block"])),
    );
    lost += made - ((await readState(file))?.header.number ?? 0);
    if (readdirSync(home.path).some((name) => name.endsWith(".tmp"))) torn++;
  }
  process.stderr.write(`${JSON.stringify({ kills: KILLS, killedWhileWriting: torn, savedUpTo: saved, lost })}\n`);
  expect(saved).toBeGreaterThan(KILLS);
  // Killed in the middle of writing often enough to prove something.
  expect(torn).toBeGreaterThan(KILLS / 5);
  // What earlier kills left half written is cleared away at the next start.
  expect(readdirSync(home.path).filter((name) => name.endsWith(".tmp")).length).toBeLessThanOrEqual(1);
});
