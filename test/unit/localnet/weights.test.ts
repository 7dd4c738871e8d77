import { describe, expect, it } from "vitest";
import { timelockEncrypt, timelockPayload } from "../../../src/chain/timelock.ts";
import type { Chain } from "../../../src/localnet/engine/chain.ts";
import { InvalidTransaction } from "../../../src/localnet/engine/invalid-transaction.ts";
import { BeaconConfig, LastStoredRound } from "../../../src/localnet/pallets/drand-storage.ts";
import { commitHash } from "../../../src/localnet/pallets/subtensor/hash-commits.ts";
import * as s from "../../../src/localnet/pallets/subtensor/storage.ts";
import { fromHex } from "../../../src/localnet/scale/bytes.ts";
import { alice, bob, key, mine, must, OWNER_HOTKEY, perform, TAO, testChain, testSubnet } from "./harness.ts";

const VALIDATOR = key(10);
const MINERS = [key(11), key(12), key(13)] as const;

/** Owner uid 0, validator uid 1 with nearly all stake and a permit, miners 2–4. */
function arena(): Chain {
  const chain = testChain();
  mine(chain, 1);
  testSubnet(chain);
  must(chain, alice, "SubtensorModule.burned_register", { netuid: 1, hotkey: VALIDATOR });
  for (const hotkey of MINERS) must(chain, bob, "SubtensorModule.burned_register", { netuid: 1, hotkey });
  must(chain, alice, "SubtensorModule.add_stake", { hotkey: VALIDATOR, netuid: 1, amount_staked: 50_000n * TAO });
  mine(chain, 10);
  return chain;
}

const setting = (uids: number[], values: number[], extra: Record<string, unknown> = {}) =>
  ["SubtensorModule.set_weights", { netuid: 1, dests: uids, weights: values, version_key: 0n, ...extra }] as const;

const inPool = (chain: Chain, who: string, call: string, args: Record<string, unknown>): string => {
  const [pallet = "", name = ""] = call.split(".");
  try {
    chain.logic.checkInPool({
      state: chain.head.tree,
      block: chain.head.header.number,
      who,
      call: { pallet, name, args },
    });
    return "accepted";
  } catch (thrown) {
    if (!(thrown instanceof InvalidTransaction)) throw thrown;
    return thrown.detail;
  }
};

