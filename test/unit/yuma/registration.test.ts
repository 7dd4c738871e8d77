import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  burnAfterBlock,
  burnAfterRegistration,
  burnDecayFactor,
  chooseEvicted,
  DEFAULT_BURN_SETTINGS,
  evictionOrder,
  isImmune,
} from "../../../src/yuma/registration.ts";

interface RegistrationVectors {
  readonly decay: readonly {
    readonly start: number;
    readonly half_life: number;
    readonly min_burn: number;
    readonly max_burn: number;
    readonly after_each_block: readonly number[];
  }[];
  readonly registrations: readonly {
    readonly block: number;
    readonly results: readonly string[];
    readonly burn_before_block: number;
    readonly total_charged: number;
    readonly burn_after_block: number;
  }[];
  readonly clamps: readonly { readonly burn_before_block: number; readonly burn_after_block: number }[];
  readonly pruning: readonly {
    readonly name: string;
    readonly block: number;
    readonly owner_uid: number;
    readonly immunity_period: number;
    readonly min_non_immune_uids: number;
    readonly immune_owner_uids_limit: number;
    readonly emission: readonly number[];
    readonly age_at_block: readonly number[];
    readonly evicted_uid: number | null;
    readonly owner_coldkey_uids?: readonly number[];
  }[];
  readonly decay_factor_q32_derived: Readonly<Record<string, number>>;
}

/** Recorded on a running runtime of node-subtensor spec 425. */
const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/registration.json", import.meta.url), "utf8"),
) as RegistrationVectors;

describe("the price of a slot, against recorded blocks", () => {
  it.each(Object.entries(vectors.decay_factor_q32_derived))(
    "falls by the factor of half life %s",
    (halfLife, factor) => {
      expect(Number(burnDecayFactor(Number(halfLife)))).toBe(factor);
    },
  );

  it.each(vectors.decay.map((entry) => [`${entry.start} rao, half life ${entry.half_life}`, entry] as const))(
    "decays block by block: %s",
    (_, entry) => {
      const settings = {
        ...DEFAULT_BURN_SETTINGS,
        minBurnRao: BigInt(entry.min_burn),
        maxBurnRao: BigInt(entry.max_burn),
        halfLifeBlocks: entry.half_life,
      };
      let burn = BigInt(entry.start);
      const after = entry.after_each_block.map(() => {
        burn = burnAfterBlock(burn, settings);
        return Number(burn);
      });
      expect(after).toEqual(entry.after_each_block);
    },
  );

  it.each(vectors.registrations.map((entry) => [entry.block, entry] as const))(
    "charges each registration of block %s and rises after each",
    (_, entry) => {
      let burn = burnAfterBlock(BigInt(entry.burn_before_block), DEFAULT_BURN_SETTINGS);
      let charged = 0n;
      for (const result of entry.results) {
        expect(result).toBe("ok");
        charged += burn;
        burn = burnAfterRegistration(burn, DEFAULT_BURN_SETTINGS);
      }
      expect([Number(charged), Number(burn)]).toEqual([entry.total_charged, entry.burn_after_block]);
    },
  );

  it.each(vectors.clamps.map((entry) => [entry.burn_before_block, entry] as const))(
    "stays between the bounds from %s rao",
    (_, entry) => {
      const price = burnAfterBlock(BigInt(entry.burn_before_block), DEFAULT_BURN_SETTINGS);
      expect(Number(burnAfterRegistration(price, DEFAULT_BURN_SETTINGS))).toBe(entry.burn_after_block);
    },
  );

  it("halves over a half life, within a ten thousandth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), (halfLifeBlocks) => {
        const settings = { ...DEFAULT_BURN_SETTINGS, minBurnRao: 0n, halfLifeBlocks };
        const factor = burnDecayFactor(halfLifeBlocks);
        let burn = 10n ** 11n;
        for (let i = 0; i < halfLifeBlocks; i++) burn = burnAfterBlock(burn, settings, factor);
        expect(burn).toBeLessThan(50_005n * 10n ** 6n);
        expect(burn).toBeGreaterThan(49_995n * 10n ** 6n);
      }),
      { numRuns: 50 },
    );
  });

  it("never falls when it rises: a multiplier below 1 counts as 1", () => {
    expect(burnAfterRegistration(10n ** 9n, { ...DEFAULT_BURN_SETTINGS, increaseBits: 1n })).toBe(10n ** 9n);
  });
});

