import { describe, expect, it } from "vitest";
import { type Hotkey, type MechId, toColdkey, toHotkey, toMechId, toNetuid, toUid } from "../../../src/base/ids.ts";
import type { Neuron } from "../../../src/chain/metagraph.ts";
import type { WeightsFacts } from "../../../src/chain/weights-facts.ts";
import { planWeights, type WeightsWish } from "../../../src/chain/weights-plan.ts";

const neuron = (uid: number, over: Partial<Neuron> = {}): Neuron => ({
  uid: toUid(uid),
  hotkey: toHotkey(`hk${uid}`),
  coldkey: toColdkey(`ck${uid}`),
  stakeRao: 5_000_000_000n,
  incentive: 0,
  dividends: 0,
  emissionRao: 0n,
  permit: true,
  active: true,
  lastUpdate: 0,
  registeredAtBlock: 1,
  immunityBlocksLeft: 0,
  pruneRank: 1,
  endpoint: null,
  commitment: null,
  ...over,
});

const NEURONS = [neuron(0), neuron(1), neuron(2), neuron(3)];

function facts(over: Partial<WeightsFacts> = {}, neurons: readonly Neuron[] = NEURONS): WeightsFacts {
  const self = neurons[0];
  return {
    netuid: toNetuid(7),
    mechid: toMechId(0),
    block: 1_000,
    hash: "0x",
    metagraph: {
      netuid: toNetuid(7),
      mechid: toMechId(0),
      block: 1_000,
      n: neurons.length,
      maxUids: 256,
      name: "",
      symbol: "",
      ownerHotkey: toHotkey("hk0"),
      ownerColdkey: toColdkey("ck0"),
      tempo: 360,
      lastEpochBlock: 900,
      blocksSinceEpoch: 100,
      burnRao: 0n,
      registrationAllowed: true,
      immunityPeriod: 100,
      minAllowedWeights: 1,
      maxWeightsLimit: 65_535,
      weightsVersion: 0n,
      weightsRateLimit: 100,
      commitRevealEnabled: false,
      maxValidators: 64,
      nextPruned: undefined,
      neurons,
    },
    self,
    mechanisms: 1,
    stakeThresholdRao: 0n,
    rateLimitBlocks: 100,
    lastUpdate: 0,
    versionKey: 0n,
    commitReveal: false,
    commitRevealVersion: 4,
    revealPeriodEpochs: 1,
    epoch: {
      block: 1_000,
      lastEpochBlock: 900,
      pendingEpochAt: 0,
      epochIndex: 3,
      tempo: 360,
      blocksSinceLastStep: 100,
    },
    beacon: { publicKey: new Uint8Array(96), genesisTime: 0, periodSeconds: 3, lastStoredRound: 10 },
    nowMs: 0,
    blockTimeMs: 12_000,
    ...over,
  };
}

const SCORES = new Map<Hotkey, number>([
  [toHotkey("hk1"), 3],
  [toHotkey("hk2"), 1],
]);

