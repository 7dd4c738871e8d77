import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toNetuid } from "../../src/base/ids.ts";
import { RAO_PER_TAO } from "../../src/base/units.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { setHyperparameter, submitAsSudo } from "../../src/chain/hyperparameters.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { transfer } from "../../src/chain/transfer.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { signerFromUri } from "../../src/wallet/keyring.ts";
import { FAKE_TOKEN, type FakeX, startFakeX } from "../helpers/fake-x.ts";
import { type CliRun, runCli } from "../helpers/run-cli.ts";

/** The walk of a newcomer and of a validator, on an embedded chain and with a fake X. */
let home: string;
let localnet: Localnet;
let client: ChainClient;
let x: FakeX;
let netuid = 0;
const hotkeys = new Map<string, string>();

const env = (): Record<string, string> => ({
  HOME: home,
  COLOSSEUM_HOME: home,
  COLOSSEUM_X_URL: x.url,
  X_BEARER_TOKEN: FAKE_TOKEN,
});
const cli = (args: readonly string[]): Promise<CliRun> =>
  runCli([...args, "-n", localnet.url], { cwd: home, env: env() });
async function data<T = Record<string, never>>(args: readonly string[], exit = 0): Promise<T> {
  const run = await cli([...args, "--json"]);
  expect(run.code, run.stderr).toBe(exit);
  return (JSON.parse(run.stdout) as { data: T }).data;
}
async function failure(args: readonly string[]): Promise<[number, string]> {
  const run = await cli([...args, "--json"]);
  expect(run.stdout).toBe("");
  return [run.code, (JSON.parse(run.stderr) as { error: { code: string } }).error.code];
}
const of = (wallet: string): string[] => ["--netuid", String(netuid), "-w", wallet];
const isoAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

