// Vectors: bittensor 11.3.0 http_auth.sign/verify (btauth1.json). Keys there were made for tests and never funded.
import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Hotkey, toHotkey } from "../../../src/base/ids.ts";
import type { Signer } from "../../../src/base/ports.ts";
import { encodeSs58 } from "../../../src/base/ss58.ts";
import {
  AuthFailure,
  authPayload,
  type RawRequest,
  signRequest,
  verifyProof,
  verifyRequest,
} from "../../../src/protocol/auth.ts";
import { testSigner } from "../../helpers/signers.ts";

interface Positive {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body_hex: string;
  readonly receiver: string | null;
  readonly nonce_ns: string;
  readonly cryptoType: number;
  readonly headers: Record<string, string>;
  readonly payload_utf8: string;
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/auth/btauth1.json", import.meta.url), "utf8")) as {
  positive: Positive[];
  negative: { name: string }[];
};

const rawOf = (headers: Record<string, string>): string[] => Object.entries(headers).flat();

const caller = testSigner(1);
const receiver = toHotkey(testSigner(2).address);
const nowNs = 1_795_000_000_000_000_000n;
const request: RawRequest = {
  method: "PUT",
  target: "/v1/assignments/abcdefgh/vote?x=%20",
  body: utf8ToBytes('{"choice":"A"}'),
};
const signed = (over: Partial<Record<string, string | undefined>> = {}, nonceNs = nowNs): string[] => {
  const headers: Record<string, string | undefined> = { ...signRequest(request, caller, receiver, nonceNs), ...over };
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
};
const codeOf = (
  rawHeaders: string[],
  changed: Partial<RawRequest> = {},
  now = nowNs,
  self: Hotkey = receiver,
): string => {
  try {
    verifyRequest({ ...request, ...changed }, rawHeaders, self, now);
    return "accepted";
  } catch (error) {
    if (error instanceof AuthFailure) return error.code;
    throw error;
  }
};

