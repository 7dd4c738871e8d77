import { describe, expect, it } from "vitest";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { stakeRao } from "../../../src/localnet/pallets/subtensor/share-pool.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { fromHex, toHex } from "../../../src/localnet/scale/bytes.ts";
import { blake2_256 } from "../../../src/localnet/scale/hashers.ts";
import { alice, bob, key, mine, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

const OLD = key(50);
const NEW = key(51);

/** Bob's OLD in subnet 1 with an axon, a row, children, and stake of Bob's and Alice's. */
function settled(): Chain {
  const chain = testChain();
  testSubnet(chain);
  must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: OLD });
  for (const who of [alice, bob])
    must(chain, who, "SubtensorModule.add_stake", { hotkey: OLD, netuid: 1, amount_staked: 100n * TAO });
  const axon = {
    netuid: 1,
    version: 1,
    ip: 16_909_060n,
    port: 8_080,
    ip_type: 4,
    protocol: 4,
    placeholder1: 0,
    placeholder2: 0,
  };
  must(chain, OLD, "SubtensorModule.serve_axon", axon);
  chain.patch(({ state }) => {
    s.ChildKeys.set(state, [OLD, 1], [[9n, key(60)]]);
    s.ParentKeys.set(state, [key(60), 1], [[9n, OLD]]);
  });
  mine(chain, 2);
  return chain;
}
const swap = (chain: Chain, args: Readonly<Record<string, unknown>> = {}, who = bob): string =>
  perform(chain, who, "SubtensorModule.swap_hotkey", { hotkey: OLD, new_hotkey: NEW, netuid: undefined, ...args });

describe("swap_hotkey", () => {
  it("moves slot, axon, children, takes and everybody's stake, and costs 0.1 TAO", () => {
    const chain = settled();
    must(chain, bob, "SubtensorModule.decrease_take", { hotkey: OLD, take: 77 });
    const stakes = [alice, bob].map((who) => stakeRao(chain.head.tree, OLD, who, 1));
    const before = freeRao(chain.head.tree, bob);
    expect(swap(chain)).toBe("ok");
    const { tree } = chain.head;
    expect(before - freeRao(tree, bob)).toBe(TAO / 10n);
    expect(s.Uids.get(tree, 1, NEW)).toBe(1);
    expect(s.Uids.get(tree, 1, OLD)).toBeUndefined();
    expect(s.Keys.get(tree, 1, 1)).toBe(NEW);
    expect(s.Axons.get(tree, 1, NEW)?.port).toBe(8_080);
    expect(s.ChildKeys.get(tree, NEW, 1)).toEqual([[9n, key(60)]]);
    expect(s.ParentKeys.get(tree, key(60), 1)).toEqual([[9n, NEW]]);
    expect(s.Delegates.get(tree, NEW)).toBe(77);
    expect([alice, bob].map((who) => stakeRao(tree, NEW, who, 1))).toEqual(stakes);
    expect(stakeRao(tree, OLD, bob, 1)).toBe(0n);
    expect(s.OwnedHotkeys.get(tree, bob)).toEqual([NEW]);
    expect(s.StakingHotkeys.get(tree, alice)).toContain(NEW);
    expect(s.Owner.has(tree, OLD)).toBe(false);
  });

  it("on one subnet leaves the old hotkey to its owner, and with keep_stake its stake too", () => {
    const chain = settled();
    const staked = stakeRao(chain.head.tree, OLD, bob, 1);
    const args = { hotkey: OLD, new_hotkey: NEW, netuid: 1, keep_stake: true };
    must(chain, bob, "SubtensorModule.swap_hotkey_v2", args);
    expect(s.Uids.get(chain.head.tree, 1, NEW)).toBe(1);
    expect(stakeRao(chain.head.tree, OLD, bob, 1)).toBe(staked);
    expect(s.OwnedHotkeys.get(chain.head.tree, bob)).toEqual([OLD, NEW]);
  });

  it("follows the owner's hotkey of a subnet", () => {
    const chain = settled();
    expect(swap(chain, { hotkey: OWNER_HOTKEY }, alice)).toBe("ok");
    expect(s.SubnetOwnerHotkey.get(chain.head.tree, 1)).toBe(NEW);
  });

  it.each([
    ["somebody else's", {}, alice, "NonAssociatedColdKey"],
    ["to somebody else's", { new_hotkey: OWNER_HOTKEY }, bob, "NonAssociatedColdKey"],
    ["to itself", { new_hotkey: OLD }, bob, "NewHotKeyIsSameWithOld"],
  ])("is refused: %s", (_, args, who, expected) => {
    expect(swap(settled(), args, who)).toBe(expected);
  });

  it("is refused to a registered hotkey, and again within the limit", () => {
    const chain = settled();
    must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(52) });
    expect(swap(chain, { new_hotkey: key(52) })).toBe("HotKeyAlreadyRegisteredInSubNet");
    expect(swap(chain)).toBe("ok");
    expect(swap(chain, { hotkey: NEW, new_hotkey: OLD })).toBe("HotKeySetTxRateLimitExceeded");
    must(chain, "root", "AdminUtils.sudo_set_tx_rate_limit", { tx_rate_limit: 0n });
    expect(swap(chain, { hotkey: NEW, new_hotkey: OLD })).toBe("HotKeySwapOnSubnetIntervalNotPassed");
    mine(chain, 2);
    expect(swap(chain, { hotkey: NEW, new_hotkey: OLD })).toBe("ok");
  });
});

