import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { State } from "../../../src/localnet/engine/state.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { alphaPriceRao, squareRoot } from "../../../src/localnet/pallets/subtensor/pool-price.ts";
import {
  addStakeRao,
  addToEverybody,
  hotkeyAlphaRao,
  removeStakeRao,
  stakeRao,
} from "../../../src/localnet/pallets/subtensor/share-pool.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { TotalBalances } from "../../../src/localnet/pallets/system-storage.ts";
import { alice, bob, key, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

const opened = () => {
  const chain = testChain();
  testSubnet(chain);
  return chain;
};
const add = (amount: bigint, hotkey = OWNER_HOTKEY, netuid = 1) =>
  ["SubtensorModule.add_stake", { hotkey, netuid, amount_staked: amount }] as const;

describe("add_stake and remove_stake", () => {
  it("follow the constant product, and the fee leaves circulation", () => {
    const chain = opened();
    const issued = TotalBalances.get(chain.head.tree);
    must(chain, alice, ...add(1_000n * TAO));
    const { tree } = chain.head;
    const fee = (1_000n * TAO * 33n) / 65_535n;
    const net = 1_000n * TAO - fee;
    const alpha = (1_000n * TAO * net) / (1_000n * TAO + net);
    expect(stakeRao(tree, OWNER_HOTKEY, alice, 1)).toBe(alpha);
    expect(s.SubnetTAO.get(tree, 1)).toBe(1_000n * TAO + net);
    expect(s.SubnetAlphaIn.get(tree, 1)).toBe(1_000n * TAO - alpha);
    expect(issued - TotalBalances.get(tree)).toBe(fee);
    expect(alphaPriceRao(tree, 1)).toBeGreaterThan(3_900_000_000n);
  });

  it("cost what root says", () => {
    const chain = opened();
    expect(perform(chain, alice, "Swap.set_fee_rate", { netuid: 1, rate: 0 })).toBe("BadOrigin");
    expect(perform(chain, "root", "Swap.set_fee_rate", { netuid: 9, rate: 0 })).toBe("Swap.MechanismDoesNotExist");
    expect(perform(chain, "root", "Swap.set_fee_rate", { netuid: 1, rate: 10_001 })).toBe("Swap.FeeRateTooHigh");
    must(chain, "root", "Swap.set_fee_rate", { netuid: 1, rate: 0 });
    must(chain, alice, ...add(1_000n * TAO));
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, alice, 1)).toBe(500n * TAO);
    expect(perform(chain, alice, "Swap.disable_lp", {})).toBe("Swap.Deprecated");
  });

  it("are one to one on root", () => {
    const chain = opened();
    must(chain, alice, ...add(50n * TAO, OWNER_HOTKEY, 0));
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, alice, 0)).toBe(50n * TAO);
    must(chain, alice, "SubtensorModule.remove_stake", { hotkey: OWNER_HOTKEY, netuid: 0, amount_unstaked: 50n * TAO });
    expect(hotkeyAlphaRao(chain.head.tree, OWNER_HOTKEY, 0)).toBe(0n);
  });

  it("never make money: in and out again costs two fees and no more", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2_010_000n, max: 100_000n * TAO }), (amount) => {
        const chain = opened();
        const before = freeRao(chain.head.tree, bob);
        must(chain, bob, ...add(amount));
        const held = stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1);
        must(chain, bob, "SubtensorModule.remove_stake", { hotkey: OWNER_HOTKEY, netuid: 1, amount_unstaked: held });
        const lost = before - freeRao(chain.head.tree, bob);
        expect(lost).toBeGreaterThanOrEqual(0n);
        expect(lost).toBeLessThanOrEqual((amount * 2n) / 1_000n + 10n);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["of less than the minimum and its fee", alice, add(2_001_006n), "AmountTooLow"],
    ["of the minimum and its fee", alice, add(2_001_007n), "ok"],
    ["of the minimum at root, where nothing is taken", alice, add(2_000_000n, OWNER_HOTKEY, 0), "ok"],
    ["of more than the pool can take", alice, add(1_000_001n * TAO), "InsufficientLiquidity"],
    ["of all but what keeps an account alive", bob, add(999_999_999_999_500n), "ok"],
    ["of all there is, which would end the account", bob, add(1_000_000n * TAO), "NotEnoughBalanceToStake"],
    ["on a hotkey nobody has", alice, add(TAO, key(99)), "HotKeyAccountNotExists"],
    ["in no subnet", alice, add(TAO, OWNER_HOTKEY, 9), "SubnetNotExists"],
    [
      "removed without having it",
      bob,
      ["SubtensorModule.remove_stake", { hotkey: OWNER_HOTKEY, netuid: 1, amount_unstaked: 1n }],
      "AmountTooLow",
    ],
    [
      "removed within a limit without having it",
      bob,
      [
        "SubtensorModule.remove_stake_limit",
        { hotkey: OWNER_HOTKEY, netuid: 1, amount_unstaked: 1n, limit_price: 1n, allow_partial: false },
      ],
      "NotEnoughStakeToWithdraw",
    ],
    [
      "past the price limit already",
      alice,
      [
        "SubtensorModule.add_stake_limit",
        { hotkey: OWNER_HOTKEY, netuid: 1, amount_staked: TAO, limit_price: TAO, allow_partial: true },
      ],
      "Swap.PriceLimitExceeded",
    ],
    [
      "above the price limit",
      alice,
      [
        "SubtensorModule.add_stake_limit",
        {
          hotkey: OWNER_HOTKEY,
          netuid: 1,
          amount_staked: 100n * TAO,
          limit_price: 1_050_000_000n,
          allow_partial: false,
        },
      ],
      "SlippageTooHigh",
    ],
    [
      "within the price limit",
      alice,
      [
        "SubtensorModule.add_stake_limit",
        {
          hotkey: OWNER_HOTKEY,
          netuid: 1,
          amount_staked: 10n * TAO,
          limit_price: 1_050_000_000n,
          allow_partial: false,
        },
      ],
      "ok",
    ],
  ] as const)("%s: %#", (_, who, [call, args], expected) => {
    expect(perform(opened(), who, call, args)).toBe(expected);
  });

  it("buys up to the price limit where part of it is allowed", () => {
    const chain = opened();
    const args = {
      hotkey: OWNER_HOTKEY,
      netuid: 1,
      amount_staked: 100n * TAO,
      limit_price: 1_050_000_000n,
      allow_partial: true,
    };
    must(chain, bob, "SubtensorModule.add_stake_limit", args);
    const price = alphaPriceRao(chain.head.tree, 1);
    expect(price).toBeGreaterThan(1_049_000_000n);
    expect(price).toBeLessThanOrEqual(1_051_000_000n);
    expect(freeRao(chain.head.tree, bob)).toBeGreaterThan(999_970n * TAO);
  });

  it("burned at once takes no more than it bought, and a stranger's remainder goes too", () => {
    const chain = opened();
    must(chain, bob, ...add(10n * TAO));
    const held = stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1);
    const args = { hotkey: OWNER_HOTKEY, netuid: 1, amount: 5n * TAO, limit: undefined };
    must(chain, bob, "SubtensorModule.add_stake_burn", args);
    const left = stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1);
    expect(left >= held - 1n && left <= held).toBe(true);
    must(chain, "root", "AdminUtils.sudo_set_nominator_min_required_stake", { min_stake: TAO });
    const most = { hotkey: OWNER_HOTKEY, netuid: 1, amount_unstaked: left - TAO / 2n };
    must(chain, bob, "SubtensorModule.remove_stake", most);
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1)).toBe(0n);
  });

  it("unstake_all sells everything the coldkey has on the hotkey", () => {
    const chain = opened();
    must(chain, bob, ...add(10n * TAO));
    must(chain, bob, ...add(5n * TAO, OWNER_HOTKEY, 0));
    must(chain, bob, "SubtensorModule.unstake_all", { hotkey: OWNER_HOTKEY });
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1)).toBe(0n);
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 0)).toBe(0n);
    expect(freeRao(chain.head.tree, bob)).toBeGreaterThan(999_999n * TAO - TAO / 10n);
  });
});

