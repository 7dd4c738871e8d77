import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { publishUrl } from "../../src/chain/commitments.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { CHECK_IDS, type Check } from "../../src/cli/commands/doctor/check.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { closedPort } from "../helpers/fake-node.ts";
import { startFakeValidator } from "../helpers/fake-validator.ts";
import { startBin } from "../helpers/run-bin.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";

let home: string;
let localnet: Localnet;
let client: ChainClient;
const bob = signerFromUri("//Bob");

const envOf = (folder: string): Record<string, string> => ({
  HOME: folder,
  COLOSSEUM_HOME: folder,
  PATH: process.env["PATH"] ?? "",
});
const cli = (args: readonly string[], network = localnet.url, folder = home): Promise<CliRun> =>
  runCli([...args, "-n", network], { cwd: folder, env: envOf(folder) });

interface Doctored {
  readonly exit: number;
  readonly checks: Readonly<Record<string, Check>>;
  /** Ids of what is not ok and was not skipped. */
  readonly alarms: readonly string[];
}
async function doctor(args: readonly string[] = [], network = localnet.url, folder = home): Promise<Doctored> {
  const run = await cli(["doctor", "--json", ...args], network, folder);
  const { data } = JSON.parse(run.stdout) as { data: { checks: Check[] } };
  expect(data.checks.map(({ id }) => id)).toEqual([...CHECK_IDS]);
  for (const { status, message, hint } of data.checks) {
    expect(message).toMatch(/^\S.*[.a-z]$/s);
    if (status === "fail" || status === "warn") expect(hint).toEqual(expect.any(String));
  }
  return {
    exit: run.code,
    checks: Object.fromEntries(data.checks.map((check) => [check.id, check])),
    alarms: data.checks.filter(({ status }) => status === "fail" || status === "warn").map(({ id }) => id),
  };
}
const player = ["--netuid", "1", "-w", "player", "-H", "bob"];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "doctor-"));
  localnet = await startLocalnet();
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  const words = join(home, "words.txt");
  const made = await cli(["wallet", "create", "player", "--no-password", "--mnemonic-file", words, "--json"]);
  const { coldkey } = JSON.parse(made.stdout).data as { coldkey: string };
  await transfer(client, signerFromUri("//Alice"), coldkey, 10_000n * RAO_PER_TAO);
  for (const args of [
    ["wallet", "hotkey", "import", "bob", "-w", "player", "--uri", "//Bob"],
    ["subnet", "create", "-w", "player"],
    ["subnet", "start", "--netuid", "1", "-w", "player"],
    ["register", ...player],
  ]) {
    const run = await cli(args);
    expect(run.code, run.stderr).toBe(0);
  }
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  await rm(home, { recursive: true, force: true });
});

