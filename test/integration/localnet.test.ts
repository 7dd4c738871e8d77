import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import type { ApiOptions, SubmittableExtrinsic } from "@polkadot/api/types";
import type { KeyringPair } from "@polkadot/keyring/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ChainClient } from "../../src/chain/client.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";

let net: Localnet;
let api: ApiPromise;
const keyring = new Keyring({ type: "sr25519" });
let alice: KeyringPair;
let bob: KeyringPair;

beforeAll(async () => {
  net = await startLocalnet({ blockTime: "instant" });
  // WsProvider's own type disagrees with ApiOptions under exactOptionalPropertyTypes.
  const provider = new WsProvider(net.url) as unknown as NonNullable<ApiOptions["provider"]>;
  api = await ApiPromise.create({ provider, noInitWarn: true });
  alice = keyring.addFromUri("//Alice");
  bob = keyring.addFromUri("//Bob");
});
afterAll(async () => {
  await api.disconnect();
  await net.stop();
});

const tx = (pallet: string, call: string, ...args: unknown[]): SubmittableExtrinsic<"promise"> => {
  const make = api.tx[pallet]?.[call];
  if (make === undefined) throw new Error(`no call ${pallet}.${call}`);
  return make(...args);
};
const read = async (pallet: string, item: string, ...keys: unknown[]): Promise<unknown> => {
  const query = api.query[pallet]?.[item];
  if (query === undefined) throw new Error(`no storage ${pallet}.${item}`);
  return (await query(...keys)).toJSON();
};

/** Signs, sends, waits for the block. @returns The events' names, or the error's. */
const send = (extrinsic: SubmittableExtrinsic<"promise">, who: KeyringPair): Promise<string[]> =>
  new Promise((resolve, reject) => {
    extrinsic
      .signAndSend(who, { nonce: -1 }, ({ status, events, dispatchError }) => {
        if (!status.isInBlock && !status.isFinalized) return;
        if (dispatchError?.isModule) resolve([api.registry.findMetaError(dispatchError.asModule).name]);
        else if (dispatchError !== undefined) resolve([dispatchError.toString()]);
        else resolve(events.map(({ event }) => `${event.section}.${event.method}`));
      })
      .catch(reject);
  });

