import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyVectorWallets, dataOf, errorOf, filesBelow, modeOf, temporaryHome } from "./temporary-wallets.ts";
import { vectors } from "./wallet-vectors.ts";

const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
interface Created {
  readonly name: string;
  readonly coldkey: string;
  readonly hotkeys: readonly { readonly name: string; readonly address: string }[];
}

describe("wallet create", () => {
  it.each([
    ["12 words of sr25519 by default", [], 12, 1],
    ["24 words on request", ["--n-words", "24"], 24, 1],
    ["ed25519 on request", ["--crypto-type", "ed25519"], 12, 0],
  ])("makes coldkey and hotkey: %s", async (_, flags, words, cryptoType) => {
    using home = temporaryHome();
    const run = await home.cli(["wallet", "create", "w", "--no-password", "--mnemonic-file", "m", "--json", ...flags]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const created = dataOf<Created>(run);
    expect(created).toEqual({
      name: "w",
      coldkey: expect.stringMatching(/^5/),
      hotkeys: [{ name: "default", address: expect.stringMatching(/^5/) }],
    });
    const mnemonic = readFileSync(join(home.home, "m"), "utf8").trim();
    expect(mnemonic.split(" ")).toHaveLength(words);
    expect(modeOf(join(home.home, "m"))).toBe("600");
    const keyfile = JSON.parse(readFileSync(join(home.wallets, "w", "coldkey"), "utf8"));
    expect(keyfile).toMatchObject({ secretPhrase: mnemonic, ss58Address: created.coldkey, cryptoType });
  });

  it("names the wallet by -w and the hotkey by -H too, and shows the same wallet afterwards", async () => {
    using home = temporaryHome();
    const made = await home.cli("wallet create -w v -H miner1 --no-password --mnemonic-file m --json".split(" "));
    const shown = await home.cli(["wallet", "show", "v", "--json"]);
    const { name, coldkey, hotkeys } = dataOf<Created>(made);
    expect(dataOf(shown)).toEqual({ name, path: join(home.wallets, "v"), coldkey, encrypted: false, hotkeys });
    expect(hotkeys[0]?.name).toBe("miner1");
  });

  it("encrypts with a password from a file or the environment, and the mnemonic file opens the same key", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "p"), "a-Password-1\n");
    const made = await home.cli(
      "wallet create w --encrypt-hotkey --password-file p --mnemonic-file m --json".split(" "),
    );
    expect(made.code).toBe(0);
    for (const file of ["coldkey", "hotkeys/default"]) {
      expect(
        readFileSync(join(home.wallets, "w", file))
          .subarray(0, 5)
          .toString(),
      ).toBe("$NACL");
    }
    const env = { BT_WALLET_PASSWORD: "a-Password-1" };
    const signed = await home.cli(["wallet", "sign", "hello", "-w", "w", "--coldkey", "--json"], { env });
    const { address, signature } = dataOf<{ address: string; signature: string }>(signed);
    expect(address).toBe(dataOf<Created>(made).coldkey);
    const verified = await home.cli(["wallet", "verify", "hello", signature, "--address", address, "--json"]);
    expect([verified.code, dataOf(verified)]).toEqual([0, { valid: true }]);
    const wrong = await home.cli(["wallet", "sign", "hello", "-w", "w", "--json"], {
      env: { BT_WALLET_PASSWORD: "other" },
    });
    expect([wrong.code, errorOf(wrong).code, wrong.stdout]).toEqual([14, "wallet.wrong-password", ""]);
    const again = await home.cli("wallet import copy --no-password --mnemonic-file m --json".split(" "));
    expect(dataOf<Created>(again).coldkey).toBe(address);
  });

  it.each([
    ["without anything", [], 2, /wallet\.mnemonic-nowhere|wallet\.password-missing/],
    ["without a mnemonic file", ["--no-password"], 2, /wallet\.mnemonic-nowhere/],
    ["without a password", ["--mnemonic-file", "m"], 2, /wallet\.password-missing/],
    [
      "with both a password and none",
      ["--no-password", "--password-file", "p", "--mnemonic-file", "m"],
      2,
      /usage\.password-conflict/,
    ],
    [
      "with an encrypted hotkey and no password",
      ["--no-password", "--encrypt-hotkey", "--mnemonic-file", "m"],
      2,
      /usage\.password-conflict/,
    ],
    ["with 13 words", ["--no-password", "--mnemonic-file", "m", "--n-words", "13"], 2, /usage\.n-words/],
    [
      "with an unknown scheme",
      ["--no-password", "--mnemonic-file", "m", "--crypto-type", "rsa"],
      2,
      /usage\.crypto-type/,
    ],
    ["with a mnemonic file that exists", ["--no-password", "--mnemonic-file", "p"], 14, /wallet\.exists/],
    ["with a mnemonic file in no folder", ["--no-password", "--mnemonic-file", "no/m"], 14, /wallet\.unwritable/],
    ["with a mnemonic for stdout", ["--no-password", "--mnemonic-file", "-"], 2, /wallet\.mnemonic-nowhere/],
    [
      "with a password file that is missing",
      ["--password-file", "x", "--mnemonic-file", "m"],
      14,
      /wallet\.password-file/,
    ],
    ["under two names", ["--no-password", "--mnemonic-file", "m", "-w", "other"], 2, /usage\.two-names/],
  ])("refuses %s, and writes nothing", async (_, flags, code, expected) => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "p"), "x");
    const run = await home.cli(["wallet", "create", "w", "--json", ...flags]);
    expect([run.code, run.stdout]).toEqual([code, ""]);
    expect(errorOf(run).code).toMatch(expected);
    expect(errorOf(run).hint).not.toBe("");
    expect(filesBelow(home.home)).toEqual([join(home.home, "p")]);
    expect(existsSync(join(home.home, ".bittensor"))).toBe(false);
  });

  it("refuses a path as a name", async () => {
    using home = temporaryHome();
    const run = await home.cli(["wallet", "create", "../evil", "--no-password", "--mnemonic-file", "m", "--json"]);
    expect([run.code, errorOf(run).code, filesBelow(home.home)]).toEqual([2, "wallet.bad-name", []]);
  });

  it("refuses to make a wallet twice and keeps the first as it was", async () => {
    using home = temporaryHome();
    const create = (m: string) => home.cli(["wallet", "create", "w", "--no-password", "--mnemonic-file", m, "--json"]);
    await create("m1");
    const before = readFileSync(join(home.wallets, "w", "coldkey"));
    const second = await create("m2");
    expect([second.code, errorOf(second).code]).toEqual([14, "wallet.exists"]);
    expect(readFileSync(join(home.wallets, "w", "coldkey")).equals(before)).toBe(true);
    expect(existsSync(join(home.home, "m2"))).toBe(false);
  });

  it("only tells with --dry-run", async () => {
    using home = temporaryHome();
    const run = await home.cli([
      "wallet",
      "create",
      "w",
      "--dry-run",
      "--no-password",
      "--mnemonic-file",
      "m",
      "--json",
    ]);
    expect(dataOf<{ wouldCreate: string[] }>(run).wouldCreate).toHaveLength(4);
    expect(filesBelow(home.home)).toEqual([]);
  });
});

