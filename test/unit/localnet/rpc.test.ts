import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ColosseumError } from "../../../src/base/errors.ts";
import { schema } from "../../../src/localnet/engine/schema.ts";
import { freeRao } from "../../../src/localnet/pallets/accounts.ts";
import { MaxEpochsPerBlock, SubnetOwner, Tempo } from "../../../src/localnet/pallets/subtensor/storage.ts";
import { Account, Now } from "../../../src/localnet/pallets/system-storage.ts";
import { toHex } from "../../../src/localnet/scale/bytes.ts";
import { type Localnet, startLocalnet } from "../../../src/localnet/server.ts";
import { alice, bob, extrinsic, TAO } from "./harness.ts";

let net: Localnet;
beforeAll(async () => {
  net = await startLocalnet({ blockTime: "manual", clock: { nowMs: () => Date.UTC(2026, 0, 1) } });
});
afterAll(() => net.stop());

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

const post = async (body: string): Promise<Answer> => {
  const response = await fetch(net.url.replace("ws", "http"), { method: "POST", body });
  return (await response.json()) as Answer;
};
const call = (method: string, ...params: unknown[]): Promise<Answer> =>
  post(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));

/** A client whose messages are kept in order. */
async function client(): Promise<{
  socket: WebSocket;
  send: (text: string) => void;
  next: () => Promise<Answer & { params?: { result: unknown } }>;
}> {
  const socket = new WebSocket(net.url);
  const kept: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on("message", (message: Buffer) => {
    const text = message.toString();
    const wake = waiting.shift();
    if (wake === undefined) kept.push(text);
    else wake(text);
  });
  await new Promise((opened) => socket.once("open", opened));
  return {
    socket,
    send: (text) => socket.send(text),
    next: async () =>
      JSON.parse(kept.shift() ?? (await new Promise<string>((wake) => waiting.push(wake)))) as Answer & {
        params?: { result: unknown };
      },
  };
}