describe("moving stake", () => {
  it("within a subnet keeps every rao of alpha", () => {
    const chain = opened();
    must(chain, bob, "SubtensorModule.try_associate_hotkey", { hotkey: key(8) });
    must(chain, bob, ...add(10n * TAO));
    const alpha = stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1);
    must(chain, bob, "SubtensorModule.move_stake", {
      origin_hotkey: OWNER_HOTKEY,
      destination_hotkey: key(8),
      origin_netuid: 1,
      destination_netuid: 1,
      alpha_amount: alpha,
    });
    expect(stakeRao(chain.head.tree, key(8), bob, 1)).toBe(alpha);
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1)).toBe(0n);
  });

  it("to another coldkey is refused where the owner forbids it", () => {
    const chain = opened();
    must(chain, bob, ...add(10n * TAO));
    const args = {
      destination_coldkey: alice,
      hotkey: OWNER_HOTKEY,
      origin_netuid: 1,
      destination_netuid: 1,
      alpha_amount: TAO,
    };
    must(chain, bob, "SubtensorModule.transfer_stake", args);
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, alice, 1)).toBe(TAO);
    must(chain, alice, "AdminUtils.sudo_set_toggle_transfer", { netuid: 1, toggle: false });
    expect(perform(chain, bob, "SubtensorModule.transfer_stake", args)).toBe("TransferDisallowed");
  });

  it("that is not worth an entry is refused, and so is moving to where it is", () => {
    const chain = opened();
    must(chain, bob, ...add(10n * TAO));
    const place = { hotkey: OWNER_HOTKEY, origin_netuid: 1, destination_netuid: 1 };
    expect(perform(chain, bob, "SubtensorModule.swap_stake", { ...place, alpha_amount: TAO })).toBe("SameNetuid");
    const transfer = { ...place, destination_coldkey: alice };
    expect(perform(chain, bob, "SubtensorModule.transfer_stake", { ...transfer, alpha_amount: 1n })).toBe(
      "AmountTooLow",
    );
    const across = { ...place, destination_netuid: 0, alpha_amount: 1_000n };
    expect(perform(chain, bob, "SubtensorModule.swap_stake", across)).toBe("AmountTooLow");
  });

  it("across subnets pays the fee once and keeps within a ratio of prices", () => {
    const chain = opened();
    must(chain, alice, "SubtensorModule.register_network", { hotkey: key(9) });
    must(chain, alice, "SubtensorModule.start_call", { netuid: 2 });
    must(chain, bob, ...add(100n * TAO));
    const alpha = stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 1);
    const move = { hotkey: OWNER_HOTKEY, origin_netuid: 1, destination_netuid: 2, alpha_amount: alpha };
    const price = (alphaPriceRao(chain.head.tree, 1) * TAO) / alphaPriceRao(chain.head.tree, 2);
    const limited = { ...move, limit_price: (price * 99n) / 100n, allow_partial: false };
    expect(perform(chain, bob, "SubtensorModule.swap_stake_limit", limited)).toBe("SlippageTooHigh");
    must(chain, bob, "SubtensorModule.swap_stake_limit", { ...limited, allow_partial: true });
    const { tree } = chain.head;
    const sold = alpha - stakeRao(tree, OWNER_HOTKEY, bob, 1);
    const got = stakeRao(tree, OWNER_HOTKEY, bob, 2);
    // What was got for what was sold is the limit, but for one fee.
    expect(Number((got * TAO) / sold) / Number(limited.limit_price)).toBeCloseTo(1 - 33 / 65_535, 4);
    must(chain, bob, "SubtensorModule.transfer_stake_and_hotkey", {
      destination_coldkey: alice,
      origin_hotkey: OWNER_HOTKEY,
      destination_hotkey: key(9),
      origin_netuid: 2,
      destination_netuid: 2,
      alpha_amount: stakeRao(tree, OWNER_HOTKEY, bob, 2),
    });
    expect(stakeRao(chain.head.tree, key(9), alice, 2)).toBeGreaterThan(0n);
  });

  it("to root sells the alpha", () => {
    const chain = opened();
    must(chain, bob, ...add(10n * TAO));
    must(chain, bob, "SubtensorModule.swap_stake", {
      hotkey: OWNER_HOTKEY,
      origin_netuid: 1,
      destination_netuid: 0,
      alpha_amount: TAO,
    });
    expect(stakeRao(chain.head.tree, OWNER_HOTKEY, bob, 0)).toBeGreaterThan((TAO * 99n) / 100n);
  });
});