describe("a coldkey's swap", () => {
  const FRESH = key(70);
  const hash = toHex(blake2_256(fromHex(FRESH)));
  const call = (
    chain: Chain,
    name: string,
    args: Readonly<Record<string, unknown>> = {},
    who: string = alice,
  ): string => perform(chain, who, `SubtensorModule.${name}`, args);

  it("is announced, waits, and takes everything along", () => {
    const chain = settled();
    const staked = stakeRao(chain.head.tree, OLD, alice, 1);
    expect(call(chain, "swap_coldkey_announced", { new_coldkey: FRESH })).toBe("ColdkeySwapAnnouncementNotFound");
    expect(call(chain, "announce_coldkey_swap", { new_coldkey_hash: hash })).toBe("ok");
    expect(call(chain, "announce_coldkey_swap", { new_coldkey_hash: hash })).toBe("ColdkeySwapReannouncedTooEarly");
    expect(call(chain, "add_stake", { hotkey: OLD, netuid: 1, amount_staked: TAO })).toBe("ColdkeySwapAnnounced");
    expect(call(chain, "swap_coldkey_announced", { new_coldkey: key(71) })).toBe("AnnouncedColdkeyHashDoesNotMatch");
    expect(call(chain, "swap_coldkey_announced", { new_coldkey: FRESH })).toBe("ColdkeySwapTooEarly");
    mine(chain, 50);
    const money = freeRao(chain.head.tree, alice);
    expect(call(chain, "swap_coldkey_announced", { new_coldkey: FRESH })).toBe("ok");
    const { tree } = chain.head;
    expect(freeRao(tree, FRESH)).toBe(money);
    expect(freeRao(tree, alice)).toBe(0n);
    expect(s.SubnetOwner.get(tree, 1)).toBe(FRESH);
    expect(s.Owner.get(tree, OWNER_HOTKEY)).toBe(FRESH);
    expect(stakeRao(tree, OLD, FRESH, 1)).toBeGreaterThanOrEqual(staked - 1n);
    expect(s.OwnedHotkeys.get(tree, alice)).toEqual([]);
  });

  it("can be disputed, which stops everything until root resets it", () => {
    const chain = settled();
    expect(call(chain, "announce_coldkey_swap", { new_coldkey_hash: hash })).toBe("ok");
    expect(call(chain, "dispute_coldkey_swap")).toBe("ok");
    expect(call(chain, "swap_coldkey_announced", { new_coldkey: FRESH })).toBe("ColdkeySwapDisputed");
    expect(call(chain, "reset_coldkey_swap", { coldkey: alice }, bob)).toBe("BadOrigin");
    expect(call(chain, "reset_coldkey_swap", { coldkey: alice }, "root")).toBe("ok");
    expect(call(chain, "add_stake", { hotkey: OLD, netuid: 1, amount_staked: TAO })).toBe("ok");
  });

  it("can be taken back after a while, forced by root, and not onto a key in use", () => {
    const chain = settled();
    expect(call(chain, "announce_coldkey_swap", { new_coldkey_hash: hash })).toBe("ok");
    expect(call(chain, "clear_coldkey_swap_announcement")).toBe("ColdkeySwapClearTooEarly");
    mine(chain, 60);
    expect(call(chain, "clear_coldkey_swap_announcement")).toBe("ok");
    const args = { old_coldkey: alice, new_coldkey: bob, swap_cost: 0n };
    expect(call(chain, "swap_coldkey", args, "root")).toBe("ColdKeyAlreadyAssociated");
    expect(call(chain, "swap_coldkey", { ...args, new_coldkey: OLD }, "root")).toBe("NewColdKeyIsHotkey");
    expect(call(chain, "swap_coldkey", { ...args, new_coldkey: FRESH })).toBe("BadOrigin");
    expect(call(chain, "swap_coldkey", { ...args, new_coldkey: FRESH }, "root")).toBe("ok");
    expect(call(chain, "schedule_swap_coldkey", { new_coldkey: FRESH }, bob)).toBe("Deprecated");
  });
});
