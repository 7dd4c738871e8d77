import { describe, expect, it } from "vitest";
import { chainSkew, skewFinding } from "../../../src/cli/commands/doctor/clock-check.ts";
import { diskFinding, nodeFinding } from "../../../src/cli/commands/doctor/machine-checks.ts";
import { readWords } from "../../../src/cli/commands/doctor/process-check.ts";

const MIB = 2 ** 20;

describe("doctor's verdicts", () => {
  it.each([
    ["20.20.2", "fail"],
    ["24.14.9", "fail"],
    ["24.15.0", "ok"],
    ["25.9.0", "fail"],
    ["26.0.0", "ok"],
    ["28.1.0", "ok"],
  ])("Node %s: %s", (version, status) => {
    expect(nodeFinding(version).status).toBe(status);
  });

  it.each([
    [50 * MIB, "fail"],
    [500 * MIB, "warn"],
    [5_000 * MIB, "ok"],
  ])("%i bytes left: %s", (free, status) => {
    expect(diskFinding(free, "/state").status).toBe(status);
  });

  it.each([
    [0, "ok"],
    [-1_900, "ok"],
    [2_500, "warn"],
    [-2_500, "warn"],
    [300_000, "fail"],
    [-300_000, "fail"],
  ])("another clock off by %i ms: %s", (skewMs, status) => {
    expect(skewFinding(skewMs, "The clock").status).toBe(status);
  });

  it.each([
    ["a block of just now", -3_000, 12_000, "ok"],
    ["the last of a slow chain", -60_000, 60_000, "ok"],
    ["a block from the future: our clock is behind", 60_000, 12_000, "fail"],
    ["a block long past", -600_000, 12_000, "warn"],
  ])("the chain shows %s", (_, aheadMs, blockTimeMs, status) => {
    expect(chainSkew({ blockMs: 1e12 + aheadMs, readMs: 1e12, blockTimeMs })?.status).toBe(status);
  });

  it("reads who runs from a command line in any spelling", () => {
    expect(readWords(["validator", "start", "--wallet.name", "v", "--netuid=3", "-H", "hot", "--close-early"])).toEqual(
      {
        words: ["validator", "start", "--close-early"],
        flags: { wallet: "v", netuid: "3", hotkey: "hot" },
      },
    );
  });
});
