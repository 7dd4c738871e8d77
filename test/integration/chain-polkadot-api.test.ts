import { ApiPromise, WsProvider } from "@polkadot/api";
import type { ApiOptions } from "@polkadot/api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ChainClient } from "../../src/chain/client.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { plain } from "../../src/chain/runtime.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";

// The client reads metadata by polkadot's types but asks by itself; here both sit at one chain and must agree.

const alice = signerFromUri("//Alice");
const bob = signerFromUri("//Bob");
let localnet: Localnet;
let client: ChainClient;
let api: ApiPromise;

beforeAll(async () => {
  localnet = await startLocalnet();
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  // Its own types disagree under exactOptionalPropertyTypes.
  const provider = new WsProvider(localnet.url) as unknown as NonNullable<ApiOptions["provider"]>;
  api = await ApiPromise.create({ provider, noInitWarn: true });
});
afterAll(async () => {
  client.close();
  await api.disconnect();
  await localnet.stop();
});

describe("the chain client beside ApiPromise", () => {
  it("sees the same chain", async () => {
    expect(api.genesisHash.toHex()).toBe(client.genesis);
    expect(api.runtimeVersion.specVersion.toNumber()).toBe(client.runtime.specVersion);
    const head = await api.rpc.chain.getHeader();
    expect(await client.head()).toEqual({
      number: head.number.toNumber(),
      hash: head.hash.toHex(),
      parentHash: head.parentHash.toHex(),
    });
  });

  it("makes the same bytes of calls and storage keys", () => {
    const { tx, query } = api;
    const pairs: [string, string | undefined][] = [
      [
        client.runtime
          .call({ pallet: "Balances", name: "transfer_keep_alive", args: { dest: bob.address, value: 7n } })
          .toHex(),
        tx["balances"]?.["transferKeepAlive"]?.(bob.address, 7n).method.toHex(),
      ],
      [
        client.runtime
          .call({
            pallet: "SubtensorModule",
            name: "set_mechanism_weights",
            args: { netuid: 1, mecid: 0, dests: [1, 2], weights: [65_535, 3], version_key: 9n },
          })
          .toHex(),
        tx["subtensorModule"]?.["setMechanismWeights"]?.(1, 0, [1, 2], [65_535, 3], 9n).method.toHex(),
      ],
      [client.runtime.storageKey("System", "Account", [bob.address]), query["system"]?.["account"]?.key(bob.address)],
      [
        client.runtime.storageKey("SubtensorModule", "Weights", [4_097, 5]),
        query["subtensorModule"]?.["weights"]?.key(4_097, 5),
      ],
    ];
    for (const [ours, theirs] of pairs) expect(ours).toBe(theirs);
  });

  it("sends transactions whose events and effect ApiPromise reads alike", async () => {
    const done = await transfer(client, alice, bob.address, 123n);
    const at = await api.at(done.blockHash);
    const records = (await at.query["system"]?.["events"]?.()) as unknown as Iterable<{
      phase: { isApplyExtrinsic: boolean; asApplyExtrinsic: { toNumber(): number } };
      event: { section: string; method: string; data: { toJSON(): unknown } };
    }>;
    const theirs = [...records]
      .filter(({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === done.index)
      .map(({ event }) => [event.section, event.method, event.data.toJSON()]);
    expect(
      done.events.map(({ pallet, name, fields }) => [pallet.charAt(0).toLowerCase() + pallet.slice(1), name, fields]),
    ).toEqual(theirs);
    const account = await at.query["system"]?.["account"]?.(bob.address);
    const stored = account === undefined ? undefined : plain(account as never);
    expect(await client.storage("System", "Account", [bob.address], done.blockHash)).toEqual(stored);
  });
});
