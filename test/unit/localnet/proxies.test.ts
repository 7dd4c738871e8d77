import { describe, expect, it } from "vitest";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { schema } from "../../../src/localnet/engine/schema.ts";
import { StorageItem } from "../../../src/localnet/engine/storage-item.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { isSuperset, permits } from "../../../src/localnet/pallets/proxy-types.ts";
import { Account } from "../../../src/localnet/pallets/system-storage.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";
import { blake2_256 } from "../../../src/localnet/scale/hashers.ts";
import { alice, bob, key, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

const id = (account: string) => ({ type: "Id", value: account });
const type = (name: string) => ({ type: name });
const transfer = (value: bigint) => ({
  type: "Balances",
  value: { type: "transfer_keep_alive", value: { dest: id(key(7)), value } },
});
const stake = {
  type: "SubtensorModule",
  value: { type: "add_stake", value: { hotkey: OWNER_HOTKEY, netuid: 1, amount_staked: TAO } },
};

const add = (chain: Chain, proxy_type: string, delay = 0, delegate = bob): string =>
  perform(chain, alice, "Proxy.add_proxy", { delegate: id(delegate), proxy_type: type(proxy_type), delay });

/** Performs a call as Bob in Alice's name. @returns How it went, inside too. */
function act(chain: Chain, call: unknown, force?: string): string {
  let inner = "";
  chain.patch((execution) => {
    const args = { real: id(alice), force_proxy_type: force === undefined ? undefined : type(force), call };
    const failure = execution.dispatch({ type: "signed", who: bob }, { pallet: "Proxy", name: "proxy", args });
    const event = execution.events.find(({ name }) => name === "ProxyExecuted");
    const { result } = (event?.fields ?? { result: { type: "none" } }) as { result: { type: string } };
    inner = failure?.message ?? result.type;
  });
  return inner;
}

const started = (): Chain => {
  const chain = testChain();
  testSubnet(chain);
  return chain;
};

describe("proxies", () => {
  it("cost a deposit that comes back", () => {
    const chain = started();
    const before = freeRao(chain.head.tree, alice);
    expect(add(chain, "Staking")).toBe("ok");
    expect(add(chain, "Transfer")).toBe("ok");
    expect(before - freeRao(chain.head.tree, alice)).toBe(60_000_000n + 2n * 33_000_000n);
    expect(Account.get(chain.head.tree, alice).data.reserved).toBe(126_000_000n);
    expect(add(chain, "Staking")).toBe("Proxy.Duplicate");
    expect(add(chain, "Any", 0, alice)).toBe("Proxy.NoSelfProxy");
    must(chain, alice, "Proxy.remove_proxy", { delegate: id(bob), proxy_type: type("Staking"), delay: 0 });
    expect(Account.get(chain.head.tree, alice).data.reserved).toBe(93_000_000n);
    must(chain, alice, "Proxy.remove_proxies", {});
    expect(freeRao(chain.head.tree, alice)).toBe(before);
  });

  it("act in somebody's name as far as their type goes", () => {
    const chain = started();
    expect(act(chain, stake)).toBe("Proxy.NotProxy");
    add(chain, "Staking");
    expect(act(chain, stake)).toBe("Ok");
    expect(act(chain, transfer(TAO))).toBe("Err");
    expect(act(chain, stake, "Transfer")).toBe("Proxy.NotProxy");
    expect(act(chain, { type: "Utility", value: { type: "batch", value: { calls: [stake] } } })).toBe("Err");
    expect(freeRao(chain.head.tree, key(7))).toBe(0n);
  });

  it("may not do inside a batch what they may not do alone", () => {
    const chain = started();
    add(chain, "NonTransfer");
    expect(
      act(chain, { type: "Utility", value: { type: "batch_all", value: { calls: [stake, transfer(TAO)] } } }),
    ).toBe("Err");
    expect(act(chain, { type: "Utility", value: { type: "batch_all", value: { calls: [stake] } } })).toBe("Ok");
  });

  it("may not make proxies with more power than their own", () => {
    const chain = started();
    add(chain, "NonTransfer");
    const grow = (name: string) => ({
      type: "Proxy",
      value: { type: "add_proxy", value: { delegate: id(key(9)), proxy_type: type(name), delay: 0 } },
    });
    expect(act(chain, grow("Any"))).toBe("Err");
    expect(act(chain, grow("Transfer"))).toBe("Err");
    expect(act(chain, grow("Staking"))).toBe("Ok");
    expect(act(chain, { type: "Proxy", value: { type: "remove_proxies" } })).toBe("Err");
  });

  it("with a delay have to announce, and wait", () => {
    const chain = started();
    add(chain, "Any", 3);
    expect(act(chain, transfer(TAO))).toBe("Proxy.Unannounced");
    const call_hash = toHex(blake2_256(schema.encode("RuntimeCall", transfer(TAO))));
    must(chain, bob, "Proxy.announce", { real: id(alice), call_hash });
    const args = { delegate: id(bob), real: id(alice), force_proxy_type: undefined, call: transfer(TAO) };
    expect(perform(chain, bob, "Proxy.proxy_announced", args)).toBe("Proxy.Unannounced");
    for (let i = 0; i < 3; i++) chain.produce(12_000);
    expect(perform(chain, bob, "Proxy.proxy_announced", args)).toBe("ok");
    expect(freeRao(chain.head.tree, key(7))).toBe(TAO);
    must(chain, bob, "Proxy.announce", { real: id(alice), call_hash });
    must(chain, alice, "Proxy.reject_announcement", { delegate: id(bob), call_hash });
    expect(perform(chain, bob, "Proxy.remove_announcement", { real: id(alice), call_hash })).toBe("Proxy.NotFound");
    expect(Account.get(chain.head.tree, bob).data.reserved).toBe(0n);
  });

  it("can be accounts without a key, whose deposit returns to their maker", () => {
    const chain = started();
    const before = freeRao(chain.head.tree, alice);
    must(chain, alice, "Proxy.create_pure", { proxy_type: type("Any"), delay: 0, index: 4 });
    const height = chain.head.header.number;
    const proxies = new StorageItem<[string], unknown>("Proxy", "Proxies");
    const [pure = ""] = [...proxies.entries(chain.head.tree)].map(([[account]]) => account);
    const args = { spawner: id(alice), proxy_type: type("Any"), index: 4, height, ext_index: 0 };
    expect(perform(chain, pure, "Proxy.kill_pure", { ...args, index: 5 })).toBe("Proxy.NoPermission");
    must(chain, pure, "Proxy.kill_pure", args);
    expect(freeRao(chain.head.tree, alice)).toBe(before);
  });
});

describe("proxy types", () => {
  const call = (path: string, args: Readonly<Record<string, unknown>> = {}) => {
    const [pallet = "", name = ""] = path.split(".");
    return { pallet, name, args };
  };
  it.each([
    ["Any", "Sudo.sudo", true],
    ["Owner", "AdminUtils.sudo_set_rho", true],
    ["Owner", "AdminUtils.sudo_set_sn_owner_hotkey", false],
    ["NonCritical", "SubtensorModule.burned_register", false],
    ["Registration", "SubtensorModule.burned_register", true],
    ["ChildKeys", "SubtensorModule.set_children", true],
    ["SwapHotkey", "SubtensorModule.swap_hotkey_v2", true],
    ["NonFungible", "SubtensorModule.move_stake", false],
    ["Governance", "SubtensorModule.set_weights", false],
    ["RootClaim", "SubtensorModule.add_stake", false],
  ])("%s and %s: %s", (name, path, expected) => {
    expect(permits(name, call(path))).toBe(expected);
  });
  it("small transfers stay below half a coin", () => {
    expect(permits("SmallTransfer", call("Balances.transfer_keep_alive", { value: 499_999_999n }))).toBe(true);
    expect(permits("SmallTransfer", call("Balances.transfer_keep_alive", { value: 500_000_000n }))).toBe(false);
    expect(permits("SmallTransfer", call("SubtensorModule.transfer_stake", { alpha_amount: 1n }))).toBe(true);
    expect(isSuperset("Transfer", "SmallTransfer")).toBe(true);
    expect(isSuperset("Staking", "Any")).toBe(false);
  });
});
