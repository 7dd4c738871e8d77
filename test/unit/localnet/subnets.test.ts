import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { alice, bob, key, mine, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

// Origin: observed on a running runtime of spec 425 (registration.json).
const registration = JSON.parse(readFileSync(new URL("../../vectors/registration.json", import.meta.url), "utf8")) as {
  network: { defaults: Record<string, number | string | boolean> };
  decay: { start: number; half_life: number; min_burn: number; max_burn: number; after_each_block: number[] }[];
};

const register = (hotkey: string, netuid = 1) => ["SubtensorModule.burned_register", { netuid, hotkey }] as const;

describe("register_network", () => {
  it("costs 1000 TAO, makes the owner's hotkey uid 0 and sets what the real runtime sets", () => {
    const chain = testChain();
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    const { tree } = chain.head;
    const wanted = registration.network.defaults;
    expect(freeRao(tree, alice)).toBe(999_000n * TAO);
    expect(s.Uids.get(tree, 1, OWNER_HOTKEY)).toBe(0);
    expect(s.SubnetOwner.get(tree, 1)).toBe(alice);
    expect({
      burn: Number(s.Burn.get(tree, 1)),
      min_burn: Number(s.MinBurn.get(tree, 1)),
      max_burn: Number(s.MaxBurn.get(tree, 1)),
      burn_half_life: s.BurnHalfLife.get(tree, 1),
      burn_increase_mult_bits_u64f64: s.BurnIncreaseMult.get(tree, 1).bits.toString(),
      immunity_period: s.ImmunityPeriod.get(tree, 1),
      max_allowed_uids: s.MaxAllowedUids.get(tree, 1),
      min_non_immune_uids: s.MinNonImmuneUids.get(tree, 1),
      immune_owner_uids_limit: s.ImmuneOwnerUidsLimit.get(tree, 1),
      max_registrations_per_block: s.MaxRegistrationsPerBlock.get(tree, 1),
      tempo: s.Tempo.get(tree, 1),
      max_allowed_validators: s.MaxAllowedValidators.get(tree, 1),
      min_allowed_weights: s.MinAllowedWeights.get(tree, 1),
      weights_set_rate_limit: Number(s.WeightsSetRateLimit.get(tree, 1)),
      commit_reveal: s.CommitRevealWeightsEnabled.get(tree, 1),
      reveal_period_epochs: Number(s.RevealPeriodEpochs.get(tree, 1)),
      admin_freeze_window: s.AdminFreezeWindow.get(tree),
      kappa: s.Kappa.get(tree, 1),
      bonds_moving_average: Number(s.BondsMovingAverage.get(tree, 1)),
      bonds_penalty: s.BondsPenalty.get(tree, 1),
      activity_cutoff_factor_milli: s.ActivityCutoffFactorMilli.get(tree, 1),
      serving_rate_limit: Number(s.ServingRateLimit.get(tree, 1)),
      yuma3: s.Yuma3On.get(tree, 1),
      liquid_alpha: s.LiquidAlphaOn.get(tree, 1),
      subnet_owner_cut: s.SubnetOwnerCut.get(tree),
      tao_weight: s.TaoWeight.get(tree).toString(),
    }).toEqual(wanted);
  });

  it("costs the next owner twice as much, and is refused without the money", () => {
    const chain = testChain();
    mine(chain, 2);
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    must(chain, bob, "SubtensorModule.register_network", { hotkey: key(2) });
    expect(freeRao(chain.head.tree, bob)).toBe(998_000n * TAO);
    expect(s.NetworksAdded.get(chain.head.tree, 2)).toBe(true);
    expect(perform(chain, key(9), "SubtensorModule.register_network", { hotkey: key(3) })).toBe("CannotAffordLockCost");
    expect(perform(chain, bob, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY })).toBe(
      "NonAssociatedColdKey",
    );
  });

  it("keeps a distance between subnets where a limit is set", () => {
    const chain = testChain();
    must(chain, "root", "AdminUtils.sudo_set_network_rate_limit", { rate_limit: 10n });
    mine(chain, 1);
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    mine(chain, 5);
    expect(perform(chain, bob, "SubtensorModule.register_network", { hotkey: key(2) })).toBe(
      "NetworkTxRateLimitExceeded",
    );
    mine(chain, 5);
    expect(perform(chain, bob, "SubtensorModule.register_network", { hotkey: key(2) })).toBe("ok");
  });
});

describe("start_call", () => {
  it("opens staking, once, and only for the owner", () => {
    const chain = testChain();
    must(chain, alice, "SubtensorModule.register_network", { hotkey: OWNER_HOTKEY });
    const stake = { hotkey: OWNER_HOTKEY, netuid: 1, amount_staked: TAO };
    expect(perform(chain, alice, "SubtensorModule.add_stake", stake)).toBe("SubtokenDisabled");
    expect(perform(chain, bob, "SubtensorModule.start_call", { netuid: 1 })).toBe("BadOrigin");
    expect(perform(chain, alice, "SubtensorModule.start_call", { netuid: 1 })).toBe("ok");
    expect(perform(chain, alice, "SubtensorModule.start_call", { netuid: 1 })).toBe(
      "FirstEmissionBlockNumberAlreadySet",
    );
    expect(perform(chain, alice, "SubtensorModule.add_stake", stake)).toBe("ok");
    expect(perform(chain, alice, "SubtensorModule.start_call", { netuid: 9 })).toBe("SubnetNotExists");
  });
});