describe("hostile JSON-RPC", () => {
  it.each([
    ["no JSON", "{", -32_700],
    ["no object", "7", -32_600],
    ["no method", "{}", -32_600],
    ["a method that is no text", '{"id":1,"method":7}', -32_600],
    ["an empty batch", "[]", -32_600],
    [
      "a batch of thousands",
      JSON.stringify(Array.from({ length: 300 }, () => ({ id: 1, method: "system_name" }))),
      -32_600,
    ],
    ["parameters by name", '{"id":1,"method":"system_name","params":{"a":1}}', -32_602],
    ["an unknown method", '{"id":1,"method":"__proto__"}', -32_601],
    ["constructor", '{"id":1,"method":"constructor"}', -32_601],
  ])("%s gets a clean error", async (_, body, code) => {
    expect((await post(body)).error?.code).toBe(code);
  });

  it.each([
    ["state_getStorage", ["nonsense"], -32_602],
    ["state_getStorage", ["0x00", `0x${"11".repeat(32)}`], 4_003],
    ["state_getStorage", ["0x00", "0x11"], -32_602],
    ["state_getKeysPaged", ["0x", 1_001], -32_602],
    ["state_getKeysPaged", ["0x", -1], -32_602],
    ["state_call", ["Core_nothing", "0x"], 4_003],
    ["state_call", ["SubnetInfoRuntimeApi_get_metagraph", "0x"], -32_602],
    ["author_submitExtrinsic", ["0x1234"], 1_002],
    ["chain_subscribeNewHeads", [], -32_601],
    ["account_nextIndex", ["5nothing"], -32_602],
    ["dev_newBlock", [{ count: 1e9 }], -32_602],
    ["dev_newBlock", [7], -32_602],
    ["dev_setStorage", [{ Nothing: { Item: 1 } }], -32_602],
    ["dev_setStorage", [[["0x1", "0x2"]]], -32_602],
    ["dev_timeTravel", ["yesterday"], -32_602],
    ["dev_timeTravel", [1e300], -32_602],
    ["dev_warp", ["999999999d"], -32_602],
    ["dev_timeTravel", ["1999-01-01T00:00:00Z"], -32_602],
    ["dev_revert", [77], -32_001],
    ["dev_faucet", ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "-1"], -32_602],
  ])("%s(%j) is refused", async (method, params, code) => {
    expect((await call(method, ...params)).error?.code).toBe(code);
  });

  it("answers a batch in order, and says nothing to notifications", async () => {
    const answers = (await post(
      '[{"id":1,"method":"system_name"},{"method":"system_name"},{"id":"b","method":"nope"}]',
    )) as unknown as Answer[];
    expect(answers.map(({ id }) => id)).toEqual([1, "b"]);
  });

  it("refuses a message that is too large, and serves the others all the same", async () => {
    const big = await client();
    const closed = new Promise<number>((resolve) => big.socket.once("close", (code) => resolve(code)));
    big.socket.on("error", () => undefined);
    big.send("x".repeat(16 * 1024 * 1024));
    expect(await closed).toBe(1_009);
    expect((await call("system_name")).result).toBe("colosseum-localnet");
  });

  it("grants a thousand subscriptions to a client and no more", async () => {
    const { send, next, socket } = await client();
    send(JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, method: "state_subscribeRuntimeVersion" }))));
    await next();
    let refused: Answer | undefined;
    for (let id = 200; id < 1_100 && refused === undefined; id++) {
      send(JSON.stringify({ id, method: "state_subscribeRuntimeVersion" }));
      for (;;) {
        const message = await next();
        if (message.id !== id) continue;
        if (message.error !== undefined) refused = message;
        break;
      }
    }
    expect(refused?.error?.code).toBe(-32_006);
    socket.terminate();
  });

  it("lets go of a client that never reads, and keeps serving", async () => {
    const { socket, send, next } = await client();
    send('{"id":1,"method":"system_name"}');
    await next();
    socket.pause();
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    // Metadata is a fifth of a megabyte of hex: a few hundred answers fill every buffer on the way.
    for (let i = 0; i < 400; i++) send('{"id":2,"method":"state_getMetadata"}');
    for (let i = 0; i < 20; i++) expect((await call("system_name")).result).toBe("colosseum-localnet");
    socket.resume();
    await gone;
  });
});

