import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decryptKeyfile, encryptionOf, encryptKeyfile } from "../../../src/wallet/encryption.ts";
import { VECTOR_DIR, vectors } from "./wallet-vectors.ts";

const { password, plaintext } = vectors.raw_nacl;
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(`${VECTOR_DIR}${name}`));
const open = (name: string, secret: string): Promise<string> => {
  const bytes = file(name);
  const encryption = encryptionOf(bytes);
  if (encryption === undefined) throw new Error(`${name} is not recognised`);
  return decryptKeyfile(bytes, encryption, secret);
};

describe("encrypted key files", () => {
  it.each([
    ["raw_nacl_fixed_plaintext.bin", "nacl"],
    ["raw_ansible_vault.txt", "ansible-vault"],
    ["raw_legacy_fernet.txt", "fernet"],
  ] as const)("%s is known as %s by its first bytes and opens", async (name, encryption) => {
    expect(encryptionOf(file(name))).toBe(encryption);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    expect(await open(name, password)).toBe(plaintext);
    clearInterval(timer);
    // The slow derivations happen elsewhere; the event loop goes on.
    if (encryption !== "ansible-vault") expect(turns).toBeGreaterThan(5);
  });

  it.each(["raw_ansible_vault.txt", "raw_legacy_fernet.txt"])(
    "%s tells a wrong password from a damaged file",
    async (name) => {
      await expect(open(name, "test-password-2")).rejects.toMatchObject({
        code: "wallet.wrong-password",
        exitCode: 14,
      });
    },
  );

  it("writes what it reads: $NACL, a fresh nonce each time, any UTF-8 password", async () => {
    const secret = "pässwörd-密码-🔑9A";
    const [one, two] = await Promise.all([encryptKeyfile(plaintext, secret), encryptKeyfile(plaintext, secret)]);
    expect(encryptionOf(one)).toBe("nacl");
    expect(Buffer.from(one).equals(two)).toBe(false);
    expect(await decryptKeyfile(one, "nacl", secret)).toBe(plaintext);
  });

  it.each([
    ["a $NACL file cut short", "$NACL123", "nacl"],
    ["a vault cut short", "$ANSIBLE_VAULT;1.1;AES256\n3132", "ansible-vault"],
    ["a vault of another version", "$ANSIBLE_VAULT;9.9;AES256\n3132", "ansible-vault"],
    ["a fernet token cut short", "gAAAAABk", "fernet"],
  ] as const)("%s is damaged, not a wrong password", async (_, text, encryption) => {
    await expect(decryptKeyfile(new TextEncoder().encode(text), encryption, "x")).rejects.toMatchObject({
      code: "wallet.corrupt-keyfile",
      exitCode: 14,
    });
  });

  it("takes plain files for what they are", () => {
    expect(encryptionOf(new TextEncoder().encode('{"ss58Address": "5"}'))).toBeUndefined();
    expect(encryptionOf(new Uint8Array())).toBeUndefined();
  });
});
