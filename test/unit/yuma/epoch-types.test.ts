import { describe, expect, it } from "vitest";
import { DEFAULT_TAO_WEIGHT, REGISTERED_SUBNET_HYPERPARAMETERS } from "../../../src/yuma/epoch-types.ts";
import { taoWeightQ32 } from "../../../src/yuma/stake.ts";

// Said a second time on purpose: every fresh subnet, embedded or of a scenario, begins with these.
describe("a subnet that was just registered", () => {
  it("has the settings that register_network gave it on a running runtime", () => {
    expect(REGISTERED_SUBNET_HYPERPARAMETERS).toEqual({
      tempoBlocks: 360,
      kappa: 32_767,
      bondsMovingAverage: 900_000,
      bondsPenalty: 65_535,
      activityCutoffFactorMilli: 13_889,
      maxAllowedValidators: 64,
      stakeThresholdRao: 0n,
      yuma3: true,
      liquidAlpha: false,
      alphaValues: [45_875, 58_982],
      alphaSigmoidSteepness: 1_000,
      commitReveal: true,
    });
  });

  it("counts TAO at root by a little more than a twentieth", () => {
    expect(Number(taoWeightQ32(DEFAULT_TAO_WEIGHT)) / 2 ** 32).toBeCloseTo(0.052677, 6);
  });
});
