import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axonUrl, parseIp } from "../../../src/chain/endpoint.ts";

describe("axonUrl", () => {
  it.each([
    ["IPv4", { ip: 3_405_803_783n, port: 8_091, ipType: 4 }, "http://203.0.113.7:8091"],
    [
      "IPv6, longest run of zeros shortened",
      { ip: 42_540_766_411_282_592_856_903_984_951_653_826_561n, port: 80, ipType: 6 },
      "http://[2001:db8::1]:80",
    ],
    ["IPv6 loopback", { ip: 1n, port: 1, ipType: 6 }, "http://[::1]:1"],
    ["nothing served", { ip: 0n, port: 0, ipType: 0 }, null],
    ["an address without a port", { ip: 3_405_803_783n, port: 0, ipType: 4 }, null],
    ["a port without an address", { ip: 0n, port: 8_091, ipType: 4 }, null],
  ])("%s", (_, axon, url) => {
    expect(axonUrl(axon)).toBe(url);
  });
});

describe("parseIp", () => {
  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3.4:80",
    "localhost",
    "1::2::3",
    "12345::",
    "1:2:3:4:5:6:7:8:9",
    ":::",
    "fe80::1%eth0",
  ])("takes no %j", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("is undone by axonUrl for every IPv4 and IPv6 address", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().filter((text) => !text.includes(".")),
        ),
        (text) => {
          const parsed = parseIp(text);
          expect(parsed).toBeDefined();
          if (parsed === undefined || parsed.ip === 0n) return;
          const url = axonUrl({ ...parsed, port: 1 }) ?? "";
          expect(parseIp(new URL(url).hostname)).toEqual(parsed);
        },
      ),
    );
  });
});
