// The SDK of bittensor 11.3 at an embedded chain: what it reads is what our client reads, and it signs with our wallets.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHotkey, toNetuid } from "../../src/base/ids.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { publishUrl } from "../../src/chain/commitments.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { register } from "../../src/chain/registration.ts";
import { serveAxon } from "../../src/chain/serve.ts";
import { addStake, fetchAlphaPriceRao, fetchStake } from "../../src/chain/stake.ts";
import { createSubnet, startSubnet } from "../../src/chain/subnets.ts";
import { setWeights } from "../../src/chain/weights.ts";
import { fetchRow } from "../../src/chain/weights-stored.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { temporaryHome } from "../unit/wallet/temporary-wallets.ts";
import { BITTENSOR_11 } from "./peers.ts";
import { askPeer, missingModule } from "./python-peer.ts";

const missing = missingModule(BITTENSOR_11, "bittensor");
const NETUID = toNetuid(1);
const alice = signerFromUri("//Alice");
const [validator, miner] = ["//Alice//hot", "//Bob//hot"].map((uri) => signerFromUri(uri)) as [
  ReturnType<typeof signerFromUri>,
  ReturnType<typeof signerFromUri>,
];
const bob = signerFromUri("//Bob");
const MAIN = 0 as never;

describe.skipIf(missing !== undefined)(`the SDK of bittensor 11.3 (${missing ?? "is here"})`, () => {
  let localnet: Localnet;
  let client: ChainClient;
  let own: ReturnType<typeof temporaryHome>;
  const ask = <T>(job: Record<string, unknown>): Promise<T> =>
    askPeer<T>(BITTENSOR_11, "sdk_peer.py", { endpoint: localnet.url, netuid: NETUID, ...job });

  beforeAll(async () => {
    localnet = await startLocalnet({ blockTime: 250 });
    client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
    own = temporaryHome();
    for (const name of ["Alice", "Bob"]) {
      expect((await own.cli(["wallet", "import", name, "--uri", `//${name}`, "--no-password"])).code).toBe(0);
      const hot = ["wallet", "hotkey", "import", "default", "-w", name, "--uri", `//${name}//hot`];
      expect((await own.cli(hot)).code).toBe(0);
    }
    await createSubnet(client, alice, validator.address);
    await startSubnet(client, alice, NETUID);
    for (const call of [
      setHyperparameter.weightsSetRateLimit(NETUID, 0),
      setHyperparameter.commitRevealWeightsEnabled(NETUID, false),
      setHyperparameter.tempo(NETUID, 10),
    ]) {
      await submitAsSudo(client, alice, call);
    }
    await register(client, bob, { netuid: NETUID, hotkey: toHotkey(miner.address), maxCostRao: RAO_PER_TAO });
    await serveAxon(client, miner, NETUID, "203.0.113.9", 8_091);
    await publishUrl(client, validator, NETUID, "https://arena.example.org");
    await addStake(client, alice, { hotkey: validator.address, netuid: NETUID, amountRao: 500n * RAO_PER_TAO });
    localnet.mine(12);
    const scores = new Map([[toHotkey(miner.address), 1]]);
    await setWeights(client, validator, { netuid: NETUID, mechid: MAIN, scores });
    localnet.mine(12);
  });
  afterAll(async () => {
    own[Symbol.dispose]();
    client.close();
    await localnet.stop();
  });

  interface SdkNeuron {
    readonly uid: number;
    readonly hotkey: string;
    readonly coldkey: string;
    readonly permit: boolean;
    readonly incentive: number;
    readonly dividends: number;
    readonly endpoint: string | null;
    readonly commitment: string | null;
  }
  interface SdkReading {
    readonly specVersion: number;
    readonly neurons: readonly SdkNeuron[];
    readonly [field: string]: unknown;
  }

  it("reads balance, subnets, metagraph, neurons, stake, price and epochs as our client does", async () => {
    const seen = await ask<SdkReading>({ do: "read", coldkey: alice.address, hotkey: validator.address });
    const ours = await fetchMetagraph(client, NETUID);
    expect(seen).toMatchObject({
      specVersion: client.runtime.specVersion,
      freeRao: Number((await client.balance(alice.address)).freeRao),
      commitReveal: false,
      mechanisms: 1,
      owner: alice.address,
      ownerHotkey: validator.address,
      uid: 0,
      hotkeyOwner: alice.address,
      immunityPeriod: ours.immunityPeriod,
      rateLimit: 0,
      priceRao: Number(await fetchAlphaPriceRao(client, NETUID)),
      epoch: { tempo: 10 },
      lite: ours.neurons.map(({ uid, hotkey }) => [uid, hotkey]),
    });
    expect(seen["subnets"]).toContainEqual([1, 10, 2, expect.any(Number)]);
    expect(JSON.stringify(seen["commitments"])).toContain("https://arena.example.org");
    // An epoch may pass between the two readings; who is who, and what is paid, stays.
    expect(seen.neurons).toHaveLength(ours.n);
    for (const [index, neuron] of seen.neurons.entries()) {
      const mine = ours.neurons[index];
      expect(neuron).toMatchObject({
        uid: mine?.uid,
        hotkey: mine?.hotkey,
        coldkey: mine?.coldkey,
        permit: mine?.permit,
      });
      expect(neuron.incentive).toBeCloseTo(mine?.incentive ?? -1, 4);
      expect(neuron.dividends).toBeCloseTo(mine?.dividends ?? -1, 4);
    }
    expect(seen.neurons[1]?.endpoint).toContain("203.0.113.9:8091");
    const held = Number(await fetchStake(client, alice.address, validator.address, NETUID));
    expect(Math.abs(Number(seen["stakeRao"]) - held)).toBeLessThan(held * 0.05);
  });

  it("reads the weights that we set", async () => {
    expect(await ask({ do: "rows" })).toEqual({ rows: { 0: { 1: 1 } } });
  });

  it("transfers, signed with a coldkey that we wrote", async () => {
    const before = (await client.balance(bob.address)).freeRao;
    const job = { do: "transfer", wallets: own.wallets, wallet: "Alice", to: bob.address, tao: 3.5 };
    expect(await ask(job)).toMatchObject({ success: true });
    expect((await client.balance(bob.address)).freeRao - before).toBe((35n * RAO_PER_TAO) / 10n);
  });

  it("sets weights, signed with a hotkey that we wrote, and we read the row that it meant", async () => {
    const job = { do: "weights", wallets: own.wallets, wallet: "Alice", uids: [0, 1], weights: [0.25, 0.75] };
    expect(await ask(job)).toMatchObject({ success: true });
    expect([...(await fetchRow(client, NETUID, MAIN, 0))]).toEqual([
      [0, 21_845],
      [1, 65_535],
    ]);
  });

  it("finds the wallet folders where ours are", () => {
    expect(own.wallets).toBe(join(own.home, ".bittensor", "wallets"));
  });
});
