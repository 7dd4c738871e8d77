// The bittensor 11.3 SDK through a first day on an embedded chain: every step is read back by our own client.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { BITTENSOR_11 } from "./peers.ts";
import { askPeer, missingModule } from "./python-peer.ts";

const NETUID = toNetuid(1);
const RAO = 1_000_000_000n;
const SALT = [163, 241, 217, 11];
const missing = missingModule(BITTENSOR_11, "bittensor");

describe.skipIf(missing !== undefined)(`bittensor 11.3 SDK (${missing ?? "is here"})`, () => {
  const alice = signerFromUri("//Alice");
  let localnet: Localnet;
  let client: ChainClient;
  let path: string;
  let keys: Record<"owner" | "val", { coldkey: string; hotkey: string }>;

  beforeAll(async () => {
    localnet = await startLocalnet({ blockTime: 250 });
    client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
    path = mkdtempSync(join(tmpdir(), "sdk-wallets-"));
  });
  afterAll(async () => {
    client.close();
    await localnet.stop();
    rmSync(path, { recursive: true, force: true });
  });

  const sdk = (step: string, args: Readonly<Record<string, unknown>> = {}) =>
    askPeer<Record<string, unknown>>(BITTENSOR_11, "sdk_first_day.py", {
      step,
      url: localnet.url,
      path,
      netuid: 1,
      ...args,
    });
  const free = async (address: string): Promise<bigint> => (await client.balance(address)).freeRao;
  const neuron = async (hotkey: string) =>
    (await fetchMetagraph(client, NETUID)).neurons.find((candidate) => candidate.hotkey === hotkey);
  const row = (uid: number) => client.storage("SubtensorModule", "Weights", [1, uid]);
  /** Waits, block by block, for something to become true. */
  const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
    for (;;) {
      if (await isTrue()) return;
      await new Promise<void>((resolve, reject) => {
        const stop = client.onHeads(() => {
          stop.then((off) => off()).catch(reject);
          resolve();
        });
        stop.catch(reject);
      });
    }
  };
  const epoch = async (): Promise<number> => Number(await client.storage("SubtensorModule", "SubnetEpochIndex", [1]));

  it("creates wallets, and reads a balance", async () => {
    keys = (await sdk("create_wallets", { names: ["owner", "val"] })) as typeof keys;
    await client.ask("dev_faucet", [keys.owner.coldkey, "5000000000000"]);
    expect(await sdk("balance", { address: keys.owner.coldkey })).toEqual({ tao: 5_000 });
  });

  it("transfers", async () => {
    await sdk("transfer", { wallet: "owner", to: keys.val.coldkey, tao: 1_500 });
    expect(await free(keys.val.coldkey)).toBe(1_500n * RAO);
  });

  it("creates and starts a subnet", async () => {
    expect(await sdk("create_subnet", { wallet: "owner" })).toMatchObject({
      netuid: 1,
      registration_mode: "immediate",
      registration_price_rao: 1_000_000_000_000,
    });
    await sdk("start_subnet", { wallet: "owner" });
    expect(await client.storage("SubtensorModule", "SubnetOwner", [1])).toBe(keys.owner.coldkey);
    expect(await client.storage("SubtensorModule", "SubtokenEnabled", [1])).toBe(true);
  });

  it("registers, shielded", async () => {
    expect(await sdk("register", { wallet: "val" })).toMatchObject({ shielded: true });
    expect((await neuron(keys.val.hotkey))?.uid).toBe(1);
  });

  it("adds and removes stake", async () => {
    await sdk("stake", { wallet: "val", hotkey: keys.val.hotkey, tao: 300 });
    const staked = (await neuron(keys.val.hotkey))?.stakeRao ?? 0n;
    expect(staked).toBeGreaterThan(200n * RAO);
    await sdk("unstake", { wallet: "val", hotkey: keys.val.hotkey, alpha: 10 });
    expect((await neuron(keys.val.hotkey))?.stakeRao).toBe(staked - 10n * RAO);
  });

  it("reads the metagraph", async () => {
    expect(await sdk("metagraph")).toMatchObject({ hotkeys: [keys.owner.hotkey, keys.val.hotkey] });
  });

  it("sets weights in the open", async () => {
    for (const call of [
      { pallet: "AdminUtils", name: "sudo_set_admin_freeze_window", args: { window: 0 } },
      setHyperparameter.weightsSetRateLimit(NETUID, 0),
      setHyperparameter.commitRevealWeightsEnabled(NETUID, false),
      setHyperparameter.tempo(NETUID, 40),
    ])
      await submitAsSudo(client, alice, call);
    const before = await epoch();
    await until(async () => (await epoch()) > before);
    await sdk("set_weights", { wallet: "val", weights: { 0: 1, 1: 3 } });
    expect(await row(1)).toEqual([
      [0, 21_845],
      [1, 65_535],
    ]);
  });

  it("commits under a time lock to quicknet's key, which no chain without the drand network can open", async () => {
    await submitAsSudo(client, alice, setHyperparameter.commitRevealWeightsEnabled(NETUID, true));
    const before = await row(1);
    await sdk("commit_timelocked", { wallet: "val", weights: { 0: 1 } });
    expect(await client.entries("SubtensorModule", "TimelockedWeightCommits", [1])).toHaveLength(1);
    localnet.mine(120);
    expect(await client.entries("SubtensorModule", "TimelockedWeightCommits", [1])).toHaveLength(0);
    expect(await row(1)).toEqual(before);
  });

  it("commits by hash, and reveals in the next epoch and not before", async () => {
    // From here on epochs come when the test makes them: the SDK takes seconds to start, and a reveal has one epoch.
    await submitAsSudo(client, alice, setHyperparameter.tempo(NETUID, 5_000));
    const commit = { wallet: "val", uids: [0, 1], weights: [1, 1], salt: SALT };
    const { hash } = await sdk("commit_hash", commit);
    const kept = await client.storage("SubtensorModule", "WeightCommits", [1, keys.val.hotkey]);
    expect(JSON.stringify(kept)).toContain(hash);
    await expect(sdk("reveal_hash", commit)).rejects.toThrow(/reveal/i);
    const before = await epoch();
    localnet.mine(5_000);
    expect(await epoch()).toBe(before + 1);
    await sdk("reveal_hash", commit);
    expect(await row(1)).toEqual([
      [0, 65_535],
      [1, 65_535],
    ]);
  });

  it("lends stake to a child, and names a proxy", async () => {
    await sdk("set_children", { wallet: "val", hotkey: keys.val.hotkey, children: [[0.5, keys.owner.hotkey]] });
    const [planned] = (await client.storage("SubtensorModule", "PendingChildKeys", [1, keys.val.hotkey])) as [unknown];
    expect(JSON.stringify(planned)).toContain(keys.owner.hotkey);
    await sdk("add_proxy", { wallet: "val", delegate: keys.owner.coldkey, type: "Staking" });
    expect(JSON.stringify(await client.storage("Proxy", "Proxies", [keys.val.coldkey]))).toContain(keys.owner.coldkey);
  });
});