describe("what costs much", () => {
  it.each([
    ["deep nesting", "[".repeat(100_000) + "]".repeat(100_000), "nested deeper than 128 levels"],
    ["deep nesting that never ends", '{"a":'.repeat(2_000_000), "nested deeper than 128 levels"],
    ["millions of values", `[${"{},".repeat(1_500_000)}{}]`, "more than 1000000 values"],
    ["brackets out of order", `${"]".repeat(50_000)}${"[".repeat(60_000)}`, undefined],
    ["a string that never ends", `["${'\\\\"['.repeat(100_000)}`, undefined],
  ])("%s is a parse error before it is parsed", async (_, body, why) => {
    expect((await post(body)).error).toMatchObject({ code: -32_700, ...(why === undefined ? {} : { data: why }) });
  });

  it("many megabytes in one value are no hostile shape", async () => {
    const text = JSON.stringify({ id: 1, method: "system_name", params: [`${'{"['.repeat(1_000_000)}`] });
    expect((await post(text)).result).toBe("colosseum-localnet");
  });

  it("a nested call as deep as SCALE goes is refused by its codec", async () => {
    const nested = `0x${"0102".repeat(200)}`;
    expect((await call("TransactionPaymentCallApi_query_call_info", nested)).error).toBeDefined();
    expect((await call("state_call", "TransactionPaymentCallApi_query_call_info", nested)).error?.code).toBe(-32_602);
  });

  it("answers out of all proportion are refused: to one question, to a batch, to a list of numbers", async () => {
    await call("dev_setStorage", [["0xfe", `0x${"ab".repeat(4_000_000)}`]]);
    expect((await call("state_queryStorageAt", Array(16).fill("0xfe"))).error?.code).toBe(-32_008);
    const batch = Array.from({ length: 16 }, (_, id) => ({ id, method: "state_getStorage", params: ["0xfe"] }));
    expect((await post(JSON.stringify(batch))).error?.code).toBe(-32_011);
    expect((await call("chain_getBlockHash", Array(20_000).fill(1))).error?.code).toBe(-32_602);
    await call("dev_setStorage", [["0xfe", null]]);
  });

  it("raw storage must be a value of what it stands for, so that the chain can go on", async () => {
    const tempo = "0x658faa385070e074c85bf6b568cf05557641384bb339f3758acddfd7053d33170500";
    expect((await call("dev_setStorage", [[tempo, "0x01"]])).error?.data).toMatch(/is a Tempo/);
    expect((await call("dev_newBlock")).error).toBeUndefined();
  });

  it("five thousand subscriptions of several clients are served, and leave nothing behind", async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, client));
    for (const { send } of clients) {
      for (let id = 0; id < 1_000; id++) send(JSON.stringify({ id, method: "chain_subscribeNewHeads" }));
    }
    // An answer and the newest head for each.
    for (const { next } of clients) for (let i = 0; i < 2_000; i++) await next();
    net.mine(3);
    const { hash } = net.chain.head;
    for (const { next } of clients) for (let i = 0; i < 3_000; i++) expect((await next()).params).toBeDefined();
    expect((await call("chain_getBlockHash")).result).toBe(hash);
    const gone = clients.map(({ socket }) => new Promise((closed) => socket.once("close", closed)));
    for (const { socket } of clients) socket.terminate();
    await Promise.all(gone);
  });

  it("watched keys are counted over all subscriptions of a client", async () => {
    const { send, next, socket } = await client();
    const keys = Array.from({ length: 16_384 }, (_, index) => `0xfd${index.toString(16).padStart(8, "0")}`);
    const answer = async (id: number): Promise<Answer> => {
      send(JSON.stringify({ id, method: "state_subscribeStorage", params: [keys] }));
      for (;;) {
        const message = await next();
        if (message.id === id) return message;
      }
    };
    for (let id = 1; id <= 4; id++) expect((await answer(id)).error).toBeUndefined();
    expect((await answer(5)).error?.code).toBe(-32_006);
    socket.terminate();
  });

  it("a subscriber that never reads is let go, while others hear of every block", async () => {
    const [deaf, other] = await Promise.all([client(), client()]);
    const key = "0xfc";
    deaf.send(JSON.stringify({ id: 1, method: "state_subscribeStorage", params: [[key]] }));
    await deaf.next();
    await deaf.next();
    other.send('{"id":1,"method":"chain_subscribeNewHeads"}');
    await other.next();
    await other.next();
    deaf.socket.pause();
    const gone = new Promise((closed) => deaf.socket.once("close", closed));
    deaf.socket.on("error", () => undefined);
    for (let round = 0; round < 60; round++) {
      // A megabyte of news at each block.
      net.chain.patch(({ state }) => state.set("fc", new Uint8Array(500_000).fill(round)));
      net.mine(1);
      expect((await other.next()).params).toBeDefined();
    }
    deaf.socket.resume();
    await gone;
    other.socket.terminate();
  });
});

it("a block that cannot be made leaves the chain as it was", () => {
  const { chain } = net;
  const { hash } = chain.head;
  chain.patch(({ state }) => state.set(MaxEpochsPerBlock.key(), new Uint8Array(0)));
  expect(() => net.mine(1)).toThrow();
  expect(chain.head.hash).toBe(hash);
  chain.patch(({ state }) => MaxEpochsPerBlock.remove(state));
  net.mine(1);
  expect(chain.head.header.parentHash).toBe(hash);
});

