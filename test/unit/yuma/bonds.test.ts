import { describe, expect, it } from "vitest";
import { runEpoch } from "../../../src/yuma/epoch.ts";
import {
  DEFAULT_TAO_WEIGHT,
  type EpochInput,
  REGISTERED_SUBNET_HYPERPARAMETERS,
  type SparseRow,
} from "../../../src/yuma/epoch-types.ts";

/** One validator that scores two miners, with a bond in the first. */
const subnet = (weights: SparseRow, settings: Partial<EpochInput["hyperparameters"]>): EpochInput => ({
  hyperparameters: { ...REGISTERED_SUBNET_HYPERPARAMETERS, ...settings },
  block: 10_000,
  ownerUid: undefined,
  weights: [weights, [], []],
  bonds: [[[1, 30_000]], [], []],
  lastUpdate: [9_999, 9_999, 9_999],
  blockAtRegistration: [1, 1, 1],
  alphaStakeRao: [1_000n, 0n, 0n],
  rootStakeRao: [0n, 0n, 0n],
  permits: [true, false, false],
  lastMechanismStepBlock: 9_640,
  emissionRao: 1_000_000n,
  taoWeight: DEFAULT_TAO_WEIGHT,
  pendingCommits: [],
  epochIndex: 1,
  revealPeriodEpochs: 1,
});
const bondIn = (column: number, weights: SparseRow, settings: Partial<EpochInput["hyperparameters"]>): number =>
  new Map(runEpoch(subnet(weights, settings)).bonds[0]).get(column) ?? 0;

describe("a bond without a weight", () => {
  it("fades with the moving average", () => {
    // 0.9 of what it was, twice truncated.
    expect(bondIn(1, [[2, 1]], {})).toBe(26_999);
  });

  it("is gone at once with liquid alpha", () => {
    expect(bondIn(1, [[2, 1]], { liquidAlpha: true })).toBe(0);
  });

  it("fades with liquid alpha where the weight was set to 0 and bonds take weights as they are", () => {
    const faded = bondIn(
      1,
      [
        [1, 0],
        [2, 1],
      ],
      { liquidAlpha: true, bondsPenalty: 0 },
    );
    expect(faded).toBeGreaterThan(0);
    expect(faded).toBeLessThan(30_000);
    expect(bondIn(1, [[2, 1]], { liquidAlpha: true, bondsPenalty: 0 })).toBe(0);
  });

  it("is gone with a weight of 0 where bonds take clipped weights, whole or in part", () => {
    for (const bondsPenalty of [1, 32_767, 65_535])
      expect(
        bondIn(
          1,
          [
            [1, 0],
            [2, 1],
          ],
          { liquidAlpha: true, bondsPenalty },
        ),
      ).toBe(0);
  });
});
