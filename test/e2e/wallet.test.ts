import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBin, temporaryHome } from "../helpers/run-bin.ts";
import { openTerminal } from "../helpers/terminal.ts";

const PASSWORD = "at-the-terminal-1";
const keyfile = (home: string, wallet: string): string => join(home, ".bittensor", "wallets", wallet, "coldkey");

describe("wallet commands at a terminal", () => {
  it("create asks for the password twice, never shows it, and shows each mnemonic once", async () => {
    using home = temporaryHome();
    using terminal = openTerminal(["wallet", "create", "mine"], home.env);
    await terminal.until(/New password for the coldkey "mine"/);
    terminal.type(`${PASSWORD}\r`);
    await terminal.until(/The same password again/);
    terminal.type("something else\r");
    await terminal.until(/The two passwords differ/);
    await terminal.until(/New password/);
    terminal.type(`${PASSWORD}\r`);
    await terminal.until(/The same password again/);
    terminal.type(`${PASSWORD}\r`);
    await terminal.until(/Created the wallet "mine"/);
    expect(await terminal.exit).toBe(0);
    expect(terminal.text).not.toContain(PASSWORD);
    const mnemonics =
      terminal.text.match(/^ {2}(?:[a-z]+ ){11}[a-z]+$/gm) ?? terminal.text.match(/(?:[a-z]+ ){11}[a-z]+(?=\s*\r)/g);
    expect(mnemonics).toHaveLength(2);
    expect(readFileSync(keyfile(home.path, "mine")).subarray(0, 5).toString()).toBe("$NACL");
    const mnemonic = String(mnemonics?.[0]).trim();
    const again = await runBin(["wallet", "import", "again", "--mnemonic-file", "-", "--no-password", "--json"], {
      env: home.env,
      stdin: mnemonic,
    });
    const shown = await runBin(["wallet", "show", "mine", "--json"], { env: home.env });
    expect(JSON.parse(again.stdout).data.coldkey).toBe(JSON.parse(shown.stdout).data.coldkey);

    using signing = openTerminal(["wallet", "sign", "hello", "-w", "mine", "--coldkey"], home.env);
    await signing.until(/Password of the coldkey "mine"/);
    signing.type("mistyped\r");
    await signing.until(/That is not its password/);
    await signing.until(/Password of the coldkey/);
    signing.type(`${PASSWORD}\r`);
    await signing.until(/0x[0-9a-f]{128}/);
    expect(await signing.exit).toBe(0);
  });

  it("Ctrl-C at a question ends with 130 and leaves nothing behind", async () => {
    using home = temporaryHome();
    using terminal = openTerminal(["wallet", "create", "mine"], home.env);
    await terminal.until(/New password/);
    terminal.type("\x03");
    expect(await terminal.exit).toBe(130);
    expect(existsSync(join(home.path, ".bittensor"))).toBe(false);
  });

  it("import takes a mnemonic that is typed, and hides it", async () => {
    using home = temporaryHome();
    const mnemonic = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    using terminal = openTerminal(["wallet", "import", "dev", "--no-password"], home.env);
    await terminal.until(/Mnemonic, seed or private key/);
    terminal.type(`${mnemonic}\r`);
    await terminal.until(/5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV/);
    expect(await terminal.exit).toBe(0);
    expect(terminal.text).not.toContain("curtain");
  });

  it("hotkey remove asks, and no means no", async () => {
    using home = temporaryHome();
    await runBin(["wallet", "hotkey", "import", "bob", "-w", "w", "--uri", "//Bob"], { env: home.env });
    using terminal = openTerminal(["wallet", "hotkey", "remove", "bob", "-w", "w"], home.env);
    await terminal.until(/Delete the hotkey "w\/bob"/);
    terminal.type("n\r");
    await terminal.until(/Nothing was deleted/);
    expect(await terminal.exit).toBe(0);
    expect(readdirSync(join(home.path, ".bittensor", "wallets", "w", "hotkeys"))).toContain("bob");
  });

  it("--no-input asks nothing even at a terminal", async () => {
    using home = temporaryHome();
    using terminal = openTerminal(["wallet", "create", "mine", "--no-input"], home.env);
    await terminal.until(/--password-file/);
    expect(await terminal.exit).toBe(2);
  });
});

describe("wallet commands without a terminal", () => {
  it("never wait for a question", async () => {
    using home = temporaryHome();
    await runBin(["wallet", "hotkey", "import", "bob", "-w", "w", "--uri", "//Bob"], { env: home.env });
    for (const args of [
      ["create", "x"],
      ["import", "x"],
      ["hotkey", "remove", "bob", "-w", "w"],
      ["encrypt", "-w", "w", "-H", "bob"],
    ]) {
      const run = await runBin(["wallet", ...args], { env: home.env, stdin: "y\n" });
      expect([args[0], run.code, run.stdout]).toEqual([args[0], 2, ""]);
      expect(run.stderr).toMatch(/hint: .*--[a-z]/);
    }
  });

  it("list a folder without one write anywhere", async () => {
    using home = temporaryHome();
    const run = await runBin(["wallet", "list", "--json"], { env: home.env });
    expect([run.code, JSON.parse(run.stdout).data, readdirSync(home.path)]).toEqual([0, { wallets: [] }, []]);
  });
});
