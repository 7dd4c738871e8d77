import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "../../../src/base/clock.ts";
import { blockBeacon } from "../../../src/chain/beacon.ts";
import { type HeadEvent, type HeadListener, HeadWatch, parseHeader } from "../../../src/chain/heads.ts";
import { Rpc } from "../../../src/chain/rpc.ts";
import { type FakeNode, fakeNode } from "../../helpers/fake-node.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const header = (number: number) => ({ number: `0x${number.toString(16)}`, parentHash: `0x${"0".repeat(64)}` });
const clockAt = (now: { ms: number }): Clock => ({
  nowMs: () => now.ms,
  nowNs: () => BigInt(now.ms) * 1_000_000n,
  wait: (_, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
    }),
});

/** A node whose blocks come when the test says so. */
async function headNode(): Promise<{ node: FakeNode; block: (number: number) => void }> {
  const sockets: ((text: string) => void)[] = [];
  const node = await fakeNode((ask) => {
    ask.answer("heads");
    if (ask.method === "chain_subscribeNewHeads") sockets.push((text) => ask.socket.send(text));
  });
  closers.push(() => node.stop());
  const block = (number: number): void => {
    const params = { subscription: "heads", result: header(number) };
    sockets.at(-1)?.(JSON.stringify({ jsonrpc: "2.0", method: "chain_newHead", params }));
  };
  return { node, block };
}

/** Events as a queue to be awaited. */
function inbox(): { listener: HeadListener; next: (type: HeadEvent["type"]) => Promise<HeadEvent>; all: HeadEvent[] } {
  const all: HeadEvent[] = [];
  const waiting: { type: string; resolve: (event: HeadEvent) => void }[] = [];
  return {
    all,
    listener: (event) => {
      all.push(event);
      const index = waiting.findIndex(({ type }) => type === event.type);
      if (index >= 0) waiting.splice(index, 1)[0]?.resolve(event);
    },
    next: (type) => new Promise((resolve) => waiting.push({ type, resolve })),
  };
}

describe("HeadWatch", () => {
  it("tells of blocks, of staleness once, and of the first block after it", async () => {
    const { node, block } = await headNode();
    const now = { ms: 1_000 };
    const rpc = new Rpc({ endpoints: [node.url], connectTimeoutMs: 500, callTimeoutMs: 1_000 });
    closers.push(() => rpc.close());
    const watch = new HeadWatch(rpc, clockAt(now));
    closers.push(() => watch.close());
    const box = inbox();
    await watch.listen(box.listener);
    const first = box.next("block");
    block(5);
    expect(await first).toMatchObject({ number: 5 });
    now.ms += 59_000;
    watch.check();
    expect(box.all.map(({ type }) => type)).toEqual(["block"]);
    now.ms += 1_000;
    const reconnected = new Promise<void>((resolve) => {
      rpc.onState(({ state }) => state === "connected" && resolve());
    });
    watch.check();
    watch.check();
    expect(box.all.slice(1)).toEqual([{ type: "stale", sinceMs: 1_000, endpoint: expect.any(String) }]);
    await reconnected;
    while (node.asked.filter((method) => method === "chain_subscribeNewHeads").length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const fresh = box.next("fresh");
    block(6);
    expect(await fresh).toMatchObject({ afterMs: 60_000 });
  });

  it.each([{}, null, { number: 5, parentHash: "0x" }, { number: "0xzz", parentHash: "0x" }])(
    "does not take %j for a header",
    (value) => {
      expect(() => parseHeader(value)).toThrow(expect.objectContaining({ code: "chain.unexpected-shape" }));
    },
  );
});

describe("blockBeacon", () => {
  function source() {
    const listeners = new Set<HeadListener>();
    const hashes = new Map([[1, `0x${"11".repeat(32)}`]]);
    return {
      listeners,
      grow: (number: number) => {
        hashes.set(number, `0x${number.toString(16).padStart(2, "0").repeat(32)}`);
        for (const listener of listeners) listener({ type: "block", number, parentHash: "0x" });
      },
      beacon: blockBeacon({
        clock: clockAt({ ms: 0 }),
        head: () => Promise.resolve({ number: hashes.size }),
        blockHash: (number) => Promise.resolve(hashes.get(number)),
        onHeads: (listener) => {
          listeners.add(listener);
          return Promise.resolve(() => listeners.delete(listener));
        },
      }),
    };
  }

  it("gives a block's hash, and waits for one that is not there yet", async () => {
    const { beacon, grow, listeners } = source();
    expect(await beacon.height()).toBe(1);
    expect(await beacon.valueAt(1)).toEqual(new Uint8Array(32).fill(0x11));
    const later = beacon.valueAt(3);
    await new Promise((resolve) => setImmediate(resolve));
    grow(2);
    await new Promise((resolve) => setImmediate(resolve));
    grow(3);
    expect(await later).toEqual(new Uint8Array(32).fill(3));
    expect(listeners.size).toBe(0);
  });

  it("stops waiting when it is told to", async () => {
    const { beacon, listeners } = source();
    const stop = new AbortController();
    const waiting = beacon.valueAt(9, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    expect(listeners.size).toBe(0);
  });
});
