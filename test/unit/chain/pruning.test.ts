import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nextPruned, type PruningCandidate, type PruningRules, pruneRanks } from "../../../src/chain/pruning.ts";

const rules: PruningRules = { ownerHotkey: "hk0", ownerColdkey: "owner", immuneOwnerUids: 1, minNonImmuneUids: 0 };
const neuron = (uid: number, over: Partial<PruningCandidate> = {}): PruningCandidate => ({
  uid,
  hotkey: `hk${uid}`,
  coldkey: `ck${uid}`,
  emissionRao: 0n,
  registeredAtBlock: 10,
  immunityBlocksLeft: 0,
  ...over,
});
const order = (neurons: readonly PruningCandidate[], over: Partial<PruningRules> = {}): number[] =>
  [...pruneRanks(neurons, { ...rules, ...over })].sort(([, a], [, b]) => a - b).map(([uid]) => uid);

describe("pruneRanks", () => {
  it("puts the lowest emission first, then the oldest, then the lowest uid", () => {
    const neurons = [
      neuron(1, { emissionRao: 5n }),
      neuron(2, { emissionRao: 1n, registeredAtBlock: 20 }),
      neuron(3, { emissionRao: 1n }),
      neuron(4, { emissionRao: 1n }),
    ];
    expect(order(neurons)).toEqual([3, 4, 2, 1]);
  });

  it("spares the immune as long as there are enough others", () => {
    const neurons = [neuron(1, { immunityBlocksLeft: 9 }), neuron(2, { emissionRao: 9n })];
    expect(order(neurons)).toEqual([2, 1]);
    expect(order(neurons, { minNonImmuneUids: 1 })).toEqual([1, 2]);
  });

  it("never takes the owner's hotkey nor the first hotkeys of its coldkey", () => {
    const neurons = [
      neuron(0, { registeredAtBlock: 30 }),
      neuron(1, { coldkey: "owner", registeredAtBlock: 5 }),
      neuron(2, { coldkey: "owner", registeredAtBlock: 6 }),
    ];
    expect(order(neurons)).toEqual([2]);
    expect(order(neurons, { immuneOwnerUids: 2 })).toEqual([]);
  });

  it("gives each candidate a rank of its own, from 1 without gaps", () => {
    const neurons = Array.from({ length: 30 }, (_, uid) =>
      neuron(uid + 1, { emissionRao: BigInt(uid % 4), immunityBlocksLeft: uid % 3 }),
    );
    const ranks = [...pruneRanks(neurons, { ...rules, minNonImmuneUids: 4 }).values()].sort((a, b) => a - b);
    expect(ranks).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});

describe("nextPruned against evictions of a running runtime of spec 425", () => {
  const vectors = JSON.parse(readFileSync(new URL("../../vectors/registration.json", import.meta.url), "utf8"));
  interface Case {
    name: string;
    owner_uid: number;
    immunity_period: number;
    min_non_immune_uids: number;
    immune_owner_uids_limit: number;
    emission: number[];
    age_at_block: number[];
    owner_coldkey_uids?: number[];
    evicted_uid: number | null;
  }
  // A corner of the chain where the registration is charged and nobody goes; see the vectors' own note.
  const cases = (vectors.pruning as Case[]).filter(({ name }) => name !== "owner-limit-0");

  it.each(cases.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const neurons = entry.emission.map((emission, uid) =>
      neuron(uid, {
        coldkey: uid === entry.owner_uid || entry.owner_coldkey_uids?.includes(uid) ? "owner" : `ck${uid}`,
        emissionRao: BigInt(emission),
        registeredAtBlock: 100_000 - (entry.age_at_block[uid] ?? 0),
        immunityBlocksLeft: Math.max(0, entry.immunity_period - (entry.age_at_block[uid] ?? 0)),
      }),
    );
    const here = {
      ...rules,
      ownerHotkey: `hk${entry.owner_uid}`,
      immuneOwnerUids: entry.immune_owner_uids_limit,
      minNonImmuneUids: entry.min_non_immune_uids,
    };
    expect(nextPruned(neurons, here) ?? null).toBe(entry.evicted_uid);
    if (entry.evicted_uid !== null) expect(pruneRanks(neurons, here).get(entry.evicted_uid)).toBe(1);
  });
});