describe("the past", () => {
  it("is answered like a pruned node: headers and bodies for ever, states for a while, by its words", async () => {
    net.mine(1);
    const old = net.chain.head.hash;
    net.mine(1_100);
    expect((await call("chain_getHeader", old)).result).toMatchObject({ digest: { logs: [] } });
    expect((await call("chain_getBlock", old)).result).toMatchObject({ justifications: null });
    for (const [method, params] of [
      ["state_getStorage", ["0x00"]],
      ["state_queryStorageAt", [["0x00"]]],
      ["state_call", ["Core_version", "0x"]],
    ] as const)
      expect((await call(method, ...params, old)).error).toMatchObject({
        code: 4_003,
        message: `Client error: UnknownBlock: State already discarded for ${old}`,
      });
    const never = `0x${"11".repeat(32)}`;
    expect((await call("state_getStorage", "0x00", never)).error?.message).toMatch(/Header was not found/);
    expect((await call("chain_getHeader", never)).result).toBeNull();
  });
});

describe("subscriptions", () => {
  it("tell the head at once and each new one after", async () => {
    const { send, next, socket } = await client();
    send('{"id":1,"method":"chain_subscribeNewHeads"}');
    const { result } = await next();
    const number = ({ params = { result: {} } }: { params?: { result: unknown } }): number =>
      Number.parseInt((params.result as { number: string }).number, 16);
    const first = number(await next());
    net.mine(2);
    expect([number(await next()), number(await next())]).toEqual([first + 1, first + 2]);
    send(JSON.stringify({ id: 2, method: "chain_unsubscribeNewHeads", params: [result] }));
    expect((await next()).result).toBe(true);
    send(JSON.stringify({ id: 3, method: "chain_unsubscribeNewHeads", params: [result] }));
    expect((await next()).result).toBe(false);
    socket.terminate();
  });

  it("of storage tell only what changed", async () => {
    const { send, next, socket } = await client();
    const key = "0x1234";
    send(JSON.stringify({ id: 1, method: "state_subscribeStorage", params: [[key]] }));
    await next();
    expect((await next()).params?.result).toMatchObject({ changes: [[key, null]] });
    net.mine(1);
    await call("dev_setStorage", [[key, "0xabcd"]]);
    net.mine(1);
    expect((await next()).params?.result).toMatchObject({ changes: [[key, "0xabcd"]] });
    socket.terminate();
  });
});