describe("@polkadot/api on a localnet", () => {
  it("connects without a warning of its own and reads what it is", async () => {
    expect(api.runtimeVersion.specName.toString()).toBe("node-subtensor");
    expect(api.genesisHash.toHex()).toBe(net.genesisHash);
    expect((await api.rpc.system.chain()).toString()).toMatch(/local simulator/);
    expect(Object.keys(api.call)).toContain("subnetInfoRuntimeApi");
  });

  it.each(["sr25519", "ed25519"] as const)(
    "pays from and to %s accounts, with the fee that was foretold",
    async (type) => {
      const other = new Keyring({ type }).addFromUri("//Somebody");
      await send(tx("balances", "transferKeepAlive", other.address, 5_000_000_000n), alice);
      const payment = tx("balances", "transferKeepAlive", bob.address, 1_000_000_000n);
      const { partialFee } = await payment.paymentInfo(other);
      expect(await send(payment, other)).toContain("balances.Transfer");
      const account = (await read("system", "account", other.address)) as { data: { free: number }; nonce: number };
      expect(account.nonce).toBe(1);
      expect(4_000_000_000 - account.data.free - partialFee.toNumber()).toBeLessThan(10);
    },
  );

  it("goes from a new subnet to incentive by the weights that were set", async () => {
    const owner = keyring.addFromUri("//owner");
    const validator = keyring.addFromUri("//validator");
    const miners = ["//m1", "//m2", "//m3"].map((uri) => keyring.addFromUri(uri));
    const admin = (call: string, ...args: unknown[]) =>
      send(tx("sudo", "sudo", tx("adminUtils", call, ...args)), alice);

    expect(await send(tx("subtensorModule", "registerNetwork", owner.address), alice)).toContain(
      "subtensorModule.NetworkAdded",
    );
    const netuid = 1;
    await send(tx("subtensorModule", "startCall", netuid), alice);
    expect(await send(tx("subtensorModule", "burnedRegister", netuid, validator.address), alice)).toContain(
      "subtensorModule.NeuronRegistered",
    );
    for (const miner of miners) await send(tx("subtensorModule", "burnedRegister", netuid, miner.address), bob);
    await send(tx("subtensorModule", "addStake", validator.address, netuid, 100_000_000_000_000n), alice);
    expect(await send(tx("subtensorModule", "setWeights", netuid, [2, 3, 4], [1, 2, 3], 0), validator)).toEqual([
      "CommitRevealEnabled",
    ]);
    await admin("sudoSetCommitRevealWeightsEnabled", netuid, false);
    await admin("sudoSetWeightsSetRateLimit", netuid, 0);
    await admin("sudoSetTempo", netuid, 10);
    net.mine(11);
    expect(await send(tx("subtensorModule", "setWeights", netuid, [2, 3, 4], [1, 2, 3], 0), validator)).toContain(
      "subtensorModule.WeightsSet",
    );
    expect(await read("subtensorModule", "weights", netuid, 1)).toEqual([
      [2, 21_845],
      [3, 43_690],
      [4, 65_535],
    ]);
    net.mine(11);
    const incentive = (await read("subtensorModule", "incentive", netuid)) as number[];
    expect(incentive).toEqual([0, 0, 10_922, 21_844, 32_767]);

    const metagraph = (await api.call["subnetInfoRuntimeApi"]?.["getMetagraph"]?.(netuid))?.toJSON() as {
      hotkeys: string[];
      incentives: number[];
      numUids: number;
    };
    expect(metagraph.numUids).toBe(5);
    expect(metagraph.hotkeys[1]).toBe(validator.address);
    expect(metagraph.incentives).toEqual(incentive);
  });

  it("tells a pool's refusals apart from a call's", async () => {
    const nobody = keyring.addFromUri("//nobody-at-all");
    await expect(send(tx("balances", "transferKeepAlive", bob.address, 1n), nobody)).rejects.toThrow(
      /Inability to pay some fees/,
    );
    expect(await send(tx("balances", "transferKeepAlive", bob.address, 10n ** 18n), alice)).toEqual([
      '{"token":"FundsUnavailable"}',
    ]);
    const miner = keyring.addFromUri("//m1");
    await expect(send(tx("subtensorModule", "serveAxon", 1, 1, 2_130_706_433, 80, 4, 4, 0, 0), miner)).rejects.toThrow(
      /Custom error: 11/,
    );
  });

  it("follows heads and storage, and reads the past", async () => {
    const numbers: number[] = [];
    const stop = await api.rpc.chain.subscribeNewHeads((header) => void numbers.push(header.number.toNumber()));
    net.mine(3);
    await expect.poll(() => numbers.length).toBeGreaterThanOrEqual(4);
    stop();
    expect(numbers.slice(1, 4)).toEqual([0, 1, 2].map((i) => (numbers[1] ?? 0) + i));
    const at = await api.at(await api.rpc.chain.getBlockHash(1));
    expect((await at.query["timestamp"]?.["now"]?.())?.toString()).not.toBe("0");
    const entries = await api.query["subtensorModule"]?.["keys"]?.entries(1);
    expect(entries).toHaveLength(5);
  });
});

describe("a chain that goes on from a saved state", () => {
  it("says at once how long its blocks take, though no earlier block's state is kept", async () => {
    const before = await startLocalnet({ blockTime: "manual" });
    for (let block = 0; block < 20; block++) before.chain.produce();
    const state = before.chain.dump();
    await before.stop();
    const after = await startLocalnet({ blockTime: "manual", state });
    try {
      await using client = await ChainClient.connect({ network: parseNetwork(after.url), clock: systemClock() });
      expect(await client.blockTimeMs()).toBe(client.nominalBlockTimeMs);
    } finally {
      await after.stop();
    }
  });
});
