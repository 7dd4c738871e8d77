import { describe, expect, it } from "vitest";
import { sendWeights } from "../../../src/validator/duties/send-weights.ts";
import { staleWords, stateChange } from "../../../src/validator/health.ts";
import { refused, World } from "./world.ts";

/** Puts the block of the validator's last weights where the chain would have it. */
function lastUpdate(world: World, block: number): void {
  world.chain.neurons = world.chain.neurons.map((neuron) =>
    neuron.hotkey === world.validator.address ? { ...neuron, lastUpdate: block } : neuron,
  );
}

async function playTo(world: World, interval: number, between: () => unknown = () => undefined): Promise<void> {
  await world.checkIn();
  for (let turn = 0; turn < 12 && world.store.intervals.get(interval)?.state !== "settled"; turn++) {
    await world.run(
      between,
      World.duties.filter((duty) => duty !== sendWeights),
    );
    await world.answer();
  }
}
const send = (world: World): Promise<boolean> => sendWeights(world.core, new AbortController().signal);

describe("a second validator with the same hotkey", () => {
  it("is noticed by its weights before any are set, and nothing is sent until a restart", async () => {
    using world = new World({ settings: { stopAfterIntervals: 2 } });
    await playTo(world, 0);
    expect(await send(world)).toBe(true);
    lastUpdate(world, world.chain.block);
    await playTo(world, 1);
    lastUpdate(world, world.chain.block + 40);
    await expect(send(world)).rejects.toMatchObject({ code: "validator.doppelganger", exitCode: 13 });
    lastUpdate(world, world.chain.block);
    await expect(send(world)).rejects.toMatchObject({ code: "validator.doppelganger" });
    expect(world.chain.rows.length).toBe(1);
    await world.restart();
    expect(await send(world)).toBe(true);
    expect(world.chain.rows.length).toBe(2);
  });

  it("is noticed by its seeds, where this process saw its own", async () => {
    using world = new World({ settings: { stopAfterIntervals: 3 } });
    await playTo(world, 0);
    expect(await send(world)).toBe(true);
    world.chain.anchor = `0x${"ab".repeat(32)}`;
    // It is looked for once in each interval.
    await playTo(world, 2);
    await expect(send(world)).rejects.toMatchObject({ code: "validator.doppelganger" });
    expect(world.chain.anchor).toBe(`0x${"ab".repeat(32)}`);
  });

  it("is not seen in weights from before this process, in its own, or in those of an unknown fate", async () => {
    using world = new World({ settings: { stopAfterIntervals: 3 } });
    lastUpdate(world, 90);
    await playTo(world, 0);
    world.chain.fail.afterSend = refused();
    await expect(send(world)).rejects.toMatchObject({ code: "chain.setting-weights-too-fast" });
    // The chain said no to the call, yet the row of the extrinsic may stand.
    lastUpdate(world, world.chain.block);
    expect(await send(world)).toBe(true);
    lastUpdate(world, world.chain.block);
    await playTo(world, 1);
    expect(await send(world)).toBe(true);
  });

  it("is not seen in its own weights after any number of intervals that settled faster than weights may follow", async () => {
    using world = new World({ settings: { stopAfterIntervals: 11 } });
    await playTo(world, 0);
    expect(await send(world)).toBe(true);
    lastUpdate(world, world.chain.block);
    for (let interval = 1; interval <= 10; interval++) await playTo(world, interval);
    expect(world.store.settlements.unfinished().length).toBe(10);
    expect(await send(world)).toBe(true);
    expect(world.chain.rows.length).toBe(2);
  });
});

describe("stateChange", () => {
  const at = "2026-01-01T00:00:00Z";
  it.each([
    [{ type: "chain-stale", code: "chain.unreachable", message: "no answer" }, "chain-stale", true],
    [{ type: "chain-stale", code: "chain.subnet-not-exists", message: "no subnet 1" }, "chain-stale", true],
    [{ type: "chain-back" }, "chain-stale", false],
    [{ type: "deregistered" }, "deregistered", true],
    [{ type: "registered", uid: 3 }, "deregistered", false],
    [
      { type: "weights-refused", interval: 1, code: "chain.too-fast", message: "no", retryAt: null },
      "weights-missed",
      true,
    ],
    [{ type: "weights-held", interval: 1, reason: "nobody-scored" }, "weights-missed", false],
    [{ type: "trouble", duty: "openRound", code: "store.full", message: "full" }, "store-trouble", true],
    [{ type: "vote", task: "t-1", hotkey: "5G", again: false }, "store-trouble", false],
  ] as const)("takes %j for %s: %s", (fact, state, isOn) => {
    expect(stateChange({ ...fact, at })).toMatchObject({ state, isOn });
  });

  it.each([
    { type: "weights-refused", interval: 1, code: "validator.weights-pending", message: "wait", retryAt: null },
    { type: "weights-refused", interval: 1, code: "weights.too-soon", message: "wait", retryAt: null },
    { type: "weights-held", interval: 1, reason: "superseded" },
    { type: "trouble", duty: "openRound", code: "chain.unreachable", message: "away" },
    { type: "stopped" },
  ] as const)("sees no change in %j", (fact) => {
    expect(stateChange({ ...fact, at })).toBeUndefined();
  });
});

describe("staleWords", () => {
  it("tells a chain that is away from one that has no such subnet any more", () => {
    expect(staleWords({ code: "chain.deadline", message: "no answer" })).toBe("The chain is away: no answer");
    expect(staleWords({ code: "chain.subnet-not-exists", message: "There is no subnet 1." })).toMatch(
      /^The subnet is gone/,
    );
  });
});
