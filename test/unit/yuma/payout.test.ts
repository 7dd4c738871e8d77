import { describe, expect, it } from "vitest";
import { carriedForward } from "../../../src/simulate/yuma.ts";
import { DEFAULT_CUT_U16 } from "../../../src/yuma/emission.ts";
import { runEpoch } from "../../../src/yuma/epoch.ts";
import { payOut } from "../../../src/yuma/payout.ts";
import { recordedScenarios } from "./vectors.ts";

describe("payOut against the stakes after recorded epochs", () => {
  it.each(recordedScenarios.map((entry) => [entry.scenario.name, entry] as const))(
    "pays to the rao: %s",
    (_, { scenario, recorded }) => {
      scenario.epochs.forEach(({ input, pending }, index) => {
        const output = runEpoch(input);
        const paid = payOut({
          serverEmissionRao: output.serverEmissionRao,
          validatorEmissionRao: output.validatorEmissionRao,
          alphaStakeRao: input.alphaStakeRao,
          rootStakeRao: input.rootStakeRao,
          pendingServerRao: pending.serverRao,
          pendingValidatorRao: pending.validatorRao,
          pendingRootRao: pending.rootRao,
          burnedUids: new Set(scenario.ownerUid === undefined ? [] : [scenario.ownerUid]),
          taoWeight: input.taoWeight,
          takeU16: input.alphaStakeRao.map(() => DEFAULT_CUT_U16),
        });
        const out = recorded[index]?.out;
        expect(paid.alphaDividendsRao.map(Number)).toEqual(out?.alpha_dividends);
        expect(paid.rootDividendsRao.map(Number)).toEqual(out?.root_alpha_dividends);
        expect(String(paid.minerBurnedBits)).toBe(out?.miner_burned_bits_u96f32);
        expect(carriedForward({ input, pending }, output).alphaStakeRao.map(Number)).toEqual(out?.alpha_stake_after);
      });
    },
  );
});
