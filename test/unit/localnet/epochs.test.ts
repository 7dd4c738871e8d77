import { describe, expect, it } from "vitest";
import { below, type Random, seededRandom } from "../../../src/base/random.ts";
import { composeRuntime } from "../../../src/localnet/composition.ts";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { StorageItem } from "../../../src/localnet/engine/storage-item.ts";
import { epochHyperparameters } from "../../../src/localnet/pallets/subtensor/epoch.ts";
import { hotkeyAlphaRao } from "../../../src/localnet/pallets/subtensor/share-pool.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { ByteReader } from "../../../src/localnet/scale/bytes.ts";
import { runEpoch } from "../../../src/yuma/epoch.ts";
import { DEFAULT_TAO_WEIGHT } from "../../../src/yuma/epoch-types.ts";
import { upscaleWeights } from "../../../src/yuma/upscale.ts";
import { alice, bob, key, mine, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

/** Some weights by the call itself; what is stored is what yuma/ makes of them, in the caller's order. */
function setRandomRow(chain: Chain, random: Random, hotkey: string, uid: number, n: number): void {
  const dests = Array.from({ length: n }, (_, to) => to).filter(() => below(random, 2) === 0);
  if (dests.length === 0) return;
  const weights = dests.map(() => (below(random, 6) === 0 ? 0 : below(random, 65_536)));
  must(chain, hotkey, "SubtensorModule.set_weights", { netuid: 1, dests, weights, version_key: 0n });
  const row = upscaleWeights(weights).map((value, i) => [dests[i], value]);
  expect(s.Weights.get(chain.head.tree, 1, uid)).toEqual(row);
}

/** A subnet with random neurons, stakes and weights, one block before its epoch. */
function randomSubnet(random: Random): Chain {
  const chain = testChain();
  testSubnet(chain);
  const n = 3 + below(random, 10);
  for (let uid = 1; uid < n; uid++)
    must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(20 + uid) });
  mine(chain, 9);
  chain.patch(({ state }) => {
    s.ValidatorPermit.set(
      state,
      [1],
      Array.from({ length: n }, () => true),
    );
  });
  for (let uid = 0; uid < n; uid++) {
    const hotkey = uid === 0 ? OWNER_HOTKEY : key(20 + uid);
    const amount = BigInt(below(random, 1_000)) * TAO;
    if (amount > 0n)
      must(chain, uid === 0 ? alice : bob, "SubtensorModule.add_stake", {
        hotkey,
        netuid: below(random, 2),
        amount_staked: amount,
      });
    setRandomRow(chain, random, hotkey, uid, n);
  }
  chain.patch(({ state }) => {
    s.ValidatorPermit.set(
      state,
      [1],
      Array.from({ length: n }, () => below(random, 3) > 0),
    );
    s.Yuma3On.set(state, [1], below(random, 2) === 0);
    s.Kappa.set(state, [1], 20_000 + below(random, 40_000));
    s.LastUpdate.set(
      state,
      [1],
      Array.from({ length: n }, () => BigInt(below(random, 9) + 1)),
    );
  });
  return chain;
}