describe("who loses a slot, against recorded registrations in a full subnet", () => {
  // With a limit of 0 the chain charges the newcomer and replaces nobody; a corner not to be copied.
  const cases = vectors.pruning.filter(({ name }) => name !== "owner-limit-0");

  it("has the recorded cases", () => {
    expect(cases.length).toBeGreaterThanOrEqual(14);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const evicted = chooseEvicted({
      neurons: entry.emission.map((emission, uid) => ({
        uid,
        emissionRao: BigInt(emission),
        blockAtRegistration: entry.block - (entry.age_at_block[uid] ?? 0),
      })),
      block: entry.block,
      immunityPeriodBlocks: entry.immunity_period,
      minNonImmuneUids: entry.min_non_immune_uids,
      ownerUid: entry.owner_uid,
      ownerColdkeyUids: entry.owner_coldkey_uids ?? [],
      immuneOwnerUidsLimit: entry.immune_owner_uids_limit,
    });
    expect(evicted ?? null).toBe(entry.evicted_uid);
  });

  const neuron = fc.record({ emission: fc.bigInt({ min: 0n, max: 3n }), age: fc.nat(10) });
  const subnet = fc.record({
    neurons: fc.array(neuron, { minLength: 1, maxLength: 12 }),
    period: fc.nat(10),
    floor: fc.nat(12),
  });

  it("evicts the first in the eviction order, never the owner, and a non-immune one only above the floor", () => {
    fc.assert(
      fc.property(subnet, ({ neurons, period, floor }) => {
        const holders = neurons.map(({ emission, age }, uid) => ({
          uid,
          emissionRao: emission,
          blockAtRegistration: 100 - age,
        }));
        const input = {
          neurons: holders,
          block: 100,
          immunityPeriodBlocks: period,
          minNonImmuneUids: floor,
          ownerUid: 0,
          ownerColdkeyUids: [0],
          immuneOwnerUidsLimit: 1,
        };
        const evicted = chooseEvicted(input);
        expect(evicted).not.toBe(0);
        const order = evictionOrder(input).map(({ uid }) => uid);
        expect([...order].sort((a, b) => a - b)).toEqual(holders.slice(1).map(({ uid }) => uid));
        const free = holders.slice(1).filter(({ blockAtRegistration }) => !isImmune(100, blockAtRegistration, period));
        const immune = holders.length - 1 - free.length;
        if (evicted === undefined) expect(free.length <= floor && immune === 0).toBe(true);
        else {
          expect(order[0]).toBe(evicted);
          expect(free.some(({ uid }) => uid === evicted)).toBe(free.length > floor);
        }
      }),
    );
  });

  it.each<[string, number | undefined, number[], number, number[]]>([
    ["the owner's hotkey, whatever the limit", 2, [], 0, [2]],
    ["nobody without an owner", undefined, [], 1, []],
    ["no other hotkey of the owner by default", 2, [2, 0], 1, [2]],
    ["others of its coldkey up to the limit, the hotkey counted in", 2, [3, 2, 0, 1], 3, [0, 2, 3]],
    ["others alone where the hotkey is not registered", undefined, [3, 1, 0], 2, [1, 3]],
  ])("spares %s", (_, ownerUid, ownerColdkeyUids, immuneOwnerUidsLimit, spared) => {
    const neurons = [0, 1, 2, 3, 4].map((uid) => ({ uid, emissionRao: 0n, blockAtRegistration: 1 }));
    const limits = { block: 100, immunityPeriodBlocks: 10, minNonImmuneUids: 0, immuneOwnerUidsLimit };
    const order = evictionOrder({ neurons, ownerUid, ownerColdkeyUids, ...limits }).map(({ uid }) => uid);
    expect(order).toEqual([0, 1, 2, 3, 4].filter((uid) => !spared.includes(uid)));
  });
});