describe("doctor", () => {
  it("raises no alarm in a clean set-up, and says what it cannot tell", async () => {
    const { exit, alarms, checks } = await doctor(player);
    expect({ exit, alarms }).toEqual({ exit: 0, alarms: [] });
    expect(checks["registration"]?.message).toContain("uid 1 of subnet 1");
    // Blocks come with transactions only here, so their time says nothing; no validator is there to compare with.
    expect(checks["clock"]?.status).toBe("skip");
    expect(checks["endpoint-outside"]?.status).toBe("skip");
    const text = await cli(["doctor", ...player]);
    expect(text.stdout).toContain("Nothing is wrong.");
  });

  it("raises none either on a chain that was moved into the future", async () => {
    const moved = await startLocalnet();
    try {
      await runCli(["localnet", "warp", "2h", "-n", moved.url], { env: envOf(home), cwd: home });
      await runCli(["localnet", "mine", "1", "-n", moved.url], { env: envOf(home), cwd: home });
      expect((await doctor(["-w", "player"], moved.url)).alarms).toEqual([]);
    } finally {
      await moved.stop();
    }
  });

  it.each([
    ["no such wallet", ["--netuid", "1", "-w", "nobody"], ["wallet"]],
    ["no such hotkey", ["--netuid", "1", "-w", "player", "-H", "eve"], ["wallet"]],
    ["a hotkey that is not registered", ["--netuid", "0", "-w", "player", "-H", "bob"], ["registration"]],
    ["a subnet that is not there", ["--netuid", "77", "-w", "player", "-H", "bob"], ["registration"]],
    ["the coldkey on a server", [...player, "--server"], ["coldkey"]],
  ])("finds %s", async (_, args, ids) => {
    const { exit, alarms } = await doctor(args);
    expect({ exit, alarms }).toEqual({ exit: 3, alarms: ids });
  });

  it("finds a chain that is not there, and real money under a key without a password", async () => {
    const dead = `ws://127.0.0.1:${await closedPort()}`;
    expect((await doctor(player, dead)).alarms).toEqual(["chain"]);
    const elsewhere = "ws://chain.invalid:9944";
    expect((await doctor(player, elsewhere)).alarms).toEqual(["coldkey", "chain"]);
  });

  it.skipIf(process.platform === "win32")(
    "finds key files that others may read, and folders they may change",
    async () => {
      const key = join(home, ".bittensor/wallets/player/hotkeys/bob");
      await chmod(key, 0o644);
      const found = await doctor(player);
      await chmod(key, 0o600);
      expect(found).toMatchObject({ exit: 3, alarms: ["wallet-rights"] });
      expect(found.checks["wallet-rights"]?.message).toContain(`${key} (0644)`);
      await chmod(join(key, ".."), 0o777);
      expect((await doctor(player)).alarms).toEqual(["wallet-rights"]);
      await chmod(join(key, ".."), 0o700);
    },
  );

  it("finds a public-only hotkey", async () => {
    const key = join(home, ".bittensor/wallets/player/hotkeys/bob");
    await writeFile(`${key}pub.txt`, JSON.stringify({ ss58Address: bob.address, publicKey: `0x${"00".repeat(32)}` }));
    await rename(key, `${home}/bob.away`);
    const found = await doctor(player);
    await rename(`${home}/bob.away`, key);
    await rm(`${key}pub.txt`);
    expect(found.alarms).toContain("wallet");
  });

  it("finds a place for state that cannot be written", async () => {
    const folder = join(home, "broken");
    await mkdir(folder);
    await writeFile(join(folder, "state"), "a file in its place");
    const args = [...player, "--home", folder, "--wallet-path", join(home, ".bittensor/wallets")];
    expect((await doctor(args)).alarms).toEqual(["state"]);
  });

  it("finds a clock that differs from a validator's", async () => {
    await using validator = await startFakeValidator({ signer: signerFromUri("//Charlie"), skewMs: 300_000 });
    const { exit, alarms, checks } = await doctor([...player, "--validator", validator.url]);
    expect({ exit, alarms }).toEqual({ exit: 3, alarms: ["clock"] });
    expect(checks["clock"]?.message).toContain("ahead");
  });

  it("tries the published address: nobody there, somebody else, itself", async () => {
    const silent = `http://127.0.0.1:${await closedPort()}`;
    await publishUrl(client, bob, toNetuid(1), silent);
    expect((await doctor(player)).alarms).toEqual(["endpoint"]);
    await using stranger = await startFakeValidator({ signer: signerFromUri("//Charlie") });
    await publishUrl(client, bob, toNetuid(1), stranger.url);
    const other = await doctor(player);
    expect(other.alarms).toEqual(["endpoint"]);
    expect(other.checks["endpoint"]?.message).toContain(signerFromUri("//Charlie").address);
    await using own = await startFakeValidator({ signer: bob });
    await publishUrl(client, bob, toNetuid(1), own.url);
    const { alarms, checks } = await doctor(player);
    expect(alarms).toEqual([]);
    expect(checks["endpoint-outside"]?.message).toContain("cannot be told");
  });

  it.skipIf(process.platform !== "linux")(
    "finds a second process with the hotkey, and none where there is one",
    async () => {
      await using validator = await startFakeValidator({ signer: signerFromUri("//Charlie") });
      const args = ["miner", "start", ...player, "-n", localnet.url, "--validator", validator.url, "--json"];
      await using first = startBin(args, envOf(home));
      await first.event("ready");
      const one = await doctor(player);
      expect(one.alarms.filter((id) => id === "second-process")).toEqual([]);
      expect(one.checks["second-process"]?.message).toContain(String(first.pid));
      const twin = join(home, "twin");
      await mkdir(twin);
      await using second = startBin([...args, "--wallet-path", join(home, ".bittensor/wallets")], envOf(twin));
      await second.event("ready");
      const two = await doctor(player);
      expect(two.exit).toBe(3);
      expect(two.checks["second-process"]).toMatchObject({
        status: "fail",
        message: expect.stringContaining(String(second.pid)),
      });
    },
  );
});
