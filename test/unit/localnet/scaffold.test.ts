import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { devAccount } from "../../../src/localnet/dev-accounts.ts";
import { stakeRao } from "../../../src/localnet/pallets/subtensor/share-pool.ts";
import { SubnetOwner, SubtokenEnabled, Tempo, Uids } from "../../../src/localnet/pallets/subtensor/storage.ts";
import { applyScaffold, type BuiltSubnet } from "../../../src/localnet/scaffold/apply.ts";
import { parseScaffold } from "../../../src/localnet/scaffold/plan.ts";
import { mine, testChain } from "./harness.ts";

const example: unknown = JSON.parse(
  readFileSync(new URL("../../../examples/localnet/two-subnets.json", import.meta.url), "utf8"),
);
const of = (name: string): string => devAccount(name).account;
const built = (chain: ReturnType<typeof testChain>, value: unknown): BuiltSubnet[] => {
  let subnets: BuiltSubnet[] = [];
  chain.patch((execution) => {
    subnets = applyScaffold(execution, parseScaffold(value));
  });
  return subnets;
};
const subnet = (more: object): unknown => ({ subnets: [{ owner: "Alice", ownerHotkey: "a", ...more }] });

describe("scaffold", () => {
  it("makes the example's subnets, settings, neurons and stakes, and the chain goes on", () => {
    const chain = testChain();
    expect(built(chain, example)).toEqual([
      { netuid: 1, neurons: 4 },
      { netuid: 2, neurons: 1 },
    ]);
    const { tree } = chain.head;
    expect(SubnetOwner.get(tree, 1)).toBe(of("Alice"));
    expect(Tempo.get(tree, 1)).toBe(10);
    expect(Uids.get(tree, 1, of("validator-1"))).toBe(1);
    expect(stakeRao(tree, of("validator-1"), of("Bob"), 1)).toBeGreaterThan(0n);
    expect([SubtokenEnabled.get(tree, 1), SubtokenEnabled.get(tree, 2)]).toEqual([true, false]);
    mine(chain, 25);
    expect(chain.head.header.number).toBe(25);
  });

  it("fills a subnet to its last slot", () => {
    const neurons = Array.from({ length: 255 }, (_, n) => ({ hotkey: `m${n}`, coldkey: "Bob" }));
    expect(built(testChain(), subnet({ neurons }))).toEqual([{ netuid: 1, neurons: 256 }]);
  });

  it.each([
    ["a value that is no object", 7, "$ must be an object"],
    ["an unknown field", { subnets: [], x: 1 }, "$.x is unknown; known are subnets"],
    ["no list of subnets", {}, "$.subnets must be a list"],
    ["no owner", subnet({ owner: undefined }), "$.subnets[0].owner must be an SS58"],
    ["a hyperparameter that is none", subnet({ hyperparameters: { speed: 1 } }), ".hyperparameters.speed is no hyper"],
    [
      "one out of range",
      subnet({ hyperparameters: { tempo: 65_536 } }),
      ".tempo must be a whole number from 0 to 65535",
    ],
    ["one of another type", subnet({ hyperparameters: { yuma3_enabled: 1 } }), ".yuma3_enabled must be true or false"],
    ["a hotkey twice", subnet({ neurons: [{ hotkey: "a", coldkey: "Bob" }] }), ".neurons[0].hotkey is in this subnet"],
    [
      "a stake that is a float",
      subnet({ neurons: [{ hotkey: "b", coldkey: "Bob", stakeTao: 1.5 }] }),
      ".neurons[0].stakeTao must be an amount",
    ],
    [
      "stake where nobody can stake",
      subnet({ start: false, neurons: [{ hotkey: "b", coldkey: "Bob", stakeTao: "1" }] }),
      ".stakeTao needs a subnet that is started",
    ],
  ])("refuses %s and says where", (_, value, message) => {
    expect(() => parseScaffold(value)).toThrow(message);
  });

  it("names the call that the chain refuses", () => {
    const twice = subnet({ neurons: [{ hotkey: "b", coldkey: "Bob", stakeTao: "0.000000001" }] });
    expect(() => built(testChain(), twice)).toThrow(
      "$.subnets[0].neurons[0].stakeTao cannot be made: SubtensorModule.add_stake fails: SubtensorModule.AmountTooLow",
    );
  });
});
