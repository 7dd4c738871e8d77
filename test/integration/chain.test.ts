import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Hotkey, type Netuid, toHotkey, toMechId } from "../../src/base/ids.ts";
import type { Signer } from "../../src/base/ports.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { fetchCommitments, publishAnchor, publishUrl } from "../../src/chain/commitments.ts";
import type { HashCommit } from "../../src/chain/hash-commit.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph, type Metagraph } from "../../src/chain/metagraph.ts";
import { register } from "../../src/chain/registration.ts";
import type { CallSpec } from "../../src/chain/runtime.ts";
import { serveAxon } from "../../src/chain/serve.ts";
import { addStake, fetchStake } from "../../src/chain/stake.ts";
import { submit } from "../../src/chain/submit.ts";
import { createSubnet, fetchSubnetPriceRao, startSubnet } from "../../src/chain/subnets.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { setWeights } from "../../src/chain/weights.ts";
import { fetchBeacon, isBeaconAlive } from "../../src/chain/weights-facts.ts";
import { revealWeights } from "../../src/chain/weights-reveal.ts";
import { fetchRow } from "../../src/chain/weights-stored.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { type TestChain, testChain } from "../helpers/chain-driver.ts";

// One story, told in order, on whatever chain COLOSSEUM_TEST_ENDPOINT names; it asserts only what a real runtime
// satisfies too. Keys are new in every run, so that it may be told twice on one chain.

const TIMEOUT_MS = 30 * 60_000;
/** Blocks in an epoch: few, but on a chain of fast blocks enough for a beacon's rounds of 3 s to tell epochs apart. */
let tempo = 12;
const LEAST_EPOCH_MS = 9_000;
const MECHANISM = toMechId(0);
const tao = (amount: number): bigint => BigInt(amount) * RAO_PER_TAO;

let chain: TestChain;
let netuid: Netuid;
let alice: Signer;
const run = `//test-${randomUUID()}`;
const key = (name: string): Signer => signerFromUri(`${run}//${name}`);
const owner = { cold: key("owner-cold"), hot: key("owner-hot") };
const validator = { cold: key("validator-cold"), hot: key("validator-hot") };
const miners = [1, 2, 3].map((n) => ({ cold: key(`miner-cold-${n}`), hot: key(`miner-hot-${n}`) }));
const hotkeyOf = ({ hot }: { readonly hot: Signer }): Hotkey => toHotkey(hot.address);
const neuronOf = (metagraph: Metagraph, who: { readonly hot: Signer }) =>
  metagraph.neurons.find(({ hotkey }) => hotkey === who.hot.address);

/** A setting by sudo, where this chain has it. */
async function tune(call: CallSpec): Promise<void> {
  if (chain.client.runtime.hasCall(call.pallet, call.name))
    await chain.carried(submitAsSudo(chain.client, alice, call));
}

beforeAll(async () => {
  alice = signerFromUri("//Alice");
  chain = await testChain();
}, TIMEOUT_MS);
afterAll(async () => {
  await chain[Symbol.asyncDispose]();
}, TIMEOUT_MS);

