import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { createSubnet } from "../../src/chain/subnets.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { closedPort, fakeNode } from "../helpers/fake-node.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";
import { wsProxy } from "../helpers/ws-proxy.ts";

let home: string;
let localnet: Localnet;
let client: ChainClient;
let netuid = 0;
const addresses = new Map<string, { coldkey: string; hotkey: string }>();

const cli = (args: readonly string[], stdin = ""): Promise<CliRun> =>
  runCli([...args, "-n", localnet.url], { cwd: home, env: { HOME: home, COLOSSEUM_HOME: home }, stdin });
/** The `data` of a command that must succeed. */
async function data(args: readonly string[], stdin = ""): Promise<Record<string, unknown>> {
  const run = await cli([...args, "--json"], stdin);
  expect(run.stderr).toBe("");
  expect(run.code).toBe(0);
  const envelope = JSON.parse(run.stdout);
  expect(envelope).toMatchObject({ schemaVersion: 1, ok: true });
  return envelope.data;
}
/** The error of a command that must fail with stdout empty. */
async function failure(args: readonly string[], stdin = ""): Promise<{ exit: number; code: string; hint: string }> {
  const run = await cli([...args, "--json"], stdin);
  expect(run.stdout).toBe("");
  const { ok, error } = JSON.parse(run.stderr);
  expect(ok).toBe(false);
  return { exit: run.code, code: error.code, hint: error.hint };
}
/** What people see; no line wider than 80 columns. */
async function text(args: readonly string[]): Promise<string> {
  const run = await cli(args);
  expect(run.code, run.stderr).toBe(0);
  for (const line of run.stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  return run.stdout;
}
const of = (wallet: string): readonly string[] => ["--netuid", String(netuid), "-w", wallet];
const TAO_9 = /^\d+\.\d{9}$/;
const HASH = /^0x[0-9a-f]{64}$/;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "chain-commands-"));
  localnet = await startLocalnet();
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  const alice = signerFromUri("//Alice");
  for (const wallet of ["owner", "validator", "miner1", "miner2"]) {
    const file = join(home, `${wallet}.txt`);
    const made = await data(["wallet", "create", wallet, "--no-password", "--mnemonic-file", file]);
    const { coldkey, hotkeys } = made as { coldkey: string; hotkeys: { address: string }[] };
    addresses.set(wallet, { coldkey, hotkey: hotkeys[0]?.address ?? "" });
    await transfer(client, alice, coldkey, 5_000n * RAO_PER_TAO);
  }
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  await rm(home, { recursive: true, force: true });
});

