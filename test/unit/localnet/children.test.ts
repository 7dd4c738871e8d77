import { describe, expect, it } from "vitest";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { hotkeyAlphaRao, stakeRao } from "../../../src/localnet/pallets/subtensor/share-pool.ts";
import { inheritedAlphaRao, inheritedRootRao } from "../../../src/localnet/pallets/subtensor/stake-weight.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { alice, bob, key, mine, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

const ALL = (1n << 64n) - 1n;
const PARENT = key(40);
const CHILD = key(41);

/** Bob's parent and child in subnet 1, a thousand TAO staked on the parent. */
function family(): Chain {
  const chain = testChain();
  testSubnet(chain);
  for (const hotkey of [PARENT, CHILD]) must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey });
  must(chain, bob, "SubtensorModule.add_stake", { hotkey: PARENT, netuid: 1, amount_staked: 1_000n * TAO });
  mine(chain, 1);
  return chain;
}
const setChildren = (chain: Chain, children: [bigint, string][], who = bob, hotkey = PARENT, netuid = 1): string =>
  perform(chain, who, "SubtensorModule.set_children", { hotkey, netuid, children });

describe("set_children", () => {
  it.each([
    ["on root", { netuid: 0 }, [[1n, CHILD]], "RegistrationNotPermittedOnRootSubnet"],
    ["in no subnet", { netuid: 9 }, [[1n, CHILD]], "SubnetNotExists"],
    ["by a stranger", { who: alice }, [[1n, CHILD]], "NonAssociatedColdKey"],
    [
      "one child twice",
      {},
      [
        [1n, CHILD],
        [2n, CHILD],
      ],
      "DuplicateChild",
    ],
    ["oneself", {}, [[1n, PARENT]], "InvalidChild"],
    ["six of them", {}, [1, 2, 3, 4, 5, 6].map((n) => [1n, key(100 + n)] as const), "TooManyChildren"],
    [
      "more than all",
      {},
      [
        [ALL, CHILD],
        [1n, key(99)],
      ],
      "ProportionOverflow",
    ],
    ["all to one", {}, [[ALL, CHILD]], "ok"],
    ["nobody", {}, [], "ok"],
  ] as [string, { netuid?: number; who?: string }, [bigint, string][], string][])(
    "%s: %#",
    (_, how, children, expected) => {
      expect(setChildren(family(), children, how.who, PARENT, how.netuid)).toBe(expected);
    },
  );

  it("waits for the cool-down and the next epoch, and may be repeated after 150 blocks", () => {
    const chain = family();
    expect(setChildren(chain, [[ALL / 2n, CHILD]])).toBe("ok");
    expect(setChildren(chain, [])).toBe("TxRateLimitExceeded");
    const [, coolDown] = s.PendingChildKeys.get(chain.head.tree, 1, PARENT);
    expect(coolDown).toBe(BigInt(chain.head.header.number) + 15n);
    while (BigInt(chain.head.header.number) <= coolDown) mine(chain, 1);
    expect(s.ChildKeys.get(chain.head.tree, PARENT, 1)).toEqual([]);
    mine(chain, 10);
    expect(s.ChildKeys.get(chain.head.tree, PARENT, 1)).toEqual([[ALL / 2n, CHILD]]);
    expect(s.ParentKeys.get(chain.head.tree, CHILD, 1)).toEqual([[ALL / 2n, PARENT]]);
    expect(s.PendingChildKeys.has(chain.head.tree, 1, PARENT)).toBe(false);
    expect(setChildren(chain, [[1n, PARENT]], bob, CHILD)).toBe("ChildParentInconsistency");
    mine(chain, 150);
    expect(setChildren(chain, [])).toBe("ok");
    mine(chain, 30);
    expect(s.ChildKeys.has(chain.head.tree, PARENT, 1)).toBe(false);
    expect(s.ParentKeys.has(chain.head.tree, CHILD, 1)).toBe(false);
  });

  it("is done at once before the subnet has started", () => {
    const chain = testChain();
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    must(chain, bob, "SubtensorModule.try_associate_hotkey", { hotkey: PARENT });
    expect(setChildren(chain, [[5n, CHILD]])).toBe("ok");
    expect(s.ChildKeys.get(chain.head.tree, PARENT, 1)).toEqual([[5n, CHILD]]);
  });

  it("lends stake in the subnet and at root: to the rao what the parent no longer has", () => {
    const chain = family();
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: PARENT, netuid: 0, amount_staked: 77n * TAO });
    chain.patch(({ state }) => {
      s.SubtokenEnabled.set(state, [1], false);
    });
    expect(setChildren(chain, [[ALL / 4n, CHILD]])).toBe("ok");
    const { tree } = chain.head;
    const quarter = ((ALL / 4n) << 32n) / ALL;
    const alpha = hotkeyAlphaRao(tree, PARENT, 1);
    expect(inheritedAlphaRao(tree, 1, CHILD)).toBe((alpha * quarter) >> 32n);
    expect(inheritedAlphaRao(tree, 1, PARENT)).toBe(((alpha << 32n) - alpha * quarter) >> 32n);
    expect(inheritedRootRao(tree, 1, CHILD)).toBe((77n * TAO * quarter) >> 32n);
    expect(inheritedRootRao(tree, 0, PARENT)).toBe(77n * TAO);
  });

  it("gives the child the parent's weight in the epoch and the parent its dividends, less the take of strangers", () => {
    const dividendsOf = (owner: string, take: number): { parent: bigint; child: bigint } => {
      const chain = testChain();
      testSubnet(chain);
      must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: PARENT });
      must(chain, owner, "SubtensorModule.burned_register", { netuid: 1, hotkey: CHILD });
      must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(42) });
      must(chain, bob, "SubtensorModule.add_stake", { hotkey: PARENT, netuid: 1, amount_staked: 1_000n * TAO });
      chain.patch(({ state }) => {
        s.SubtokenEnabled.set(state, [1], false);
      });
      expect(setChildren(chain, [[ALL, CHILD]])).toBe("ok");
      chain.patch(({ state }) => {
        s.SubtokenEnabled.set(state, [1], true);
      });
      if (take > 0) must(chain, owner, "SubtensorModule.set_childkey_take", { hotkey: CHILD, netuid: 1, take });
      // Nobody has weights yet, so all of the first epoch goes by stake: to the child, which holds all of it.
      while (s.LastMechansimStepBlock.get(chain.head.tree, 1) === 0n) mine(chain, 1);
      expect(s.ValidatorPermit.get(chain.head.tree, 1).slice(1, 3)).toEqual([false, true]);
      return {
        parent: s.AlphaDividendsPerSubnet.get(chain.head.tree, 1, PARENT),
        child: s.AlphaDividendsPerSubnet.get(chain.head.tree, 1, CHILD),
      };
    };
    const own = dividendsOf(bob, 11_796);
    expect(own.parent).toBeGreaterThan(3_000_000_000n);
    // Between two hotkeys of one coldkey nothing is taken.
    expect(own.child).toBeLessThan(10n);
    const stranger = dividendsOf(alice, 11_796);
    const share = Number(stranger.child) / Number(stranger.child + stranger.parent);
    expect(share).toBeCloseTo(11_796 / 65_535, 7);
  });
});