describe("planWeights", () => {
  it("shows uid, hotkey, score and u16, and refuses nothing where all is well", () => {
    const plan = planWeights(facts(), SCORES);
    expect(plan).toMatchObject({ mode: "plain", refusal: undefined, unregistered: [], canSetInBlocks: 0 });
    expect(plan.weights).toEqual([
      { uid: 1, hotkey: "hk1", score: 3, value: 65_535 },
      { uid: 2, hotkey: "hk2", score: 1, value: 21_845 },
    ]);
  });

  it("names hotkeys that are not in the subnet and shares their weight among the others", () => {
    const plan = planWeights(facts(), new Map([...SCORES, [toHotkey("gone"), 9]]));
    expect(plan.unregistered).toEqual(["gone"]);
    expect(plan.row.values).toEqual([65_535, 21_845]);
  });

  it("counts negative scores as nothing", () => {
    expect(planWeights(facts(), new Map([...SCORES, [toHotkey("hk3"), -4]])).row.uids).toEqual([1, 2]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("does not take a score of %d", (score) => {
    expect(() => planWeights(facts(), new Map([[toHotkey("hk1"), score]]))).toThrow(
      expect.objectContaining({ code: "weights.invalid" }),
    );
  });

  it.each<[string, string, Partial<WeightsFacts>, WeightsWish, ReadonlyMap<Hotkey, number>, readonly Neuron[]]>([
    ["the root subnet", "weights.root", { netuid: toNetuid(0) }, "auto", SCORES, NEURONS],
    ["a mechanism that is not there", "weights.no-mechanism", { mechid: 1 as MechId }, "auto", SCORES, NEURONS],
    ["no registration", "weights.not-registered", { self: undefined }, "auto", SCORES, NEURONS],
    ["too little stake", "weights.too-little-stake", { stakeThresholdRao: 6_000_000_000n }, "auto", SCORES, NEURONS],
    ["plain weights under commit-reveal", "weights.commit-reveal-on", { commitReveal: true }, "plain", SCORES, NEURONS],
    ["a commit without commit-reveal", "weights.commit-reveal-off", {}, "timelock", SCORES, NEURONS],
    ["a hash commit without commit-reveal", "weights.commit-reveal-off", {}, "hash", SCORES, NEURONS],
    ["no beacon", "weights.no-beacon", { commitReveal: true, beacon: undefined }, "timelock", SCORES, NEURONS],
    [
      "another version",
      "weights.commit-version",
      { commitReveal: true, commitRevealVersion: 5 },
      "timelock",
      SCORES,
      NEURONS,
    ],
    ["the rate limit", "weights.too-soon", { lastUpdate: 938 }, "auto", SCORES, NEURONS],
    ["no permit", "weights.no-permit", { self: neuron(0, { permit: false }) }, "auto", SCORES, NEURONS],
    ["nobody scored", "weights.nobody-scored", {}, "auto", new Map([[toHotkey("hk1"), 0]]), NEURONS],
    ["only strangers scored", "weights.nobody-scored", {}, "auto", new Map([[toHotkey("x"), 5]]), NEURONS],
  ])("refuses %s with %s and exit code 13", (_, code, over, wish, scores, neurons) => {
    expect(planWeights(facts(over, neurons), scores, wish).refusal).toMatchObject({ code, exitCode: 13 });
  });

  it("says when weights can be set, in blocks and in time", () => {
    const { refusal, canSetInBlocks } = planWeights(facts({ lastUpdate: 938 }), SCORES);
    expect(canSetInBlocks).toBe(37);
    expect(refusal?.message).toContain("37 blocks (7 min 24 s)");
    expect(refusal?.details).toMatchObject({ canSetInBlocks: 37, canSetInMs: 444_000, netuid: 7, uid: 0 });
  });

  it.each([
    ["one block early", 902, 1],
    ["just in time for the next block", 901, 0],
    ["long ago", 100, 0],
    ["never before", 0, 0],
  ])("counts the block that a transaction would be in: %s", (_, lastUpdate, blocks) => {
    expect(planWeights(facts({ lastUpdate }), SCORES).canSetInBlocks).toBe(blocks);
  });

  it("lets a neuron without a permit set a single weight to itself", () => {
    const self = neuron(0, { permit: false });
    expect(planWeights(facts({ self }), new Map([[toHotkey("hk0"), 1]])).refusal).toBeUndefined();
  });

  it.each([
    ["timelock where the beacon lives", { commitReveal: true }, "timelock"],
    [
      "hash where the beacon gave no pulse yet",
      {
        commitReveal: true,
        beacon: { publicKey: new Uint8Array(96), genesisTime: 0, periodSeconds: 3, lastStoredRound: 0 },
      },
      "hash",
    ],
    ["hash where the pulses stopped", { commitReveal: true, nowMs: 3_000 * 1_000 }, "hash"],
    ["hash where there is no beacon", { commitReveal: true, beacon: undefined }, "hash"],
    ["plain where commit-reveal is off", {}, "plain"],
  ])("takes by itself the way that the subnet demands: %s", (_, over, mode) => {
    const plan = planWeights(facts(over), SCORES);
    expect(plan.mode).toBe(mode);
    expect(plan.refusal).toBeUndefined();
  });
});
