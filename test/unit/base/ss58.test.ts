import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHotkey, parseNetuid, parseUid } from "../../../src/base/ids.ts";
import { decodeSs58, encodeSs58 } from "../../../src/base/ss58.ts";

describe("SS58", () => {
  it("knows Substrate's //Alice", () => {
    const alice = decodeSs58("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    expect(Buffer.from(alice ?? []).toString("hex")).toBe(
      "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
    );
  });

  it("comes back from every key, and one changed character never passes", () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(key, fc.nat(46), (bytes, at) => {
        const address = encodeSs58(bytes);
        expect(decodeSs58(address)).toEqual(bytes);
        const other = address[at] === "7" ? "8" : "7";
        expect(decodeSs58(address.slice(0, at) + other + address.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it.each(["", "5Grw", "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5", "0".repeat(48), "5".repeat(48)])(
    "is not %j",
    (text) => {
      expect(() => parseHotkey(text)).toThrow(expect.objectContaining({ code: "usage.address", exitCode: 2 }));
    },
  );
});

describe("netuid and uid", () => {
  it.each(["-1", "65536", "1.0", "", "one", "1e3", "٣"])("are never read from %j", (text) => {
    expect(() => parseNetuid(text)).toThrow(expect.objectContaining({ code: "usage.netuid" }));
    expect(() => parseUid(text)).toThrow(expect.objectContaining({ code: "usage.uid" }));
  });

  it("are whole numbers up to 65535", () => {
    expect([parseNetuid("0"), parseUid("65535")]).toEqual([0, 65_535]);
  });
});