describe("wallet list and show", () => {
  it("read the folder of --wallet-path, BT_WALLET_PATH or the default", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const names = async (args: string[], env: Record<string, string> = {}): Promise<string[]> =>
      dataOf<{ wallets: { name: string }[] }>(
        await home.cli(["wallet", "list", "--json", ...args], { env }),
      ).wallets.map(({ name }) => name);
    expect(await names([])).toEqual(["plain12"]);
    expect(await names(["--wallet-path", join(home.home, "none")])).toEqual([]);
    expect(await names([], { BT_WALLET_PATH: home.wallets, HOME: "/nonexistent" })).toEqual(["plain12"]);
  });

  it("show an empty folder as an empty answer on stdout, and a way on", async () => {
    using home = temporaryHome();
    const run = await home.cli(["wallet", "list"]);
    expect([run.code, run.stdout]).toEqual([0, ""]);
    expect(run.stderr).toContain("colosseum wallet create");
  });

  it("fit 80 columns with whole addresses", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12", "enc_both");
    const { stdout } = await home.cli(["wallet", "list"]);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const { name, coldkeySs58, hotkeySs58 } of vectors.wallets) {
      if (name === "plain12" || name === "enc_both") expect(stdout).toContain(coldkeySs58);
      if (name === "plain12" || name === "enc_both") expect(stdout).toContain(hotkeySs58);
    }
  });

  it("tell the nearest name where there is none such", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const run = await home.cli(["wallet", "show", "plain21", "--json"]);
    expect([run.code, errorOf(run).code]).toEqual([14, "wallet.not-found"]);
    expect(errorOf(run).hint).toContain("plain12");
  });
});