describe("set_weights", () => {
  it("stores the row scaled to its maximum, in the caller's order, zeros kept", () => {
    const chain = arena();
    must(chain, VALIDATOR, ...setting([4, 2, 3], [20_000, 40_000, 0]));
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([
      [4, 32_767],
      [2, 65_535],
      [3, 0],
    ]);
    expect(s.LastUpdate.get(chain.head.tree, 1)[1]).toBe(11n);
  });

  const change = (call: string, args: Record<string, unknown>) => (chain: Chain) =>
    must(chain, "root", `AdminUtils.${call}`, { netuid: 1, ...args });
  it.each<[string, string, readonly [string, Record<string, unknown>], string, ((chain: Chain) => void)?]>([
    [
      "on root",
      VALIDATOR,
      setting([1], [1], { netuid: 0 }),
      "CanNotSetRootNetworkWeights",
      (chain) => chain.patch(({ state }) => s.CommitRevealWeightsEnabled.set(state, [0], false)),
    ],
    ["with lengths that differ", VALIDATOR, setting([1, 2], [1]), "WeightVecNotEqualSize"],
    [
      "for more uids than there are",
      VALIDATOR,
      setting([0, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1]),
      "UidsLengthExceedUidsInSubNet",
    ],
    ["by a stranger", key(99), setting([1], [1]), "HotKeyNotRegisteredInSubNet"],
    [
      "with too little stake",
      MINERS[0],
      setting([2, 3], [1, 1]),
      "NotEnoughStakeToSetWeights",
      (chain) => must(chain, "root", "AdminUtils.sudo_set_stake_threshold", { min_stake: 1_000n * TAO }),
    ],
    [
      "with an old version",
      VALIDATOR,
      setting([2], [1]),
      "IncorrectWeightVersionKey",
      change("sudo_set_weights_version_key", { weights_version_key: 5n }),
    ],
    [
      "with the version or a newer one",
      VALIDATOR,
      setting([2], [1], { version_key: 6n }),
      "ok",
      change("sudo_set_weights_version_key", { weights_version_key: 5n }),
    ],
    [
      "too soon",
      VALIDATOR,
      setting([2], [1]),
      "SettingWeightsTooFast",
      change("sudo_set_weights_set_rate_limit", { weights_set_rate_limit: 100n }),
    ],
    ["without a permit", MINERS[0], setting([3], [1]), "NeuronNoValidatorPermit"],
    ["without a permit, to oneself", MINERS[0], setting([2], [1]), "ok"],
    ["by the owner without a permit", OWNER_HOTKEY, setting([2], [1]), "ok"],
    ["twice for one uid", VALIDATOR, setting([2, 2], [1, 1]), "DuplicateUids"],
    ["for a uid that is not there", VALIDATOR, setting([2, 9], [1, 1]), "UidVecContainInvalidOne"],
    [
      "for too few",
      VALIDATOR,
      setting([2], [1]),
      "WeightVecLengthIsLow",
      change("sudo_set_min_allowed_weights", { min_allowed_weights: 3 }),
    ],
    [
      "for all where more are wanted than there are",
      VALIDATOR,
      setting([0, 1, 2, 3, 4], [0, 0, 1, 1, 1]),
      "ok",
      change("sudo_set_min_allowed_weights", { min_allowed_weights: 300 }),
    ],
    [
      "above the largest weight",
      VALIDATOR,
      setting([2, 3], [9, 1]),
      "MaxWeightExceeded",
      (chain) => chain.patch(({ state }) => s.MaxWeightsLimit.set(state, [1], 40_000)),
    ],
    [
      "where commit-reveal is on",
      VALIDATOR,
      setting([2], [1]),
      "CommitRevealEnabled",
      change("sudo_set_commit_reveal_weights_enabled", { enabled: true }),
    ],
    [
      "of a mechanism that is not there",
      VALIDATOR,
      ["SubtensorModule.set_mechanism_weights", { netuid: 1, mecid: 1, dests: [2], weights: [1], version_key: 0n }],
      "MechanismDoesNotExist",
    ],
  ])("%s: %#", (_, who, [call, args], expected, prepare) => {
    const chain = arena();
    prepare?.(chain);
    expect(perform(chain, who, call, args)).toBe(expected);
  });

  it("of a second mechanism is kept apart", () => {
    const chain = arena();
    must(chain, "root", "AdminUtils.sudo_set_max_allowed_uids", { netuid: 1, max_allowed_uids: 128 });
    must(chain, alice, "AdminUtils.sudo_set_mechanism_count", { netuid: 1, mechanism_count: 2 });
    must(chain, VALIDATOR, "SubtensorModule.set_mechanism_weights", {
      netuid: 1,
      mecid: 1,
      dests: [2],
      weights: [7],
      version_key: 0n,
    });
    expect(s.Weights.get(chain.head.tree, 4_097, 1)).toEqual([[2, 65_535]]);
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([]);
    must(chain, VALIDATOR, ...setting([3], [1]));
    mine(chain, 10);
    expect(s.Incentive.get(chain.head.tree, 4_097)[2]).toBeGreaterThan(0);
    expect(s.Incentive.get(chain.head.tree, 1)[3]).toBeGreaterThan(0);
  });
});

const ROW = { netuid: 1, mecid: 0, uids: [2, 3], values: [65_535, 100], salt: [1, 2, 3], versionKey: 0n };
const revealCall = [
  "SubtensorModule.reveal_weights",
  { netuid: 1, uids: ROW.uids, values: ROW.values, salt: ROW.salt, version_key: 0n },
] as const;

function withCommitReveal(): Chain {
  const chain = arena();
  must(chain, "root", "AdminUtils.sudo_set_commit_reveal_weights_enabled", { netuid: 1, enabled: true });
  return chain;
}

