import { chmodSync, mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createKeys } from "../../../src/wallet/create.ts";
import { coldkeyPlace, hotkeyPlace, listWallets, type Oddity, readWallet } from "../../../src/wallet/folder.ts";
import { createKeyFiles, looseMode, replaceKeyFile } from "../../../src/wallet/key-files.ts";
import { openKeyFile, readKeyFile } from "../../../src/wallet/keyfile.ts";
import { keypairFromUri } from "../../../src/wallet/keyring.ts";
import { copyVectorWallets, filesBelow, modeOf, temporaryHome } from "./temporary-wallets.ts";
import { VECTOR_WALLETS, vectors } from "./wallet-vectors.ts";

const pair = keypairFromUri("//Alice");

describe("folders that bittensor-wallet 4.1.1 made", () => {
  it("are listed with their addresses and without a password", async () => {
    const odd: Oddity[] = [];
    const wallets = await listWallets(VECTOR_WALLETS, (oddity) => odd.push(oddity));
    const expected = vectors.wallets
      .map((wallet) => ({
        name: wallet.name,
        path: join(VECTOR_WALLETS, wallet.name),
        coldkey: wallet.coldkeySs58,
        encrypted: wallet.coldkeyPassword !== null,
        hotkeys: [{ name: wallet.hotkey, address: wallet.hotkeySs58 }],
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(wallets).toEqual(expected);
    // A checkout keeps no rights, so the vectors may be read by everybody.
    expect(odd.filter(({ code }) => code !== "wallet.loose-rights")).toEqual([]);
  });

  it.each(vectors.wallets)("open: $name, coldkey and hotkey", async (wallet) => {
    const cold = await readKeyFile(VECTOR_WALLETS, coldkeyPlace(VECTOR_WALLETS, wallet.name));
    const hot = await readKeyFile(VECTOR_WALLETS, hotkeyPlace(VECTOR_WALLETS, wallet.name, wallet.hotkey));
    expect(cold.encryption).toBe(wallet.coldkeyPassword === null ? undefined : "nacl");
    const coldkey = (await openKeyFile(cold, wallet.coldkeyPassword ?? undefined)).pair;
    const hotkey = (await openKeyFile(hot, wallet.hotkeyPassword ?? undefined)).pair;
    expect([coldkey.address, coldkey.secrets().mnemonic]).toEqual([wallet.coldkeySs58, wallet.coldkeyMnemonic]);
    expect([hotkey.address, hotkey.secrets().mnemonic]).toEqual([wallet.hotkeySs58, wallet.hotkeyMnemonic]);
  });
});

describe("listing", () => {
  it("is empty where the folder is missing", async () => {
    using home = temporaryHome();
    expect(await listWallets(home.wallets, () => undefined)).toEqual([]);
  });

  it("says so where the folder of wallets is a file", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "file"), "");
    await expect(listWallets(join(home.home, "file"), () => undefined)).rejects.toMatchObject({
      code: "wallet.unreadable",
    });
  });

  it("orders as people do and leaves out companions, dot files and strangers", async () => {
    using home = temporaryHome();
    for (const name of ["cold10", "cold2"]) {
      const places = ["hk10", "hk2"].map((hotkey) => hotkeyPlace(home.wallets, name, hotkey));
      await createKeys(
        home.wallets,
        places.map((place) => ({ place, pair, password: undefined })),
      );
      writeFileSync(join(home.wallets, name, "hotkeys", "hk2.lock"), "");
      writeFileSync(join(home.wallets, name, "hotkeys", "orphanpub.txt"), "");
    }
    mkdirSync(join(home.wallets, "empty"));
    mkdirSync(join(home.wallets, ".hidden"));
    writeFileSync(join(home.wallets, "stray.txt"), "");
    const wallets = await listWallets(home.wallets, () => undefined);
    expect(wallets.map(({ name, hotkeys }) => [name, hotkeys.map((hotkey) => hotkey.name)])).toEqual([
      ["cold2", ["hk2", "hk10"]],
      ["cold10", ["hk2", "hk10"]],
    ]);
    expect(wallets[0]).toMatchObject({ coldkey: null, encrypted: null });
  });

  it("knows a public-only machine and one whose public files are gone", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12", "enc12");
    unlinkSync(join(home.wallets, "plain12", "coldkey"));
    unlinkSync(join(home.wallets, "enc12", "coldkeypub.txt"));
    unlinkSync(join(home.wallets, "enc12", "hotkeys", "defaultpub.txt"));
    const [enc12, plain12] = await listWallets(home.wallets, () => undefined);
    expect(plain12).toMatchObject({ encrypted: null, coldkey: expect.stringMatching(/^5/) });
    expect(enc12).toMatchObject({ encrypted: true, coldkey: null });
    expect(enc12?.hotkeys[0]?.address).toBe(vectors.wallets.find(({ name }) => name === "enc12")?.hotkeySs58);
  });

  it("reads a raw secret of the first versions where no public file tells the address", async () => {
    using home = temporaryHome();
    const vector = vectors.keys[0];
    mkdirSync(join(home.wallets, "old"), { recursive: true });
    writeFileSync(join(home.wallets, "old", "coldkey"), `${vector?.mnemonic}\n`);
    expect((await readWallet(home.wallets, "old", () => undefined)).coldkey).toBe(vector?.ss58);
  });

  it("tells of a damaged file and still shows the rest", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12", "plain24");
    writeFileSync(join(home.wallets, "plain12", "coldkeypub.txt"), "{ broken");
    mkdirSync(join(home.wallets, "plain24", "hotkeys", "folder"));
    const odd: Oddity[] = [];
    const wallets = await listWallets(home.wallets, (oddity) => odd.push(oddity));
    expect(wallets.map(({ name, coldkey }) => [name, coldkey === null])).toEqual([
      ["plain12", true],
      ["plain24", false],
    ]);
    expect(odd.map(({ code }) => code).sort()).toEqual(["wallet.corrupt-keyfile", "wallet.unreadable"]);
    expect(odd[0]?.message).toContain("coldkeypub.txt");
  });

  it("knows a coldkey that cannot be read by its public file, and goes on behind hotkeys that cannot be listed", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12", "plain24");
    const [known] = await listWallets(home.wallets, () => undefined);
    // Whoever runs the tests may read every file; a folder and a link in a circle he cannot.
    rmSync(join(home.wallets, "plain12", "coldkey"), { force: true });
    mkdirSync(join(home.wallets, "plain12", "coldkey"));
    rmSync(join(home.wallets, "plain24", "hotkeys"), { recursive: true });
    symlinkSync("hotkeys", join(home.wallets, "plain24", "hotkeys"));
    const odd: Oddity[] = [];
    const wallets = await listWallets(home.wallets, (oddity) => odd.push(oddity));
    expect(wallets.map(({ name }) => name)).toEqual(["plain12", "plain24"]);
    expect(wallets[0]).toMatchObject({ coldkey: known?.coldkey, encrypted: null });
    expect(wallets[1]?.hotkeys).toEqual([]);
    expect(odd.map(({ code }) => code)).toEqual(["wallet.unreadable", "wallet.unreadable"]);
  });

  it("follows no link out of the folder of wallets", async () => {
    using home = temporaryHome();
    using other = temporaryHome();
    copyVectorWallets(home, "plain12");
    copyVectorWallets(other, "plain24");
    symlinkSync(join(other.wallets, "plain24"), join(home.wallets, "evil"));
    symlinkSync(join(home.wallets, "plain12"), join(home.wallets, "alias"));
    const odd: Oddity[] = [];
    const wallets = await listWallets(home.wallets, (oddity) => odd.push(oddity));
    expect(wallets.map(({ name }) => name)).toEqual(["alias", "plain12"]);
    expect(odd.map(({ code }) => code)).toEqual(["wallet.symlink"]);
    await expect(readWallet(home.wallets, "evil", () => undefined)).rejects.toMatchObject({ code: "wallet.symlink" });
    await expect(
      createKeys(home.wallets, [{ place: hotkeyPlace(home.wallets, "evil", "new"), pair, password: undefined }]),
    ).rejects.toMatchObject({ code: "wallet.symlink" });
  });
});

