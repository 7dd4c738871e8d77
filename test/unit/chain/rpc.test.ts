import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Rpc, type RpcOptions } from "../../../src/chain/rpc.ts";
import { type Ask, closedPort, type FakeNode, fakeNode } from "../../helpers/fake-node.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function node(onAsk: (ask: Ask) => void): Promise<FakeNode> {
  const made = await fakeNode(onAsk);
  closers.push(() => made.stop());
  return made;
}

function rpcTo(endpoints: readonly string[], options: Partial<RpcOptions> = {}): Rpc {
  const rpc = new Rpc({ endpoints, connectTimeoutMs: 500, callTimeoutMs: 2_000, ...options });
  closers.push(() => rpc.close());
  return rpc;
}

const echo = (ask: Ask): void => ask.answer(ask.params[0] ?? ask.method);

describe("Rpc", () => {
  it("answers many questions at once, each with its own answer", async () => {
    const rpc = rpcTo([(await node(echo)).url]);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => rpc.call("m", [i])));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("passes the server's own error on, with code and data", async () => {
    const rpc = rpcTo([(await node((ask) => ask.fail(-32_601, "Method not found", "x"))).url]);
    await expect(rpc.call("nope")).rejects.toMatchObject({
      code: "chain.rpc-error",
      rpcCode: -32_601,
      rpcMessage: "Method not found",
      rpcData: "x",
    });
  });

  it("says that nobody listens, for every endpoint, at once", async () => {
    const [a, b] = [await closedPort(), await closedPort()];
    const rpc = rpcTo([`ws://127.0.0.1:${a}`, `ws://127.0.0.1:${b}`]);
    await expect(rpc.call("m")).rejects.toMatchObject({
      code: "chain.unreachable",
      exitCode: 10,
      details: { endpoints: [{ reason: "connection refused" }, { reason: "connection refused" }] },
    });
  });

  it("takes the next endpoint where the first is dead", async () => {
    const alive = await node(echo);
    const rpc = rpcTo([`ws://127.0.0.1:${await closedPort()}`, alive.url]);
    await expect(rpc.call("m", [7])).resolves.toBe(7);
    expect(rpc.endpoint).toBe(alive.url);
  });

  it("gives up on a server that takes the connection and never finishes the handshake", async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", () => resolve());
    });
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const rpc = rpcTo([`ws://127.0.0.1:${(silent.address() as AddressInfo).port}`], { connectTimeoutMs: 100 });
    await expect(rpc.call("m")).rejects.toMatchObject({ code: "chain.unreachable", exitCode: 10 });
  });

  it("ends a question that is accepted and never answered at its deadline", async () => {
    const rpc = rpcTo([(await node(() => undefined)).url]);
    await expect(rpc.call("m", [], { timeoutMs: 60 })).rejects.toMatchObject({ code: "chain.deadline", exitCode: 15 });
  });

  it("turns to another endpoint after a deadline", async () => {
    const silent = await node(() => undefined);
    const alive = await node(echo);
    const rpc = rpcTo([silent.url, alive.url]);
    await expect(rpc.call("m", [1], { timeoutMs: 60 })).rejects.toMatchObject({ code: "chain.deadline" });
    await expect(rpc.call("m", [2])).resolves.toBe(2);
    expect(rpc.endpoint).toBe(alive.url);
  });

  it.each([
    ["no JSON", "<html>hello</html>"],
    ["a string", '"hello"'],
    ["an object that answers nothing", '{"hello":1}'],
    ["no result", '{"jsonrpc":"2.0","id":1}'],
  ])("recognises a server that is no chain: %s", async (_, text) => {
    const rpc = rpcTo([(await node(({ socket }) => socket.send(text))).url]);
    await expect(rpc.call("m")).rejects.toMatchObject({ code: "chain.not-a-chain", exitCode: 10 });
  });

  it("recognises a server that answers in binary", async () => {
    const rpc = rpcTo([(await node(({ socket }) => socket.send(Buffer.from([1, 2, 3])))).url]);
    await expect(rpc.call("m")).rejects.toMatchObject({ code: "chain.not-a-chain" });
  });

  it("asks again on a new line when the socket is cut in the middle of a question", async () => {
    const server = await node((ask) => (ask.count === 1 ? ask.socket.terminate() : ask.answer("second")));
    const rpc = rpcTo([server.url]);
    await expect(rpc.call("m")).resolves.toBe("second");
    expect(server.connections()).toBe(2);
  });

  it("answers everything through a server that closes on every second message", async () => {
    const server = await node((ask) => (ask.count % 2 === 0 ? ask.socket.close() : echo(ask)));
    const rpc = rpcTo([server.url]);
    for (let i = 0; i < 6; i++) await expect(rpc.call("m", [i])).resolves.toBe(i);
  });

  it("does not hammer, and does not wait for ever on, a server that closes on every message", async () => {
    const server = await node((ask) => ask.socket.close());
    const rpc = rpcTo([server.url], { callTimeoutMs: 10_000 });
    await expect(rpc.call("m")).rejects.toMatchObject({ code: "chain.unreachable", exitCode: 10 });
    expect(server.asked.length).toBeLessThan(10);
  });

  it("never sends twice what may be sent only once", async () => {
    const server = await node((ask) => ask.socket.terminate());
    const rpc = rpcTo([server.url]);
    await expect(rpc.call("author_submitExtrinsic", ["0x"], { once: true })).rejects.toMatchObject({
      code: "chain.interrupted",
    });
    expect(server.asked).toHaveLength(1);
  });

  it("fails open questions at once when it is closed", async () => {
    const rpc = rpcTo([(await node(() => undefined)).url]);
    const open = rpc.call("m");
    await rpc.connect();
    rpc.close();
    await expect(open).rejects.toMatchObject({ code: "chain.closed", name: "AbortError" });
    await expect(rpc.call("m")).rejects.toMatchObject({ code: "chain.closed" });
  });
});

