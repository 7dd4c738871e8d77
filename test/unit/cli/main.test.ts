import { describe, expect, it } from "vitest";
import { canonicalArgs } from "../../../src/cli/aliases.ts";
import { NOUNS } from "../../../src/cli/nouns.ts";
import { runCli } from "../../helpers/run-cli.ts";

describe("the command line", () => {
  it("answers --help and --version on stdout with exit 0", async () => {
    const help = await runCli(["--help"]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("Usage: colosseum");
    expect(help.stderr).toBe("");
    const version = await runCli(["--version"]);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([
    ["an unknown command", ["walet"], "wallet"],
    ["an unknown command with --help", ["-w", "demo", "walet", "--help"], "wallet"],
    ["an unknown option", ["--jsn"], "--json"],
    ["an unknown option with a value", ["--walet", "x"], "--wallet"],
    ["an unknown option before a command", ["--walet=x", "wallet", "list"], "--wallet"],
    ["an unknown option of a sub-command", ["simulate", "x", "--preste", "paper"], "--preset"],
    ["an unknown sub-command", ["wallet", "lsit"], "list"],
    ["help about an unknown command", ["help", "walet"], "wallet"],
  ])("suggests what was meant by %s, exit 2", async (_, args, meant) => {
    const run = await runCli(args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(meant);
  });

  it.each([
    [["wallet", "import", "x", "--mnemonic=abandon ability able", "--no-password"], "wallet.secret-in-flag"],
    [["wallet", "import", "x", "--mnemonic", "abandon ability able"], "wallet.secret-in-flag"],
    [["wallet", "import", "x", "--seed=0xability"], "wallet.secret-in-flag"],
    [["wallet", "create", "x", "--password=ability"], "wallet.secret-in-flag"],
    [["wallet", "create", "x", "--password", "ability"], "wallet.secret-in-flag"],
    [["wallet", "create", "x", "--pasword=ability"], "usage.command-line"],
    [["wallet", "import", "x", "abandon", "ability", "able", "--no-password"], "usage.command-line"],
  ])("never repeats what may be a secret: %j", async (args, code) => {
    for (const flags of [[], ["--json"], ["-vv"]]) {
      const run = await runCli([...args, ...flags]);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr).toContain(code);
      expect(run.stderr).not.toContain("ability");
    }
  });

  it.each([["--home"], ["--wallet-path"]])("takes an empty %s for no folder, not for this one", async (flag) => {
    const run = await runCli([flag, "", "config", "path", "--json"]);
    expect([run.code, JSON.parse(run.stderr).error.code]).toEqual([2, "usage.folder"]);
  });

  it("words a usage error as one JSON object on stderr with --json, wherever the flag stands", async () => {
    for (const args of [
      ["--json", "walet"],
      ["walet", "--json"],
    ]) {
      const run = await runCli(args);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(JSON.parse(run.stderr)).toMatchObject({
        schemaVersion: 1,
        ok: false,
        error: { code: "usage.command-line" },
      });
    }
  });
});

describe("global flags", () => {
  it.each(["x", "-1", "65536", "1.5", ""])("refuses --netuid=%s even where no subnet is needed", async (netuid) => {
    const run = await runCli(["explain", "bug", `--netuid=${netuid}`, "--json"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(run.stderr).error.code).toBe("usage.netuid");
  });
});

describe("settings", () => {
  const get = async (key: string, args: readonly string[], env: Record<string, string>) =>
    JSON.parse((await runCli(["config", "get", key, "--json", ...args], { env })).stdout).data;

  it.each([
    ["a flag", ["-w", "f"], { COLOSSEUM_WALLET: "c", BT_WALLET: "b" }, "f", "flag"],
    ["a flag of btcli 9", ["--wallet.name", "f"], { COLOSSEUM_WALLET: "c" }, "f", "flag"],
    ["COLOSSEUM_*", [], { COLOSSEUM_WALLET: "c", BT_WALLET: "b", BT_WALLET_NAME: "n" }, "c", "environment"],
    ["BT_WALLET", [], { BT_WALLET: "b", BT_WALLET_NAME: "n" }, "b", "environment"],
    ["BT_WALLET_NAME", [], { BT_WALLET_NAME: "n" }, "n", "environment"],
    ["the default", [], { BT_WALLET: "" }, "default", "default"],
  ])("come from %s", async (_, args, env, value, origin) => {
    expect(await get("wallet", args, { HOME: "/nonexistent", ...(env as Record<string, string>) })).toMatchObject({
      value,
      origin,
    });
  });

  it("see relative folders from where the command was typed", async () => {
    const args = ["config", "path", "--json", "--home", "here", "--wallet-path", "keys"];
    const { data } = JSON.parse((await runCli(args, { cwd: "/somewhere", env: { HOME: "/h" } })).stdout);
    expect(data).toMatchObject({ user: "/somewhere/here/config/config.json", wallets: "/somewhere/keys" });
    const tilde = await runCli(["config", "path", "--json", "--wallet-path", "~/keys"], { env: { HOME: "/h" } });
    expect(JSON.parse(tilde.stdout).data.wallets).toBe("/h/keys");
  });
});

describe("help", () => {
  it.each([[], ...NOUNS.map(({ name }) => [name])])("begins with examples: colosseum %s", async (...noun) => {
    const run = await runCli([...noun, "--help"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Examples:\n.*colosseum /);
  });
});

describe("canonicalArgs", () => {
  it("reads btcli's older spellings, with = as well, and nothing after a bare --", () => {
    expect(
      canonicalArgs(["--wallet.name", "a", "--subtensor.network=test", "--no_prompt", "--", "--json-out"]),
    ).toEqual(["--wallet", "a", "--network=test", "--yes", "--", "--json-out"]);
  });
});