describe("shares", () => {
  it("of dividends are right to the rao, and the parts never exceed the whole", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 15n }), (stakes, dividend) => {
        const state = new State();
        stakes.forEach((rao, n) => {
          addStakeRao(state, key(1), key(10 + n), 1, rao);
        });
        addToEverybody(state, key(1), 1, dividend);
        const total = stakes.reduce((sum, rao) => sum + rao, 0n);
        let held = 0n;
        stakes.forEach((rao, n) => {
          const now = stakeRao(state, key(1), key(10 + n), 1);
          const ideal = rao + (dividend * rao) / total;
          expect(now >= ideal - 2n && now <= ideal + 2n).toBe(true);
          held += now;
        });
        expect(held).toBeLessThanOrEqual(hotkeyAlphaRao(state, key(1), 1));
        stakes.forEach((_, n) => {
          removeStakeRao(state, key(1), key(10 + n), 1, stakeRao(state, key(1), key(10 + n), 1));
        });
        expect(hotkeyAlphaRao(state, key(1), 1)).toBeLessThanOrEqual(BigInt(stakes.length));
      }),
    );
  });

  it("square roots are whole and never too large", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
        const root = squareRoot(value);
        expect(root * root <= value && (root + 1n) * (root + 1n) > value).toBe(true);
      }),
    );
  });
});
