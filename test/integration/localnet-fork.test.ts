import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { fetchHyperparameters } from "../../src/chain/hyperparameters.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { devAccount } from "../../src/localnet/dev-accounts.ts";
import { fetchSubnet } from "../../src/localnet/fork/fetch-subnet.ts";
import type { ForkedSubnet } from "../../src/localnet/fork/forked-subnet.ts";
import { freeRao } from "../../src/localnet/pallets/accounts.ts";
import { stakeRao } from "../../src/localnet/pallets/subtensor/share-pool.ts";
import * as s from "../../src/localnet/pallets/subtensor/storage.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { wsProxy } from "../helpers/ws-proxy.ts";

const TAO = 1_000_000_000n;
const NETUID = 2;
const account = (name: string): string => devAccount(name).account;

/** A chain with two subnets, of which the second is odd in every respect: that is the one to copy. */
async function foreignChain(): Promise<Localnet> {
  const net = await startLocalnet({ blockTime: "manual" });
  const perform = (who: string, call: string, args: Record<string, unknown>): void => {
    const [pallet = "", name = ""] = call.split(".");
    net.chain.patch((execution) => {
      const origin = who === "root" ? ({ type: "root" } as const) : ({ type: "signed", who: account(who) } as const);
      const failure = execution.dispatch(origin, { pallet, name, args });
      if (failure !== undefined) throw failure;
    });
  };
  net.mine(7);
  perform("Alice", "SubtensorModule.register_network", { hotkey: account("a1") });
  perform("Bob", "SubtensorModule.register_network", { hotkey: account("b1") });
  perform("Bob", "SubtensorModule.start_call", { netuid: NETUID });
  const setting = (name: string, args: Record<string, unknown>): void =>
    perform("root", `AdminUtils.sudo_set_${name}`, { netuid: NETUID, ...args });
  setting("tempo", { tempo: 20 });
  setting("immunity_period", { immunity_period: 77 });
  setting("max_allowed_uids", { max_allowed_uids: 64 });
  setting("commit_reveal_weights_enabled", { enabled: false });
  setting("weights_set_rate_limit", { weights_set_rate_limit: 0n });
  setting("kappa", { kappa: 30_000 });
  for (const name of ["v1", "v2", "m1", "m2"]) {
    const coldkey = name.startsWith("v") ? "Charlie" : "Dave";
    perform(coldkey, "SubtensorModule.burned_register", { netuid: NETUID, hotkey: account(name) });
  }
  const stake = (who: string, hotkey: string, netuid: number, tao: bigint): void =>
    perform(who, "SubtensorModule.add_stake", { hotkey: account(hotkey), netuid, amount_staked: tao * TAO });
  stake("Charlie", "v1", NETUID, 5_000n);
  stake("Eve", "v1", NETUID, 777n);
  stake("Charlie", "v2", NETUID, 900n);
  stake("Ferdie", "v2", 0, 12_345n);
  net.mine(25);
  for (const [name, weights] of [
    ["v1", [1, 2]],
    ["v2", [3, 2]],
  ] as const)
    perform(name, "SubtensorModule.set_weights", { netuid: NETUID, dests: [3, 4], weights, version_key: 0n });
  perform("m1", "SubtensorModule.serve_axon", {
    netuid: NETUID,
    version: 1,
    ip: 0x08080808n,
    port: 8_091,
    ip_type: 4,
    protocol: 4,
    placeholder1: 0,
    placeholder2: 0,
  });
  net.mine(25);
  return net;
}

let foreign: Localnet;
let local: Localnet;
let fork: ForkedSubnet;
const asked = new Set<string>();
let foreignHead: string;

const clientOf = (url: string): Promise<ChainClient> =>
  ChainClient.connect({ network: parseNetwork(url), clock: systemClock() });

