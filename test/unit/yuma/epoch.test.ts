import { describe, expect, it } from "vitest";
import { runYumaScenario } from "../../../src/simulate/yuma.ts";
import { runEpoch } from "../../../src/yuma/epoch.ts";
import { recordedScenarios } from "./vectors.ts";

const STORED = [
  "incentive",
  "dividends",
  "consensus",
  "validator_trust",
  "stake_weight",
  "active",
  "permits",
  "bonds",
  "emission",
] as const;

describe("runEpoch against epochs of a running runtime (spec 425)", () => {
  it.each(recordedScenarios.map((entry) => [entry.scenario.name, entry] as const))(
    "stores exactly what the chain stored: %s",
    async (_, { scenario, recorded }) => {
      const { report } = await runYumaScenario(scenario);
      expect(report.epochs).toEqual(
        recorded.map(({ out }) => Object.fromEntries(STORED.map((key) => [key, out[key]]))),
      );
    },
  );

  it("pays miners exactly what the chain paid, in all 217 recorded epochs", () => {
    let epochs = 0;
    for (const { scenario, recorded } of recordedScenarios) {
      scenario.epochs.forEach(({ input }, index) => {
        const server = runEpoch(input).serverEmissionRao.map(Number);
        expect(server, scenario.name).toEqual(recorded[index]?.out["server_emission"]);
        epochs++;
      });
    }
    expect(epochs).toBe(217);
  });
});
