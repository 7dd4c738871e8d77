import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Signer } from "../../src/base/ports.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { findInclusion, submit } from "../../src/chain/submit.ts";
import { transfer, transferCall } from "../../src/chain/transfer.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { type WsProxy, wsProxy } from "../helpers/ws-proxy.ts";

let localnet: Localnet;
let proxy: WsProxy;
let client: ChainClient;
let alice: Signer;
const bob = signerFromUri("//Bob").address;

beforeAll(async () => {
  alice = signerFromUri("//Alice");
  localnet = await startLocalnet();
});
afterAll(() => localnet.stop());
beforeEach(async () => {
  proxy = await wsProxy(localnet.url);
  client = await connect(proxy.url);
});
afterEach(async () => {
  client.close();
  await proxy.stop();
});

const connect = (url: string, callTimeoutMs = 5_000): Promise<ChainClient> =>
  ChainClient.connect({ network: parseNetwork(url), clock: systemClock(), callTimeoutMs, connectTimeoutMs: 1_000 });
const held = async (): Promise<bigint> => (await client.balance(bob)).freeRao;
const isSubmit = (text: string): boolean => text.includes('"author_submitAndWatchExtrinsic"');

describe("a transaction over a line that breaks", () => {
  it.each([
    ["before the chain has it", "cut" as const],
    ["right after the chain has it", "pass-then-cut" as const],
  ])("%s is in a block, once", async (_, fate) => {
    const before = await held();
    let isFirst = true;
    proxy.rule = (direction, text) => {
      if (direction !== "ask" || !isSubmit(text) || !isFirst) return "pass";
      isFirst = false;
      return fate;
    };
    const done = await transfer(client, alice, bob, 1_000n);
    expect(done.feeRao).toBeGreaterThan(0n);
    expect(isFirst).toBe(false);
    expect((await held()) - before).toBe(1_000n);
  });

  it("ends at its deadline with the extrinsic's hash when it never gets through", async () => {
    const before = await held();
    proxy.rule = (direction, text) => (direction === "ask" && isSubmit(text) ? "cut" : "pass");
    await expect(transfer(client, alice, bob, 1_000n, { timeoutMs: 1_200 })).rejects.toMatchObject({
      code: "chain.deadline",
      exitCode: 15,
      details: { extrinsic: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
    });
    proxy.rule = () => "pass";
    expect((await held()) - before).toBe(0n);
  });

  it("is found in its block when the line goes while it is watched", async () => {
    const before = await held();
    // The answer that carries "inBlock" never arrives; the client must look into the blocks.
    proxy.rule = (direction, text) => (direction === "answer" && text.includes('"inBlock"') ? "cut" : "pass");
    const done = await transfer(client, alice, bob, 7n, { timeoutMs: 10_000 });
    proxy.rule = () => "pass";
    expect(done.block).toBeGreaterThan(0);
    expect((await held()) - before).toBe(7n);
  });

  it("can be asked for by a process that was killed after sending", async () => {
    const from = (await client.head()).number;
    let hash = "";
    const done = await submit(client, transferCall(bob, 5n), alice, {
      onSigned: (signed) => {
        hash = signed.hash;
      },
    });
    expect(hash).toBe(done.extrinsic);
    const later = await connect(localnet.url);
    expect(await findInclusion(later, hash, from)).toMatchObject({ block: done.block, extrinsic: hash });
    expect(await findInclusion(later, `0x${"00".repeat(32)}`, from)).toBeUndefined();
    later.close();
  });
});

describe("a client over a line that misbehaves", () => {
  it("keeps reading through a line that is cut at every third answer", async () => {
    let answers = 0;
    proxy.rule = (direction) => (direction === "answer" && ++answers % 3 === 0 ? "cut" : "pass");
    const balances = [];
    for (let i = 0; i < 6; i++) balances.push(await held());
    expect(new Set(balances).size).toBe(1);
  });

  it.each([
    ["over all lines together", (counts: { all: number }) => ++counts.all % 2 === 0],
    ["on each line", (_: { all: number }, line: { asked: number }) => ++line.asked % 2 === 0],
  ])("connects to and reads from a node that closes at every second message, %s", async (_, closes) => {
    const counts = { all: 0 };
    const lines = new Map<unknown, { asked: number }>();
    proxy.rule = (direction, __, line) => {
      if (direction === "answer") return "pass";
      const state = lines.get(line) ?? { asked: 0 };
      lines.set(line, state);
      return closes(counts, state) ? "cut" : "pass";
    };
    const shaky = await connect(proxy.url, 20_000);
    const all = await Promise.all(Array.from({ length: 5 }, () => shaky.balance(bob)));
    proxy.rule = () => "pass";
    expect(new Set(all.map(({ freeRao }) => freeRao))).toEqual(new Set([await held()]));
    shaky.close();
  });

  it("connects to the next endpoint where the first takes every question and answers none", async () => {
    await using silent = await wsProxy(localnet.url);
    silent.rule = (direction) => (direction === "answer" ? "swallow" : "pass");
    const both = await connect(`${silent.url},${localnet.url}`, 2_000);
    expect(both.endpoint).toBe(localnet.url);
    expect((await both.head()).number).toBeGreaterThanOrEqual(0);
    both.close();
  });

  it("ends a question at its deadline when the chain takes it and stays silent", async () => {
    proxy.rule = (direction) => (direction === "answer" ? "swallow" : "pass");
    const asked = client.ask("chain_getBlockHash", [], { timeoutMs: 150 });
    await expect(asked).rejects.toMatchObject({ code: "chain.deadline", exitCode: 15 });
  });

  it("goes on telling of blocks after a reconnect, without being asked", async () => {
    const blocks: number[] = [];
    let heard = Promise.withResolvers<void>();
    await client.onHeads((event) => {
      if (event.type === "block") blocks.push(event.number);
      heard.resolve();
    });
    localnet.mine();
    await heard.promise;
    const back = new Promise<void>((resolve) => {
      client.onLine(({ state }) => state === "connected" && resolve());
    });
    proxy.cutAll();
    await back;
    await client.head();
    heard = Promise.withResolvers<void>();
    localnet.mine();
    await heard.promise;
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
  });

  it("uses the next endpoint of the list, and says when the network is another one", async () => {
    const network = { ...parseNetwork(`ws://127.0.0.1:9,${localnet.url}`), genesis: localnet.genesisHash };
    const options = { clock: systemClock(), connectTimeoutMs: 1_000 };
    const second = await ChainClient.connect({ network, ...options });
    expect(second.endpoint).toBe(localnet.url);
    second.close();
    const wrong = { ...parseNetwork(localnet.url), name: "finney", genesis: `0x${"11".repeat(32)}` };
    await expect(ChainClient.connect({ network: wrong, ...options })).rejects.toMatchObject({
      code: "chain.wrong-network",
      exitCode: 10,
    });
  });
});

describe("a client whose chain is gone", () => {
  it("never takes another chain in its place, even where the list of endpoints names one", async () => {
    await using other = await startLocalnet({ accounts: 3 });
    await using gate = await wsProxy(localnet.url);
    expect(other.genesisHash).not.toBe(localnet.genesisHash);
    const listed = await connect(`${gate.url},${other.url}`);
    await listed.head();
    await gate.stop();
    await expect(listed.head()).rejects.toMatchObject({
      code: "chain.unreachable",
      message: expect.stringContaining("it is another chain"),
    });
    listed.close();
  });
});

describe("nonces", () => {
  it("are taken from the chain again after another program used the same key", async () => {
    const other = await connect(localnet.url);
    await transfer(client, alice, bob, 1n);
    for (let i = 0; i < 3; i++) await transfer(other, alice, bob, 1n);
    await expect(transfer(client, alice, bob, 1n)).resolves.toMatchObject({ index: expect.any(Number) });
    other.close();
  });

  it("do not get stuck after a transaction that was refused by the pool", async () => {
    const bad = {
      pallet: "SubtensorModule",
      name: "serve_axon",
      args: {
        netuid: 0,
        version: 1,
        ip: 2_130_706_433,
        port: 1,
        ip_type: 4,
        protocol: 4,
        placeholder1: 0,
        placeholder2: 0,
      },
    };
    await expect(submit(client, bad, alice)).rejects.toMatchObject({ exitCode: 13 });
    await expect(transfer(client, alice, bob, 1n)).resolves.toBeDefined();
  });
});