describe("wallet sign and verify", () => {
  it("sign with the hotkey as typed, even where it looks like hex", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "ed25519");
    const text = dataOf<Record<string, string>>(await home.cli("wallet sign 0x6869 -w ed25519 --json".split(" ")));
    const hex = dataOf<Record<string, string>>(await home.cli("wallet sign 0x6869 --hex -w ed25519 --json".split(" ")));
    const plain = dataOf<Record<string, string>>(await home.cli("wallet sign hi -w ed25519 --json".split(" ")));
    const vector = vectors.wallets.find(({ name }) => name === "ed25519");
    expect([text["address"], text["message"]]).toEqual([vector?.hotkeySs58, "0x6869"]);
    expect(hex["signature"]).toBe(plain["signature"]);
    expect(text["signature"]).not.toBe(plain["signature"]);
  });

  it.each([
    ["-w ed25519/default", 0, undefined],
    ["-w ed25519/default -H default", 0, undefined],
    ["-w ed25519/default -H other", 2, "usage.two-names"],
    ["-w ed25519/nobody", 14, "wallet.hotkey-not-found"],
    ["-w a/b/c", 2, "wallet.bad-name"],
    ["-w ../ed25519", 2, "wallet.bad-name"],
    ["-w ed25519/../../x", 2, "wallet.bad-name"],
    ["-w /etc", 2, "wallet.bad-name"],
    ["-w ed25519/", 2, "wallet.bad-name"],
  ])("take btcli's WALLET/HOTKEY and no other path: %s", async (flags, code, name) => {
    using home = temporaryHome();
    copyVectorWallets(home, "ed25519");
    const run = await home.cli(["wallet", "sign", "hi", "--json", ...flags.split(" ")]);
    expect([run.code, code === 0 ? undefined : errorOf(run).code]).toEqual([code, name]);
  });

  it.each(vectors.signatures)("verify what bittensor-wallet signed: $ss58 $message_hex", async (vector) => {
    using home = temporaryHome();
    const args = ["wallet", "verify", "--hex", "--address", vector.ss58, "--json", "--"];
    const good = await home.cli([...args, `0x${vector.message_hex.replace(/^0x/, "")}`, vector.signature]);
    expect([good.code, dataOf(good)]).toEqual([0, { valid: true }]);
    const bad = await home.cli([...args, `00${vector.message_hex.replace(/^0x/, "")}`, vector.signature]);
    expect([bad.code, dataOf(bad)]).toEqual([3, { valid: false }]);
  });

  it("verify a signature over the <Bytes>-wrapped message, and one with its scheme byte", async () => {
    using home = temporaryHome();
    await home.cli("wallet import alice --uri //Alice --no-password".split(" "));
    const sign = async (text: string): Promise<string> =>
      dataOf<{ signature: string }>(await home.cli(["wallet", "sign", text, "--coldkey", "-w", "alice", "--json"]))
        .signature;
    const wrapped = await sign("<Bytes>hello</Bytes>");
    const plain = await sign("hello");
    const tagged = `0x01${plain.slice(2)}`;
    const mistagged = `0x00${plain.slice(2)}`;
    const codes = [];
    for (const signature of [wrapped, plain, tagged, mistagged, `0x${"00".repeat(64)}`, `0x${"ff".repeat(64)}`]) {
      codes.push((await home.cli(["wallet", "verify", "hello", signature, "--address", ALICE])).code);
    }
    expect(codes).toEqual([0, 0, 0, 3, 3, 3]);
  });

  it.each([
    ["a signature that is no hex", ["hi", "zz", "--address", ALICE], "usage.hex"],
    ["a short signature", ["hi", "0x00", "--address", ALICE], "usage.signature"],
    ["a bad address", ["hi", `0x${"00".repeat(64)}`, "--address", "5abc"], "usage.address"],
    ["no address", ["hi", `0x${"00".repeat(64)}`], "usage.command-line"],
    ["a message that is no hex", ["xyz", `0x${"00".repeat(64)}`, "--hex", "--address", ALICE], "usage.hex"],
  ])("%s is a usage error", async (_, args, code) => {
    using home = temporaryHome();
    const run = await home.cli(["wallet", "verify", "--json", ...args]);
    expect([run.code, errorOf(run).code]).toEqual([2, code]);
  });

  it("warn about a key file that others may read, and go on", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    chmodSync(join(home.wallets, "plain12", "hotkeys", "default"), 0o644);
    const run = await home.cli("wallet sign hi -w plain12 --json".split(" "));
    expect([run.code, JSON.parse(run.stdout).warnings[0].code]).toEqual([0, "wallet.loose-rights"]);
    for (const command of ["wallet list --json", "wallet show plain12 --json"]) {
      const listed = JSON.parse((await home.cli(command.split(" "))).stdout).warnings as { message: string }[];
      expect(listed.map(({ message }) => message)).toContainEqual(expect.stringContaining("hotkeys/default"));
    }
  });

  it.each([
    ["a missing wallet", ["-w", "nobody"], 14, "wallet.not-found"],
    ["a missing hotkey", ["-w", "enc12", "-H", "nobody"], 14, "wallet.hotkey-not-found"],
    ["an encrypted key and no password", ["-w", "enc12", "--coldkey"], 2, "wallet.password-missing"],
    ["a damaged key", ["-w", "plain12"], 14, "wallet.corrupt-keyfile"],
    ["a public-only machine", ["-w", "plain24", "--coldkey"], 14, "wallet.public-only"],
    ["a wallet without a coldkey", ["-w", "ed25519", "--coldkey"], 14, "wallet.no-coldkey"],
  ])("refuse %s", async (_, args, code, name) => {
    using home = temporaryHome();
    const { rmSync } = await import("node:fs");
    copyVectorWallets(home, "enc12", "plain12", "plain24", "ed25519");
    writeFileSync(join(home.wallets, "plain12", "hotkeys", "default"), "{ broken");
    rmSync(join(home.wallets, "plain24", "coldkey"));
    rmSync(join(home.wallets, "ed25519", "coldkey"));
    rmSync(join(home.wallets, "ed25519", "coldkeypub.txt"));
    const run = await home.cli(["wallet", "sign", "hi", "--json", ...args]);
    expect([run.code, errorOf(run).code, run.stdout]).toEqual([code, name, ""]);
  });
});

