import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { runBin, startBin, temporaryHome } from "../helpers/run-bin.ts";
import { runCli } from "../helpers/run-cli.ts";
import { openTerminal } from "../helpers/terminal.ts";

let localnet: Localnet;
beforeAll(async () => {
  localnet = await startLocalnet({ blockTime: 250 });
});
afterAll(() => localnet.stop());

const errorOf = (stderr: string): { code: string; hint: string } => JSON.parse(stderr).error;

describe("init without a terminal", () => {
  it("names the flag of each answer that is missing, one after the other, and changes nothing", async () => {
    using home = temporaryHome();
    const answers: [flag: string, ...args: string[]][] = [
      ["--as", "--as", "miner"],
      ["-n", "-n", localnet.url],
      ["-w", "-w", "alice"],
      ["--netuid", "--netuid", "1"],
      ["--brain", "--brain", "fixtures:0.8"],
      ["--save", "--save", "project"],
      ["--mnemonic-file", "--mnemonic-file", "words"],
      ["--password-file", "--no-password"],
    ];
    const given: string[] = [];
    for (const [flag, ...args] of answers) {
      const run = await runCli(["init", ...given, "--json"], { env: home.env, cwd: home.path });
      expect({ flag, code: run.code, stdout: run.stdout }).toEqual({ flag, code: 2, stdout: "" });
      expect(errorOf(run.stderr).hint).toContain(flag);
      expect(existsSync(join(home.path, "colosseum.config.json"))).toBe(false);
      given.push(...args);
    }
  });

  it("ends in a running validator and a running miner who meet, by flags alone", async () => {
    using home = temporaryHome();
    const words = (name: string): string[] => ["--no-password", "--mnemonic-file", join(home.path, name)];
    const common = ["-n", localnet.url, "--yes", "--json"];
    const asValidator = ["init", "--as", "validator", "-w", "v", ...words("v"), "--save", "none", ...common];
    const made = JSON.parse((await runBin(asValidator, { env: home.env })).stdout).data;
    expect(made.done.map((line: string) => line.split(" ").slice(1, 3).join(" "))).toEqual([
      ...["wallet create", "localnet faucet", "subnet create", "subnet start", "stake add", "localnet mine"],
    ]);
    const asMiner = [
      "init",
      "--as",
      "miner",
      "-w",
      "m",
      "--netuid",
      "1",
      "--brain",
      "fixtures:0.8",
      ...words("m"),
      ...common,
    ];
    const ready = JSON.parse((await runBin(asMiner, { env: home.env })).stdout).data;
    expect(ready).toMatchObject({
      saved: {
        settings: {
          network: localnet.url,
          netuid: 1,
          wallet: "m",
          hotkey: "default",
          validator: "http://127.0.0.1:8091",
        },
      },
      next: "colosseum miner start --brain fixtures:0.8",
    });
    // The same answers again change nothing and start what was set up.
    await using validator = startBin([...asValidator, "--start", "--listen", "127.0.0.1:0"], home.env);
    const { url } = await validator.event("ready");
    await using miner = startBin([...asMiner, "--start", "--validator", String(url)], home.env);
    await miner.event("checked-in");
    expect(await miner.end("SIGINT")).toEqual({ code: 130, signal: null });
    expect(await validator.end("SIGTERM")).toEqual({ code: 143, signal: null });
  });

  it("never changes a setting that is there without a yes", async () => {
    using home = temporaryHome();
    const keep = (wallet: string, ...more: string[]) =>
      runBin(
        [
          "init",
          "--as",
          "agent-owner",
          "--handle",
          "@me",
          "-n",
          localnet.url,
          "-w",
          wallet,
          "--netuid",
          "1",
          "--no-register",
        ].concat(["--save", "project", "--no-password", "--mnemonic-file", `${wallet}.words`, "--json", ...more]),
        { env: home.env },
      );
    expect((await keep("one")).code).toBe(0);
    const refused = await keep("two");
    expect([refused.code, errorOf(refused.stderr).code]).toEqual([2, "usage.confirm"]);
    const kept = () => JSON.parse(readFileSync(join(home.path, "colosseum.config.json"), "utf8")).wallet;
    expect(kept()).toBe("one");
    expect(existsSync(join(home.path, ".bittensor/wallets/two"))).toBe(false);
    const done = await keep("two", "--yes");
    expect([done.code, kept()]).toEqual([0, "two"]);
    expect(JSON.parse(done.stdout).data.next).toBe("colosseum arena join --handle @me");
  });
});

describe("init at a terminal", () => {
  it("asks, shows what it will do, does it, and says what is next", async () => {
    using home = temporaryHome();
    const args = ["init", "-n", localnet.url, "--no-password", "--mnemonic-file", "words"];
    using terminal = openTerminal(args, home.env);
    await terminal.until(/Who are you\?/);
    terminal.type("\r");
    await terminal.until(/Name of the new wallet/);
    terminal.type("me\r");
    await terminal.until(/Which subnet\?/);
    terminal.type("\r");
    await terminal.until(/Who answers the tasks\?/);
    terminal.type("\r");
    await terminal.until(/No validator has published where it is/);
    terminal.type("\r");
    await terminal.until(/Keep network, subnet and wallet/);
    terminal.type("\r");
    await terminal.until(/Start the miner at the end\?/);
    terminal.type("n\r");
    await terminal.until(/colosseum wallet create me[\s\S]*Do this now\?/);
    terminal.type("y\r");
    await terminal.until(/Next: colosseum vote\s/);
    expect(await terminal.exit).toBe(0);
    const kept = JSON.parse(readFileSync(join(home.path, "config/colosseum/config.json"), "utf8"));
    expect(kept).toMatchObject({ wallet: "me", validator: "http://127.0.0.1:8091" });
  });
});