describe("an epoch on the chain", () => {
  it("stores for 50 random subnets what yuma/ alone computes, to the unit", () => {
    for (let seed = 0; seed < 50; seed++) {
      const chain = randomSubnet(seededRandom(seed));
      // Up to the block before the epoch; the epoch's own block accrues once more before it drains.
      while (Number(s.LastEpochBlock.get(chain.head.tree, 1)) + 10 > chain.head.header.number + 1)
        chain.produce(12_000);
      const before = chain.head.tree;
      const n = s.SubnetworkN.get(before, 1);
      const uids = Array.from({ length: n }, (_, uid) => uid);
      const hotkeys = uids.map((uid) => s.Keys.get(before, 1, uid));
      chain.produce(12_000);
      const after = chain.head.tree;
      expect(s.LastMechansimStepBlock.get(after, 1)).toBe(BigInt(chain.head.header.number));
      const emissionRao = s.Emission.get(after, 1).reduce((sum, rao) => sum + rao, 0n);
      const perBlock = [s.PendingServerEmission, s.PendingValidatorEmission, s.PendingRootAlphaDivs].map((item) =>
        item.get(before, 1),
      );
      const blocks = BigInt(chain.head.header.number);
      const drained = perBlock.reduce((sum, rao) => sum + rao, 0n);
      // One more block's accrual; root stake makes the validators' part differ from block to block by the alpha issued.
      expect(emissionRao).toBeGreaterThan(drained);
      const pending = drainedWith(chain, before);
      const output = runEpoch({
        hyperparameters: epochHyperparameters(before, 1),
        block: Number(blocks),
        ownerUid: 0,
        weights: uids.map((uid) => s.Weights.get(before, 1, uid)),
        bonds: uids.map((uid) => s.Bonds.get(before, 1, uid)),
        lastUpdate: s.LastUpdate.get(before, 1).map(Number),
        blockAtRegistration: uids.map((uid) => Number(s.BlockAtRegistration.get(before, 1, uid))),
        alphaStakeRao: hotkeys.map((hotkey) => hotkeyAlphaRao(before, hotkey, 1)),
        rootStakeRao: hotkeys.map((hotkey) => hotkeyAlphaRao(before, hotkey, 0)),
        permits: s.ValidatorPermit.get(before, 1),
        lastMechanismStepBlock: Number(s.LastMechansimStepBlock.get(before, 1)),
        emissionRao: pending,
        taoWeight: DEFAULT_TAO_WEIGHT,
        pendingCommits: [],
        epochIndex: Number(s.SubnetEpochIndex.get(after, 1)),
        revealPeriodEpochs: 1,
      });
      expect(s.Incentive.get(after, 1), `incentive, seed ${seed}`).toEqual(output.incentive);
      expect(s.Dividends.get(after, 1), `dividends, seed ${seed}`).toEqual(output.dividends);
      expect(s.Consensus.get(after, 1)).toEqual(output.consensus);
      expect(s.ValidatorTrust.get(after, 1)).toEqual(output.validatorTrust);
      expect(s.ValidatorPermit.get(after, 1)).toEqual(output.permits);
      expect(s.Active.get(after, 1)).toEqual(output.active);
      expect(s.StakeWeight.get(after, 1)).toEqual(output.stakeWeight);
      expect(s.Emission.get(after, 1), `emission, seed ${seed}`).toEqual(output.emissionRao);
      expect(uids.map((uid) => s.Bonds.get(after, 1, uid))).toEqual(output.bonds);
    }
  });

  it("pays out what accrued: nothing is left over and nothing is made up", () => {
    const chain = testChain();
    testSubnet(chain);
    must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(30) });
    must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(31) });
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: key(30), netuid: 1, amount_staked: 1_000n * TAO });
    mine(chain, 10);
    must(chain, key(30), "SubtensorModule.set_weights", { netuid: 1, dests: [2], weights: [1], version_key: 0n });
    const before = hotkeyAlphaRao(chain.head.tree, key(31), 1);
    mine(chain, 10);
    const earned = hotkeyAlphaRao(chain.head.tree, key(31), 1) - before;
    expect(s.Incentive.get(chain.head.tree, 1)).toEqual([0, 0, 65_535]);
    // Ten blocks at 0.410002288 alpha for miners, and this miner earned all of it.
    expect(earned).toBeGreaterThan(4_099_000_000n);
    expect(earned).toBeLessThanOrEqual(4_100_022_880n);
  });

  it("runs every tempo blocks, and at once where the owner triggers it", () => {
    const chain = testChain();
    testSubnet(chain);
    mine(chain, 10);
    const index = s.SubnetEpochIndex.get(chain.head.tree, 1);
    mine(chain, 30);
    expect(s.SubnetEpochIndex.get(chain.head.tree, 1) - index).toBe(3n);
    must(chain, "root", "AdminUtils.sudo_set_tempo", { netuid: 1, tempo: 360 });
    expect(perform(chain, bob, "SubtensorModule.trigger_epoch", { netuid: 1 })).toBe("BadOrigin");
    must(chain, alice, "SubtensorModule.trigger_epoch", { netuid: 1 });
    expect(perform(chain, alice, "SubtensorModule.trigger_epoch", { netuid: 1 })).toBe("EpochTriggerAlreadyPending");
    // The window in which rules may not change is kept free before it.
    mine(chain, 9);
    expect(s.SubnetEpochIndex.get(chain.head.tree, 1) - index).toBe(3n);
    mine(chain, 1);
    expect(s.SubnetEpochIndex.get(chain.head.tree, 1) - index).toBe(4n);
  });
});