describe("wallet import", () => {
  const vector = vectors.keys[0];
  const json = vector?.keyfileJson ?? {};
  it.each([
    ["a mnemonic from a file", "--mnemonic-file", String(vector?.mnemonic)],
    ["a seed from a file", "--seed-file", String(json["secretSeed"])],
    ["a private key from a file", "--private-key-file", `${String(json["privateKey"]).slice(2)}\n`],
  ])("takes %s or from stdin", async (_, flag, secret) => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "s"), secret);
    const file = await home.cli(["wallet", "import", "a", flag, "s", "--no-password", "--json"]);
    const stdin = await home.cli(["wallet", "import", "b", flag, "-", "--no-password", "--json"], { stdin: secret });
    expect(dataOf(file)).toEqual({ name: "a", coldkey: vector?.ss58, hotkeys: [] });
    expect(dataOf(stdin)).toEqual({ name: "b", coldkey: vector?.ss58, hotkeys: [] });
  });

  it("makes a public-only wallet of an address, and completes it later with the key", async () => {
    using home = temporaryHome();
    await home.cli(["wallet", "import", "a", "--public-only", ALICE]);
    const shown = dataOf(await home.cli(["wallet", "show", "a", "--json"]));
    expect(shown).toMatchObject({ coldkey: ALICE, encrypted: null, hotkeys: [] });
    const other = await home.cli("wallet import a --uri //Bob --no-password --json".split(" "));
    expect([other.code, errorOf(other).code]).toEqual([14, "wallet.exists"]);
    expect((await home.cli("wallet import a --uri //Alice --no-password".split(" "))).code).toBe(0);
    expect(dataOf(await home.cli(["wallet", "show", "a", "--json"]))).toMatchObject({
      coldkey: ALICE,
      encrypted: false,
    });
  });

  it.each([
    ["no source", [], "", 2, "wallet.secret-missing"],
    ["two sources", ["--seed-file", "-", "--mnemonic-file", "-"], "", 2, "usage.two-sources"],
    ["a mnemonic on the command line", ["--uri", `${vector?.mnemonic}//1`], "", 2, "wallet.secret-in-flag"],
    ["words that are no mnemonic", ["--mnemonic-file", "-"], "one two three", 12, "wallet.bad-mnemonic"],
    ["a seed that is short", ["--seed-file", "-"], "0x1234", 12, "wallet.bad-private-key"],
    ["a seed that is no hex", ["--seed-file", "-"], "hello", 12, "wallet.bad-private-key"],
    ["JSON that is no export", ["--json-file", "-"], "{}", 12, "wallet.bad-export"],
    ["a file that is missing", ["--seed-file", "none"], "", 14, "wallet.unreadable"],
  ])("refuses %s", async (_, flags, stdin, code, name) => {
    using home = temporaryHome();
    const run = await home.cli(["wallet", "import", "w", "--no-password", "--json", ...flags], { stdin });
    expect([run.code, errorOf(run).code]).toEqual([code, name]);
    expect(filesBelow(home.home)).toEqual([]);
  });
});

