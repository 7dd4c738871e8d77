import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandTree, pathOf, visibleCommands } from "../../scripts/command-tree.ts";
import { splitCommand } from "../../src/brains/command-line.ts";
import { SHAPES } from "../../src/cli/shapes.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { taskLogSchema } from "../../src/mechanism/task-log-schema.ts";
import { commandOf, keepsContract, keepsLineContract } from "../helpers/contract.ts";
import { closedPort } from "../helpers/fake-node.ts";
import { FAKE_TOKEN, type FakeX, startFakeX } from "../helpers/fake-x.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOG = join(ROOT, "examples/tasks.json");

let home: string;
let localnet: Localnet;
let x: FakeX;
const ran = new Set<string>();

const env = (): Record<string, string> => ({
  HOME: home,
  COLOSSEUM_HOME: home,
  COLOSSEUM_NETWORK: localnet.url,
  COLOSSEUM_X_URL: x.url,
  X_BEARER_TOKEN: FAKE_TOKEN,
  CI: "1",
});
const cli = (args: readonly string[], options: { stdin?: string; onStart?: (stop: () => void) => void } = {}) =>
  runCli([...args, "--json"], {
    cwd: home,
    env: env(),
    stdin: options.stdin ?? "",
    onStart: (signal) => options.onStart?.(() => signal("SIGINT")),
  });

/** Runs one command and checks what it prints. @returns `data`; undefined if it failed. */
async function kept<T = Record<string, never>>(args: readonly string[], stdin = ""): Promise<T> {
  const run: CliRun = await cli(args, { stdin });
  ran.add(commandOf(args));
  return keepsContract(args, run) as T;
}
/** The same for many, in order; each must succeed. */
async function all(lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const args = line === "" ? [] : splitCommand(line);
    const run = await cli(args);
    ran.add(commandOf(args));
    expect(keepsContract(args, run), `${line}\n${run.stderr}`).toBeDefined();
  }
}