/** What the epoch's block drains: everything pending and one more block of emission. */
function drainedWith(chain: Chain, before: Chain["head"]["tree"]): bigint {
  const pendingOf = (tree: typeof before): bigint =>
    s.PendingServerEmission.get(tree, 1) +
    s.PendingValidatorEmission.get(tree, 1) +
    s.PendingRootAlphaDivs.get(tree, 1);
  // The same block again, with the epoch put off, shows the accrual by itself.
  const twin = testChain();
  twin.load({
    ...chain.dump(),
    state: Object.fromEntries([...before.entries()].map(([k, v]) => [`0x${k}`, `0x${Buffer.from(v).toString("hex")}`])),
  });
  twin.patch(({ state }) => {
    s.Tempo.set(state, [1], 0);
  });
  twin.produce(12_000);
  return pendingOf(twin.head.tree);
}

describe("owners", () => {
  it("may change their rules, but not right before an epoch, nor all the time; root neither right before one", () => {
    const chain = testChain();
    testSubnet(chain);
    mine(chain, 2);
    must(chain, "root", "AdminUtils.sudo_set_admin_freeze_window", { window: 0 });
    must(chain, "root", "AdminUtils.sudo_set_tempo", { netuid: 1, tempo: 100 });
    must(chain, "root", "AdminUtils.sudo_set_admin_freeze_window", { window: 10 });
    const rho = (value: number) => ["AdminUtils.sudo_set_rho", { netuid: 1, rho: value }] as const;
    expect(perform(chain, bob, ...rho(1))).toBe("BadOrigin");
    expect(perform(chain, alice, ...rho(1))).toBe("ok");
    mine(chain, 50);
    expect(perform(chain, alice, ...rho(2))).toBe("TxRateLimitExceeded");
    expect(perform(chain, "root", ...rho(2))).toBe("ok");
    mine(chain, 40);
    expect(perform(chain, "root", ...rho(3))).toBe("ok");
    mine(chain, 1);
    // The limit is asked about first, then the window; both on what nobody changed before.
    expect(perform(chain, alice, ...rho(2))).toBe("TxRateLimitExceeded");
    const penalty = ["AdminUtils.sudo_set_bonds_penalty", { netuid: 1, bonds_penalty: 1 }] as const;
    expect(perform(chain, alice, ...penalty)).toBe("AdminActionProhibitedDuringWeightsWindow");
    expect(perform(chain, "root", ...penalty)).toBe("AdminActionProhibitedDuringWeightsWindow");
    // What concerns no epoch is free all the time.
    expect(perform(chain, "root", "AdminUtils.sudo_set_kappa", { netuid: 1, kappa: 9 })).toBe("ok");
    mine(chain, 9);
    expect(perform(chain, alice, ...penalty)).toBe("ok");
    mine(chain, 101);
    expect(perform(chain, alice, ...rho(2))).toBe("ok");
    expect(perform(chain, alice, "AdminUtils.sudo_set_tempo", { netuid: 1, tempo: 9 })).toBe("BadOrigin");
    expect(perform(chain, alice, "SubtensorModule.set_tempo", { netuid: 1, tempo: 9 })).toBe("TempoOutOfBounds");
    expect(perform(chain, "root", "AdminUtils.sudo_set_kappa", { netuid: 9, kappa: 1 })).toBe(
      "AdminUtils.SubnetDoesNotExist",
    );
  });

  it.each([
    ["sudo_set_min_burn", { min_burn: 2_000_000_000n }, "AdminUtils.ValueNotInBounds"],
    ["sudo_set_max_burn", { max_burn: 1n }, "AdminUtils.ValueNotInBounds"],
    [
      "sudo_set_max_allowed_uids",
      { max_allowed_uids: 300 },
      "AdminUtils.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids",
    ],
    ["sudo_set_max_allowed_uids", { max_allowed_uids: 10 }, "AdminUtils.MaxAllowedUidsLessThanMinAllowedUids"],
    ["sudo_set_max_allowed_validators", { max_allowed_validators: 300 }, "AdminUtils.MaxValidatorsLargerThanMaxUIds"],
    ["sudo_set_alpha_values", { alpha_low: 1, alpha_high: 2 }, "LiquidAlphaDisabled"],
    ["sudo_set_mechanism_count", { mechanism_count: 3 }, "InvalidValue"],
    ["sudo_set_mechanism_count", { mechanism_count: 2 }, "TooManyUIDsPerMechanism"],
    ["sudo_set_mechanism_emission_split", { maybe_split: [1, 2] }, "InvalidValue"],
    ["sudo_set_activity_cutoff", { activity_cutoff: 359 }, "ActivityCutoffTooLow"],
    ["sudo_set_commit_reveal_weights_interval", { interval: 0n }, "RevealPeriodTooSmall"],
    ["sudo_set_commit_reveal_weights_interval", { interval: 101n }, "RevealPeriodTooLarge"],
    ["sudo_set_burn_half_life", { burn_half_life: 0 }, "AdminUtils.InvalidValue"],
    ["sudo_set_burn_increase_mult", { burn_increase_mult: { bits: (3n << 64n) + 1n } }, "AdminUtils.InvalidValue"],
    ["sudo_set_burn_half_life", { netuid: 0, burn_half_life: 9 }, "AdminUtils.NotPermittedOnRootSubnet"],
    ["sudo_set_owner_immune_neuron_limit", { immune_neurons: 11 }, "InvalidValue"],
    ["sudo_set_min_childkey_take_per_subnet", { take: 12_000 }, "AdminUtils.InvalidValue"],
    ["sudo_set_max_epochs_per_block", { max_epochs_per_block: 0 }, "AdminUtils.ValueNotInBounds"],
    ["sudo_set_total_issuance", { total_issuance: 1n }, "AdminUtils.Deprecated"],
    ["sudo_set_network_pow_registration_allowed", { registration_allowed: true }, "AdminUtils.POWRegistrationDisabled"],
    ["sudo_trim_to_max_allowed_uids", { max_n: 63 }, "InvalidValue"],
  ])("%s keeps its bounds", (call, args, expected) => {
    const chain = testChain();
    testSubnet(chain);
    expect(perform(chain, "root", `AdminUtils.${call}`, { netuid: 1, ...args })).toBe(expected);
  });
});

