import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../src/simulate/scenario.ts";
import { withSettings } from "../../../src/simulate/scenario-settings.ts";

const SCENARIO = {
  preset: "paper",
  groups: [
    { name: "honest", count: 40, strategy: "honest" },
    { count: 5, strategy: "ring-blind" },
  ],
};
const played = (settings: Record<string, string>) => {
  const { scenario, rules } = withSettings(SCENARIO, settings);
  return parseScenario(scenario, rules);
};

describe("withSettings", () => {
  it.each([
    ["a number of the scenario", { rounds: "3" }, { rounds: 3 }],
    ["a share that the rules have too", { trapShare: "0.4" }, { trapShare: 0.4, rules: { trapShare: 0.4 } }],
    ["a number of the rules", { trapPenalty: "0.5" }, { trapShare: 0.2, rules: { trapPenalty: 0.5 } }],
    ["one group's trait", { "honest.accuracy": ".6" }, { groups: [{ accuracy: 0.6 }, { accuracy: 0.8 }] }],
    [
      "the count of a group known by its strategy",
      { "ring-blind.count": "9" },
      { groups: [{ count: 40 }, { count: 9 }] },
    ],
    ["every group's trait", { trapAccuracy: "1" }, { groups: [{ trapAccuracy: 1 }, { trapAccuracy: 1 }] }],
  ])("changes %s", (_, settings, found) => {
    expect(played(settings)).toMatchObject(found);
  });

  it.each([
    ["no number of the scenario", { rounds: "many" }, "simulate.bad-scenario"],
    ["a group that is not there", { "ring.count": "9" }, "rules.unknown-setting"],
    ["a key that nobody has", { nothing: "1" }, "rules.unknown-setting"],
  ])("leaves %s to the check that names it", (_, settings, code) => {
    expect(() => played(settings)).toThrow(expect.objectContaining({ code }));
  });

  it("leaves what is no scenario as it is", () => {
    expect(withSettings([1], { rounds: "3" })).toEqual({ scenario: [1], rules: { rounds: "3" } });
  });
});
