import { Keyring } from "@polkadot/keyring";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { exportKind, keypairFromExport } from "../../../src/wallet/polkadot-export.ts";
import { vectors } from "./wallet-vectors.ts";

const PASSWORD = "export-pässword";
const vector = vectors.keys[0];
/** What polkadot.js itself (@polkadot/keyring 14.0.3) exports. */
const made = new Map<string, Export>();
interface Export {
  readonly text: string;
  readonly address: string;
}
function exported(type: "sr25519" | "ed25519", password: string | undefined): Export {
  const known = made.get(`${type} ${password}`);
  if (known !== undefined) return known;
  const pair = new Keyring({ type, ss58Format: 42 }).addFromMnemonic(vector?.mnemonic ?? "");
  const fresh = { text: JSON.stringify(pair.toJson(password)), address: pair.address };
  made.set(`${type} ${password}`, fresh);
  return fresh;
}

describe("polkadot.js exports", () => {
  beforeAll(async () => {
    await cryptoWaitReady();
  });

  it.each(["sr25519", "ed25519"] as const)(
    "of %s keys open with their password, and without one where they have none",
    async (type) => {
      const locked = exported(type, PASSWORD);
      const open = exported(type, undefined);
      expect([exportKind(locked.text), exportKind(open.text)]).toEqual(["encrypted", "plain"]);
      const key = await keypairFromExport(locked.text, PASSWORD);
      expect([key.cryptoType, key.address]).toEqual([type, locked.address]);
      expect((await keypairFromExport(open.text, "")).address).toBe(locked.address);
    },
  );

  it("give the private key in the key file's own form", async () => {
    const key = await keypairFromExport(exported("sr25519", PASSWORD).text, PASSWORD);
    expect(`0x${Buffer.from(key.secrets().privateKey).toString("hex")}`).toBe(vector?.keyfileJson["privateKey"]);
  });

  it("refuse a wrong password as such", async () => {
    await expect(keypairFromExport(exported("sr25519", PASSWORD).text, "x")).rejects.toMatchObject({
      code: "wallet.wrong-password",
      exitCode: 14,
    });
  });

  interface ExportJson {
    encoded: string;
    encoding: { content: string[]; type: string[] };
  }
  const change = (edit: (json: ExportJson) => void): string => {
    const json = JSON.parse(exported("sr25519", undefined).text) as ExportJson;
    edit(json);
    return JSON.stringify(json);
  };
  it.each<[string, () => string, string]>([
    ["no JSON", () => "hello", "wallet.bad-export"],
    ["null", () => "null", "wallet.bad-export"],
    ["another object", () => "{}", "wallet.bad-export"],
    [
      "a key that is no pkcs8",
      () => change((json) => Object.assign(json.encoding, { content: ["other", "sr25519"] })),
      "wallet.bad-export",
    ],
    [
      "an ethereum key",
      () => change((json) => Object.assign(json.encoding, { content: ["pkcs8", "ethereum"] })),
      "wallet.unknown-crypto-type",
    ],
    ["bytes cut short", () => change((json) => Object.assign(json, { encoded: "MFMC" })), "wallet.bad-export"],
    [
      "an unknown encryption",
      () => change((json) => Object.assign(json.encoding, { type: ["rot13"] })),
      "wallet.bad-export",
    ],
    [
      "scrypt of a terabyte",
      () =>
        change((json) =>
          Object.assign(json, {
            encoded: `${"ff".repeat(100)}`,
            encoding: { content: ["pkcs8", "sr25519"], type: ["scrypt", "xsalsa20-poly1305"] },
          }),
        ),
      "wallet.bad-export",
    ],
    [
      "a public key of another secret",
      () =>
        change((json) => {
          const bytes = Buffer.from(json.encoded, "base64");
          bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
          Object.assign(json, { encoded: bytes.toString("base64") });
        }),
      "wallet.bad-export",
    ],
  ])("refuse %s", async (_, make, code) => {
    await expect(keypairFromExport(make(), "x")).rejects.toMatchObject({ code, exitCode: 12 });
  });
});