describe("a chain, from an empty wallet to weights that pay", { timeout: TIMEOUT_MS }, () => {
  it("moves money, pays a fee for it, and keeps nonces apart for many transfers at once", async () => {
    const { client } = chain;
    const price = await fetchSubnetPriceRao(client);
    const first = await chain.carried(transfer(client, alice, owner.cold.address, price + tao(3_000)));
    expect(first.feeRao).toBeGreaterThan(0n);
    expect((await client.balance(owner.cold.address)).freeRao).toBe(price + tao(3_000));
    const others = [validator, ...miners];
    const amounts = others.map(({ cold }) => transfer(client, alice, cold.address, tao(5_000)));
    const done = await chain.carried(Promise.all(amounts));
    expect(new Set(done.map(({ extrinsic }) => extrinsic)).size).toBe(others.length);
    for (const { cold } of others) expect((await client.balance(cold.address)).freeRao).toBe(tao(5_000));
  });

  it("refuses what the account cannot pay, before it is sent", async () => {
    const poor = key("poor");
    await expect(transfer(chain.client, poor, alice.address, tao(1))).rejects.toMatchObject({
      code: "chain.insufficient-balance",
      exitCode: 13,
    });
  });

  it("names a pool's rejection of an account that cannot pay the fee", async () => {
    const remark = { pallet: "System", name: "remark", args: { remark: "0x01" } };
    await expect(submit(chain.client, remark, key("poor"))).rejects.toMatchObject({
      code: "chain.payment",
      exitCode: 13,
    });
  });

  it("creates a subnet whose uid 0 is the owner's hotkey", async () => {
    // Limits of the whole chain that would make a short story long; builds differ in them.
    tempo = Math.max(tempo, Math.ceil(LEAST_EPOCH_MS / chain.client.nominalBlockTimeMs));
    await tune({ pallet: "AdminUtils", name: "sudo_set_network_rate_limit", args: { rate_limit: 0 } });
    await tune({ pallet: "AdminUtils", name: "sudo_set_admin_freeze_window", args: { window: 0 } });
    await tune({ pallet: "AdminUtils", name: "sudo_set_stake_threshold", args: { min_stake: 0 } });
    await tune({ pallet: "AdminUtils", name: "sudo_set_start_call_delay", args: { delay: 0 } });
    const created = await chain.carried(createSubnet(chain.client, owner.cold, owner.hot.address));
    netuid = created.netuid;
    expect(created.costRao).toBeGreaterThan(0n);
    const metagraph = await fetchMetagraph(chain.client, netuid);
    expect(metagraph).toMatchObject({ netuid, n: 1, ownerColdkey: owner.cold.address, ownerHotkey: owner.hot.address });
    expect(metagraph.neurons[0]).toMatchObject({ uid: 0, hotkey: owner.hot.address, coldkey: owner.cold.address });
  });

  it("refuses stake before the start, and a start by a stranger, by the chain's own names", async () => {
    const { client } = chain;
    const stake = { hotkey: owner.hot.address, netuid, amountRao: tao(1) };
    await expect(chain.carried(addStake(client, owner.cold, stake))).rejects.toMatchObject({
      code: "chain.subtoken-disabled",
      exitCode: 13,
    });
    await expect(chain.carried(startSubnet(client, validator.cold, netuid))).rejects.toMatchObject({
      code: expect.stringMatching(/^chain\.(bad-origin|not-subnet-owner)$/),
      exitCode: 13,
    });
  });

  it("starts the subnet, once", async () => {
    await chain.carried(startSubnet(chain.client, owner.cold, netuid));
    await expect(startSubnet(chain.client, owner.cold, netuid)).rejects.toMatchObject({
      code: "chain.first-emission-block-number-already-set",
    });
  });

  it("takes settings by sudo, and tells of a failure inside a sudo call", async () => {
    await tune(setHyperparameter.tempo(netuid, tempo));
    await tune(setHyperparameter.weightsSetRateLimit(netuid, 0));
    await tune(setHyperparameter.servingRateLimit(netuid, 0));
    await tune(setHyperparameter.commitRevealWeightsEnabled(netuid, false));
    const metagraph = await fetchMetagraph(chain.client, netuid);
    expect(metagraph).toMatchObject({ tempo, weightsRateLimit: 0, commitRevealEnabled: false });
    const wrong = setHyperparameter.tempo(60_000 as Netuid, tempo);
    await expect(chain.carried(submitAsSudo(chain.client, alice, wrong))).rejects.toMatchObject({
      code: expect.stringMatching(/^chain\..*sub-?net.*not-exist/),
      exitCode: 13,
    });
  });

  it("registers hotkeys at the price of the chain, never above what was agreed, never twice", async () => {
    const { client } = chain;
    const first = { netuid, hotkey: hotkeyOf(validator), maxCostRao: 1n };
    await expect(register(client, validator.cold, first)).rejects.toMatchObject({
      code: "chain.registration-price-limit-exceeded",
      exitCode: 13,
    });
    for (const who of [validator, ...miners]) {
      const input = { netuid, hotkey: hotkeyOf(who), maxCostRao: tao(100) };
      const before = await fetchMetagraph(client, netuid);
      const made = await chain.carried(register(client, who.cold, input));
      expect(made.uid).toBe(before.n);
      expect(made.costRao).toBeGreaterThan(0n);
      expect(made.costRao).toBeLessThanOrEqual(before.burnRao);
    }
    await expect(register(client, validator.cold, { ...first, maxCostRao: tao(100) })).rejects.toMatchObject({
      code: "chain.hot-key-already-registered-in-sub-net",
      exitCode: 13,
    });
    const metagraph = await fetchMetagraph(client, netuid);
    expect(metagraph.n).toBe(5);
    const newcomer = neuronOf(metagraph, validator);
    expect(newcomer?.immunityBlocksLeft).toBeGreaterThan(0);
    expect(newcomer?.immunityBlocksLeft).toBeLessThanOrEqual(metagraph.immunityPeriod);
    expect(neuronOf(metagraph, owner)?.pruneRank).toBeNull();
  });

  it("refuses weights of a newcomer, who has no permit yet", async () => {
    const [first = owner, second = owner] = miners;
    const input = { netuid, mechid: MECHANISM, scores: new Map([[hotkeyOf(second), 1]]) };
    await expect(setWeights(chain.client, first.hot, input)).rejects.toMatchObject({ code: "weights.no-permit" });
  });

  it("serves an address, and refuses a loopback one at the pool as it is", async () => {
    const { client } = chain;
    const [miner = owner] = miners;
    await chain.carried(serveAxon(client, miner.hot, netuid, "203.0.113.7", 8_091));
    expect(neuronOf(await fetchMetagraph(client, netuid), miner)?.endpoint).toBe("http://203.0.113.7:8091");
    await expect(serveAxon(client, miner.hot, netuid, "127.0.0.1", 8_091)).rejects.toMatchObject({
      code: "chain.not-servable",
    });
    const raw = {
      pallet: "SubtensorModule",
      name: "serve_axon",
      args: {
        netuid,
        version: 1,
        ip: 2_130_706_433,
        port: 8_091,
        ip_type: 4,
        protocol: 4,
        placeholder1: 0,
        placeholder2: 0,
      },
    };
    await expect(chain.carried(submit(client, raw, miner.hot))).rejects.toMatchObject({
      code: "chain.invalid-ip-address",
      exitCode: 13,
    });
  });

  it("publishes a URL as a commitment, which is preferred to the served address", async () => {
    const { client } = chain;
    const [miner = owner] = miners;
    await chain.carried(publishUrl(client, miner.hot, netuid, "https://arena.example.org/x"));
    expect(await fetchCommitments(client, netuid)).toMatchObject([
      { hotkey: miner.hot.address, text: "colosseum/1 https://arena.example.org/x" },
    ]);
  });

  it("keeps both lines of a commitment when two are published at the same time", async () => {
    const { client } = chain;
    const [miner = owner] = miners;
    const both = [
      publishAnchor(client, miner.hot, netuid, `0x${"ab".repeat(32)}`),
      publishUrl(client, miner.hot, netuid, "https://arena.example.org/y"),
    ];
    await chain.carried(Promise.all(both));
    const [commitment] = await fetchCommitments(client, netuid);
    expect(commitment?.text.split("\n").sort()).toEqual(
      ["colosseum/1 https://arena.example.org/y", `colosseum-seeds/1 0x${"ab".repeat(32)}`].sort(),
    );
  });

  it("stakes on the validator, who then gets a permit", async () => {
    const { client } = chain;
    const stake = { hotkey: validator.hot.address, netuid, amountRao: tao(500) };
    await chain.carried(addStake(client, validator.cold, stake));
    expect(await fetchStake(client, validator.cold.address, validator.hot.address, netuid)).toBeGreaterThan(0n);
    await chain.advance(tempo + 2);
    const neuron = neuronOf(await fetchMetagraph(client, netuid), validator);
    expect(neuron?.permit).toBe(true);
    expect(neuron?.stakeRao).toBeGreaterThan(0n);
  });

  it("sets weights by the one door and reads them back", async () => {
    const { client } = chain;
    const scores = new Map(miners.map((miner, index) => [hotkeyOf(miner), 3 - index]));
    const receipt = await chain.carried(setWeights(client, validator.hot, { netuid, mechid: MECHANISM, scores }));
    expect(receipt).toMatchObject({ mode: "plain", verified: true });
    const self = neuronOf(await fetchMetagraph(client, netuid), validator);
    const stored = await fetchRow(client, netuid, MECHANISM, self?.uid ?? -1);
    const values = receipt.plan.weights.map(({ uid, value }) => [uid, value]);
    expect([...stored].filter(([, value]) => value > 0)).toEqual(values);
    expect(self?.lastUpdate).toBe(receipt.block);
  });

  it("refuses weights of a hotkey that is not registered, and for a mechanism that is not there", async () => {
    const { client } = chain;
    const scores = new Map([[hotkeyOf(owner), 1]]);
    const input = { netuid, mechid: MECHANISM, scores };
    await expect(setWeights(client, key("stranger"), input)).rejects.toMatchObject({ code: "weights.not-registered" });
    await expect(setWeights(client, validator.hot, { ...input, mechid: toMechId(9) })).rejects.toMatchObject({
      code: "weights.no-mechanism",
    });
  });

  it("pays incentive in the order of the weights after an epoch", async () => {
    const { client } = chain;
    await chain.advance(tempo + 2);
    const metagraph = await fetchMetagraph(client, netuid);
    const [first = 0, second = 0, third = 0] = miners.map((miner) => neuronOf(metagraph, miner)?.incentive);
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
    expect(third).toBeGreaterThan(0);
    expect(neuronOf(metagraph, validator)?.dividends).toBeGreaterThan(0);
  });

  it("says when weights can be set again", async () => {
    const { client } = chain;
    await tune(setHyperparameter.weightsSetRateLimit(netuid, 5_000));
    const input = { netuid, mechid: MECHANISM, scores: new Map([[hotkeyOf(owner), 1]]) };
    const refusal = await setWeights(client, validator.hot, input).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "weights.too-soon", exitCode: 13 });
    await tune(setHyperparameter.weightsSetRateLimit(netuid, 0));
  });

  it("commits weights by hash and reveals them in their epoch, not before", async () => {
    const { client } = chain;
    await tune(setHyperparameter.commitRevealWeightsEnabled(netuid, true));
    const scores = new Map(miners.map((miner, index) => [hotkeyOf(miner), 1 + index]));
    const input = { netuid, mechid: MECHANISM, scores };
    await expect(setWeights(client, validator.hot, { ...input, wish: "plain" })).rejects.toMatchObject({
      code: "weights.commit-reveal-on",
    });
    const kept: HashCommit[] = [];
    const keepCommit = (commit: HashCommit): Promise<void> => Promise.resolve(void kept.push(commit));
    const receipt = await chain.carried(setWeights(client, validator.hot, { ...input, wish: "hash" }, { keepCommit }));
    expect(receipt).toMatchObject({ mode: "hash", verified: true });
    const [commit] = kept;
    if (commit === undefined) throw new Error("the commit was not kept");
    const early = await revealWeights(client, validator.hot, commit).catch((error: unknown) => error);
    expect(early).toMatchObject({ code: "weights.reveal-too-early", exitCode: 13 });
    await chain.advance(Number((early as { details: { canRevealInBlocks: number } }).details.canRevealInBlocks));
    const revealed = await chain.carried(revealWeights(client, validator.hot, commit));
    expect(revealed.verified).toBe(true);
    await expect(revealWeights(client, validator.hot, commit)).rejects.toMatchObject({ code: "weights.no-commit" });
  });

  it("commits weights timelocked, which the chain opens by itself", async (test) => {
    const { client } = chain;
    const nowMs = Number(await client.storage("Timestamp", "Now"));
    // Without a beacon's pulses nothing is ever opened; a real node needs a line to drand for that.
    if (!isBeaconAlive(await fetchBeacon(client), nowMs)) return test.skip("this chain gets no pulses");
    const scores = new Map(miners.map((miner, index) => [hotkeyOf(miner), index === 0 ? 9 : 1]));
    const input = { netuid, mechid: MECHANISM, scores, wish: "timelock" } as const;
    const receipt = await chain.carried(setWeights(client, validator.hot, input));
    expect(receipt).toMatchObject({ mode: "timelock", verified: true });
    expect(receipt.revealRound).toBeGreaterThan(0);
    await chain.advance((receipt.revealBlock ?? 0) + tempo - (await client.head()).number);
    const self = neuronOf(await fetchMetagraph(client, netuid), validator);
    const stored = await fetchRow(client, netuid, MECHANISM, self?.uid ?? -1);
    expect([...stored].filter(([, value]) => value > 0)).toEqual(
      receipt.plan.weights.map(({ uid, value }) => [uid, value]),
    );
  });
});
