// Vector: taowire's twresp/1 (other_schemes.json).
import { readFileSync } from "node:fs";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { toHotkey } from "../../../src/base/ids.ts";
import { signReceipt, verifyReceipt } from "../../../src/protocol/receipts.ts";
import { testSigner } from "../../helpers/signers.ts";

const { twresp1 } = JSON.parse(
  readFileSync(new URL("../../vectors/auth/other_schemes.json", import.meta.url), "utf8"),
) as {
  twresp1: { payload_utf8: string; body_hex: string; headers: Record<string, string> };
};

describe("twresp/1 receipts", () => {
  it("verifies a response that taowire signed", () => {
    const [, crypto, requestNonce = "", sender = "", responder = "", status] = twresp1.payload_utf8.split("\n");
    const receipt = {
      requestNonce,
      sender,
      responder,
      status: Number(status),
      body: new TextDecoder().decode(hexToBytes(twresp1.body_hex)),
      crypto: crypto as "sr25519",
      signature: twresp1.headers["X-TW-Resp-Signature"] ?? "",
    };
    expect(verifyReceipt(receipt, toHotkey(responder))).toBe(true);
    expect(verifyReceipt({ ...receipt, status: 201 }, toHotkey(responder))).toBe(false);
    expect(verifyReceipt({ ...receipt, body: "{}" }, toHotkey(responder))).toBe(false);
    expect(verifyReceipt(receipt, toHotkey(sender))).toBe(false);
  });

  it.each(["sr25519", "ed25519"] as const)("binds request, sender, status and body under %s", (scheme) => {
    const validator = testSigner(5, scheme);
    const headers = signReceipt(
      { requestNonce: "17", sender: testSigner(6).address, status: 200, body: utf8ToBytes("{}") },
      validator,
    );
    const receipt = {
      requestNonce: "17",
      sender: testSigner(6).address,
      responder: headers["X-TW-Resp-Hotkey"],
      status: 200,
      body: "{}",
      crypto: headers["X-TW-Resp-Crypto"] ?? ("sr25519" as const),
      signature: headers["X-TW-Resp-Signature"],
    };
    const by = toHotkey(validator.address);
    expect(verifyReceipt(receipt, by)).toBe(true);
    expect(verifyReceipt({ ...receipt, requestNonce: "18" }, by)).toBe(false);
    expect(verifyReceipt({ ...receipt, sender: testSigner(7).address }, by)).toBe(false);
    expect(verifyReceipt({ ...receipt, signature: "0x00" }, by)).toBe(false);
  });
});