describe("set_childkey_take", () => {
  it("keeps to its bounds and rises slowly", () => {
    const chain = family();
    const set = (take: number, who = bob): string =>
      perform(chain, who, "SubtensorModule.set_childkey_take", { hotkey: CHILD, netuid: 1, take });
    expect(set(1, alice)).toBe("NonAssociatedColdKey");
    expect(set(11_797)).toBe("InvalidChildkeyTake");
    expect(set(100)).toBe("ok");
    expect(set(101)).toBe("TxChildkeyTakeRateLimitExceeded");
    expect(set(99)).toBe("ok");
    mine(chain, 5);
    expect(set(101)).toBe("ok");
    must(chain, "root", "SubtensorModule.sudo_set_min_childkey_take", { take: 500 });
    expect(set(499)).toBe("InvalidChildkeyTake");
    expect(perform(chain, bob, "SubtensorModule.sudo_set_max_childkey_take", { take: 1 })).toBe("BadOrigin");
  });
});

describe("a seat at root", () => {
  it("lends its stake to the owner of each new subnet, unless it opted out", () => {
    const chain = testChain();
    for (const hotkey of [PARENT, CHILD]) must(chain, bob, "SubtensorModule.root_register", { hotkey });
    must(chain, bob, "SubtensorModule.set_auto_parent_delegation_enabled", { hotkey: CHILD, enabled: false });
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    expect(s.ParentKeys.get(chain.head.tree, OWNER_HOTKEY, 1)).toEqual([[ALL, PARENT]]);
  });
});

describe("delegate takes", () => {
  it("go down at once and up after the limit, within the chain's bounds", () => {
    const chain = family();
    const call = (name: string, take: number, who = bob): string =>
      perform(chain, who, `SubtensorModule.${name}`, { hotkey: PARENT, take });
    expect(call("increase_take", 20_000)).toBe("DelegateTakeTooHigh");
    expect(call("decrease_take", 1_000, alice)).toBe("NonAssociatedColdKey");
    expect(call("decrease_take", 1_000)).toBe("ok");
    expect(call("decrease_take", 1_000)).toBe("DelegateTakeTooLow");
    expect(call("increase_take", 1_001)).toBe("DelegateTxRateLimitExceeded");
    must(chain, "root", "AdminUtils.sudo_set_tx_delegate_take_rate_limit", { tx_rate_limit: 3n });
    mine(chain, 4);
    expect(call("increase_take", 1_000)).toBe("DelegateTakeTooLow");
    expect(call("increase_take", 1_001)).toBe("ok");
    expect(s.Delegates.get(chain.head.tree, PARENT)).toBe(1_001);
    expect(stakeRao(chain.head.tree, PARENT, bob, 1)).toBeGreaterThan(0n);
  });
});
