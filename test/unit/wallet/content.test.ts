import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keypairFromMnemonic, keypairFromPrivateKey, keypairFromSeed } from "../../../src/wallet/keyring.ts";
import { parsePrivateContent, privateContent } from "../../../src/wallet/private-content.ts";
import { addressOf, parsePublicContent, publicContent } from "../../../src/wallet/public-content.ts";
import { schemeOf, unhex, vectors } from "./wallet-vectors.ts";

const mnemonicVector = vectors.keys.find((key) => key.mnemonic !== undefined && key.cryptoType === 1);
const edVector = vectors.keys.find((key) => key.mnemonic !== undefined && key.cryptoType === 0);
if (mnemonicVector?.mnemonic === undefined || edVector === undefined) throw new Error("the vectors have no mnemonics");
const json = mnemonicVector.keyfileJson;
const { ss58: address, mnemonic } = mnemonicVector;
const without = (...fields: string[]): string =>
  JSON.stringify(Object.fromEntries(Object.entries(json).filter(([name]) => !fields.includes(name))));

describe("a private key file's content", () => {
  it.each(vectors.keys)("of bittensor-wallet 4.1.1 for $ss58 is read, and written field for field", (vector) => {
    const pair = parsePrivateContent(JSON.stringify(vector.keyfileJson));
    expect(pair.address).toBe(vector.ss58);
    expect(JSON.parse(privateContent(pair))).toEqual(vector.keyfileJson);
  });

  it.each([
    ["without cryptoType (bittensor-wallet 3)", without("cryptoType")],
    ["with cryptoType as text", JSON.stringify({ ...json, cryptoType: "1" })],
    ["with cryptoType by name", JSON.stringify({ ...json, cryptoType: "Sr25519" })],
    ["with unknown fields", JSON.stringify({ ...json, accountType: "x", hashedDescriptor: null })],
    ["with a byte order mark and a line end", `\ufeff${JSON.stringify(json)}\r\n`],
    ["with only the mnemonic", JSON.stringify({ secretPhrase: mnemonic })],
    ["with only the seed", without("secretPhrase", "privateKey", "ss58Address")],
    ["with only the private key", without("secretPhrase", "secretSeed")],
    ["with a nulled mnemonic", JSON.stringify({ ...json, secretPhrase: null })],
    [
      "whose address has the old leading space",
      JSON.stringify({ ...json, ss58Address: undefined, " ss58Address": address }),
    ],
    ["that is a bare mnemonic", `${mnemonic}\n`],
    ["that is a raw seed", String(json["secretSeed"])],
    ["that is a raw seed without 0x", String(json["secretSeed"]).slice(2)],
    ["that is a raw private key", String(json["privateKey"]).slice(2)],
  ])("%s gives the key", (_, text) => {
    expect(parsePrivateContent(text).address).toBe(address);
  });

  it("is read under the other scheme where only that gives its address", () => {
    const mislabelled = JSON.stringify({ ...edVector.keyfileJson, cryptoType: 1 });
    const pair = parsePrivateContent(mislabelled);
    expect([pair.cryptoType, pair.address]).toEqual(["ed25519", edVector.ss58]);
  });

  it("is read from its seed where mnemonic and address disagree (a derived key)", () => {
    const derived = keypairFromSeed(new Uint8Array(32).fill(9), "sr25519");
    const text = JSON.stringify({ ...JSON.parse(privateContent(derived)), secretPhrase: mnemonic });
    expect(parsePrivateContent(text).address).toBe(derived.address);
  });

  it.each([
    ["an address only", JSON.stringify({ ss58Address: address }), "wallet.watch-only"],
    ["a bare address", address, "wallet.watch-only"],
    ["a public key only", JSON.stringify({ publicKey: json["publicKey"] }), "wallet.watch-only"],
    ["a polkadot.js export", JSON.stringify({ encoded: "x", encoding: {}, address }), "wallet.polkadot-export"],
    [
      "an address of another key",
      JSON.stringify({ ...json, ss58Address: edVector.ss58, secretSeed: undefined, secretPhrase: undefined }),
      "wallet.address-mismatch",
    ],
    ["an unknown scheme by number", JSON.stringify({ ...json, cryptoType: 2 }), "wallet.unknown-crypto-type"],
    ["an unknown scheme by name", JSON.stringify({ ...json, cryptoType: "ml-dsa" }), "wallet.unknown-crypto-type"],
    ["nothing", "", "wallet.corrupt-keyfile"],
    ["blanks", " \n", "wallet.corrupt-keyfile"],
    ["an empty object", "{}", "wallet.corrupt-keyfile"],
    ["half an object", JSON.stringify(json).slice(0, 200), "wallet.corrupt-keyfile"],
    ["a wrong type of field", JSON.stringify({ secretPhrase: 12 }), "wallet.corrupt-keyfile"],
    ["a seed that is no hex", JSON.stringify({ secretSeed: "0xzz" }), "wallet.corrupt-keyfile"],
    ["a seed that is short", JSON.stringify({ secretSeed: "0x00ff" }), "wallet.corrupt-keyfile"],
    [
      "twelve words that are none",
      "one two three four five six seven eight nine ten eleven twelve",
      "wallet.corrupt-keyfile",
    ],
    ["some text", "hello", "wallet.corrupt-keyfile"],
  ])("%s is refused", (_, text, code) => {
    expect(() => parsePrivateContent(text)).toThrow(expect.objectContaining({ code, exitCode: 14 }));
  });

  it("never quotes the file in an error", () => {
    const broken = [
      JSON.stringify(json).slice(0, -3),
      JSON.stringify({ ...json, secretSeed: 5 }),
      `${mnemonic} extra`,
      "0x12zz",
    ];
    for (const text of broken) {
      try {
        parsePrivateContent(text);
      } catch (error) {
        const said = `${(error as Error).message} ${JSON.stringify(error)}`;
        expect(said).not.toContain(mnemonic.split(" ")[3]);
        expect(said).not.toContain(String(json["secretSeed"]).slice(2, 12));
      }
    }
    expect.hasAssertions();
  });

  it("survives anything", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parsePrivateContent(text);
        } catch (error) {
          expect(error).toMatchObject({ exitCode: 14 });
        }
      }),
    );
  });

  it("comes back the same after writing and reading, from every kind of secret", () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        seed,
        fc.constantFrom("sr25519" as const, "ed25519" as const),
        fc.boolean(),
        (bytes, scheme, keyOnly) => {
          const first = keypairFromSeed(bytes, scheme);
          const pair = keyOnly ? keypairFromPrivateKey(first.secrets().privateKey, scheme) : first;
          const again = parsePrivateContent(privateContent(pair));
          expect([again.address, again.cryptoType]).toEqual([first.address, scheme]);
          expect(again.secrets().privateKey).toEqual(first.secrets().privateKey);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe("a public key file's content", () => {
  it.each(vectors.keys)("for $ss58 is written and read", async (vector) => {
    const scheme = schemeOf(vector.cryptoType);
    const text = publicContent({ address: vector.ss58, publicKey: unhex(vector.publicKey), cryptoType: scheme });
    expect(JSON.parse(text)).toEqual({
      accountId: vector.publicKey,
      publicKey: vector.publicKey,
      ss58Address: vector.ss58,
      cryptoType: vector.cryptoType,
    });
    expect(await addressOf(parsePublicContent(text))).toBe(vector.ss58);
  });

  it.each([
    ["an old leading space", JSON.stringify({ " ss58Address": address })],
    ["only a public key", JSON.stringify({ publicKey: json["publicKey"] })],
    ["only an account id without 0x", JSON.stringify({ accountId: String(json["accountId"]).slice(2) })],
    ["a bare address", `${address}\n`],
  ])("with %s tells the address", async (_, text) => {
    expect(await addressOf(parsePublicContent(text))).toBe(address);
  });

  it.each(["", "{}", "{", "[]", "5abc", '{"ss58Address": 5}', '{"ss58Address": "x"}', '{"publicKey": "0x12"}'])(
    "%j is damaged",
    (text) => {
      expect(() => parsePublicContent(text)).toThrow(expect.objectContaining({ code: "wallet.corrupt-keyfile" }));
    },
  );

  it("holds no secret", () => {
    const pair = keypairFromMnemonic(mnemonic, "sr25519");
    expect(Object.keys(JSON.parse(publicContent(pair)))).toEqual([
      "accountId",
      "publicKey",
      "ss58Address",
      "cryptoType",
    ]);
  });
});