describe("dev_*", () => {
  it("dev_newBlock makes so many, up to a height, or jumps, always at least one, as chopsticks does", async () => {
    const head = net.chain.head.header.number;
    await call("dev_newBlock", { count: 3 });
    expect(net.chain.head.header.number).toBe(head + 3);
    await call("dev_newBlock", { to: head + 6 });
    await call("dev_newBlock");
    await call("dev_newBlock", { count: 0 });
    expect(net.chain.head.header.number).toBe(head + 8);
    const { hash } = net.chain.head;
    await call("dev_newBlock", { count: 2, unsafeBlockHeight: head + 1_000_000 });
    expect(net.chain.head.header.number).toBe(head + 1_000_001);
    expect(net.chain.block(net.chain.head.header.parentHash)?.header.parentHash).toBe(hash);
    expect((await call("dev_newBlock", { unsafeBlockHeight: 5 })).error?.code).toBe(-32_602);
    expect((await call("dev_newBlock", { ump: {} })).error?.data).toMatch(/ump means nothing here/);
    expect((await call("dev_newBlock", { transactions: ["0x1234"] })).error?.code).toBe(1_002);
  });

  it("dev_setHead goes back to a block by hash, number or distance; what came later is gone", async () => {
    await call("dev_newBlock", { count: 5 });
    const { hash, header } = net.chain.head;
    const { result: before } = await call("dev_snapshot");
    await call("dev_newBlock", { count: 3 });
    const { result: after } = await call("dev_snapshot");
    expect((await call("dev_setHead", -1)).result).toBe(net.chain.head.hash);
    expect(net.chain.head.header.number).toBe(header.number + 2);
    expect((await call("dev_revert", after)).error?.code).toBe(-32_001);
    expect((await call("dev_setHead", header.number)).result).toBe(hash);
    expect((await call("chain_getBlockHash", header.number + 1)).result).toBeNull();
    await call("dev_newBlock");
    expect(net.chain.head.header.parentHash).toBe(hash);
    expect((await call("dev_setHead", hash)).result).toBe(hash);
    expect((await call("dev_revert", before)).result).toBe(hash);
    for (const nowhere of [9e9, `0x${"22".repeat(32)}`, null, "x", 1.5])
      expect((await call("dev_setHead", nowhere)).error).toBeDefined();
  });

  it("dev_dryRun tells what an extrinsic or anybody's call would change, by name or raw, and changes nothing", async () => {
    await call("dev_revert", (await call("dev_snapshot")).result);
    const { hash, tree } = net.chain.head;
    const nonce = Account.get(tree, alice).nonce;
    const args = { dest: { type: "Id", value: bob }, value: 7n * TAO };
    const bytes = toHex(extrinsic(net.chain, "Alice", "Balances", "transfer_keep_alive", args, { nonce }));
    const told = (await call("dev_dryRun", { extrinsic: bytes })).result as {
      old: { System: { Account: [[string], { data: { free: number } }][] } };
      new: { System: { Account: [[string], { data: { free: number } }][] } };
      error: string | null;
    };
    const free = (side: "old" | "new"): number =>
      told[side].System.Account.find(([[who]]) => who === bob)?.[1].data.free ?? Number.NaN;
    expect(free("new") - free("old")).toBe(7_000_000_000);
    expect(told.error).toBeNull();
    const raw = (await call("dev_dryRun", { extrinsic: bytes, raw: true, at: hash })).result;
    expect(raw).toContainEqual([expect.stringMatching(/^0x26aa394eea5630e07c48ae0c9558cef7/), expect.any(String)]);

    const address = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
    const sudo = { call: { type: "System", value: { type: "remark", value: { remark: Uint8Array.of(1) } } } };
    const callHex = toHex(schema.encode("RuntimeCall", { type: "Sudo", value: { type: "sudo", value: sudo } }));
    const refused = (await call("dev_dryRun", { extrinsic: { call: callHex, address } })).result;
    expect(refused).toMatchObject({ error: "Sudo.RequireSudo", new: {} });

    for (const [wrong, code] of [
      [{ extrinsic: "0x1234" }, 1_002],
      [{}, -32_602],
      [{ extrinsic: { call: "0xffff", address } }, -32_602],
      [{ extrinsic: bytes, hrmp: {} }, -32_602],
    ] as const)
      expect((await call("dev_dryRun", wrong)).error?.code).toBe(code);
    expect(net.chain.head.hash).toBe(hash);
    expect(net.chain.head.tree).toBe(tree);
    expect(net.chain.pool.size).toBe(0);
  });

  it("dev_setBlockBuildMode takes chopsticks' modes by name and number", async () => {
    for (const [mode, blockTime] of [
      ["Instant", "instant"],
      [2, "manual"],
      [0, "instant"],
      ["Manual", "manual"],
    ] as const) {
      expect((await call("dev_setBlockBuildMode", mode)).error).toBeUndefined();
      expect((await call("dev_status")).result).toMatchObject({ blockTime });
    }
    expect((await call("dev_setBlockBuildMode", "toString")).error?.code).toBe(-32_602);
  });

  it("dev_setStorage takes polkadot's spelling, partial records, raw hex and $removePrefix", async () => {
    const address = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
    await call("dev_setStorage", {
      system: { account: [[[address], { providers: 1, data: { free: "1000000000" } }]] },
    });
    expect(freeRao(net.chain.head.tree, bob)).toBe(1_000_000_000n);
    await call("dev_setStorage", { SubtensorModule: { Tempo: [[[5], "0x0900"]], SubnetOwner: [[[5], address]] } });
    expect(Tempo.get(net.chain.head.tree, 5)).toBe(9);
    expect(SubnetOwner.get(net.chain.head.tree, 5)).toBe(bob);
    await call("dev_setStorage", { SubtensorModule: { $removePrefix: ["Tempo", "subnetOwner"] } });
    expect([...Tempo.entries(net.chain.head.tree)]).toEqual([]);
    for (const wrong of [{ Tempo: [[[5], "0x090000"]] }, { $removePrefix: ["No"] }, { RecycleOrBurn: [[[5], "No"]] }])
      expect((await call("dev_setStorage", { SubtensorModule: wrong })).error?.code).toBe(-32_602);
    const old = net.chain.hashOf(net.chain.head.header.number - 1);
    expect((await call("dev_setStorage", [], old)).error?.code).toBe(-32_602);
  });

  it("dev_setStorage takes pallets, items and values, and writes nothing where one does not fit", async () => {
    const tempo = { SubtensorModule: { Tempo: [[[5], 77]], TxRateLimit: 3 } };
    expect((await call("dev_setStorage", tempo)).error).toBeUndefined();
    const key = "0x658faa385070e074c85bf6b568cf05557641384bb339f3758acddfd7053d33170500";
    expect((await call("state_getStorage", key)).result).toBe("0x4d00");
    const half = { SubtensorModule: { Tempo: [[[5], 78]], Nothing: 1 } };
    expect((await call("dev_setStorage", half)).error?.code).toBe(-32_602);
    expect((await call("state_getStorage", key)).result).toBe("0x4d00");
    await call("dev_setStorage", { SubtensorModule: { Tempo: [[[5], null]] } });
    expect((await call("state_getStorage", key)).result).toBeNull();
  });

  it("dev_timeTravel goes to a date: the clock shows it at once, the next block is there", async () => {
    const target = Date.UTC(2026, 5, 1);
    expect((await call("dev_timeTravel", "2026-06-01T00:00:00Z")).result).toBe(target);
    expect(Now.get(net.chain.head.tree)).toBe(BigInt(target));
    await call("dev_newBlock");
    expect(net.chain.head.timestampMs).toBeGreaterThanOrEqual(target);
  });

  it("dev_snapshot and dev_revert go back, and forget what came later", async () => {
    const { result: first } = await call("dev_snapshot");
    const at = net.chain.head.hash;
    await call("dev_newBlock", { count: 2 });
    const { result: second } = await call("dev_snapshot");
    expect((await call("dev_revert", first)).result).toBe(at);
    expect((await call("dev_revert", second)).error?.code).toBe(-32_001);
    expect((await call("dev_revert", first)).result).toBe(at);
  });

  it("dev_load refuses what is no state, naming it, and stays as it was", async () => {
    const at = net.chain.head.hash;
    for (const bad of [
      7,
      {},
      { format: "x" },
      { ...net.chain.dump(), genesis: "0x" },
      { ...net.chain.dump(), state: { a: "b" } },
    ]) {
      expect((await call("dev_load", bad)).error).toBeDefined();
    }
    expect(net.chain.head.hash).toBe(at);
    expect((await call("dev_load", net.chain.dump())).result).toBe(at);
  });

  it("rpc_methods lists itself and the rest", async () => {
    const { methods } = (await call("rpc_methods")).result as { methods: string[] };
    expect(methods).toContain("rpc_methods");
    expect(methods).toContain("chain_getBlock");
  });
});

it("a port in use is said by code and exit code", async () => {
  const port = Number(new URL(net.url).port);
  const failure = await startLocalnet({ port }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(ColosseumError);
  expect(failure).toMatchObject({ code: "localnet.port-in-use", exitCode: 14 });
});