describe("Rpc subscriptions", () => {
  const item = (subscription: string, result: unknown): string =>
    JSON.stringify({ jsonrpc: "2.0", method: "news", params: { subscription, result } });

  it("delivers items, even those that overtake the answer with the subscription's name", async () => {
    const server = await node((ask) => {
      ask.socket.send(item("s1", "early"));
      ask.answer("s1");
      ask.socket.send(item("s1", "late"));
    });
    const got: unknown[] = [];
    const done = Promise.withResolvers<void>();
    const rpc = rpcTo([server.url]);
    await rpc.subscribe("sub", [], "unsub", (value) => {
      got.push(value);
      if (got.length === 2) done.resolve();
    });
    await done.promise;
    expect(got).toEqual(["early", "late"]);
  });

  it("are renewed on a new line", async () => {
    const got: unknown[] = [];
    const second = Promise.withResolvers<void>();
    const server = await node((ask) => {
      const id = `s${ask.count}`;
      ask.answer(id);
      ask.socket.send(item(id, ask.count));
    });
    const rpc = rpcTo([server.url]);
    await rpc.subscribe("sub", [], "unsub", (value) => {
      got.push(value);
      if (got.length === 1) server.cutAll();
      if (got.length === 2) second.resolve();
    });
    await second.promise;
    expect(got).toEqual([1, 2]);
    expect(server.connections()).toBe(2);
  });

  it("that must not be renewed tell their owner that the line is lost", async () => {
    const lost = Promise.withResolvers<Error>();
    const server = await node((ask) => ask.answer("s"));
    const rpc = rpcTo([server.url]);
    await rpc.subscribe("watch", [], "unwatch", () => undefined, lost.resolve);
    server.cutAll();
    await expect(lost.promise).resolves.toMatchObject({ code: "chain.interrupted" });
  });

  it("tell the server when they end", async () => {
    const ended = Promise.withResolvers<readonly unknown[]>();
    const server = await node((ask) => {
      if (ask.method === "unsub") ended.resolve(ask.params);
      ask.answer("s9");
    });
    const rpc = rpcTo([server.url]);
    const stop = await rpc.subscribe("sub", [], "unsub", () => undefined);
    stop();
    await expect(ended.promise).resolves.toEqual(["s9"]);
  });

  it("a listener that cannot read an item drops the line instead of the process", async () => {
    const states: string[] = [];
    const dropped = Promise.withResolvers<void>();
    const server = await node((ask) => {
      ask.answer("s");
      if (ask.count === 1) ask.socket.send(item("s", "garbage"));
    });
    const rpc = rpcTo([server.url]);
    rpc.onState(({ state }) => {
      states.push(state);
      if (state === "disconnected") dropped.resolve();
    });
    await rpc.subscribe("sub", [], "unsub", () => {
      throw new Error("not a header");
    });
    await dropped.promise;
    expect(states).toContain("disconnected");
  });
});