describe("registration", () => {
  it.each(registration.decay.map((trace, index) => [index, trace] as const))(
    "lets the price fall as on the real chain, to the rao (trace %i)",
    (_, trace) => {
      const chain = testChain();
      testSubnet(chain);
      mine(chain, 1);
      chain.patch(({ state }) => {
        s.Burn.set(state, [1], BigInt(trace.start));
        s.BurnHalfLife.set(state, [1], trace.half_life);
        s.MinBurn.set(state, [1], BigInt(trace.min_burn));
        s.MaxBurn.set(state, [1], BigInt(trace.max_burn));
      });
      const seen = trace.after_each_block.map(() => {
        chain.produce();
        return Number(s.Burn.get(chain.head.tree, 1));
      });
      expect(seen).toEqual(trace.after_each_block);
    },
  );

  it("charges each of several in a block the price that the last one raised", () => {
    const chain = testChain();
    testSubnet(chain);
    const before = freeRao(chain.head.tree, bob);
    for (const n of [10, 11, 12]) must(chain, bob, ...register(key(n)));
    const price = 1_000_000_000n;
    expect(before - freeRao(chain.head.tree, bob)).toBe(price + (price * 126n) / 100n + (price * 15_876n) / 10_000n);
  });

  it.each([
    ["on root", register(key(10), 0), "RegistrationNotPermittedOnRootSubnet"],
    ["where there is no subnet", register(key(10), 7), "SubnetNotExists"],
    ["twice", register(OWNER_HOTKEY), "HotKeyAlreadyRegisteredInSubNet"],
    [
      "above the limit",
      ["SubtensorModule.register_limit", { netuid: 1, hotkey: key(10), limit_price: 999_999_999n }],
      "RegistrationPriceLimitExceeded",
    ],
    [
      "at the limit",
      ["SubtensorModule.register_limit", { netuid: 1, hotkey: key(10), limit_price: 1_000_000_000n }],
      "ok",
    ],
  ] as const)("%s: %s", (_, [call, args], expected) => {
    const chain = testChain();
    testSubnet(chain);
    expect(perform(chain, bob, call, args)).toBe(expected);
  });

  it("is refused while it is switched off, and for a hotkey of somebody else", () => {
    const chain = testChain();
    testSubnet(chain);
    must(chain, alice, "SubtensorModule.try_associate_hotkey", { hotkey: key(20) });
    expect(perform(chain, bob, ...register(key(20)))).toBe("NonAssociatedColdKey");
    must(chain, "root", "AdminUtils.sudo_set_network_registration_allowed", { netuid: 1, registration_allowed: false });
    expect(perform(chain, bob, ...register(key(10)))).toBe("SubNetRegistrationDisabled");
  });

  it("replaces the lowest in a full subnet and keeps nothing of it", () => {
    const chain = testChain();
    testSubnet(chain);
    for (let n = 0; n < 63; n++) must(chain, bob, ...register(key(30 + n)));
    chain.patch(({ state }) => {
      s.MaxAllowedUids.set(state, [1], 64);
      s.ImmunityPeriod.set(state, [1], 0);
      s.Emission.set(
        state,
        [1],
        Array.from({ length: 64 }, (_, uid) => (uid === 5 ? 0n : 10n)),
      );
      s.Weights.set(
        state,
        [1, 3],
        [
          [5, 7],
          [6, 65_535],
        ],
      );
      s.Weights.set(state, [1, 5], [[1, 65_535]]);
    });
    mine(chain, 1);
    const old = s.Keys.get(chain.head.tree, 1, 5);
    must(chain, bob, ...register(key(200)));
    const { tree } = chain.head;
    expect(s.Keys.get(tree, 1, 5)).toBe(key(200));
    expect(s.Uids.get(tree, 1, old)).toBeUndefined();
    expect(s.SubnetworkN.get(tree, 1)).toBe(64);
    expect(s.Weights.get(tree, 1, 5)).toEqual([]);
    expect(s.Weights.get(tree, 1, 3)).toEqual([
      [5, 0],
      [6, 65_535],
    ]);
    expect(s.ValidatorPermit.get(tree, 1)[5]).toBe(false);
    expect(s.BlockAtRegistration.get(tree, 1, 5)).toBe(1n);
  });
});

describe("dissolve_network", () => {
  it("gives the pool's TAO back by alpha and leaves nothing of the subnet in storage", () => {
    const chain = testChain();
    const empty = new Set([...chain.head.tree.entries()].map(([k]) => k));
    testSubnet(chain);
    must(chain, bob, ...register(key(10)));
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: key(10), netuid: 1, amount_staked: 100n * TAO });
    const before = freeRao(chain.head.tree, bob);
    expect(perform(chain, bob, "SubtensorModule.root_dissolve_network", { netuid: 1 })).toBe("BadOrigin");
    must(chain, "root", "SubtensorModule.root_dissolve_network", { netuid: 1 });
    const { tree } = chain.head;
    expect(freeRao(tree, bob)).toBeGreaterThan(before + 100n * TAO);
    expect(s.NetworksAdded.get(tree, 1)).toBe(false);
    // Netuid-keyed items of a subnet with number 1 all end in its two bytes, first or last.
    const left = [...tree.entries()].filter(([k]) => !empty.has(k) && /(^.{64}0100|0100$)/.test(k));
    expect(left).toEqual([]);
  });
});
