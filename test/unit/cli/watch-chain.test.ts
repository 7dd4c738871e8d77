import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { toNetuid } from "../../../src/base/ids.ts";
import { ChainSource } from "../../../src/cli/commands/watch/chain-source.ts";
import type { Context } from "../../../src/cli/context.ts";
import type { WatchEvent } from "../../../src/ui/watch-events.ts";

it("a chain that stays away is told of once, however often it is tried", async () => {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const stop = new AbortController();
  let tries = 0;
  const clock = {
    nowMs: () => 0,
    nowNs: () => 0n,
    wait: async () => {
      if (++tries === 3) stop.abort();
    },
  };
  const ctx = { clock, signal: stop.signal, config: { network: { value: `ws://127.0.0.1:${port}` } } };
  const events: WatchEvent[] = [];
  const source = new ChainSource(ctx as unknown as Context, toNetuid(1));
  await source.follow((event) => events.push(event), stop.signal);
  server.close();
  expect(tries).toBe(3);
  expect(events.map(({ type }) => type)).toEqual(["chain", "note"]);
});