describe("settings by root and owner", () => {
  it("the owner's hotkey changes once a week, the weights' version key every five epochs", () => {
    const chain = testChain();
    mine(chain, 1);
    testSubnet(chain);
    must(chain, alice, "AdminUtils.sudo_set_sn_owner_hotkey", { netuid: 1, hotkey: key(77) });
    expect(s.SubnetOwnerHotkey.get(chain.head.tree, 1)).toBe(key(77));
    const again = { netuid: 1, hotkey: key(78) };
    expect(perform(chain, "root", "AdminUtils.sudo_set_sn_owner_hotkey", again)).toBe("TxRateLimitExceeded");
    const version = (by: string): string =>
      perform(chain, by, "AdminUtils.sudo_set_weights_version_key", { netuid: 1, weights_version_key: 7n });
    expect(version(alice)).toBe("ok");
    expect(version(alice)).toBe("TxRateLimitExceeded");
    expect(version("root")).toBe("ok");
  });

  it("trimming keeps the immune and those with most emission, and renumbers weights and bonds", () => {
    const chain = testChain();
    testSubnet(chain);
    for (let n = 1; n < 8; n++) must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(20 + n) });
    chain.patch(({ state }) => {
      s.MinAllowedUids.set(state, [1], 4);
      s.ImmunityPeriod.set(state, [1], 0);
      s.Emission.set(state, [1], [0n, 9n, 1n, 8n, 2n, 7n, 3n, 6n]);
      s.Incentive.set(state, [1], [0, 1, 2, 3, 4, 5, 6, 7]);
      s.Weights.set(
        state,
        [1, 3],
        [
          [1, 10],
          [2, 20],
          [5, 30],
        ],
      );
      s.Bonds.set(
        state,
        [1, 0],
        [
          [7, 1],
          [6, 2],
        ],
      );
    });
    must(chain, "root", "AdminUtils.sudo_trim_to_max_allowed_uids", { netuid: 1, max_n: 5 });
    const { tree } = chain.head;
    expect(s.SubnetworkN.get(tree, 1)).toBe(5);
    expect(s.Incentive.get(tree, 1)).toEqual([0, 1, 3, 5, 7]);
    expect([0, 1, 2, 3, 4].map((uid) => s.Keys.get(tree, 1, uid))).toEqual([
      OWNER_HOTKEY,
      ...[1, 3, 5, 7].map((n) => key(20 + n)),
    ]);
    expect(s.Uids.get(tree, 1, key(25))).toBe(3);
    expect(s.Uids.get(tree, 1, key(22))).toBeUndefined();
    expect(s.Weights.get(tree, 1, 2)).toEqual([
      [1, 10],
      [3, 30],
    ]);
    expect(s.Bonds.get(tree, 1, 0)).toEqual([[4, 1]]);
    must(chain, "root", "AdminUtils.sudo_set_immunity_period", { netuid: 1, immunity_period: 60_000 });
    expect(perform(chain, "root", "AdminUtils.sudo_trim_to_max_allowed_uids", { netuid: 1, max_n: 4 })).toBe(
      "TrimmingWouldExceedMaxImmunePercentage",
    );
  });

  it("symbols are the chain's own, each used once", () => {
    const chain = testChain();
    testSubnet(chain);
    const set = (symbol: string): string =>
      perform(chain, alice, "SubtensorModule.update_symbol", { netuid: 1, symbol: Buffer.from(symbol, "utf8") });
    expect(set("?")).toBe("SymbolDoesNotExist");
    expect(set("α")).toBe("SymbolAlreadyInUse");
    expect(set("ω")).toBe("ok");
    must(chain, alice, "SubtensorModule.register_network", { hotkey: key(90) });
    expect(Buffer.from(s.TokenSymbol.get(chain.head.tree, 2)).toString()).toBe("β");
  });
});

