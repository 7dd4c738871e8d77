import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accrueBlock, DEFAULT_CUT_U16 } from "../../../src/yuma/emission.ts";
import { DEFAULT_TAO_WEIGHT } from "../../../src/yuma/epoch-types.ts";
import { upscaleWeights } from "../../../src/yuma/upscale.ts";
import { yumaVectors } from "./vectors.ts";

describe("accrueBlock against recorded blocks", () => {
  it.each(yumaVectors.emission_split.map((entry) => [`${entry.label}, block part ${entry.root}`, entry] as const))(
    "%s",
    (_, entry) => {
      const accrual = accrueBlock({
        alphaOutRao: BigInt(entry.alpha_out_this_block),
        ownerCutU16: DEFAULT_CUT_U16,
        rootTaoRao: BigInt(entry.root_tao),
        taoWeight: DEFAULT_TAO_WEIGHT,
        alphaIssuanceRao: BigInt(entry.alpha_in_before + entry.alpha_out_before),
        rootPaid: entry.root_tao > 0 && Number(entry.moving_price_bits) > 2 ** 32,
      });
      expect(Number(accrual.ownerCutRao)).toBe(entry.owner_cut);
      expect(Number(accrual.serverRao)).toBe(entry.server);
      expect(Number(accrual.validatorRao)).toBe(entry.validator);
      expect(Number(accrual.rootRao)).toBe(entry.root);
      const grown = entry.alpha_out_after - entry.alpha_out_before;
      expect(entry.alpha_out_this_block - Number(accrual.recycledRao)).toBe(grown);
    },
  );

  it("never creates a rao: the parts never exceed what was issued, and lose at most 4", () => {
    const amount = fc.bigInt({ min: 0n, max: 21_000_000_000_000_000n });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.nat(65_535),
        fc.boolean(),
        (alphaOutRao, rootTaoRao, alphaIssuanceRao, ownerCutU16, rootPaid) => {
          const parts = accrueBlock({
            alphaOutRao,
            ownerCutU16,
            rootTaoRao,
            taoWeight: DEFAULT_TAO_WEIGHT,
            alphaIssuanceRao,
            rootPaid,
          });
          const total = parts.ownerCutRao + parts.serverRao + parts.validatorRao + parts.rootRao + parts.recycledRao;
          expect(total).toBeLessThanOrEqual(alphaOutRao);
          expect(total).toBeGreaterThanOrEqual(alphaOutRao - 4n);
        },
      ),
    );
  });
});

describe("upscaleWeights against stored rows", () => {
  it.each(yumaVectors.set_weights_upscale.map((entry) => [entry.values.join(" "), entry] as const))(
    "%s",
    (_, entry) => {
      expect(upscaleWeights(entry.values)).toEqual(entry.stored.map(([, value]) => value));
    },
  );

  it.each([
    ["rounds half up", [1, 2], [32_768, 65_535]],
    ["rounds half up of large weights as well", [15_000, 30_000, 10_000], [32_768, 65_535, 21_845]],
    ["truncates the factor above 32768", [20_000, 40_000], [32_767, 65_535]],
    ["keeps zeros and their places", [0, 7, 0], [0, 65_535, 0]],
    ["keeps nothing but zeros", [0, 0], [0, 0]],
    ["keeps an empty row", [], []],
  ])("%s", (_, values, stored) => {
    expect(upscaleWeights(values)).toEqual(stored);
  });

  it("keeps a row whose largest weight is 65535 as it is, whatever its values", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65_535)), (values) => {
        const row = [...values, 65_535];
        expect(upscaleWeights(row)).toEqual(row);
      }),
    );
  });
});
