import { ed25519 } from "@noble/curves/ed25519.js";
import { verify as verifySr25519 } from "@scure/sr25519";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  keypairFromMnemonic,
  keypairFromPrivateKey,
  keypairFromSeed,
  keypairFromUri,
  signerFromMnemonic,
  signerFromUri,
} from "../../../src/wallet/keyring.ts";
import { hex, schemeOf, unhex, vectors } from "./wallet-vectors.ts";

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

describe("keys of bittensor-wallet 4.1.1", () => {
  it.each(vectors.keys)("$ss58 comes out of its mnemonic or seed, secrets in the key file's form", (vector) => {
    const scheme = schemeOf(vector.cryptoType);
    const pair =
      vector.mnemonic === undefined
        ? keypairFromSeed(unhex(vector.seed ?? ""), scheme)
        : keypairFromMnemonic(vector.mnemonic, scheme);
    const { privateKey, seed, mnemonic } = pair.secrets();
    expect({ address: pair.address, publicKey: hex(pair.publicKey) }).toEqual({
      address: vector.ss58,
      publicKey: vector.publicKey,
    });
    expect(hex(privateKey)).toBe(vector.keyfileJson["privateKey"]);
    expect(seed === undefined ? undefined : hex(seed)).toBe(vector.keyfileJson["secretSeed"]);
    expect(mnemonic).toBe(vector.keyfileJson["secretPhrase"]);
  });

  it.each(vectors.keys)("$ss58 comes out of the private key alone", (vector) => {
    const pair = keypairFromPrivateKey(unhex(String(vector.keyfileJson["privateKey"])), schemeOf(vector.cryptoType));
    expect(pair.address).toBe(vector.ss58);
  });

  it.each(vectors.uris.filter((vector) => vector.error === undefined))(
    "URI $uri ($cryptoType) gives $ss58",
    (vector) => {
      expect(keypairFromUri(vector.uri, schemeOf(vector.cryptoType)).address).toBe(vector.ss58);
    },
  );

  it.each(vectors.uris.filter((vector) => vector.error !== undefined))("URI $uri has no ed25519 key", (vector) => {
    expect(() => keypairFromUri(vector.uri, schemeOf(vector.cryptoType))).toThrow(
      expect.objectContaining({ code: "wallet.soft-junction" }),
    );
  });

  it.each(vectors.signatures.filter((vector) => vector.deterministic))(
    "signs $message_hex with the same bytes",
    (vector) => {
      const signer = signerFromMnemonic(vector.mnemonic, schemeOf(vector.cryptoType));
      expect(hex(signer.sign(unhex(vector.message_hex)))).toBe(vector.signature);
    },
  );
});

describe("signing", () => {
  it("gives 64 bytes over exactly the message, in both schemes", () => {
    fc.assert(
      fc.property(bytes(32), fc.uint8Array({ maxLength: 300 }), (seed, message) => {
        const sr = keypairFromSeed(seed, "sr25519");
        const ed = keypairFromSeed(seed, "ed25519");
        const srSignature = sr.sign(message);
        expect(srSignature).toHaveLength(64);
        expect(verifySr25519(message, srSignature, sr.publicKey)).toBe(true);
        expect(ed25519.verify(ed.sign(message), message, ed.publicKey)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("signs the same after a trip through the private key", () => {
    const first = keypairFromSeed(new Uint8Array(32).fill(5), "sr25519");
    const again = keypairFromPrivateKey(first.secrets().privateKey, "sr25519");
    const message = new TextEncoder().encode("same key");
    expect(verifySr25519(message, again.sign(message), first.publicKey)).toBe(true);
  });

  it("keeps the secret out of JSON and of inspection", async () => {
    const { inspect } = await import("node:util");
    const pair = keypairFromMnemonic(vectors.keys[0]?.mnemonic ?? "", "sr25519");
    const shown = JSON.stringify(pair) + inspect(pair, { depth: 9, showHidden: true });
    expect(shown).toContain(pair.address);
    for (const secret of [pair.secrets().mnemonic ?? "", hex(pair.secrets().privateKey).slice(2, 40)]) {
      expect(shown).not.toContain(secret);
    }
  });
});

describe("secrets that are none", () => {
  it.each([
    [
      "a word that is not in the list",
      "wallet.bad-mnemonic",
      () =>
        keypairFromMnemonic(
          "dolphin buyer bag display project goose amazing border clog estate disorder glasz",
          "sr25519",
        ),
    ],
    [
      "a wrong checksum",
      "wallet.bad-mnemonic",
      () =>
        keypairFromMnemonic(
          "buyer dolphin bag display project goose amazing border clog estate disorder glass",
          "sr25519",
        ),
    ],
    [
      "eleven words",
      "wallet.bad-mnemonic",
      () =>
        keypairFromMnemonic("dolphin buyer bag display project goose amazing border clog estate disorder", "sr25519"),
    ],
    ["nothing", "wallet.bad-mnemonic", () => keypairFromMnemonic("", "sr25519")],
    ["a seed of 31 bytes", "wallet.bad-private-key", () => keypairFromSeed(new Uint8Array(31), "sr25519")],
    [
      "a private key of 32 bytes for sr25519",
      "wallet.bad-private-key",
      () => keypairFromPrivateKey(new Uint8Array(32).fill(1), "sr25519"),
    ],
    [
      "a scalar above the group order",
      "wallet.bad-private-key",
      () => keypairFromPrivateKey(new Uint8Array(64).fill(255), "sr25519"),
    ],
    ["a zero scalar", "wallet.bad-private-key", () => keypairFromPrivateKey(new Uint8Array(64), "sr25519")],
    [
      "an ed25519 pair whose halves disagree",
      "wallet.bad-private-key",
      () => keypairFromPrivateKey(new Uint8Array(64).fill(1), "ed25519"),
    ],
    ["a URI with an empty junction", "wallet.bad-uri", () => signerFromUri("//a//")],
    ["a URI in other letters", "wallet.bad-uri", () => signerFromUri("wörter//x")],
  ])("%s is refused", (_, code, make) => {
    expect(make).toThrow(expect.objectContaining({ code, exitCode: 12 }));
  });

  it("tells the place of a wrong word, never the word", () => {
    expect(() =>
      keypairFromMnemonic("dolphin buyer bag display zzzzz goose amazing border clog estate disorder glass", "sr25519"),
    ).toThrow(expect.objectContaining({ message: expect.not.stringContaining("zzzzz") }));
  });

  it("takes a mnemonic in capitals and with odd spaces", () => {
    const vector = vectors.keys[0];
    const typed = `  ${vector?.mnemonic?.toUpperCase().replaceAll(" ", " \t ")}\n`;
    expect(keypairFromMnemonic(typed, "sr25519").address).toBe(vector?.ss58);
  });

  it("reads numbers in junctions as Rust's u64 does, and the rest as text", () => {
    const address = (uri: string): string => signerFromUri(uri).address;
    expect(address("//+1")).toBe(address("//1"));
    expect(address("//18446744073709551616")).not.toBe(address("//18446744073709551615"));
    expect(address(`//${"long".repeat(40)}`)).not.toBe(address(`//${"long".repeat(41)}`));
  });
});
