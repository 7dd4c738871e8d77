import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runEpoch } from "../../../src/yuma/epoch.ts";
import {
  DEFAULT_TAO_WEIGHT,
  type EpochInput,
  REGISTERED_SUBNET_HYPERPARAMETERS,
} from "../../../src/yuma/epoch-types.ts";
import { referenceEpoch } from "./reference.ts";

const BLOCK = 100_000;
/** Blocks that meet in every comparison of an epoch: registrations, updates and commits of one block, cut-offs, epochs. */
const MOMENTS = [1, BLOCK - 5_001, BLOCK - 5_000, BLOCK - 361, BLOCK - 360, BLOCK - 359, BLOCK - 10, BLOCK - 9];

/** Subnets of any shape: zeros, ties, self-weights, stale and unpermitted uids, fresh registrations, any hyperparameters. */
const subnet: fc.Arbitrary<EpochInput> = fc.integer({ min: 0, max: 10 }).chain((n) => {
  const per = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: n, maxLength: n });
  const value = fc.oneof(fc.constantFrom(0, 1, 65_535), fc.nat(65_535));
  const cells: fc.Arbitrary<[number, number]> = fc.tuple(fc.nat(n), value);
  const row = fc.uniqueArray(cells, { selector: ([uid]) => uid, maxLength: n });
  const rao = fc.oneof(
    fc.constantFrom(0n, 1n, 999n, 1_000n, 18_983n, 18_984n),
    fc.bigInt({ min: 0n, max: 21_000_000_000_000_000n }),
  );
  const moment = fc.constantFrom(...MOMENTS);
  const u16 = fc.oneof(fc.constantFrom(0, 32_767, 65_535), fc.nat(65_535));
  return fc.record({
    hyperparameters: fc.record({
      ...Object.fromEntries(
        Object.entries(REGISTERED_SUBNET_HYPERPARAMETERS).map(([key, fixed]) => [key, fc.constant(fixed)]),
      ),
      kappa: u16,
      bondsPenalty: u16,
      bondsMovingAverage: fc.nat(1_000_000),
      maxAllowedValidators: fc.nat(12),
      activityCutoffFactorMilli: fc.constantFrom(0, 1, 13_889),
      stakeThresholdRao: fc.constantFrom(0n, 1_000n),
      commitReveal: fc.boolean(),
      alphaValues: fc.constantFrom([45_875, 58_982], [0, 65_535]),
      yuma3: fc.boolean(),
      liquidAlpha: fc.boolean(),
      alphaSigmoidSteepness: fc.integer({ min: -32_768, max: 32_767 }),
    }) as unknown as fc.Arbitrary<EpochInput["hyperparameters"]>,
    block: fc.constant(BLOCK),
    ownerUid: n === 0 ? fc.constant(undefined) : fc.option(fc.nat(n - 1), { nil: undefined }),
    weights: per(row),
    bonds: per(row),
    lastUpdate: per(moment),
    blockAtRegistration: per(fc.oneof(fc.constant(1), moment)),
    alphaStakeRao: per(rao),
    rootStakeRao: per(rao),
    permits: per(fc.boolean()),
    lastMechanismStepBlock: fc.constantFrom(0, BLOCK - 360),
    emissionRao: rao,
    taoWeight: fc.constant(DEFAULT_TAO_WEIGHT),
    pendingCommits: fc.array(
      fc.record({ uid: fc.nat(n), commitEpoch: fc.integer({ min: 5, max: 10 }), commitBlock: moment }),
      { maxLength: 3 },
    ),
    epochIndex: fc.constant(10),
    revealPeriodEpochs: fc.integer({ min: 1, max: 3 }),
  });
});

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const totalRao = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

describe("runEpoch on any subnet", () => {
  it("computes what its description says, to the last bit", () => {
    fc.assert(
      fc.property(subnet, (input) => {
        expect(runEpoch(input)).toEqual(referenceEpoch(input));
      }),
      { numRuns: 1_000 },
    );
  });

  it("shares out at most everything, in u16, and never mints a rao", () => {
    fc.assert(
      fc.property(subnet, (input) => {
        const output = runEpoch(input);
        for (const shares of [output.incentive, output.dividends, output.stakeWeight]) {
          expect(total(shares)).toBeLessThanOrEqual(65_535);
        }
        for (const shares of [output.incentive, output.dividends, output.consensus, output.validatorTrust]) {
          for (const value of shares) expect(Number.isInteger(value) && value >= 0 && value <= 65_535).toBe(true);
        }
        expect(totalRao(output.emissionRao)).toBeLessThanOrEqual(input.emissionRao);
        expect(totalRao(output.serverEmissionRao) + totalRao(output.validatorEmissionRao)).toBeLessThanOrEqual(
          input.emissionRao,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("gives permits to at most k stakers and the owner, and bonds only to them", () => {
    fc.assert(
      fc.property(subnet, (input) => {
        const output = runEpoch(input);
        const others = output.permits.filter((permit, uid) => permit && uid !== input.ownerUid).length;
        expect(others).toBeLessThanOrEqual(input.hyperparameters.maxAllowedValidators);
        output.bonds.forEach((row, uid) => {
          if (output.permits[uid] !== true) expect(row).toEqual([]);
          const columns = row.map(([column]) => column);
          expect([...columns].sort((a, b) => a - b)).toEqual(columns);
          for (const [, value] of row) expect(value >= 0 && value <= 65_535).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("pays a miner nothing that nobody with active stake scored", () => {
    fc.assert(
      fc.property(subnet, (input) => {
        const output = runEpoch(input);
        output.incentive.forEach((incentive, uid) => {
          const scored = input.weights.some((row) => row.some(([column, value]) => column === uid && value > 0));
          if (!scored) expect(incentive).toBe(0);
        });
      }),
      { numRuns: 300 },
    );
  });
});
