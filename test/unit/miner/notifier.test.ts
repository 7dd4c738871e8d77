import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openNotifier } from "../../../src/cli/commands/miner/notifier.ts";
import type { Context } from "../../../src/cli/context.ts";
import type { MinerEvent } from "../../../src/miner/events.ts";

const url = "http://one";
const offline: MinerEvent = { type: "validator-offline", url, code: "c", message: "away", retryInMs: 1 };
const checkedIn = (at: string): MinerEvent => ({
  type: "checked-in",
  url: at,
  validator: "v",
  roles: ["generator"],
  until: "",
});

describe("miner --notify", () => {
  it("tells each edge once, for each validator apart, and not of a short absence", async () => {
    const bodies: { state: string; edge: string; subject: string }[] = [];
    let arrived: () => void = () => undefined;
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      bodies.push(JSON.parse(text));
      response.end();
      arrived();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const ctx = { clock: { nowMs: () => 0 }, out: { warn: () => undefined } } as unknown as Context;
    const notifier = openNotifier(ctx, `webhook:http://127.0.0.1:${port}/`);
    const sent = (count: number) =>
      new Promise<void>((resolve) => {
        arrived = () => bodies.length >= count && resolve();
        arrived();
      });
    for (let i = 0; i < 5; i++) notifier.event("h", offline);
    notifier.event("h", checkedIn(url));
    for (let i = 0; i < 20; i++) notifier.event("h", offline);
    await sent(1);
    // Another validator's check-in ends nothing here.
    notifier.event("h", checkedIn("http://two"));
    notifier.event("h", { type: "standing-warning", code: "miner.immunity-ends", message: "soon" });
    await sent(2);
    notifier.event("h", checkedIn(url));
    notifier.event("h", checkedIn(url));
    await sent(3);
    server.close();
    expect(bodies.map(({ state, edge, subject }) => `${state} ${edge} ${subject}`)).toEqual([
      `validator-away begin ${url}`,
      "immunity-ends begin ",
      `validator-away end ${url}`,
    ]);
  });
});