describe("where a coldkey says so", () => {
  it("its miners' emission is staked on another hotkey", () => {
    const chain = testChain();
    testSubnet(chain);
    for (const n of [30, 31]) must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(n) });
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: key(30), netuid: 1, amount_staked: 100n * TAO });
    const send = (hotkey: string): string =>
      perform(chain, bob, "SubtensorModule.set_coldkey_auto_stake_hotkey", { netuid: 1, hotkey });
    expect(send(key(99))).toBe("HotKeyNotRegisteredInSubNet");
    expect(send(key(31))).toBe("ok");
    expect(send(key(30))).toBe("ok");
    expect(send(key(30))).toBe("SameAutoStakeHotkeyAlreadySet");
    expect(s.AutoStakeDestinationColdkeys.get(chain.head.tree, key(31), 1)).toEqual([]);
    mine(chain, 10);
    must(chain, key(30), "SubtensorModule.set_weights", { netuid: 1, dests: [2], weights: [1], version_key: 0n });
    const before = hotkeyAlphaRao(chain.head.tree, key(31), 1);
    const staked = hotkeyAlphaRao(chain.head.tree, key(30), 1);
    mine(chain, 10);
    expect(hotkeyAlphaRao(chain.head.tree, key(31), 1)).toBe(before);
    expect(hotkeyAlphaRao(chain.head.tree, key(30), 1) - staked).toBeGreaterThan(7_000_000_000n);
  });

  it("voting power follows the stake where the subnet keeps it", () => {
    const chain = testChain();
    testSubnet(chain);
    const power = new StorageItem<[number, string], bigint>("SubtensorModule", "VotingPower");
    const call = (name: string, by: string, args: object = {}): string =>
      perform(chain, by, `SubtensorModule.${name}`, { netuid: 1, ...args });
    expect(call("disable_voting_power_tracking", alice)).toBe("VotingPowerTrackingNotEnabled");
    expect(call("enable_voting_power_tracking", bob)).toBe("BadOrigin");
    expect(call("enable_voting_power_tracking", alice)).toBe("ok");
    expect(call("sudo_set_voting_power_ema_alpha", "root", { alpha: 10n ** 18n + 1n })).toBe(
      "InvalidVotingPowerEmaAlpha",
    );
    expect(call("sudo_set_voting_power_ema_alpha", "root", { alpha: 10n ** 18n / 2n })).toBe("ok");
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: OWNER_HOTKEY, netuid: 1, amount_staked: 100n * TAO });
    while (s.LastMechansimStepBlock.get(chain.head.tree, 1) === 0n) mine(chain, 1);
    const half = power.get(chain.head.tree, 1, OWNER_HOTKEY);
    expect(half).toBeGreaterThan(40n * TAO);
    expect(half).toBeLessThan(50n * TAO);
    expect(call("disable_voting_power_tracking", alice)).toBe("ok");
  });
});