beforeAll(async () => {
  [home, localnet, x] = await Promise.all([
    mkdtemp(join(tmpdir(), "colosseum-arena-walk-")),
    startLocalnet(),
    startFakeX(),
  ]);
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock: systemClock() });
  const alice = signerFromUri("//Alice");
  for (const wallet of ["owner", "validator", "good", "poor"]) {
    const file = join(home, `${wallet}.txt`);
    const made = await data<{ coldkey: string; hotkeys: { address: string }[] }>([
      "wallet",
      "create",
      wallet,
      "--no-password",
      "--mnemonic-file",
      file,
    ]);
    hotkeys.set(wallet, made.hotkeys[0]?.address ?? "");
    await transfer(client, alice, made.coldkey, 20_000n * RAO_PER_TAO);
  }
  netuid = (await data<{ netuid: number }>(["subnet", "create", "-w", "owner"])).netuid;
  await data(["subnet", "start", ...of("owner")]);
  const owned = ["max_allowed_uids=128", "mechanism_count=2", "commit_reveal_weights_enabled=false"].flatMap((wish) => [
    "--set",
    wish,
  ]);
  await data(["subnet", "hyperparameters", ...of("owner"), ...owned]);
  await submitAsSudo(client, alice, setHyperparameter.weightsSetRateLimit(toNetuid(netuid), 1n));
  await data(["register", ...of("validator")]);
  await data(["stake", "add", "10000", ...of("validator")]);
  localnet.mine(361);
  x.user({ id: "71", username: "good_agent", followers: 100 });
  x.user({ id: "72", username: "poor_agent", followers: 100 });
  x.user({ id: "90", username: "reader" });
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  await x[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

describe("the social arena, from the first step to pay", () => {
  it("join asks for what it must know, and names the flag where nobody can be asked", async () => {
    expect(await failure(["arena", "join", ...of("good")])).toEqual([2, "usage.handle"]);
    expect(await failure(["arena", "join", ...of("good"), "--handle", "@good_agent"])).toEqual([2, "usage.client"]);
    const known = ["--handle", "@good_agent", "--client", "none"];
    expect(await failure(["arena", "join", ...of("good"), ...known])).toEqual([2, "usage.max-cost"]);
    expect(await failure(["arena", "join", ...of("good"), ...known, "--max-cost", "0.000000001"])).toEqual([
      13,
      "chain.registration-price-limit-exceeded",
    ]);
    expect(await failure(["arena", "join", ...of("nobody"), ...known])).toEqual([14, "wallet.not-found"]);
  });

  it("join asks for a token before anything costs money, and announces without one where that is said", async () => {
    const args = ["arena", "join", ...of("poor"), "--handle", "@poor_agent", "--client", "none", "--max-cost", "5"];
    const noToken = { ...env(), X_BEARER_TOKEN: "", X_BEARER_TOKEN_FILE: "" };
    const without = (more: readonly string[]) =>
      runCli([...args, "--post", "1009", "-n", localnet.url, ...more, "--json"], { cwd: home, env: noToken });
    const refused = await without([]);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(JSON.parse(refused.stderr).error.code).toBe("usage.x-token");
    expect(await data(["register", ...of("poor"), "--dry-run"])).toMatchObject({ wouldPayTao: expect.any(String) });
    const done = JSON.parse((await without(["--unchecked"])).stdout).data;
    expect(done).toMatchObject({
      uid: expect.any(Number),
      verification: null,
      announced: { block: expect.any(Number) },
    });
  });

  it("join registers, lays an agent down and makes the text; with the post it proves and announces", async () => {
    const args = ["arena", "join", ...of("good"), "--handle", "@good_agent", "--max-cost", "5"];
    const first = await data<{
      uid: number;
      text: { text: string; length: number };
      agentDir: string;
      verification: null;
    }>([...args, "--client", "x-api"]);
    expect(first.uid).toBeGreaterThan(0);
    expect(first.text.length).toBeLessThanOrEqual(280);
    expect(first.verification).toBeNull();
    expect((await readdir(first.agentDir)).sort()).toEqual([
      ".env.example",
      ".gitignore",
      "README.md",
      "agent.mjs",
      "character.json",
      "posts.txt",
    ]);
    x.post({ id: "1001", authorId: "71", text: first.text.text });
    const done = await data<{ verification: { verified: boolean; uid: number }; announced: { block: number } }>([
      ...args,
      "--client",
      "none",
      "--post",
      "https://x.com/good_agent/status/1001",
    ]);
    expect(done.verification).toMatchObject({ verified: true, uid: first.uid, handle: "good_agent", userId: "71" });
    expect(done.announced.block).toBeGreaterThan(0);
    expect(await failure([...args, "--client", "x-api", "--agent-dir", first.agentDir])).toEqual([
      14,
      "arena.agent-dir",
    ]);
  });

  it("register and verify are the same in single steps, and verify says what is wrong with exit 3", async () => {
    const { text } = await data<{ text: string }>(["arena", "register", "--handle", "@poor_agent", ...of("poor")]);
    x.post({ id: "1002", authorId: "90", text });
    const plain = await cli(["arena", "verify", "--post", "1002", ...of("poor")]);
    expect(plain.stdout).toContain("FAIL author      @reader wrote it");
    for (const line of plain.stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
    const wrong = await data<{ verified: boolean; checks: { id: string; status: string }[] }>(
      ["arena", "verify", "--post", "1002", ...of("poor")],
      3,
    );
    expect(wrong.verified).toBe(false);
    expect(wrong.checks.filter(({ status }) => status === "fail").map(({ id }) => id)).toEqual(["author"]);
    x.post({ id: "1003", authorId: "72", text });
    // The validator looks at it too; only the hotkey itself can announce it.
    expect(await failure(["arena", "verify", "--post", "1003", ...of("validator"), "--announce"])).toEqual([
      13,
      "arena.not-your-hotkey",
    ]);
    expect(await data(["arena", "verify", "--post", "1003", ...of("poor"), "--announce"])).toMatchObject({
      verified: true,
      hotkey: hotkeys.get("poor"),
      announced: { block: expect.any(Number) },
    });
  });

  it("posts arrive, are read again with new counts, and followers are counted over time", async () => {
    for (let i = 0; i < 6; i++) {
      const likes = 10 + i;
      x.post({
        id: String(2_000 + i),
        authorId: "71",
        text: `What would you ask an agent number ${i}?`,
        createdAt: isoAgo(60 * (i + 1)),
        views: 400,
        likes,
        replies: 4,
      });
      x.post({
        id: String(3_000 + i),
        authorId: "72",
        text: `gm everybody, day ${i} of many`,
        createdAt: isoAgo(60 * (i + 1)),
        views: 20,
        likes: 0,
        replies: 0,
      });
    }
    x.post({ id: "4000", authorId: "90", text: "ask @good_agent", createdAt: isoAgo(30), replyTo: "2000" });
    const ingest = ["arena", "ingest", "--source", "x", "--netuid", String(netuid)];
    // Two registrations of the accounts, twelve posts, one mention.
    expect(await data(ingest)).toEqual({ files: 0, read: 15, new: 15, updated: 0, duplicate: 0, skipped: {} });
    for (const post of x.posts) if (post.id === "2000") post.likes = 50;
    expect(await data(ingest)).toEqual({ files: 0, read: 15, new: 0, updated: 1, duplicate: 14, skipped: {} });
    expect(x.requests.join("\n")).not.toContain(FAKE_TOKEN);
  });

  it("the score of the store names both agents by hotkey, and the leaderboard ranks them with pay", async () => {
    type Agents = { agents: { handle: string; hotkey: string; uid: number; share: number }[] };
    const { agents } = await data<Agents>(["arena", "score", "--netuid", String(netuid)]);
    expect(agents.map(({ handle, hotkey }) => [handle, hotkey])).toEqual([
      ["good_agent", hotkeys.get("good")],
      ["poor_agent", hotkeys.get("poor")],
    ]);
    const board = await data<{
      agents: { rank: number; change: null; taoPerDay: string; series: { likes: number[] } }[];
    }>(["arena", "leaderboard", "--netuid", String(netuid)]);
    expect(board.agents.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(Number(board.agents[0]?.taoPerDay)).toBeGreaterThan(Number(board.agents[1]?.taoPerDay));
    expect(board.agents[0]?.series.likes).toHaveLength(7);
    expect(board.agents[0]?.series.likes.reduce((sum, likes) => sum + likes, 0)).toBe(50 + 11 + 12 + 13 + 14 + 15);
    const text = await cli(["arena", "leaderboard", "--netuid", String(netuid)]);
    for (const line of text.stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  it("publish sets them as weights of mechanism 1, and an epoch pays the better agent more", async () => {
    const publish = ["arena", "publish", ...of("validator")];
    expect(await data([...publish, "--dry-run"])).toMatchObject({ wouldSend: true, mode: "plain" });
    const sent = await data<{ verified: boolean; weights: { hotkey: string; value: number }[] }>(publish);
    expect(sent.verified).toBe(true);
    const value = (wallet: string) => sent.weights.find(({ hotkey }) => hotkey === hotkeys.get(wallet))?.value ?? 0;
    expect(value("good")).toBe(65_535);
    expect(value("poor")).toBeLessThan(value("good"));
    localnet.mine(361);
    type Graph = { neurons: { hotkey: string; incentive: number; emissionTao: string }[] };
    const { neurons } = await data<Graph>(["subnet", "metagraph", "--netuid", String(netuid), "--mechid", "1"]);
    const neuron = (wallet: string) => neurons.find(({ hotkey }) => hotkey === hotkeys.get(wallet));
    expect(neuron("good")?.incentive).toBeGreaterThan(neuron("poor")?.incentive ?? 1);
    expect(neuron("good")?.incentive).toBeGreaterThan(0.9);
    const main = await data<Graph>(["subnet", "metagraph", "--netuid", String(netuid)]);
    const paid = (wallet: string) =>
      Number(main.neurons.find(({ hotkey }) => hotkey === hotkeys.get(wallet))?.emissionTao);
    expect(paid("good")).toBeGreaterThan(paid("poor"));
  });

  it("a validator with --arena finds announced proofs, reads, scores and sets weights by itself", async () => {
    await rm(join(home, "state", "arena"), { recursive: true });
    let press: (name: "SIGINT" | "SIGTERM") => void = () => undefined;
    let seen = "";
    const running = runCli(
      [
        "validator",
        "start",
        ...of("validator"),
        "-n",
        localnet.url,
        "--listen",
        "127.0.0.1:0",
        "--no-prove-damage",
        "--arena",
        "--arena-every",
        "1s",
        "--json",
      ],
      {
        cwd: home,
        env: env(),
        onStart: (signal) => {
          press = signal;
        },
        onStdout: (text) => {
          seen += text;
          if (seen.includes("arena.weights-set")) press("SIGINT");
        },
      },
    );
    const { stdout } = await running;
    const facts = stdout
      .split("\n")
      .filter((line) => line.includes('"mechanism"'))
      .map((line) => (JSON.parse(line) as { code: string }).code);
    expect(facts.slice(0, 4)).toEqual([
      "arena.account-verified",
      "arena.account-verified",
      "arena.posts-read",
      "arena.weights-set",
    ]);
    const board = await data<{ agents: { handle: string }[] }>(["arena", "leaderboard", "--netuid", String(netuid)]);
    expect(board.agents.map(({ handle }) => handle)).toEqual(["good_agent", "poor_agent"]);
    expect(stdout).not.toContain(FAKE_TOKEN);
  });

  it("the agent that join laid down posts, each line once", async () => {
    const dir = join(home, "good_agent-agent");
    const post = (args: readonly string[], vars: Record<string, string>): Promise<number | null> => {
      const child = spawn(process.execPath, [join(dir, "agent.mjs"), ...args], {
        env: { PATH: process.env["PATH"] ?? "", ...vars },
        stdio: "ignore",
      });
      return new Promise((resolve) => child.on("close", resolve));
    };
    const before = x.posts.length;
    expect(await post(["--dry-run"], {})).toBe(0);
    expect(await post(["--once"], {})).toBe(1);
    const vars = { X_USER_TOKEN: FAKE_TOKEN, X_API_URL: x.url };
    expect(await post(["--once"], vars)).toBe(0);
    expect(await post(["--once"], vars)).toBe(0);
    expect(await post(["--once"], vars)).toBe(0);
    expect(x.posts.length - before).toBe(2);
    expect((await readFile(join(dir, "posted.txt"), "utf8")).trim().split("\n")).toHaveLength(2);
    const out = join(home, "out.txt");
    await writeFile(join(dir, "posts.txt"), "a third thing\n");
    expect(await post(["--once"], { POST_COMMAND: `cat > '${out}'` })).toBe(0);
    expect(await readFile(out, "utf8")).toBe("a third thing");
  });
});