describe("hash commits", () => {
  it("hide a row until the next epoch, which opens it and no other does", () => {
    const chain = withCommitReveal();
    must(chain, VALIDATOR, "SubtensorModule.commit_weights", { netuid: 1, commit_hash: commitHash(VALIDATOR, ROW) });
    const committedAt = s.LastUpdate.get(chain.head.tree, 1)[1];
    expect(inPool(chain, VALIDATOR, ...revealCall)).toBe("Custom error: 17");
    expect(perform(chain, VALIDATOR, ...revealCall)).toBe("RevealTooEarly");
    mine(chain, 10);
    expect(inPool(chain, VALIDATOR, ...revealCall)).toBe("accepted");
    const other = { ...revealCall[1], salt: [9] };
    expect(perform(chain, VALIDATOR, revealCall[0], other)).toBe("InvalidRevealCommitHashNotMatch");
    expect(perform(chain, VALIDATOR, ...revealCall)).toBe("ok");
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([
      [2, 65_535],
      [3, 100],
    ]);
    expect(s.LastUpdate.get(chain.head.tree, 1)[1]).toBe(committedAt);
    expect(inPool(chain, VALIDATOR, ...revealCall)).toBe("Custom error: 16");
    expect(perform(chain, VALIDATOR, ...revealCall)).toBe("NoWeightsCommitFound");
  });

  it("expire after their epoch", () => {
    const chain = withCommitReveal();
    must(chain, VALIDATOR, "SubtensorModule.commit_weights", { netuid: 1, commit_hash: commitHash(VALIDATOR, ROW) });
    mine(chain, 20);
    expect(perform(chain, VALIDATOR, ...revealCall)).toBe("ExpiredWeightCommit");
  });

  it("are ten at most, of members only, and only while commit-reveal is on", () => {
    const chain = withCommitReveal();
    const commit = (n: number) => ["SubtensorModule.commit_weights", { netuid: 1, commit_hash: key(n) }] as const;
    for (let n = 0; n < 10; n++) must(chain, VALIDATOR, ...commit(n));
    expect(perform(chain, VALIDATOR, ...commit(10))).toBe("TooManyUnrevealedCommits");
    expect(perform(chain, key(99), ...commit(1))).toBe("HotKeyNotRegisteredInSubNet");
    must(chain, "root", "AdminUtils.sudo_set_weights_set_rate_limit", { netuid: 1, weights_set_rate_limit: 100n });
    expect(perform(chain, MINERS[0], ...commit(1))).toBe("CommittingWeightsTooFast");
    must(chain, "root", "AdminUtils.sudo_set_commit_reveal_weights_enabled", { netuid: 1, enabled: false });
    expect(perform(chain, MINERS[0], ...commit(1))).toBe("CommitRevealDisabled");
  });
});

