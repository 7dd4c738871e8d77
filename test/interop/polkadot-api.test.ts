// @polkadot/api through a first day on an embedded chain: each step by its own tx and read back by its own query.
import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import type { ApiOptions, SubmittableExtrinsic } from "@polkadot/api/types";
import type { KeyringPair } from "@polkadot/keyring/types";
import { Metadata, TypeRegistry, type Vec } from "@polkadot/types";
import type { EventRecord } from "@polkadot/types/interfaces";
import { hexToU8a } from "@polkadot/util";
import { blake2AsHex, mnemonicGenerate } from "@polkadot/util-crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";

const TAO = 1_000_000_000n;
/** The four extensions of subtensor carry nothing; said so, the client does not warn of them. */
const NOTHING = { extrinsic: {}, payload: {} };
const SIGNED_EXTENSIONS = {
  SudoTransactionExtension: NOTHING,
  CheckShieldedTxValidity: NOTHING,
  SubtensorTransactionExtension: NOTHING,
  DrandPriority: NOTHING,
};

describe("@polkadot/api", () => {
  const keyring = new Keyring({ type: "sr25519" });
  const alice = keyring.addFromUri("//Alice");
  let net: Localnet;
  let api: ApiPromise;
  let owner: KeyringPair;
  let validator: KeyringPair;
  let miner: KeyringPair;

  beforeAll(async () => {
    net = await startLocalnet({ blockTime: "instant" });
    // WsProvider's own type disagrees with ApiOptions under exactOptionalPropertyTypes.
    const provider = new WsProvider(net.url) as unknown as NonNullable<ApiOptions["provider"]>;
    api = await ApiPromise.create({ provider, noInitWarn: true, signedExtensions: SIGNED_EXTENSIONS });
  });
  afterAll(async () => {
    await api.disconnect();
    await net.stop();
  });

  const tx = (path: string, ...args: unknown[]): SubmittableExtrinsic<"promise"> => {
    const [pallet = "", call = ""] = path.split(".");
    const make = api.tx[pallet]?.[call];
    if (make === undefined) throw new Error(`no call ${path}`);
    return make(...args);
  };
  const read = async (path: string, ...keys: unknown[]): Promise<unknown> => {
    const [pallet = "", item = ""] = path.split(".");
    const query = api.query[pallet]?.[item];
    if (query === undefined) throw new Error(`no storage ${path}`);
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
  const sudo = (path: string, ...args: unknown[]) => send(tx("sudo.sudo", tx(path, ...args)), alice);
  const free = async (who: KeyringPair): Promise<bigint> =>
    BigInt(((await read("system.account", who.address)) as { data: { free: string | number } }).data.free);

  it("makes keys, and transfers", async () => {
    [owner, validator, miner] = [1, 2, 3].map(() => keyring.addFromMnemonic(mnemonicGenerate())) as [
      KeyringPair,
      KeyringPair,
      KeyringPair,
    ];
    for (const who of [owner, validator]) {
      const events = await send(tx("balances.transferKeepAlive", who.address, 5_000n * TAO), alice);
      expect(events).toContain("balances.Transfer");
      expect(await free(who)).toBe(5_000n * TAO);
    }
  });

  it("creates and starts a subnet", async () => {
    expect(await send(tx("subtensorModule.registerNetwork", owner.address), owner)).toContain(
      "subtensorModule.NetworkAdded",
    );
    expect(await send(tx("subtensorModule.startCall", 1), validator)).toEqual(["BadOrigin"]);
    expect(await send(tx("subtensorModule.startCall", 1), owner)).toContain(
      "subtensorModule.FirstEmissionBlockNumberSet",
    );
    expect(await read("subtensorModule.subnetOwner", 1)).toBe(owner.address);
  });

  it("registers, and adds stake", async () => {
    for (const hotkey of [validator, miner])
      expect(await send(tx("subtensorModule.burnedRegister", 1, hotkey.address), validator)).toContain(
        "subtensorModule.NeuronRegistered",
      );
    expect(await read("subtensorModule.uids", 1, miner.address)).toBe(2);
    const amount = 500n * TAO;
    expect(await send(tx("subtensorModule.addStake", validator.address, 1, amount), validator)).toContain(
      "subtensorModule.StakeAdded",
    );
    expect(Number(await read("subtensorModule.totalHotkeyAlpha", validator.address, 1))).toBeGreaterThan(3e11);
  });

  it("sets weights", async () => {
    await sudo("adminUtils.sudoSetAdminFreezeWindow", 0);
    await sudo("adminUtils.sudoSetWeightsSetRateLimit", 1, 0);
    await sudo("adminUtils.sudoSetCommitRevealWeightsEnabled", 1, false);
    net.mine(361);
    expect(await send(tx("subtensorModule.setWeights", 1, [2], [9], 0), validator)).toContain(
      "subtensorModule.WeightsSet",
    );
    expect(await read("subtensorModule.weights", 1, 1)).toEqual([[2, 65_535]]);
  });

  it("commits, and reveals in the next epoch", async () => {
    await sudo("adminUtils.sudoSetCommitRevealWeightsEnabled", 1, true);
    await sudo("adminUtils.sudoSetTempo", 1, 360);
    const salt = [1, 2, 3, 4];
    const row = api.registry.createType("(AccountId32, u16, Vec<u16>, Vec<u16>, Vec<u16>, u64)", [
      validator.address,
      1,
      [0, 2],
      [7, 9],
      salt,
      0,
    ]);
    const commit = tx("subtensorModule.commitWeights", 1, blake2AsHex(row.toU8a()));
    expect(await send(commit, validator)).toContain("subtensorModule.WeightsCommitted");
    const reveal = () => send(tx("subtensorModule.revealWeights", 1, [0, 2], [7, 9], salt, 0), validator);
    await expect(reveal()).rejects.toThrow(/Custom error: 17/);
    net.mine(360);
    expect(await reveal()).toContain("subtensorModule.WeightsRevealed");
    expect(await read("subtensorModule.weights", 1, 1)).toEqual([
      [0, 50_972],
      [2, 65_535],
    ]);
  });

  it("reads the metagraph by runtime API, and incentive after the epoch", async () => {
    net.mine(361);
    const method = api.call["subnetInfoRuntimeApi"]?.["getMetagraph"];
    const metagraph = (await method?.(1))?.toJSON() as { hotkeys: string[]; incentives: number[] };
    expect(metagraph.hotkeys).toEqual([owner, validator, miner].map(({ address }) => address));
    expect(metagraph.incentives[2]).toBeGreaterThan(metagraph.incentives[0] ?? 0);
  });

  it("lends stake to a child, swaps a hotkey, and acts by proxy", async () => {
    const half = (1n << 63n) - 1n;
    const children = tx("subtensorModule.setChildren", validator.address, 1, [[half, miner.address]]);
    expect(await send(children, validator)).toContain("subtensorModule.SetChildrenScheduled");
    const fresh = keyring.addFromMnemonic(mnemonicGenerate());
    expect(await send(tx("subtensorModule.swapHotkey", miner.address, fresh.address, 1), validator)).toContain(
      "subtensorModule.HotkeySwappedOnSubnet",
    );
    expect(await read("subtensorModule.uids", 1, fresh.address)).toBe(2);
    expect(await send(tx("proxy.addProxy", owner.address, "Staking", 0), validator)).toContain("proxy.ProxyAdded");
    const inner = tx("subtensorModule.removeStake", validator.address, 1, TAO);
    expect(await send(tx("proxy.proxy", validator.address, null, inner), owner)).toEqual(
      expect.arrayContaining(["subtensorModule.StakeRemoved", "proxy.ProxyExecuted"]),
    );
  });
});

describe("@polkadot/types", () => {
  it("reads the metadata of both versions, and a block's extrinsics and events by it, to the same bytes", async () => {
    await using net = await startLocalnet({ blockTime: "instant" });
    const ask = async (method: string, params: readonly unknown[] = []): Promise<never> => {
      const answer = await fetch(net.url.replace("ws:", "http:"), {
        method: "POST",
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
        headers: { "content-type": "application/json" },
      });
      return ((await answer.json()) as { result: never }).result;
    };
    for (const version of [14, 15]) {
      const opaque = await ask("state_call", [
        "Metadata_metadata_at_version",
        `0x${version.toString(16).padStart(2, "0")}000000`,
      ]);
      const types = new TypeRegistry();
      const bytes = types.createType("Option<Bytes>", hexToU8a(opaque)).unwrap().toU8a(true);
      const read = new Metadata(types, bytes);
      expect(read.version).toBe(version);
      expect(read.toU8a()).toEqual(bytes);
    }
    const registry = new TypeRegistry();
    registry.setMetadata(new Metadata(registry, await ask("state_getMetadata")), undefined, SIGNED_EXTENSIONS);
    net.mine(1);
    const hash = await ask("chain_getBlockHash", [1]);
    const { block } = (await ask("chain_getBlock", [hash])) as { block: { extrinsics: string[] } };
    for (const bytes of block.extrinsics) {
      const decoded = registry.createType("Extrinsic", bytes);
      expect(decoded.method.section).toBe("timestamp");
      expect(decoded.toHex()).toBe(bytes);
    }
    const key = "0x26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7";
    const events = registry.createType<Vec<EventRecord>>(
      "Vec<EventRecord>",
      await ask("state_getStorage", [key, hash]),
    );
    expect(events.map(({ event }) => `${event.section}.${event.method}`)).toContain("system.ExtrinsicSuccess");
  });
});