describe("runtime APIs", () => {
  it("every published method answers with what its own type says, for a subnet and for none", () => {
    const chain = testChain();
    testSubnet(chain);
    must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey: key(30) });
    must(chain, bob, "SubtensorModule.add_stake", { hotkey: key(30), netuid: 1, amount_staked: 1_000n * TAO });
    mine(chain, 21);
    const { apis, logic } = composeRuntime();
    const samples: Readonly<Record<string, unknown>> = {
      NetUid: 1,
      MechId: 0,
      AccountId32: key(30),
      u64: TAO,
      u32: 15,
      u16: 1,
      TaoBalance: TAO,
      AlphaBalance: TAO,
      Weight: { ref_time: 1_000_000n, proof_size: 0n },
    };
    let called = 0;
    for (const api of logic.published.apis) {
      for (const method of api.methods) {
        const args = method.inputs.map(({ type }) =>
          type.kind === "named" || type.kind === "primitive" ? samples[type.name] : undefined,
        );
        if (args.some((arg, i) => arg === undefined && method.inputs[i]?.type.kind !== "option")) continue;
        const bytes = method.inputs.map(({ type }, i) =>
          logic.published.encode("Vec<u8>", encodeOne(logic.published, type, args[i])).subarray(0),
        );
        const raw = Buffer.concat(
          bytes.map((prefixed) => Buffer.from(logic.published.decode("Vec<u8>", prefixed) as Uint8Array)),
        );
        const answer = apis.call(`${api.name}_${method.name}`, raw, chain.head);
        const reader = new ByteReader(answer);
        logic.published.types.codecOf(method.output).decode(reader);
        expect(reader.left, `${api.name}_${method.name}`).toBe(0);
        called++;
      }
    }
    expect(called).toBeGreaterThan(35);
    expect(() => apis.call("SubnetInfoRuntimeApi_nothing", new Uint8Array(), chain.head)).toThrow("not found");
    expect(() => apis.call("SubnetInfoRuntimeApi_get_metagraph", Uint8Array.of(1, 0, 9), chain.head)).toThrow(
      "Invalid params",
    );
    expect(
      Buffer.from(apis.call("SubnetInfoRuntimeApi_get_metagraph", Uint8Array.of(9, 0), chain.head)).toString("hex"),
    ).toBe("00");
  });
});

function encodeOne(
  runtime: ReturnType<typeof composeRuntime>["logic"]["published"],
  type: Parameters<typeof runtime.types.codecOf>[0],
  value: unknown,
): Uint8Array {
  const text = type.kind === "named" || type.kind === "primitive" ? type.name : "Option<()>";
  return runtime.encode(text, value);
}
