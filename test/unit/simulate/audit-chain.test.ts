import { describe, expect, it } from "vitest";
import type { TaskLog } from "../../../src/mechanism/task-log.ts";
import { type CommittedChain, checkChain } from "../../../src/simulate/audit-chain.ts";

const hex = (digit: string): string => `0x${digit.repeat(64)}`;
const log = {
  validator: "V",
  netuid: 1,
  anchor: hex("a"),
  intervals: [
    { n: 1, beaconHeight: 20, beacon: hex("2") },
    { n: 0, beaconHeight: 10, beacon: hex("1") },
    { n: 2, beaconHeight: 30 },
  ],
  tasks: [],
} as TaskLog;
const chain = (change: Partial<CommittedChain> = {}): CommittedChain => ({
  anchor: async () => hex("a"),
  blockHash: async (height) => ({ 10: hex("1"), 20: hex("2") })[height],
  ...change,
});

describe("a log held against the chain", () => {
  it("is what the validator committed itself to", async () => {
    expect(await checkChain(log, chain())).toEqual({ findings: [], forgotten: 0 });
  });

  it.each<[string, TaskLog, Partial<CommittedChain>, string, string]>([
    ["seeds of another anchor", log, { anchor: async () => hex("b") }, "audit.anchor-differs", "log"],
    ["no anchor on the chain", log, { anchor: async () => null }, "audit.anchor-differs", "log"],
    ["no anchor in the log", { ...log, anchor: undefined }, {}, "audit.anchor-differs", "log"],
    [
      "seeds anchored when the beacon was known",
      log,
      { anchor: async (height) => (height === undefined ? hex("a") : null) },
      "audit.anchored-late",
      "interval 0",
    ],
    [
      "a beacon that is no block's hash",
      { ...log, intervals: [{ n: 0, beaconHeight: 10, beacon: hex("9") }] },
      {},
      "audit.beacon-differs",
      "interval 0",
    ],
  ])("tells %s", async (_, told, change, code, subject) => {
    const { findings } = await checkChain(told, chain(change));
    expect(findings[0]).toMatchObject({ code, subject });
  });

  it("says nothing against a validator of whose time the chain knows no more", async () => {
    const forgetful = chain({ anchor: async (height) => (height === undefined ? hex("a") : undefined) });
    expect(await checkChain(log, forgetful)).toEqual({ findings: [], forgotten: 1 });
  });
});
