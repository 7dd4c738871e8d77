// A chain whose runtime is replaced while a client lives: what it calls things is read anew, without a restart.
import { afterEach, describe, expect, it } from "vitest";
import { ChainClient } from "../../src/chain/client.ts";
import { watchLiveness } from "../../src/chain/liveness.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { followUpgrades, type Upgrade } from "../../src/chain/upgrades.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type LocalnetOptions, startLocalnet } from "../../src/localnet/server.ts";
import { type Ask, fakeNode } from "../helpers/fake-node.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const hex = (text: string): string => Buffer.from(text).toString("hex");
const clock = systemClock();

/** A node in front of an embedded chain that can be upgraded: the next version calls BurnHalfLife another name. */
async function upgradableNode(options: LocalnetOptions = {}) {
  const localnet = await startLocalnet(options);
  const behind = await ChainClient.connect({ network: parseNetwork(localnet.url), clock });
  const version = (await behind.ask("state_getRuntimeVersion")) as { specVersion: number };
  closers.push(
    () => localnet.stop(),
    () => behind.close(),
  );
  const state = { version: version.specVersion, failing: 0, lagging: 0 };
  let notify: ((version: unknown) => void) | undefined;
  const versionNow = () => ({ ...version, specVersion: state.version });
  const answer = async (ask: Ask): Promise<void> => {
    const { method, params, socket } = ask;
    if (method === "state_subscribeRuntimeVersion") {
      notify = (result) =>
        socket.send(
          JSON.stringify({ jsonrpc: "2.0", method: "state_runtimeVersion", params: { subscription: "v", result } }),
        );
      ask.answer("v");
      notify(versionNow());
    } else if (method === "state_getRuntimeVersion") {
      if (state.failing-- > 0) ask.fail(-32_000, "busy");
      else if (state.lagging-- > 0) ask.answer({ ...version, specVersion: state.version - 1 });
      else ask.answer(versionNow());
    } else {
      const result = await behind.ask(method, params);
      const isNew = state.version > version.specVersion && params[0] === "Metadata_metadata_at_version";
      ask.answer(isNew ? String(result).replaceAll(hex("BurnHalfLife"), hex("BurnHalfTime")) : result);
    }
  };
  const node = await fakeNode((ask) => void answer(ask));
  closers.push(() => node.stop());
  return {
    node,
    state,
    before: version.specVersion,
    upgrade: (options: { readonly quietly?: boolean } = {}) => {
      state.version += 1;
      if (options.quietly !== true) notify?.(versionNow());
    },
  };
}

async function follower(url: string) {
  const client = await ChainClient.connect({ network: parseNetwork(url), clock });
  closers.push(() => client.close());
  const upgrades: Upgrade[] = [];
  let heard: () => void = () => undefined;
  const stop = await followUpgrades(client, (upgrade) => {
    upgrades.push(upgrade);
    heard();
  });
  closers.push(stop);
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve;
    });
  return { client, upgrades, next };
}

describe("watchLiveness", () => {
  it("does not wait for blocks where they come only when somebody asks for them", async () => {
    const { node } = await upgradableNode();
    const client = await ChainClient.connect({ network: parseNetwork(node.url), clock });
    closers.push(() => client.close());
    await watchLiveness(client, () => undefined);
    expect(node.asked).not.toContain("chain_subscribeNewHeads");
  });

  it("follows the blocks where they come by themselves", async () => {
    const { node } = await upgradableNode({ blockTime: 250 });
    const client = await ChainClient.connect({ network: parseNetwork(node.url), clock });
    closers.push(() => client.close());
    const stop = await watchLiveness(client, () => undefined);
    expect(node.asked).toContain("chain_subscribeNewHeads");
    stop();
  });
});

describe("followUpgrades", () => {
  it("reads the metadata anew when the spec version changes, and only then", async () => {
    const chain = await upgradableNode();
    const { client, upgrades, next } = await follower(chain.node.url);
    expect(client.runtime.hasStorage("SubtensorModule", "BurnHalfLife")).toBe(true);
    const heard = next();
    chain.upgrade();
    await heard;
    expect(upgrades).toEqual([{ from: chain.before, to: chain.before + 1 }]);
    expect(client.runtime.specVersion).toBe(chain.before + 1);
    expect(client.runtime.hasStorage("SubtensorModule", "BurnHalfLife")).toBe(false);
    expect(client.runtime.hasStorage("SubtensorModule", "BurnHalfTime")).toBe(true);
    const reads = chain.node.asked.filter((method) => method === "state_getRuntimeVersion").length;
    expect(reads).toBe(2);
  });

  it("tries again where the node fails, or is a block behind", async () => {
    const chain = await upgradableNode();
    const { client, next } = await follower(chain.node.url);
    chain.state.failing = 1;
    chain.state.lagging = 1;
    const heard = next();
    chain.upgrade();
    await heard;
    expect(client.runtime.specVersion).toBe(chain.before + 1);
  });

  it("notices an upgrade that happened while the line was broken", async () => {
    const chain = await upgradableNode();
    const { client, next } = await follower(chain.node.url);
    const heard = next();
    chain.upgrade({ quietly: true });
    chain.node.cutAll();
    await heard;
    expect(client.runtime.specVersion).toBe(chain.before + 1);
  });
});