describe("timelocked commits", () => {
  const lock = (chain: Chain, round: bigint, hotkey = VALIDATOR): Uint8Array => {
    const { public_key } = BeaconConfig.get(chain.head.tree);
    return timelockEncrypt(
      timelockPayload(fromHex(hotkey), { uids: [2, 4], values: [100, 65_535] }, 0n),
      round,
      public_key,
    );
  };
  const commit = (bytes: Uint8Array, round: bigint, version = 4) =>
    [
      "SubtensorModule.commit_timelocked_mechanism_weights",
      { netuid: 1, mecid: 0, commit: bytes, reveal_round: round, commit_reveal_version: version },
    ] as const;

  it("open by themselves in the reveal epoch, with the pulse of their round", () => {
    const chain = withCommitReveal();
    const round = LastStoredRound.get(chain.head.tree) + 8n;
    must(chain, VALIDATOR, ...commit(lock(chain, round), round));
    mine(chain, 8);
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([]);
    mine(chain, 6);
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([
      [2, 100],
      [4, 65_535],
    ]);
    expect([...s.TimelockedWeightCommits.entries(chain.head.tree, 1)]).toEqual([]);
  });

  it("of somebody else's row, or whose pulse comes too late, never open", () => {
    const chain = withCommitReveal();
    const now = LastStoredRound.get(chain.head.tree);
    must(chain, VALIDATOR, ...commit(lock(chain, now + 8n, MINERS[0]), now + 8n));
    must(chain, OWNER_HOTKEY, ...commit(lock(chain, now + 10_000n, OWNER_HOTKEY), now + 10_000n));
    mine(chain, 40);
    expect(s.Weights.get(chain.head.tree, 1, 1)).toEqual([]);
    expect(s.Weights.get(chain.head.tree, 1, 0)).toEqual([]);
    expect([...s.TimelockedWeightCommits.entries(chain.head.tree, 1)]).toEqual([]);
  });

  it("are refused for a past round, and for another version", () => {
    const chain = withCommitReveal();
    const past = LastStoredRound.get(chain.head.tree) - 1n;
    const [call, args] = commit(Uint8Array.of(1), past);
    expect(inPool(chain, VALIDATOR, call, args)).toBe("Custom error: 15");
    expect(perform(chain, VALIDATOR, call, args)).toBe("InvalidRevealRound");
    expect(perform(chain, VALIDATOR, ...commit(Uint8Array.of(1), past + 9n, 3))).toBe("IncorrectCommitRevealVersion");
  });
});

describe("serve_axon", () => {
  const serve = (extra: Record<string, unknown> = {}) =>
    [
      "SubtensorModule.serve_axon",
      {
        netuid: 1,
        version: 1,
        ip: 3_405_803_783n,
        port: 8_091,
        ip_type: 4,
        protocol: 4,
        placeholder1: 0,
        placeholder2: 0,
        ...extra,
      },
    ] as const;

  it.each([
    ["loopback", { ip: 2_130_706_433n }, "Custom error: 11", "InvalidIpAddress"],
    ["IPv6 loopback", { ip: 1n, ip_type: 6 }, "Custom error: 11", "InvalidIpAddress"],
    ["no kind of address", { ip_type: 5 }, "Custom error: 11", "InvalidIpType"],
    ["port 0", { port: 0 }, "Custom error: 13", "InvalidPort"],
    ["a public address", {}, "accepted", "ok"],
    ["address 0", { ip: 0n }, "accepted", "ok"],
  ] as const)("with %s: %s, %s", (_, extra, pool, dispatch) => {
    const chain = arena();
    expect(inPool(chain, MINERS[0], ...serve(extra))).toBe(pool);
    expect(perform(chain, MINERS[0], ...serve(extra))).toBe(dispatch);
  });

  it("again at once is refused, fifty blocks later it is not", () => {
    const chain = arena();
    must(chain, MINERS[0], ...serve());
    expect(inPool(chain, MINERS[0], ...serve())).toBe("Custom error: 12");
    expect(perform(chain, MINERS[0], ...serve())).toBe("ServingRateLimitExceeded");
    mine(chain, 50);
    expect(perform(chain, MINERS[0], ...serve())).toBe("ok");
  });

  it("by a stranger is refused", () => {
    const chain = arena();
    expect(inPool(chain, key(99), ...serve())).toBe("Custom error: 10");
    expect(perform(chain, key(99), ...serve())).toBe("HotKeyNotRegisteredInNetwork");
  });
});

describe("set_commitment", () => {
  it("is a member's, and limited per epoch", () => {
    const chain = arena();
    const commit = (size: number) =>
      [
        "Commitments.set_commitment",
        { netuid: 1, info: { fields: [{ type: `Raw${size}`, value: new Uint8Array(size) }] } },
      ] as const;
    expect(perform(chain, key(99), ...commit(5))).toBe("Commitments.AccountNotAllowedCommit");
    expect(perform(chain, MINERS[0], ...commit(128))).toBe("ok");
    let accepted = 1;
    while (accepted < 100 && perform(chain, MINERS[0], ...commit(128)) === "ok") accepted++;
    expect(accepted).toBe(24);
    mine(chain, 10);
    expect(perform(chain, MINERS[0], ...commit(128))).toBe("ok");
  });
});
