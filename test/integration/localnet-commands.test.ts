import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";

let net: Localnet;
let home: string;
let port: string;
beforeAll(async () => {
  net = await startLocalnet({ blockTime: "manual" });
  home = mkdtempSync(join(tmpdir(), "colosseum-localnet-"));
  port = new URL(net.url).port;
});
afterAll(async () => {
  await net.stop();
  rmSync(home, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<CliRun> => runCli(["localnet", ...args], { env: { HOME: home }, cwd: home });
const onNet = (...args: string[]): Promise<CliRun> => run(...args, "--port", port, "--json");
const dataOf = ({ code, stdout, stderr }: CliRun): Record<string, unknown> => {
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { data: Record<string, unknown> }).data;
};
const errorOf = ({ code, stdout, stderr }: CliRun): [number, string] => {
  expect(stdout).toBe("");
  return [code, (JSON.parse(stderr) as { error: { code: string } }).error.code];
};

const BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

describe("commands that talk to a running localnet", () => {
  it("mine, faucet and status say what they did", async () => {
    expect(dataOf(await onNet("mine", "7"))).toMatchObject({ mined: 7, block: 7, hash: net.chain.head.hash });
    expect(dataOf(await onNet("faucet", BOB, "12.5"))).toEqual({
      address: BOB,
      amountTao: "12.500000000",
      balanceTao: "1000012.500000000",
    });
    const words = join(home, "words");
    const made = await runCli(["wallet", "create", "me", "--no-password", "--mnemonic-file", words, "--json"], {
      env: { HOME: home },
    });
    expect(dataOf(await onNet("faucet", "me", "1"))).toMatchObject({
      address: dataOf(made)["coldkey"],
      balanceTao: "1.000000000",
    });
    expect(dataOf(await onNet("status"))).toMatchObject({
      block: 7,
      blockTime: "manual",
      genesis: net.genesisHash,
      pending: 0,
    });
  });

  it("scaffold makes subnets from a file, all of it or nothing", async () => {
    const { id } = dataOf(await onNet("snapshot"));
    const example = fileURLToPath(new URL("../../examples/localnet/two-subnets.json", import.meta.url));
    expect(dataOf(await onNet("scaffold", example))).toEqual({
      subnets: [
        { netuid: 1, neurons: 4 },
        { netuid: 2, neurons: 1 },
      ],
    });
    dataOf(await onNet("revert", String(id)));

    const file = join(home, "scaffold.json");
    const good = { owner: "Alice", ownerHotkey: "a" };
    const refused = { owner: "Bob", ownerHotkey: "b", neurons: [{ hotkey: "c", coldkey: "Bob", stakeTao: "0.001" }] };
    writeFileSync(file, JSON.stringify({ subnets: [good, refused] }));
    expect(errorOf(await onNet("scaffold", file))).toEqual([13, "localnet.refused"]);
    expect(dataOf(await onNet("status"))["subnets"]).toEqual([]);
    writeFileSync(file, JSON.stringify({ subnets: [{ owner: "Alice" }] }));
    expect(errorOf(await onNet("scaffold", file))).toEqual([12, "localnet.invalid-scaffold"]);
    expect(errorOf(await onNet("scaffold", join(home, "none.json")))).toEqual([14, "localnet.no-such-file"]);
  });

  it("warp moves the clock, snapshot and revert the chain", async () => {
    const before = net.chain.head.timestampMs;
    const { id } = dataOf(await onNet("snapshot"));
    dataOf(await onNet("warp", "1h"));
    dataOf(await onNet("mine"));
    expect(net.chain.head.timestampMs - before).toBeGreaterThanOrEqual(3_600_000);
    expect(dataOf(await onNet("revert", String(id)))).toMatchObject({ block: 7 });
    expect(errorOf(await onNet("revert", "99"))).toEqual([13, "localnet.refused"]);
  });

  it("dump writes a file that load takes back, and neither overwrites nor invents", async () => {
    const { block } = dataOf(await onNet("dump", "chain.json"));
    expect(errorOf(await onNet("dump", "chain.json"))).toEqual([14, "localnet.file-exists"]);
    dataOf(await onNet("dump", "chain.json", "--yes"));
    dataOf(await onNet("mine", "3"));
    expect(dataOf(await onNet("load", "chain.json"))).toMatchObject({ block });
    expect(errorOf(await onNet("load", "none.json"))).toEqual([14, "localnet.no-such-file"]);
    writeFileSync(join(home, "bad.json"), "{}");
    expect(errorOf(await onNet("load", "bad.json"))).toEqual([12, "localnet.invalid-state"]);
  });

  it.each([
    [["mine", "0"], 2, "usage.blocks"],
    [["mine", "many"], 2, "usage.blocks"],
    [["warp", "soon"], 2, "usage.duration"],
    [["faucet", "nobody", "1"], 2, "usage.address"],
    [["faucet", BOB, "much"], 2, "usage.amount"],
    [["start", "--block-time", "1ms"], 2, "usage.block-time"],
    [["start", "--port", "70000"], 2, "usage.port"],
    [["start", "--accounts", "0"], 2, "usage.accounts"],
    [["status", "--port", "1"], 10, "localnet.not-running"],
  ] as const)("%j ends with %i %s", async (args, exit, code) => {
    expect(errorOf(await run(...args, "--json"))).toEqual([exit, code]);
  });

  it("a port in use ends start with 14", async () => {
    expect(errorOf(await run("start", "--port", port, "--json"))).toEqual([14, "localnet.port-in-use"]);
  });
});

describe("localnet start", () => {
  /** Starts, waits until the file it keeps is there, and presses Ctrl-C. */
  it("prints one ready line, keeps its state in the file, and goes on from it", async () => {
    const blocks: number[] = [];
    for (let round = 0; round < 2; round++) {
      let press: (name: "SIGINT" | "SIGTERM") => void = () => undefined;
      const running = runCli(["localnet", "--port", "0", "--block-time", "10ms", "--state", "kept.json", "--json"], {
        env: { HOME: home },
        cwd: home,
        onStart: (signal) => {
          press = signal;
        },
      });
      const file = join(home, "kept.json");
      const saved = (): number => {
        try {
          return (JSON.parse(readFileSync(file, "utf8")) as { header: { number: number } }).header.number;
        } catch {
          return 0;
        }
      };
      const before = saved();
      await expect.poll(saved, { interval: 50 }).toBeGreaterThan(before);
      press("SIGINT");
      const { code, stdout, stderr } = await running;
      expect(code).toBe(130);
      expect(stderr).toBe("");
      const ready = JSON.parse(stdout.split("\n")[0] ?? "") as {
        type: string;
        url: string;
        genesis: string;
        block: number;
      };
      expect(ready).toMatchObject({ type: "ready" });
      expect(ready.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
      expect(ready.block).toBe(before);
      blocks.push(saved());
    }
    expect(blocks[1]).toBeGreaterThan(blocks[0] ?? 0);
  });
});

describe("what localnet start leaves and tells", () => {
  /** Starts the command, does something with it once it is ready, and ends it with Ctrl-C. */
  async function whileRunning(
    args: readonly string[],
    use: (ready: Record<string, unknown>) => Promise<void>,
  ): Promise<CliRun> {
    let press: (name: "SIGINT" | "SIGTERM") => void = () => undefined;
    const lines: string[] = [];
    const seen = Promise.withResolvers<Record<string, unknown>>();
    const running = runCli(["localnet", "--port", "0", "--block-time", "instant", "--json", ...args], {
      env: { HOME: home },
      cwd: home,
      onStart: (signal) => {
        press = signal;
      },
      onStdout: (text) => {
        lines.push(text);
        const [first, rest] = lines.join("").split("\n");
        if (first !== undefined && rest !== undefined) seen.resolve(JSON.parse(first) as Record<string, unknown>);
      },
    });
    await Promise.race([seen.promise.then(use), running]);
    press("SIGINT");
    return await running;
  }
  const jsonLines = ({ stdout }: CliRun): Record<string, unknown>[] =>
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it("wallets that work without a password, once and again, and no others overwritten", async () => {
    const folder = join(home, "dev-wallets");
    for (let round = 0; round < 2; round++) {
      const run = await whileRunning(["--wallets", "dev-wallets", "--accounts", "8"], async ({ url, wallets }) => {
        expect(wallets).toBe(folder);
        const flags = ["--wallet-path", folder, "-n", String(url), "--json", "-y"];
        const env = { env: { HOME: home }, cwd: home };
        const sent = await runCli(["wallet", "transfer", BOB, "2.5", "-w", "miner-1", ...flags], env);
        expect([sent.code, sent.stderr]).toEqual([0, ""]);
      });
      expect(run.code).toBe(130);
      const block = jsonLines(run).find(({ type }) => type === "block");
      expect(block?.["extrinsics"]).toMatchObject([{ call: "Balances.transfer_keep_alive", error: null }]);
    }
    const listed = await runCli(["wallet", "list", "--wallet-path", folder, "--json"], {
      env: { HOME: home },
      cwd: home,
    });
    const { wallets } = dataOf(listed) as { wallets: { name: string; coldkey: string; encrypted: boolean }[] };
    expect(wallets.map(({ name }) => name).sort()).toEqual(
      net.accounts
        .slice(0, 8)
        .map(({ name }) => name)
        .sort(),
    );
    expect(wallets.find(({ name }) => name === "Bob")).toMatchObject({ coldkey: BOB, encrypted: false });

    writeFileSync(join(folder, "Alice", "coldkey"), readFileSync(join(folder, "Bob", "coldkey")));
    writeFileSync(join(folder, "Alice", "coldkeypub.txt"), readFileSync(join(folder, "Bob", "coldkeypub.txt")));
    expect(errorOf(await run("start", "--port", "0", "--wallets", folder, "--json"))).toEqual([14, "wallet.exists"]);
  });

  it("a warning where it listens beyond this machine, and none where it does not", async () => {
    for (const [host, warnings] of [
      ["0.0.0.0", ["localnet.open-to-all"]],
      ["127.0.0.1", []],
    ] as const) {
      const events = jsonLines(await whileRunning(["--host", host], () => Promise.resolve()));
      expect(events[0]).toMatchObject({ type: "ready" });
      expect(events.filter(({ type }) => type === "warning").map(({ code }) => code)).toEqual(warnings);
    }
  });

  it("changes outside of blocks in the state file, too", async () => {
    const file = ["--block-time", "manual", "--state", "patched.json"];
    const freeTao = async (port: string): Promise<unknown> => {
      const answer = await runCli(["localnet", "faucet", BOB, "5", "--port", port, "--json"], {
        env: { HOME: home },
        cwd: home,
      });
      return dataOf(answer)["balanceTao"];
    };
    const balances: unknown[] = [];
    for (let round = 0; round < 2; round++)
      await whileRunning(file, async ({ url }) => void balances.push(await freeTao(new URL(String(url)).port)));
    expect(balances).toEqual(["1000005.000000000", "1000010.000000000"]);
  });

  it("no second chain into the same state file, and another once the first is gone", async () => {
    const file = ["--state", "held.json", "--block-time", "manual"];
    await whileRunning(file, async () => {
      const second = await run("start", "--port", "0", ...file, "--json");
      expect(errorOf(second)).toEqual([14, "store.locked"]);
    });
    expect((await whileRunning(file, () => Promise.resolve())).code).toBe(130);
  });

  it("a copy of a foreign subnet, and goes on from the state file without reading again", async () => {
    net.mine(1);
    const { id } = dataOf(await onNet("snapshot"));
    const example = fileURLToPath(new URL("../../examples/localnet/two-subnets.json", import.meta.url));
    dataOf(await onNet("scaffold", example));
    net.mine(3);
    const block = net.chain.head.header.number;
    const args = ["--fork", net.url, "--netuid", "1", "--state", "fork.json"];
    const first = await whileRunning(args, (ready) => {
      expect(ready).toMatchObject({ block: block + 1, fork: { netuid: 1, block, neurons: 4, endpoint: net.url } });
      return Promise.resolve();
    });
    expect(first.code).toBe(130);
    const again = await whileRunning(args, (ready) => {
      expect(ready).toMatchObject({ block: block + 1 });
      expect(ready["fork"]).toBeUndefined();
      return Promise.resolve();
    });
    expect(again.code).toBe(130);
    dataOf(await onNet("revert", String(id)));
  });

  it.each([
    [["--netuid", "7"], 13, "chain.subnet-not-exists"],
    [[], 2, "usage.netuid"],
    [["--netuid", "0"], 2, "usage.fork-root"],
  ] as const)("no chain for --fork with %j", async (args, exit, code) => {
    expect(errorOf(await run("start", "--port", "0", "--json", "--fork", net.url, ...args))).toEqual([exit, code]);
  });
});
