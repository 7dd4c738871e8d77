import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataOf, errorOf, filesBelow, temporaryHome } from "../wallet/temporary-wallets.ts";

interface Setting {
  readonly key: string;
  readonly value: string | null;
  readonly origin: string;
  readonly source: string | null;
}

describe("config set", () => {
  it("keeps typed values in the user's file, whole and for its owner alone", async () => {
    using home = temporaryHome();
    const path = join(home.home, ".config", "colosseum", "config.json");
    expect(dataOf(await home.cli("config set netuid 7 --json".split(" ")))).toEqual({ key: "netuid", value: 7, path });
    await home.cli("config set wallet-path ./w".split(" "));
    await home.cli("config set wallet_path ./wallets".split(" "));
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ netuid: 7, walletPath: "./wallets" });
    expect((statSync(path).mode & 0o777).toString(8)).toBe("600");
    expect(readdirSync(join(home.home, ".config", "colosseum"))).toEqual(["config.json"]);
  });

  it("leaves what it does not know in the file", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "colosseum.config.json"), '{"theirs": {"a": 1}, "netuid": 1}');
    await home.cli("config set netuid 2 --project".split(" "));
    await home.cli("config unset netuid --project".split(" "));
    expect(JSON.parse(readFileSync(join(home.home, "colosseum.config.json"), "utf8"))).toEqual({ theirs: { a: 1 } });
  });

  it.each([
    ["an unknown key", ["netuidd", "1"], "config.unknown-key", /netuid/],
    ["a netuid that is none", ["netuid", "x"], "usage.netuid", /--netuid/],
    ["a mistyped network", ["network", "finey"], "config.bad-value", /finney/],
    ["an endpoint that is none", ["network", "http://x"], "config.bad-value", /ws:/],
    ["a path as a wallet", ["wallet", "../x"], "config.bad-value", /default/],
    ["nothing as a wallet", ["wallet", ""], "config.bad-value", /default/],
    ["nothing as a wallet path", ["walletPath", ""], "config.bad-value", /folder/],
  ])("refuses %s", async (_, args, code, hint) => {
    using home = temporaryHome();
    const run = await home.cli(["config", "set", "--json", ...args]);
    expect([run.code, errorOf(run).code]).toEqual([2, code]);
    expect(errorOf(run).hint).toMatch(hint);
    expect(filesBelow(home.home)).toEqual([]);
  });

  it.each(["finney", "ws://127.0.0.1:9944", "wss://a.example:443,ws://b.example"])(
    "takes the network %s",
    async (network) => {
      using home = temporaryHome();
      expect((await home.cli(["config", "set", "network", network])).code).toBe(0);
      expect((await home.cli(["config", "get", "network"])).stdout).toBe(`${network}\n`);
    },
  );

  it("says where a stronger value hides the new one", async () => {
    using home = temporaryHome();
    const run = await home.cli("config set netuid 3 --json".split(" "), { env: { COLOSSEUM_NETUID: "9" } });
    expect(JSON.parse(run.stdout).warnings).toEqual([
      { code: "config.overruled", message: expect.stringContaining("COLOSSEUM_NETUID") },
    ]);
  });

  it("writes nothing with --dry-run", async () => {
    using home = temporaryHome();
    await home.cli("config set netuid 3 --dry-run".split(" "));
    expect(filesBelow(home.home)).toEqual([]);
  });

  it("does not replace a file it cannot read", async () => {
    using home = temporaryHome();
    const path = join(home.home, ".config", "colosseum", "config.json");
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "{ broken");
    const run = await home.cli("config set netuid 3 --json".split(" "));
    expect([run.code, errorOf(run).code, readFileSync(path, "utf8")]).toEqual([12, "config.invalid", "{ broken"]);
  });
});

describe("config list and get", () => {
  it("tells of what is no setting in a file, and what may have been meant", async () => {
    using home = temporaryHome();
    writeFileSync(join(home.home, "colosseum.config.json"), '{"walet": "x", "netuid": 1}');
    const { warnings } = JSON.parse((await home.cli("config list --json".split(" "))).stdout);
    expect(warnings).toEqual([
      {
        code: "config.unknown-key",
        message: expect.stringMatching(/^"walet" in .* is no setting\. Did you mean wallet\?$/),
      },
    ]);
  });

  it("tell for every setting which of flag, environment, project file, user file and default gave it", async () => {
    using home = temporaryHome();
    await home.cli("config set hotkey from-user".split(" "));
    await home.cli("config set wallet from-project --project".split(" "));
    const run = await home.cli("config list --json --netuid 4".split(" "), {
      env: { BT_NETWORK: "test", BT_WALLET_PATH: "/w" },
    });
    const { settings } = dataOf<{ settings: Setting[] }>(run);
    expect(
      Object.fromEntries(settings.map(({ key, value, origin, source }) => [key, [value, origin, source]])),
    ).toEqual({
      network: ["test", "environment", "BT_NETWORK"],
      validator: [null, "default", null],
      netuid: ["4", "flag", null],
      wallet: ["from-project", "project file", join(home.home, "colosseum.config.json")],
      hotkey: ["from-user", "user file", join(home.home, ".config", "colosseum", "config.json")],
      walletPath: ["/w", "environment", "BT_WALLET_PATH"],
    });
    const { stdout } = await home.cli(["config", "list", "--origin"]);
    expect(stdout).toMatch(/wallet +from-project +project file/);
  });

  it("prefer COLOSSEUM_* to BT_*, and --home to both homes", async () => {
    using home = temporaryHome();
    const env = { COLOSSEUM_WALLET: "a", BT_WALLET: "b", BT_WALLET_NAME: "c" };
    expect((await home.cli(["config", "get", "wallet"], { env })).stdout).toBe("a\n");
    const path = await home.cli(["config", "path", "--home", "/h"], { env: { COLOSSEUM_HOME: "/c" } });
    expect(path.stdout).toBe("/h/config/config.json\n");
  });

  it("print nothing for a setting that is unset", async () => {
    using home = temporaryHome();
    const run = await home.cli(["config", "get", "netuid"]);
    expect([run.code, run.stdout]).toEqual([0, ""]);
  });

  it("tell the nearest key", async () => {
    using home = temporaryHome();
    const run = await home.cli(["config", "get", "walet", "--json"]);
    expect([run.code, errorOf(run).code, errorOf(run).hint]).toEqual([
      2,
      "config.unknown-key",
      expect.stringContaining("wallet"),
    ]);
  });
});
