import { getPublicKey, secretFromSeed, sign, verify } from "@scure/sr25519";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalSecret, expandedSecret } from "../../../src/wallet/sr25519.ts";
import { sr25519Signer } from "../../../src/wallet/sr25519-signer.ts";

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("sr25519Signer", () => {
  it("equals @scure/sr25519 byte for byte for any key, message and randomness", () => {
    fc.assert(
      fc.property(bytes32, bytes32, fc.uint8Array({ maxLength: 700 }), (seed, random, message) => {
        const expanded = secretFromSeed(seed);
        const signer = sr25519Signer(canonicalSecret(expanded), getPublicKey(expanded));
        expect(signer(message, random)).toEqual(sign(expanded, message, random));
      }),
      { numRuns: 60 },
    );
  });

  it.each([0, 1, 100, 164, 165, 166, 167, 331, 332, 333, 5_000])("verifies for a message of %i bytes", (length) => {
    const expanded = secretFromSeed(new Uint8Array(32).fill(3));
    const publicKey = getPublicKey(expanded);
    const message = new Uint8Array(length).fill(7);
    expect(verify(message, sr25519Signer(canonicalSecret(expanded), publicKey)(message), publicKey)).toBe(true);
  });

  it("never gives the same signature twice", () => {
    const expanded = secretFromSeed(new Uint8Array(32).fill(3));
    const signer = sr25519Signer(canonicalSecret(expanded), getPublicKey(expanded));
    const signatures = Array.from({ length: 50 }, () => Buffer.from(signer(new Uint8Array(8))).toString("hex"));
    expect(new Set(signatures).size).toBe(50);
  });
});

describe("the two forms of a secret", () => {
  it("turn into each other", () => {
    fc.assert(
      fc.property(bytes32, (seed) => {
        const expanded = secretFromSeed(seed);
        expect(expandedSecret(canonicalSecret(expanded))).toEqual(expanded);
      }),
    );
  });
});
