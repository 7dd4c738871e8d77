import { describe, expect, it } from "vitest";
import { callText, eventText, isUsual } from "../../../src/cli/commands/localnet/describe-values.ts";
import { devAccount } from "../../../src/localnet/dev-accounts.ts";

const bob = devAccount("Bob").account;
const names = new Map([[bob, "Bob"]]);

describe("callText", () => {
  it.each([
    [
      "names accounts it knows and shortens those it does not",
      { dest: { type: "Id", value: bob }, from: `0x${"11".repeat(32)}`, value: 5n },
      "Balances.call dest=Bob from=5CT5jw…n3Kd value=5",
    ],
    [
      "counts long lists and shows short ones",
      { dests: [1, 2], weights: Array.from({ length: 256 }, () => 1) },
      "Balances.call dests=[1,2] weights=[256]",
    ],
    [
      "gives bytes by their number, none for what is missing, variants by name",
      { commit: new Uint8Array(200), salt: Uint8Array.of(1, 2), era: undefined, mode: { type: "Yuma" } },
      "Balances.call commit=200 bytes salt=0x0102 era=none mode=Yuma",
    ],
    ["is only the name where there are no arguments", {}, "Balances.call"],
  ])("%s", (_, args, expected) => {
    expect(callText({ pallet: "Balances", name: "call", args }, names)).toBe(expected);
  });

  it("shows a call inside a call", () => {
    const call = { type: "AdminUtils", value: { type: "sudo_set_tempo", value: { netuid: 1, tempo: 10 } } };
    expect(callText({ pallet: "Sudo", name: "sudo", args: { call } }, names)).toBe(
      "Sudo.sudo call=AdminUtils.sudo_set_tempo.{netuid=1,tempo=10}",
    );
  });
});

describe("eventText", () => {
  it("takes fields by name, several or one", () => {
    expect(eventText("Balances", "Transfer", { from: bob, amount: 7n }, names)).toBe(
      "Balances.Transfer from=Bob amount=7",
    );
    expect(eventText("SubtensorModule", "NetworkAdded", [1, 2], names)).toBe("SubtensorModule.NetworkAdded 1 2");
    expect(eventText("SubtensorModule", "NetworkRemoved", 3, names)).toBe("SubtensorModule.NetworkRemoved 3");
  });
  it("knows which say nothing", () => {
    expect(isUsual("System", "ExtrinsicSuccess")).toBe(true);
    expect(isUsual("Balances", "Transfer")).toBe(false);
  });
});
