import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ChainRpcError } from "../../../src/chain/errors.ts";
import { EXPLANATIONS, explain, refusalClass } from "../../../src/chain/explanations.ts";
import { ChainRefusedError, kebab, poolRefusal, translatePoolError } from "../../../src/chain/refusals.ts";

describe("poolRefusal", () => {
  it.each([
    ["Custom error: 11", "InvalidIpAddress"],
    ["Custom error: 12", "ServingRateLimitExceeded"],
    ['{"invalid":{"custom":15}}', "InvalidRevealRound"],
    ["InvalidTransaction::Custom(16)", "NoWeightsCommitFound"],
    ["Custom error: 255", "BadRequest"],
    ["Custom error: 99", "Custom99"],
    ['{"invalid":{"payment":null}}', "Payment"],
    ['{"Invalid":"Stale"}', "Stale"],
    ['{"invalid": {"ancientBirthBlock": null}}', "AncientBirthBlock"],
    ['{"unknown":{"cannotLookup":null}}', "CannotLookup"],
    ["Inability to pay some fees (e.g. account balance too low)", "Payment"],
    ["Transaction is outdated", "Stale"],
    ["Transaction will be valid in the future", "Future"],
    ["Transaction has a bad signature", "BadProof"],
    ["Priority is too low: (5 vs 5)", "LowPriority"],
    ["Transaction Already Imported", "AlreadyImported"],
    ["Transaction is temporarily banned", "TemporarilyBanned"],
  ])("names %s", (data, name) => {
    expect(poolRefusal({ message: "Invalid Transaction", data }, "Balances.transfer_keep_alive")).toBe(name);
    expect(poolRefusal({ message: data }, "Balances.transfer_keep_alive")).toBe(name);
  });

  it("reads custom 1 by the call it was about", () => {
    const error = { message: "Invalid Transaction", data: "Custom error: 1" };
    expect(poolRefusal(error, "SubtensorModule.add_stake")).toBe("StakeAmountTooLow");
    expect(poolRefusal(error, "SubtensorModule.set_mechanism_weights")).toBe("NotEnoughStakeToSetWeights");
  });

  it("leaves what it does not know to the caller", () => {
    expect(poolRefusal({ message: "Method not found" }, "x")).toBeUndefined();
  });
});

describe("translatePoolError", () => {
  it("makes an invalid transaction a refusal even where nobody knows its reason", () => {
    const raw = new ChainRpcError("author_submitExtrinsic", {
      code: 1010,
      message: "Invalid Transaction",
      data: "???",
    });
    expect(translatePoolError(raw, "Balances.transfer_all", { netuid: 3 })).toMatchObject({
      code: "chain.invalid-transaction",
      exitCode: 13,
      details: { netuid: 3, call: "Balances.transfer_all", chainSays: "???" },
    });
  });

  it("leaves other RPC errors and other throws as they are", () => {
    const raw = new ChainRpcError("author_submitExtrinsic", { code: -32_601, message: "Method not found" });
    expect(translatePoolError(raw, "x", {})).toBe(raw);
    const other = new Error("x");
    expect(translatePoolError(other, "x", {})).toBe(other);
  });
});

describe("kebab", () => {
  it.each([
    ["HotKeyNotRegisteredInSubNet", "hot-key-not-registered-in-sub-net"],
    ["CommitRevealEnabled", "commit-reveal-enabled"],
    ["Token.FundsUnavailable", "token-funds-unavailable"],
    ["TxRateLimitExceeded", "tx-rate-limit-exceeded"],
    ["Custom99", "custom99"],
  ])("%s → %s", (name, code) => {
    expect(kebab(name)).toBe(code);
  });
});

describe("ChainRefusedError", () => {
  it("puts the subnet into the next command", () => {
    const error = new ChainRefusedError(
      { name: "HotKeyNotRegisteredInSubNet", pallet: "SubtensorModule", docs: "" },
      { netuid: 7 },
    );
    expect(error.hint).toContain("--netuid 7");
    expect(error.exitCode).toBe(13);
  });
});

describe("explain", () => {
  /** Names of the runtime of spec 461; see the note on test vectors. */
  const pallets = JSON.parse(
    readFileSync(new URL("../../vectors/chain/pallets-spec461.json", import.meta.url), "utf8"),
  );
  const names: string[] = Object.values(pallets as Record<string, { errors?: { name: string }[] }>).flatMap(
    ({ errors = [] }) => errors.map(({ name }) => name),
  );

  it("has a sentence and a hint for every error of a real runtime", () => {
    expect(names.length).toBeGreaterThan(190);
    for (const name of names) {
      const { message, hint } = explain(name);
      expect(message, name).toMatch(/^[A-Z].{8,}[^.]$/);
      expect(hint.length, name).toBeGreaterThan(5);
    }
  });

  it("has words of its own for each of them", () => {
    expect(names.filter((name) => !Object.hasOwn(EXPLANATIONS, name))).toEqual([]);
  });

  it("puts nearly all of them into a family by their words", () => {
    const unknown = names.filter((name) => refusalClass(name) === "unknown");
    expect(unknown.length / names.length).toBeLessThan(0.35);
  });

  it.each([
    ["StakingRateLimitExceeded", "rate_limited"],
    ["CannotAffordLockCost", "insufficient_balance"],
    ["SubnetNotExists", "subnet_not_exists"],
    ["SomethingNeverSeen", "unknown"],
    ["toString", "unknown"],
  ])("%s belongs to %s", (name, family) => {
    expect(explain(name).family).toBe(family);
    expect(explain(name).message).not.toBe("");
  });
});
