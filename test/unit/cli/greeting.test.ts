import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { suggestionsFor } from "../../../src/cli/greeting.ts";
import { runCli } from "../../helpers/run-cli.ts";
import { temporaryHome } from "../wallet/temporary-wallets.ts";

describe("suggestionsFor", () => {
  it.each([
    ["a newcomer", { wallets: 0, network: "local", netuid: null, localChain: false }, "colosseum demo"],
    ["a wallet without a subnet", { wallets: 1, network: "test", netuid: null, localChain: null }, "colosseum init"],
    ["a wallet and no chain", { wallets: 1, network: "local", netuid: null, localChain: false }, "colosseum localnet"],
    ["a running chain", { wallets: 1, network: "local", netuid: null, localChain: true }, "colosseum localnet status"],
    ["a subnet", { wallets: 2, network: "test", netuid: "3", localChain: null }, "colosseum miner start"],
  ])("%s", (_, arrival, first) => {
    expect(suggestionsFor(arrival)[0]?.command).toBe(first);
  });
});

describe("colosseum alone", () => {
  it("greets a newcomer on stdout, writes nothing, and exits 0", async () => {
    using home = temporaryHome();
    const { code, stdout, stderr } = await home.cli([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/Welcome\. .*\n\n {2}colosseum demo/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("knows the settings of the folder", async () => {
    using home = temporaryHome();
    await home.cli(["wallet", "hotkey", "import", "bob", "--uri", "//Bob"]);
    const folder = join(home.home, "project");
    mkdirSync(folder);
    writeFileSync(join(folder, "colosseum.config.json"), '{ "network": "test", "netuid": 7 }');
    const run = await runCli(["--json"], { cwd: folder, env: { HOME: home.home } });
    expect(JSON.parse(run.stdout).data).toMatchObject({ wallets: 1, network: "test", netuid: "7", localChain: null });
  });
});