beforeAll(async () => {
  [home, localnet, x] = await Promise.all([
    mkdtemp(join(tmpdir(), "contract-")),
    startLocalnet({ blockTime: 100 }),
    startFakeX(),
  ]);
});
afterAll(async () => {
  await localnet.stop();
  await x[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

describe("what --json prints", () => {
  it("is declared for every command, and nothing else is", async () => {
    const [root, ...commands] = visibleCommands(await commandTree());
    const leaves = commands
      .filter(
        (command) => command.commands.length === 0 || ["simulate", "localnet", "completion"].includes(command.name()),
      )
      .map((command) => pathOf(command).replace(/^colosseum /, ""));
    expect(root?.name()).toBe("colosseum");
    expect(
      Object.keys(SHAPES)
        .filter((name) => name !== "")
        .sort(),
    ).toEqual(leaves.sort());
  });

  it("of everything that needs no chain", async () => {
    await all([
      "",
      "explain",
      "explain bug",
      "config list",
      "config get network",
      "config set netuid 7",
      "config unset netuid",
      "config path",
      "completion bash",
      "miner exam --pairs 1",
      "init --as designer",
      `simulate '${LOG}'`,
      `simulate '${LOG}' --preset dojo-1.8.3`,
      `simulate '${LOG}' --preset scaled`,
      `simulate '${LOG}' --explain 5Fk5WixDPeGkD2fTfu9uo2ywK2WiqtWU1LoDJAntEQkEPfpo`,
      `simulate diff '${LOG}' --preset paper --preset scaled`,
      "simulate break-even --miners 20",
      "simulate break-even --miners 250 --preset scaled",
      `simulate population '${ROOT}examples/scenarios/traps-deter.json' --seeds 2 --workers 1`,
      `simulate population '${ROOT}examples/scenarios/traps-deter.json' --seeds 1 --workers 1 --sweep trapShare=0:0.2:0.2`,
      "simulate entry --runs 1 --intervals 3",
      `simulate yuma '${ROOT}examples/yuma/late-validator.json'`,
      `leaderboard '${LOG}' --baseline`,
      `audit '${LOG}'`,
    ]);
  });

  it("of wallets", async () => {
    for (const name of ["owner", "v", "m1", "m2", "m3", "spare"]) {
      await kept(["wallet", "create", name, "--no-password", "--mnemonic-file", `${name}.words`]);
    }
    await all([
      "wallet create other --no-password --mnemonic-file other.words --dry-run",
      "wallet hotkey add second -w spare --mnemonic-file second.words",
      "wallet hotkey add third -w spare --mnemonic-file third.words --dry-run",
      "wallet hotkey import bob -w spare --uri //Bob",
      "wallet hotkey remove second -w spare --dry-run",
      "wallet hotkey remove second -w spare --yes",
      "wallet list",
      "wallet show v",
      "wallet import eve --uri //Eve --no-password",
    ]);
    await writeFile(join(home, "password"), "correct horse\n", { mode: 0o600 });
    // Deriving a key takes seconds each time; that it works has tests of its own, what is printed is the same.
    await all(["wallet encrypt eve --password-file password --dry-run"]);
    await kept(["wallet", "decrypt", "eve"]);
    const { signature, address } = await kept<{ signature: string; address: string }>([
      "wallet",
      "sign",
      "hello",
      "-w",
      "v",
    ]);
    expect(await kept(["wallet", "verify", "hello", signature, "--address", address])).toEqual({ valid: true });
    expect(await kept(["wallet", "verify", "hell", signature, "--address", address])).toEqual({ valid: false });
  });

  it("of errors, each family with its exit code", async () => {
    const failing: [exit: number, line: string][] = [
      [2, "wallet lits"],
      [2, "simulate nothing.json --preset papre"],
      [2, "register -w v"],
      [10, "subnet list -n ws://127.0.0.1:1"],
      [12, `simulate '${ROOT}examples/scenarios/mixed.json'`],
      [13, "register --netuid 0 -w v --max-cost 0"],
      [14, "simulate nothing.json"],
      [14, "wallet show nobody"],
    ];
    for (const [exit, line] of failing) {
      const run = await cli(splitCommand(line));
      expect([run.code, run.stdout], line).toEqual([exit, ""]);
      keepsContract(splitCommand(line), run);
    }
  });

  it("of a chain, from the faucet to weights", async () => {
    const { wallets } = await kept<{ wallets: { name: string; coldkey: string }[] }>(["wallet", "list"]);
    const coldkey = (name: string): string => wallets.find((wallet) => wallet.name === name)?.coldkey ?? "";
    for (const name of ["owner", "v", "m1", "m2", "m3"]) {
      await kept(["localnet", "faucet", coldkey(name), "20000"]);
    }
    const on = (wallet: string): string => `--netuid 1 -w ${wallet}`;
    await all([
      "wallet balance -w v",
      `wallet transfer ${coldkey("m1")} 1 -w v --dry-run`,
      `wallet transfer ${coldkey("m1")} 1 -w v`,
      "subnet list",
      "subnet create -w owner --dry-run",
      "subnet create -w owner",
      `subnet start ${on("owner")} --dry-run`,
      `subnet start ${on("owner")}`,
      `subnet hyperparameters ${on("owner")}`,
      `subnet hyperparameters ${on("owner")} --set mechanism_count=2 --dry-run`,
      `subnet hyperparameters ${on("owner")} --set max_allowed_uids=128 --set mechanism_count=2 --set commit_reveal_weights_enabled=false`,
      `register ${on("v")} --dry-run`,
      ...["v", "m1", "m2", "m3"].map((name) => `register ${on(name)}`),
      `stake add 10000 ${on("v")} --dry-run`,
      `stake add 10000 ${on("v")}`,
      "stake list -w v",
      `stake remove 1 ${on("v")} --dry-run`,
      `stake remove 1 ${on("v")}`,
      "localnet mine 361",
      "subnet show --netuid 1",
      "subnet metagraph --netuid 1",
      "localnet status",
      "localnet snapshot",
      "localnet dump chain.json",
      `weights preview ${on("v")} --uids 2,3 --weights 1,2`,
      `weights set ${on("v")} --uids 2,3 --weights 1,2 --dry-run`,
      `weights set ${on("v")} --uids 2,3 --weights 1,2`,
      `weights show ${on("v")}`,
      "localnet mine 101",
    ]);
    // Refused, because this subnet shows weights at once and nothing was committed.
    await kept(splitCommand(`weights commit ${on("v")} --uids 2 --weights 1`));
    await kept(splitCommand(`weights reveal ${on("v")}`));
    await all([
      `miner status ${on("m1")}`,
      `miner check ${on("m1")}`,
      `doctor ${on("v")}`,
      `init --as miner ${on("m1")} --yes --save none`,
      `init --as miner ${on("m1")} --yes --dry-run`,
      `watch ${on("v")} --once`,
    ]);
  });

  it("of a validator with three miners, line by line, and of what they leave", async () => {
    const port = await closedPort();
    const url = `http://127.0.0.1:${port}`;
    const stops: (() => void)[] = [];
    const onStart = (stop: () => void): void => {
      stops.push(stop);
    };
    const miners = ["m1", "m2", "m3"].map((wallet) =>
      cli(["miner", "start", "--netuid", "1", "-w", wallet, "--validator", url], { onStart }),
    );
    const times = "--generate-time 20s --vote-time 20s --close-early --min-miners 3 --intervals 1 --no-prove-damage";
    const start = `validator start --netuid 1 -w v --listen 127.0.0.1:${port} --admin 127.0.0.1:0 ${times}`;
    const validator = await cli(splitCommand(start));
    expect(validator.code, validator.stderr).toBe(0);
    expect(keepsLineContract("validator start", validator.stdout)).toEqual(
      expect.arrayContaining([
        "ready",
        "admin",
        "round-opened",
        "vote",
        "task-scored",
        "interval-settled",
        "weights-set",
      ]),
    );
    for (const stop of stops) stop();
    const seen = (await Promise.all(miners)).flatMap((run) => {
      expect(run.code).toBe(130);
      return keepsLineContract("miner start", run.stdout);
    });
    expect(seen).toEqual(expect.arrayContaining(["ready", "checked-in", "assigned", "judged", "accepted", "stopped"]));
    for (const name of ["validator start", "miner start"]) ran.add(name);
    await all([
      "validator status --netuid 1 -w v",
      "validator export --netuid 1 -w v -o log.json",
      "validator backup copy.sqlite --netuid 1 -w v",
      `validator restore copy.sqlite --netuid 1 -w v --home '${home}/elsewhere' --wallet-path '${home}/.bittensor/wallets'`,
      "audit log.json",
      "simulate log.json --interval 0",
      "watch --netuid 1 -w v --once",
    ]);
    const log = JSON.parse(await readFile(join(home, "log.json"), "utf8"));
    expect(taskLogSchema.safeParse(log).error).toBeUndefined();
    expect(taskLogSchema.safeParse(JSON.parse(await readFile(LOG, "utf8"))).error).toBeUndefined();
  });

  it("of the social arena", async () => {
    x.user({ id: "71", username: "good_agent", followers: 100 });
    const on = "--netuid 1 -w m1";
    const join1 = `arena join ${on} --handle @good_agent --max-cost 5 --client none`;
    const made = await kept<{ text: { text: string } }>(splitCommand(join1));
    x.post({ id: "1001", authorId: "71", text: made.text.text });
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    x.post({
      id: "2001",
      authorId: "71",
      text: "What would you ask an agent?",
      createdAt: hour,
      views: 400,
      likes: 9,
      replies: 4,
    });
    await all([
      `arena register --handle @good_agent ${on}`,
      `arena verify --post 1001 ${on}`,
      `${join1} --post 1001`,
      `arena ingest --source x ${on}`,
      "arena score",
      "arena score --explain @good_agent",
      "arena leaderboard",
      `arena leaderboard ${on}`,
      "localnet mine 101",
      "arena publish --netuid 1 -w v --dry-run",
    ]);
  });

  it("of the embedded chain and the demo", async () => {
    const args = ["localnet", "--port", "0", "--block-time", "100ms"];
    let ready = (): void => undefined;
    const run = await cli(args, {
      onStart: (stop) => {
        ready = stop;
        setImmediate(ready);
      },
    });
    expect(keepsLineContract("localnet", run.stdout)[0]).toBe("ready");
    for (const name of ["localnet", "localnet start"]) ran.add(name);
    await all([
      "localnet revert 1",
      "localnet warp 1m",
      "localnet load chain.json --yes",
      `localnet scaffold '${ROOT}examples/localnet/two-subnets.json'`,
      "demo --rounds 1 --miners 4 --seed 7 --keep demo",
    ]);
  });

  it("was run for every command but the one at which a person sits", () => {
    expect(Object.keys(SHAPES).filter((name) => !ran.has(name))).toEqual(["vote"]);
  });
});