describe("chain commands, in the order of a first day", () => {
  it("wallet balance shows what an address has", async () => {
    const { coldkey } = addresses.get("owner") ?? { coldkey: "" };
    expect(await data(["wallet", "balance", "-w", "owner"])).toEqual({
      address: coldkey,
      freeTao: "5000.000000000",
      reservedTao: "0.000000000",
      frozenTao: "0.000000000",
      block: expect.any(Number),
    });
    expect(await text(["wallet", "balance", "--address", coldkey])).toContain("5000 τ");
  });

  it("wallet transfer sends, and says beforehand what it would cost", async () => {
    const to = addresses.get("miner1")?.coldkey ?? "";
    const planned = await data(["wallet", "transfer", to, "1.5", "-w", "owner", "--dry-run"]);
    expect(planned).toMatchObject({ to, amountTao: "1.500000000", wouldPayFeeTao: expect.stringMatching(TAO_9) });
    const sent = await data(["wallet", "transfer", to, "1.5", "-w", "owner"]);
    expect(sent).toMatchObject({ to, amountTao: "1.500000000", feeTao: planned["wouldPayFeeTao"] });
    expect((await data(["wallet", "balance", "-w", "miner1"]))["freeTao"]).toBe("5001.500000000");
  });

  it.each([
    ["an address that is none", ["5xyz", "1"], "usage.address", 2],
    ["an amount that is none", ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "1,5"], "usage.amount", 2],
    [
      "more than there is",
      ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "9999999"],
      "chain.insufficient-balance",
      13,
    ],
  ])("wallet transfer refuses %s", async (_, args, code, exit) => {
    expect(await failure(["wallet", "transfer", ...args, "-w", "owner"])).toMatchObject({ code, exit });
  });

  it("subnet create makes a subnet for its price", async () => {
    const planned = await data(["subnet", "create", "-w", "owner", "--dry-run"]);
    expect(planned).toEqual({
      wouldPayTao: expect.stringMatching(TAO_9),
      maxCostTao: planned["wouldPayTao"],
      block: expect.any(Number),
    });
    expect(await failure(["subnet", "create", "-w", "owner", "--max-cost", "0.1"])).toMatchObject({
      code: "chain.subnet-price-above-limit",
      exit: 13,
    });
    const made = await data(["subnet", "create", "-w", "owner"]);
    expect(made).toEqual({
      netuid: expect.any(Number),
      hotkey: addresses.get("owner")?.hotkey,
      costTao: expect.stringMatching(TAO_9),
      block: expect.any(Number),
      extrinsic: expect.stringMatching(HASH),
    });
    netuid = Number(made["netuid"]);
  });

  it("subnet start starts it, once", async () => {
    expect(await failure(["subnet", "start", ...of("miner1")])).toMatchObject({ exit: 13 });
    expect(await data(["subnet", "start", ...of("owner")])).toEqual({
      netuid,
      block: expect.any(Number),
      extrinsic: expect.stringMatching(HASH),
    });
    expect(await failure(["subnet", "start", ...of("owner")])).toMatchObject({
      code: "chain.first-emission-block-number-already-set",
      exit: 13,
    });
  });

  it("register says the price, keeps to the limit, registers once", async () => {
    const planned = await data(["register", ...of("miner1"), "--dry-run", "--max-cost", "2"]);
    expect(planned).toEqual({
      wouldPayTao: expect.stringMatching(TAO_9),
      maxCostTao: "2.000000000",
      block: expect.any(Number),
    });
    expect(await text(["register", ...of("miner1"), "--dry-run"])).toContain("Nothing was sent");
    await data(["wallet", "create", "poor", "--no-password", "--mnemonic-file", join(home, "poor.txt")]);
    const asked = await cli(["register", ...of("poor"), "--dry-run", "--json"]);
    expect([asked.code, JSON.parse(asked.stdout).warnings[0].code]).toEqual([0, "chain.not-enough-balance-to-stake"]);
    expect(await failure(["register", ...of("miner1"), "--max-cost", "0.000000001"])).toMatchObject({
      code: "chain.registration-price-limit-exceeded",
      exit: 13,
      hint: expect.stringContaining("--max-cost"),
    });
    for (const [uid, wallet] of [
      [1, "validator"],
      [2, "miner1"],
      [3, "miner2"],
    ] as const) {
      expect(await data(["register", ...of(wallet)])).toEqual({
        netuid,
        hotkey: addresses.get(wallet)?.hotkey,
        uid,
        costTao: expect.stringMatching(TAO_9),
        block: expect.any(Number),
        extrinsic: expect.stringMatching(HASH),
      });
    }
    expect(await failure(["register", ...of("miner1")])).toMatchObject({
      code: "chain.hot-key-already-registered-in-sub-net",
      exit: 13,
    });
  });

  it("register refuses a hotkey that belongs to another coldkey, before anything is unlocked", async () => {
    const theirs = join(home, ".bittensor", "wallets", "miner1", "hotkeys", "default");
    const alice = signerFromUri("//Alice");
    const other = await createSubnet(client, alice, signerFromUri("//Alice//borrowed").address);
    await cp(theirs, join(home, ".bittensor", "wallets", "miner2", "hotkeys", "borrowed"));
    const args = ["register", "-w", "miner2", "-H", "borrowed", "--netuid", String(other.netuid)];
    expect(await failure(args)).toMatchObject({ code: "chain.non-associated-cold-key", exit: 13 });
  });

  it("stake add, list and remove agree about what there is", async () => {
    const added = await data(["stake", "add", "100", ...of("validator")]);
    expect(added).toMatchObject({ netuid, amountTao: "100.000000000", stakeTao: expect.stringMatching(TAO_9) });
    const listed = (await data(["stake", "list", ...of("validator")]))["stakes"] as { stakeTao: string }[];
    expect(listed).toMatchObject([{ netuid, stakeTao: added["stakeTao"], registered: true }]);
    expect(await text(["stake", "list", "-w", "validator"])).toContain("STAKE (ALPHA)");
    expect(await failure(["stake", "remove", "999999", ...of("validator")])).toMatchObject({
      code: "chain.not-enough-stake-to-withdraw",
      exit: 13,
    });
    expect(await failure(["stake", "remove", ...of("validator")])).toMatchObject({ code: "usage.amount", exit: 2 });
    for (const nothing of [
      ["stake", "add", "0"],
      ["stake", "remove", "0"],
      ["wallet", "transfer", signerFromUri("//Bob").address, "0"],
    ]) {
      expect(await failure([...nothing, ...of("validator")])).toMatchObject({ code: "usage.amount", exit: 2 });
    }
    // A limit that the price is beyond already costs no fee.
    const before = await data(["wallet", "balance", "-w", "validator"]);
    for (const limited of [
      ["add", "1", "--price-limit", "0.000000001"],
      ["remove", "1", "--price-limit", "1000000"],
    ]) {
      expect(await failure(["stake", ...limited, ...of("validator")])).toMatchObject({
        code: "chain.price-limit-exceeded",
        exit: 13,
      });
    }
    expect(await data(["wallet", "balance", "-w", "validator"])).toEqual(before);
    const removed = await data(["stake", "remove", "1", ...of("validator")]);
    expect(Number(removed["stakeTao"])).toBeLessThan(Number(added["stakeTao"]));
    expect(await failure(["stake", "add", "99999", ...of("miner2")])).toMatchObject({
      code: "chain.not-enough-balance-to-stake",
      exit: 13,
    });
  });

  it("subnet list, show and hyperparameters say what the chain says", async () => {
    const { subnets } = (await data(["subnet", "list"])) as { subnets: { netuid: number; n: number }[] };
    expect(subnets.find((subnet) => subnet.netuid === netuid)).toMatchObject({ n: 4, started: true });
    expect(await failure(["watch", "--once", "--netuid", "77"])).toMatchObject({
      code: "chain.subnet-not-exists",
      exit: 13,
    });
    expect(await data(["subnet", "show", "--netuid", String(netuid)])).toMatchObject({
      netuid,
      n: 4,
      ownerColdkey: addresses.get("owner")?.coldkey,
      commitReveal: true,
    });
    const { hyperparameters } = (await data(["subnet", "hyperparameters", "--netuid", String(netuid)])) as {
      hyperparameters: Record<string, unknown>;
    };
    expect(hyperparameters).toMatchObject({ tempo: 360, commit_reveal_weights_enabled: true });
    for (const verb of ["list", "show", "hyperparameters"]) {
      expect((await text(["subnet", verb, "--netuid", String(netuid)])).length).toBeGreaterThan(20);
    }
    expect(await failure(["subnet", "show", "--netuid", "999"])).toMatchObject({
      code: "chain.subnet-not-exists",
      exit: 13,
    });
    expect(await failure(["subnet", "show"])).toMatchObject({ code: "usage.netuid", exit: 2 });
  });

  it("subnet metagraph has exactly the promised shape", async () => {
    const metagraph = await data(["subnet", "metagraph", "--netuid", String(netuid)]);
    const { neurons, ...rest } = metagraph as { neurons: Record<string, unknown>[] };
    expect(rest).toEqual({ netuid, block: expect.any(Number), n: 4 });
    expect(neurons).toHaveLength(4);
    expect(neurons[2]).toEqual({
      uid: 2,
      hotkey: addresses.get("miner1")?.hotkey,
      coldkey: addresses.get("miner1")?.coldkey,
      stakeTao: expect.stringMatching(TAO_9),
      incentive: 0,
      dividends: 0,
      emissionTao: expect.stringMatching(TAO_9),
      permit: false,
      active: true,
      lastUpdate: expect.any(Number),
      immunityBlocksLeft: expect.any(Number),
      pruneRank: expect.any(Number),
      endpoint: null,
    });
    expect(await text(["subnet", "metagraph", "--netuid", String(netuid)])).toContain("4 of 256 neurons");
  });

  it("weights preview tells why the chain would refuse, and set refuses with that code", async () => {
    const scores = ["--uids", "2,3", "--weights", "3,1"];
    // Registering counts as an update: a newcomer waits for the rate limit first.
    expect(await failure(["weights", "set", ...scores, ...of("validator")])).toMatchObject({
      code: "weights.too-soon",
    });
    await submitAsSudo(client, signerFromUri("//Alice"), setHyperparameter.weightsSetRateLimit(toNetuid(netuid), 0));
    const preview = await data(["weights", "preview", ...scores, ...of("validator")]);
    expect(preview).toMatchObject({
      netuid,
      mechid: 0,
      uid: 1,
      weights: [
        { uid: 2, hotkey: addresses.get("miner1")?.hotkey, value: 65_535 },
        { uid: 3, hotkey: addresses.get("miner2")?.hotkey, value: 21_845 },
      ],
      refusal: { code: "weights.no-permit" },
    });
    expect(await failure(["weights", "set", ...scores, ...of("validator")])).toMatchObject({
      code: "weights.no-permit",
      exit: 13,
      hint: expect.stringContaining(`--netuid ${netuid}`),
    });
  });

  it("weights set sends plain weights where the subnet takes them, and reads them back", async () => {
    const alice = signerFromUri("//Alice");
    const net = toNetuid(netuid);
    const open = { pallet: "AdminUtils", name: "sudo_set_admin_freeze_window", args: { window: 0 } };
    for (const call of [
      open,
      setHyperparameter.tempo(net, 10),
      setHyperparameter.commitRevealWeightsEnabled(net, false),
    ]) {
      await submitAsSudo(client, alice, call);
    }
    localnet.mine(12);
    const file = join(home, "scores.json");
    const [one, two] = [addresses.get("miner1")?.hotkey ?? "", addresses.get("miner2")?.hotkey ?? ""];
    await writeFile(
      file,
      JSON.stringify({
        data: {
          miners: [
            { hotkey: one, score: 1 },
            { hotkey: two, score: 0.5 },
          ],
        },
      }),
    );
    expect(await text(["weights", "set", "scores.json", ...of("validator"), "--dry-run"])).toContain(
      "Nothing was sent",
    );
    const set = await data(["weights", "set", "scores.json", ...of("validator")]);
    expect(set).toEqual({
      mode: "plain",
      block: expect.any(Number),
      extrinsic: expect.stringMatching(HASH),
      weights: [
        { uid: 2, hotkey: one, value: 65_535 },
        { uid: 3, hotkey: two, value: 32_768 },
      ],
      verified: true,
    });
    const shown = await data(["weights", "show", ...of("validator")]);
    expect(shown).toMatchObject({
      rows: [{ uid: 1, weights: set["weights"] }],
      own: { uid: 1, canSetInBlocks: expect.any(Number) },
    });
    expect(await text(["weights", "show", ...of("validator")])).toContain("Your hotkey is uid 1");
    await submitAsSudo(client, alice, setHyperparameter.weightsSetRateLimit(net, 30));
    expect(await failure(["weights", "set", "-", ...of("validator")], JSON.stringify({ [one]: 1 }))).toMatchObject({
      code: "weights.too-soon",
      exit: 13,
    });
    localnet.mine(30);
    const again = await cli(["weights", "set", "-", ...of("validator")], JSON.stringify({ [one]: 1, "5Stranger": 4 }));
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("5Stranger is not registered");
  });

  it("weights commit by hash keeps the salt, and reveal opens it in its epoch", async () => {
    const alice = signerFromUri("//Alice");
    const net = toNetuid(netuid);
    await submitAsSudo(client, alice, setHyperparameter.commitRevealWeightsEnabled(net, true));
    await submitAsSudo(client, alice, setHyperparameter.weightsSetRateLimit(net, 0));
    expect(await failure(["weights", "reveal", ...of("validator")])).toMatchObject({
      code: "weights.no-commit",
      exit: 13,
    });
    // A commit at the beginning of an epoch: the next one, when it may be opened, is a while away.
    const epoch = Number(await client.storage("SubtensorModule", "LastEpochBlock", [net])) + 10;
    localnet.mine(epoch - (await client.head()).number);
    const scores = ["--uids", "2,3", "--weights", "1,4"];
    const committed = await data(["weights", "commit", "--hash", ...scores, ...of("validator")]);
    expect(committed).toMatchObject({ mode: "hash", verified: true, revealBlock: expect.any(Number) });
    expect(await failure(["weights", "reveal", ...of("validator")])).toMatchObject({
      code: "weights.reveal-too-early",
      exit: 13,
    });
    localnet.mine(Number(committed["revealBlock"]) - (await client.head()).number);
    expect(await data(["weights", "reveal", ...of("validator")])).toEqual({
      block: expect.any(Number),
      extrinsic: expect.stringMatching(HASH),
      verified: true,
    });
  });

  it("weights commit is timelocked by itself", async () => {
    const committed = await data(["weights", "commit", "--uids", "2", "--weights", "1", ...of("validator")]);
    expect(committed).toMatchObject({ mode: "timelock", verified: true, revealRound: expect.any(Number) });
    const { revealRound, block } = committed;
    const shown = await data(["weights", "show", ...of("validator")]);
    expect(shown["sealed"]).toMatchObject([{ uid: 1, revealRound, block }]);
    expect(await text(["weights", "show", ...of("validator")])).toContain(`still sealed`);
  });

  it.each([
    ["no scores", [], "usage.scores", 2],
    ["both ways of giving scores", ["f.json", "--uids", "1", "--weights", "1"], "usage.scores", 2],
    ["more uids than weights", ["--uids", "1,2", "--weights", "1"], "usage.scores", 2],
    ["weights that are no numbers", ["--uids", "1", "--weights", "much"], "usage.weights", 2],
    ["a uid that nobody has", ["--uids", "77", "--weights", "1"], "weights.no-such-uid", 13],
    ["a file that is not there", ["nothing.json"], "weights.scores-unreadable", 14],
    ["a mechanism out of range", ["--uids", "2", "--weights", "1", "--mechid", "16"], "usage.mechid", 2],
  ])("weights set refuses %s", async (_, args, code, exit) => {
    expect(await failure(["weights", "set", ...args, ...of("validator")])).toMatchObject({ code, exit });
  });
});