describe("btauth/1 against bittensor 11.3.0", () => {
  it.each(vectors.positive.map((vector) => [vector.name, vector] as const))(
    "reads the SDK's request %s",
    (_, vector) => {
      const wire = { method: vector.method, target: vector.path, body: hexToBytes(vector.body_hex) };
      const sender = vector.headers["X-Bittensor-Hotkey"] ?? "";
      const payload = authPayload({
        scheme: vector.cryptoType === 0 ? "ed25519" : "sr25519",
        request: wire,
        nonce: vector.nonce_ns,
        sender,
        receiver: vector.receiver ?? "-",
      });
      expect(payload).toBe(vector.payload_utf8);
      const verify = (): string =>
        verifyRequest(wire, rawOf(vector.headers), toHotkey(vector.receiver ?? sender), BigInt(vector.nonce_ns)).hotkey;
      // A request bound to no receiver could be replayed to any validator: the SDK can allow it, we never do.
      if (vector.receiver === null) expect(verify).toThrow(expect.objectContaining({ code: "auth-wrong-receiver" }));
      else expect(verify()).toBe(sender);
    },
  );

  it("signs the specification's golden ed25519 request byte for byte", () => {
    // Spec vector: //Alice → //Bob, ed25519 (facts of the btauth/1 guide); the seed is Substrate's well-known //Alice.
    const seed = hexToBytes("abf8e5bdbe30c65656c0a3cbd181ff8a56294a69dfedd27982aace4a76909115");
    const publicKey = ed25519.getPublicKey(seed);
    const alice: Signer = {
      address: encodeSs58(publicKey),
      publicKey,
      cryptoType: "ed25519",
      sign: (message) => ed25519.sign(message, seed),
    };
    // The guide's receiver is //Bob's sr25519 address.
    const bob = toHotkey("5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty");
    const headers = signRequest(
      { method: "POST", target: "/generate?stream=false", body: utf8ToBytes('{"prompt": "hello"}') },
      alice,
      bob,
      1_752_076_800_000_000_000n,
    );
    expect(headers["X-Bittensor-Crypto"]).toBe("ed25519");
    expect(headers["X-Bittensor-Signature"]).toBe(
      "0x1a6b631988bf1f7ea093ab9d5acf61f05c316d0b0e428b24b487b75a5f6ee0e1a56a26918fdf871b6cf09437e6588023a4ce423cf622621b2a7feee17612f704",
    );
  });

  const hex = signed().at(-1) ?? "";
  const refusals: [string, string, () => string][] = [
    ["tampered_body", "auth-bad-signature", () => codeOf(signed(), { body: utf8ToBytes('{"choice":"B"}') })],
    ["wrong_path", "auth-bad-signature", () => codeOf(signed(), { target: "/v1/assignments/other" })],
    ["wrong_receiver", "auth-wrong-receiver", () => codeOf(signed(), {}, nowNs, toHotkey(caller.address))],
    ["old_10.000000001s", "auth-stale", () => codeOf(signed({}, nowNs - 10_000_000_001n))],
    ["exactly_10s", "accepted", () => codeOf(signed({}, nowNs - 10_000_000_000n))],
    ["future_2s", "accepted", () => codeOf(signed({}, nowNs + 2_000_000_000n))],
    ["future_2.000000001s", "auth-stale", () => codeOf(signed({}, nowNs + 2_000_000_001n))],
    ["missing_sig", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Signature": undefined }))],
    ["bad_version", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Version": "2" }))],
    ["sig_no_0x", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Signature": hex.slice(2) }))],
    ["sig_short", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Signature": hex.slice(0, -2) }))],
    ["crypto_ed25519_mismatch", "auth-bad-signature", () => codeOf(signed({ "X-Bittensor-Crypto": "ed25519" }))],
    ["crypto_explicit_sr25519", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Crypto": "sr25519" }))],
    ["crypto_numeric_1", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Crypto": "1" }))],
    ["missing_receiver", "auth-wrong-receiver", () => codeOf(signed({ "X-Bittensor-Receiver": undefined }))],
    ["nonce_with_plus", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Nonce": `+${nowNs}` }))],
    ["nonce_with_underscore", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Nonce": "1_795000000000000000" }))],
    ["nonce_spaces", "auth-malformed", () => codeOf(signed({ "X-Bittensor-Nonce": ` ${nowNs} ` }))],
    [
      "lowercase_headers",
      "accepted",
      () => codeOf(signed().map((text, i) => (i % 2 === 0 ? text.toLowerCase() : text))),
    ],
  ];
  it.each(refusals)("%s → %s", (_, code, run) => {
    expect(run()).toBe(code);
  });

  it("has an answer of its own for every edge the vectors name", () => {
    const named = new Set([...refusals.map(([name]) => name), "replay"]);
    expect(vectors.negative.filter(({ name }) => !named.has(name))).toEqual([]);
  });
});

describe("verifyRequest", () => {
  it("refuses a repeated auth header, whichever of the two is right", () => {
    expect(codeOf([...signed(), "x-bittensor-nonce", "1"])).toBe("auth-malformed");
  });

  it("refuses a signature over the <Bytes> wrapping that wallets add", () => {
    const wrapped: Signer = {
      ...caller,
      sign: (message) => caller.sign(utf8ToBytes(`<Bytes>${new TextDecoder().decode(message)}</Bytes>`)),
    };
    expect(codeOf(rawOf({ ...signRequest(request, wrapped, receiver, nowNs) }))).toBe("auth-bad-signature");
  });

  it("refuses the weak key for which anybody can sign", () => {
    const zero = encodeSs58(new Uint8Array(32));
    expect(codeOf(signed({ "X-Bittensor-Hotkey": zero, "X-Bittensor-Crypto": "ed25519" }))).toBe("auth-bad-signature");
    expect(codeOf(signed({ "X-Bittensor-Hotkey": zero }))).toBe("auth-bad-signature");
  });

  it("accepts what signRequest made, under both schemes, and the stored proof verifies again", () => {
    for (const scheme of ["sr25519", "ed25519"] as const) {
      const signer = testSigner(3, scheme);
      const proven = verifyRequest(
        request,
        rawOf({ ...signRequest(request, signer, receiver, nowNs) }),
        receiver,
        nowNs,
      );
      expect(proven).toMatchObject({ hotkey: signer.address, cryptoType: scheme, nonceNs: nowNs });
      expect(verifyProof(proven)).toMatchObject({
        sender: signer.address,
        receiver,
        method: "PUT",
        target: request.target,
      });
      expect(verifyProof({ ...proven, payload: proven.payload.replace("PUT", "GET") })).toBeUndefined();
    }
  });

  it("answers any headers at all with a failure code, never with a crash", () => {
    const names = ["Version", "Hotkey", "Receiver", "Nonce", "Crypto", "Signature"].map(
      (name) => `X-Bittensor-${name}`,
    );
    const header = fc.tuple(fc.constantFrom(...names), fc.oneof(fc.string(), fc.constantFrom(...signed())));
    fc.assert(
      fc.property(fc.array(header, { maxLength: 8 }), (headers) => {
        expect(codeOf(headers.flat())).toMatch(/^auth-/);
      }),
    );
  });
});
