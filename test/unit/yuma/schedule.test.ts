import { describe, expect, it } from "vitest";
import { firstEpochBase, isEpochDue, type ScheduleState } from "../../../src/yuma/schedule.ts";

const STATE: ScheduleState = { tempoBlocks: 360, pendingEpochAt: 0, lastEpochBlock: 1_000, blocksSinceLastStep: 1 };

describe("an epoch", () => {
  it.each<[string, Partial<ScheduleState>, number, boolean]>([
    ["waits until a tempo has passed", {}, 1_359, false],
    ["is due a tempo after the last", {}, 1_360, true],
    ["stays due while it could not run", {}, 1_365, true],
    ["is due once a block named for it has come", { pendingEpochAt: 1_100 }, 1_100, true],
    ["stays due after that block", { pendingEpochAt: 1_100 }, 1_101, true],
    ["is not due before that block", { pendingEpochAt: 1_100 }, 1_099, false],
    ["is due by tempo although a later block is named", { pendingEpochAt: 9_999 }, 1_360, true],
    ["takes 0 for no block named", { pendingEpochAt: 0 }, 1_001, false],
    ["is due from the first block that may be named on", { pendingEpochAt: 1, lastEpochBlock: 0 }, 1, true],
    [
      "is not due after 50400 blocks without a step",
      { tempoBlocks: 60_000, blocksSinceLastStep: 50_400 },
      1_001,
      false,
    ],
    ["is due after more", { tempoBlocks: 60_000, blocksSinceLastStep: 50_401 }, 1_001, true],
    ["never comes with a tempo of 0", { tempoBlocks: 0, pendingEpochAt: 1, blocksSinceLastStep: 99_999 }, 9_999, false],
    ["comes every block with a tempo of 1", { tempoBlocks: 1 }, 1_001, true],
  ])("%s", (_, state, block, due) => {
    expect(isEpochDue({ ...STATE, ...state }, block)).toBe(due);
  });
});

describe("the first epoch of a subnet", () => {
  it.each([
    [1, 360, 999],
    [0, 360, 1_000],
    [361, 360, 999],
    [359, 360, 641],
    [7, 0, 1_000],
  ])("of netuid %i, tempo %i counts from a block that others do not count from", (netuid, tempo, base) => {
    expect(firstEpochBase(1_000, netuid, tempo)).toBe(base);
  });
});