describe("chain commands without a chain", () => {
  const run = (network: string, args: readonly string[] = ["subnet", "list"]): Promise<CliRun> =>
    runCli([...args, "-n", network, "--json"], { cwd: home, env: { HOME: home, COLOSSEUM_HOME: home } });

  it("say that nobody answers, with exit code 10 and a way out", async () => {
    const { code, stdout, stderr } = await run(`ws://127.0.0.1:${await closedPort()}`);
    expect(code).toBe(10);
    expect(stdout).toBe("");
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "chain.unreachable",
      hint: expect.stringContaining("colosseum localnet"),
    });
  });

  it("do not take a typing error for a network", async () => {
    const { code, stderr } = await run("fineny");
    expect(code).toBe(2);
    expect(JSON.parse(stderr).error.code).toBe("usage.network");
  });

  it.each(["before it is connected", "while it waits for an answer"])(
    "stop at once at Ctrl-C %s, without an error",
    async (when) => {
      let interrupt: (name: "SIGINT") => void = () => undefined;
      await using node = await fakeNode((ask) => {
        if (ask.count === 1) interrupt("SIGINT");
      });
      await using proxy = await wsProxy(localnet.url);
      proxy.rule = (_, message) => {
        if (!message.includes("state_getKeysPaged")) return "pass";
        interrupt("SIGINT");
        return "swallow";
      };
      const url = when === "before it is connected" ? node.url : proxy.url;
      const stopped = await runCli(["subnet", "list", "-n", url], {
        cwd: home,
        env: { HOME: home, COLOSSEUM_HOME: home },
        onStart: (signal) => {
          interrupt = signal;
        },
      });
      expect(stopped).toMatchObject({ code: 130, stdout: "" });
      expect(stopped.stderr).not.toContain("error:");
    },
  );
});