describe("wallet encrypt and decrypt", () => {
  it("change the file and nothing in it", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const path = join(home.wallets, "plain12", "coldkey");
    const text = JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), note: "kept" });
    writeFileSync(path, text);
    const env = { BT_WALLET_PASSWORD: "short-5" };
    const encrypted = await home.cli("wallet encrypt plain12 --json".split(" "), { env });
    expect(dataOf(encrypted)).toEqual({ path, encrypted: true });
    expect(JSON.parse(encrypted.stdout).warnings).toEqual([
      { code: "wallet.short-password", message: expect.not.stringContaining("short-5") },
    ]);
    expect([readFileSync(path).subarray(0, 5).toString(), modeOf(path)]).toEqual(["$NACL", "600"]);
    const twice = await home.cli("wallet encrypt plain12 --json".split(" "), { env });
    expect([twice.code, errorOf(twice).code]).toEqual([14, "wallet.already-encrypted"]);
    const decrypted = await home.cli("wallet decrypt plain12 --json".split(" "), { env });
    expect(dataOf(decrypted)).toEqual({ path, encrypted: false });
    expect(readFileSync(path, "utf8")).toBe(text);
    const again = await home.cli("wallet decrypt plain12 --json".split(" "), { env });
    expect([again.code, errorOf(again).code]).toEqual([14, "wallet.not-encrypted"]);
  });

  it("leave a public file behind, so that the address stays known", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const { rmSync } = await import("node:fs");
    rmSync(join(home.wallets, "plain12", "hotkeys", "defaultpub.txt"));
    await home.cli("wallet encrypt -w plain12 -H default".split(" "), { env: { BT_WALLET_PASSWORD: "a-Password-1" } });
    const shown = dataOf<Created>(await home.cli("wallet show plain12 --json".split(" ")));
    expect(shown.hotkeys[0]?.address).toBe(vectors.wallets[0]?.hotkeySs58);
  });
});

describe("wallet hotkey", () => {
  it("adds, imports and removes hotkeys", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const added = await home.cli("wallet hotkey add m2 -w plain12 --json".split(" "));
    expect(dataOf(added)).toEqual({ wallet: "plain12", name: "m2", address: expect.stringMatching(/^5/) });
    await home.cli("wallet hotkey import alice -w plain12 --uri //Alice".split(" "));
    const names = async (): Promise<string[]> =>
      dataOf<Created>(await home.cli("wallet show plain12 --json".split(" "))).hotkeys.map(({ name }) => name);
    expect(await names()).toEqual(["alice", "default", "m2"]);
    const unsaid = await home.cli("wallet hotkey remove m2 -w plain12 --json".split(" "));
    expect([unsaid.code, errorOf(unsaid).code]).toEqual([2, "usage.confirm"]);
    const removed = await home.cli("wallet hotkey remove m2 -w plain12 --yes --json".split(" "));
    expect(dataOf(removed)).toMatchObject({ name: "m2", removed: true });
    expect(await names()).toEqual(["alice", "default"]);
    expect(filesBelow(join(home.wallets, "plain12")).filter((file) => file.includes("m2"))).toEqual([]);
  });

  it("is never overwritten", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    for (const command of ["wallet hotkey add default", "wallet hotkey import default --uri //Alice"]) {
      const run = await home.cli([...command.split(" "), "-w", "plain12", "--json"]);
      expect([run.code, errorOf(run).code]).toEqual([14, "wallet.exists"]);
    }
  });

  it("that is missing cannot be removed", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const run = await home.cli("wallet hotkey remove nobody -w plain12 --yes --json".split(" "));
    expect([run.code, errorOf(run).code]).toEqual([14, "wallet.hotkey-not-found"]);
  });
});
