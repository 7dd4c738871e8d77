import { describe, expect, it } from "vitest";
import { NETWORK_NAMES, parseNetwork } from "../../../src/chain/networks.ts";

describe("parseNetwork", () => {
  it.each(NETWORK_NAMES)("knows %s", (name) => {
    const network = parseNetwork(name);
    expect(network.name).toBe(name);
    expect(network.endpoints.length).toBeGreaterThan(0);
    for (const endpoint of network.endpoints) expect(endpoint).toMatch(/^wss?:\/\//);
  });

  it("knows where real money moves", () => {
    expect(parseNetwork("finney").real).toBe(true);
    expect(parseNetwork("test").real).toBe(false);
    expect(parseNetwork("local").endpoints).toEqual(["ws://127.0.0.1:9944"]);
  });

  it("reads several addresses as a list for failover, each once", () => {
    expect(parseNetwork("ws://a:1, wss://b:2/x,ws://a:1")).toMatchObject({
      name: "custom",
      endpoints: ["ws://a:1", "wss://b:2/x"],
    });
  });

  it.each(["", "finny", "http://a:1", "ws://", "ws://a:1,", "127.0.0.1:9944", "constructor", "ws://a:99999"])(
    "refuses %j",
    (text) => {
      expect(() => parseNetwork(text)).toThrow(expect.objectContaining({ code: "usage.network", exitCode: 2 }));
    },
  );
});