describe("writing", () => {
  it("makes folders 0700 and files 0600, whatever the umask", async () => {
    using home = temporaryHome();
    const before = process.umask(0);
    try {
      await createKeys(home.wallets, [
        { place: coldkeyPlace(home.wallets, "w"), pair, password: undefined },
        { place: hotkeyPlace(home.wallets, "w", "default"), pair, password: undefined },
      ]);
    } finally {
      process.umask(before);
    }
    const files = filesBelow(home.wallets);
    expect(files.map((file) => file.slice(home.wallets.length + 1)).sort()).toEqual([
      "w/coldkey",
      "w/coldkeypub.txt",
      "w/hotkeys/default",
      "w/hotkeys/defaultpub.txt",
    ]);
    expect(new Set(files.map(modeOf))).toEqual(new Set(["600"]));
    expect([home.wallets, join(home.wallets, "w"), join(home.wallets, "w", "hotkeys")].map(modeOf)).toEqual([
      "700",
      "700",
      "700",
    ]);
  });

  it("overwrites nothing, and leaves nothing half-made", async () => {
    using home = temporaryHome();
    const root = home.wallets;
    mkdirSync(join(root, "w", "hotkeys"), { recursive: true });
    writeFileSync(join(root, "w", "hotkeys", "default"), "precious");
    const attempt = createKeys(root, [
      { place: coldkeyPlace(root, "w"), pair, password: undefined },
      { place: hotkeyPlace(root, "w", "default"), pair, password: undefined },
    ]);
    await expect(attempt).rejects.toMatchObject({ code: "wallet.exists", exitCode: 14 });
    expect(filesBelow(root)).toEqual([join(root, "w", "hotkeys", "default")]);
  });

  it("stops before the first byte once it is told to", async () => {
    using home = temporaryHome();
    const key = { place: coldkeyPlace(home.wallets, "w"), pair, password: undefined };
    const attempt = createKeys(home.wallets, [key], { signal: AbortSignal.abort() });
    await expect(attempt).rejects.toMatchObject({ name: "AbortError" });
    expect(filesBelow(home.home)).toEqual([]);
  });

  it("lets only one of two writers at the same moment win", async () => {
    using home = temporaryHome();
    const path = join(home.home, "key");
    const attempts = Array.from({ length: 8 }, (_, i) => createKeyFiles([{ path, content: `writer ${i}` }]));
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(filesBelow(home.home)).toEqual([path]);
  });

  it("completes a public-only wallet with its own key, and refuses another's", async () => {
    using home = temporaryHome();
    copyVectorWallets(home, "plain12");
    const place = coldkeyPlace(home.wallets, "plain12");
    const original = (await openKeyFile(await readKeyFile(home.wallets, place), undefined)).pair;
    rmSync(place.path);
    await expect(createKeys(home.wallets, [{ place, pair, password: undefined }])).rejects.toMatchObject({
      code: "wallet.exists",
    });
    await createKeys(home.wallets, [{ place, pair: original, password: undefined }]);
    expect((await readKeyFile(home.wallets, place)).bytes.length).toBeGreaterThan(200);
  });

  it("does not replace through a symbolic link", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "real"), "old");
    symlinkSync(join(home.home, "real"), join(home.home, "link"));
    await expect(replaceKeyFile(join(home.home, "link"), "new")).rejects.toMatchObject({ code: "wallet.symlink" });
  });

  it("replaces with tight rights, and knows wide ones", async () => {
    using home = temporaryHome();
    const path = join(home.home, "key");
    writeFileSync(path, "old");
    chmodSync(path, 0o644);
    expect(await looseMode(path)).toBe("0644");
    await replaceKeyFile(path, "new");
    expect(await looseMode(path)).toBeUndefined();
  });

  it("says which file could not be written", async () => {
    using home = temporaryHome();
    await expect(createKeyFiles([{ path: join(home.home, "no", "folder"), content: "" }])).rejects.toMatchObject({
      code: "wallet.unwritable",
      exitCode: 14,
    });
  });
});

describe("names", () => {
  it.each([
    "",
    "..",
    ".",
    "../x",
    "a/b",
    "a\\b",
    ".hidden",
    "a\u0000b",
    "a\nb",
    "a\u202eb",
    " a",
    "a ",
    "x".repeat(300),
  ])("%j is no wallet's", (name) => {
    expect(() => coldkeyPlace("/wallets", name)).toThrow(
      expect.objectContaining({ code: "wallet.bad-name", exitCode: 2 }),
    );
  });

  it.each(["../x", "", "defaultpub.txt", "default.lock"])("%j is no hotkey's", (name) => {
    expect(() => hotkeyPlace("/wallets", "w", name)).toThrow(expect.objectContaining({ code: "wallet.bad-name" }));
  });

  it.each(["default", "my wallet", "mein-schlüssel", "a.b", "5G1", "-x"])("%j is fine", (name) => {
    expect(coldkeyPlace("/wallets", name).path).toBe(join("/wallets", name, "coldkey"));
  });
});