beforeAll(async () => {
  foreign = await foreignChain();
  foreignHead = foreign.chain.head.hash;
  await using proxy = await wsProxy(foreign.url);
  proxy.rule = (direction, text) => {
    if (direction === "ask") asked.add((JSON.parse(text) as { method: string }).method);
    return "pass";
  };
  await using client = await clientOf(proxy.url);
  fork = await fetchSubnet(client, NETUID);
  local = await startLocalnet({ blockTime: "manual", fork });
});
afterAll(async () => {
  await local.stop();
  await foreign.stop();
});

describe("a forked subnet", () => {
  it("is read by questions alone, and leaves the other chain as it was", () => {
    for (const method of asked)
      expect(method).toMatch(/^(chain_get|state_(get|call|query|subscribeRuntime)|system_|rpc_methods)/);
    expect(foreign.chain.head.hash).toBe(foreignHead);
    expect(foreign.chain.pool.size).toBe(0);
    expect(fork.leftOut).toEqual([]);
  });

  it("goes on one block later with the same metagraph and hyperparameters", async () => {
    await using there = await clientOf(foreign.url);
    await using here = await clientOf(local.url);
    const [original, copy] = await Promise.all([there, here].map((client) => fetchMetagraph(client, toNetuid(NETUID))));
    expect(original?.neurons.map(({ incentive }) => incentive).filter((share) => share > 0)).toHaveLength(2);
    expect(copy?.block).toBe((original?.block ?? 0) + 1);
    const settled = (graph: typeof copy) =>
      graph && {
        ...graph,
        block: 0,
        blocksSinceEpoch: 0,
        burnRao: 0n,
        neurons: graph.neurons.map((neuron) => ({ ...neuron, immunityBlocksLeft: 0 })),
      };
    expect(settled(copy)).toEqual(settled(original));
    expect(await fetchHyperparameters(here, toNetuid(NETUID))).toEqual(
      await fetchHyperparameters(there, toNetuid(NETUID)),
    );
  });

  it("has weights, bonds, every nominator's stake on it and on root, and its people's money", () => {
    const [there, here] = [foreign.chain.head.tree, local.chain.head.tree];
    for (const item of [s.Weights, s.Bonds]) {
      expect([...item.entries(here, NETUID)]).toEqual([...item.entries(there, NETUID)]);
      expect([...item.entries(here, NETUID)].length).toBeGreaterThan(0);
    }
    for (const [hotkey, coldkey, netuid] of [
      ["v1", "Charlie", NETUID],
      ["v1", "Eve", NETUID],
      ["v2", "Charlie", NETUID],
      ["v2", "Ferdie", 0],
      ["m1", "Dave", NETUID],
    ] as const) {
      const original = stakeRao(there, account(hotkey), account(coldkey), netuid);
      const copy = stakeRao(here, account(hotkey), account(coldkey), netuid);
      expect(original).toBeGreaterThan(0n);
      // Rounding a share may leave a rao with the hotkey's owner.
      expect(Number(copy - original)).toBeLessThanOrEqual(1);
      expect(Number(original - copy)).toBeLessThanOrEqual(1);
    }
    for (const name of ["Bob", "Charlie", "Dave"])
      expect(freeRao(here, account(name))).toBe(freeRao(there, account(name)));
    // Of other subnets there is nothing.
    expect(s.NetworksAdded.get(here, 1)).toBe(false);
    expect(s.NetworksAdded.get(here, NETUID)).toBe(true);
  });

  it("pays the next epoch as the original does, and obeys the same owner", () => {
    foreign.mine(21);
    local.mine(20);
    expect(local.chain.head.header.number).toBe(foreign.chain.head.header.number);
    const [there, here] = [foreign.chain.head.tree, local.chain.head.tree];
    expect(s.LastEpochBlock.get(here, NETUID)).toBeGreaterThan(BigInt(fork.block));
    for (const item of [s.Incentive, s.Dividends, s.Consensus])
      expect(item.get(here, NETUID)).toEqual(item.get(there, NETUID));
    expect(s.SubnetOwner.get(here, NETUID)).toBe(account("Bob"));
  });

  it("that does not exist is refused", async () => {
    await using client = await clientOf(foreign.url);
    await expect(fetchSubnet(client, 9)).rejects.toMatchObject({ code: "chain.subnet-not-exists" });
  });
});
