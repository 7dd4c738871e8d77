import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Hotkey, type Netuid, toMechId } from "../../src/base/ids.ts";
import { fixturesBrain } from "../../src/brains/fixtures.ts";
import { ChainClient } from "../../src/chain/client.ts";
import { anchorIn, fetchCommitment } from "../../src/chain/commitments.ts";
import { fetchMetagraph } from "../../src/chain/metagraph.ts";
import { parseNetwork } from "../../src/chain/networks.ts";
import { fetchRow } from "../../src/chain/weights.ts";
import { main } from "../../src/cli/main.ts";
import { systemClock } from "../../src/cli/system-clock.ts";
import type { DemoWallet } from "../../src/demo/keys.ts";
import { type Localnet, startLocalnet } from "../../src/localnet/server.ts";
import { verifyDraws } from "../../src/mechanism/draws-verify.ts";
import type { TaskLog } from "../../src/mechanism/task-log.ts";
import { startMiner } from "../../src/miner/process.ts";
import { chainWeights } from "../../src/validator/chain-ports.ts";
import { peopledSubnet, permitted } from "../helpers/peopled-subnet.ts";
import { runCli } from "../helpers/run-cli.ts";
import { sureJudge } from "../helpers/sure-judge.ts";

// `validator start` as a user runs it, on an embedded chain, with miners that come over HTTP.

const clock = systemClock();
const TEMPO = 10;
let home: string;
let localnet: Localnet;
let client: ChainClient;
let netuid: Netuid;
let validator: DemoWallet;
let miners: readonly DemoWallet[];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "colosseum-validator-it-"));
  localnet = await startLocalnet({ blockTime: 100, clock });
  client = await ChainClient.connect({ network: parseNetwork(localnet.url), clock });
  const subnet = await peopledSubnet(client, {
    ...{ wallets: join(home, "wallets"), seed: "validator-it", tempo: TEMPO },
    ...{ validators: ["validator"], miners: ["miner-1", "miner-2", "miner-3", "miner-4"] },
  });
  const [first] = subnet.validators;
  if (first === undefined) throw new Error("a validator was asked for");
  validator = first;
  ({ netuid, miners } = subnet);
  await permitted(client, clock, subnet);
});
afterAll(async () => {
  client.close();
  await localnet.stop();
  rmSync(home, { recursive: true, force: true });
});

const flags = (): string[] => [
  ...["--network", localnet.url, "--netuid", String(netuid), "-w", "validator"],
  ...["--wallet-path", join(home, "wallets"), "--home", home, "--json"],
];

/** Runs a command in this process and hands over each JSON line of its stdout as it comes. */
function running(args: readonly string[], onLine: (line: Record<string, unknown>) => void) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const errors: string[] = [];
  let rest = "";
  stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString("utf8")));
  stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(JSON.parse(line) as Record<string, unknown>);
  });
  const stdin = new PassThrough();
  stdin.end();
  const listeners = new Set<(signal: "SIGINT" | "SIGTERM") => void>();
  const onSignal = (listener: (signal: "SIGINT" | "SIGTERM") => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const done = main(args, { stdin, stdout, stderr, env: {}, cwd: home, onSignal }, () => undefined);
  const signal = (): void => {
    for (const listener of listeners) listener("SIGINT");
  };
  return { done, errors, signal };
}

const PLAY = [
  ...["--listen", "127.0.0.1:0", "--generate-time", "30s", "--vote-time", "30s", "--close-early", "--min-miners", "4"],
  ...["--first-kinds", "synthetic,trap,duel", "--no-prove-damage"],
];

describe("validator start on a chain", () => {
  it("plays, settles, sets weights that read back, and exports a log that replays to the same bit", async () => {
    const events: Record<string, unknown>[] = [];
    const started: Promise<unknown>[] = [];
    const command = running(["validator", "start", ...PLAY, "--intervals", "2", ...flags()], (line) => {
      events.push(line);
      if (line["type"] !== "ready") return;
      for (const { hotkey } of miners) {
        const validators = [String(line["url"])];
        started.push(startMiner({ signer: hotkey, validators, brain: fixturesBrain(0.7), judge: sureJudge(), clock }));
      }
    });
    expect(await command.done).toBe(0);
    for (const miner of await Promise.all(started)) await (miner as { stop(): Promise<void> }).stop();
    expect(command.errors).toEqual([]);
    const types = new Set(events.map(({ type }) => type));
    for (const type of [
      "ready",
      "interval-opened",
      "round-opened",
      "task-scored",
      "interval-settled",
      "weights-set",
      "stopped",
    ]) {
      expect(types).toContain(type);
    }

    const file = join(home, "tasks.json");
    const exported = await runCli(["validator", "export", "-o", file, ...flags()], { cwd: home });
    expect(exported.code).toBe(0);
    const log = JSON.parse(readFileSync(file, "utf8")) as TaskLog;
    expect(log.tasks.slice(0, 2).map(({ kind }) => kind)).toEqual(["synthetic", "trap"]);
    expect(verifyDraws(log)).toMatchObject({ verdict: "ok", tasks: log.tasks.length });
    for (const interval of log.intervals ?? []) {
      const replay = await runCli(["simulate", file, "--interval", String(interval.n), "--json"], { cwd: home });
      expect([replay.code, replay.stderr]).toEqual([0, ""]);
      const { data } = JSON.parse(replay.stdout) as { data: { miners: { hotkey: string; score: number }[] } };
      expect(Object.fromEntries(data.miners.map(({ hotkey, score }) => [hotkey, score]))).toEqual(interval.scores);
    }
    const set = events.filter(({ type }) => type === "weights-set").at(-1) as {
      weights: { uid: number; value: number }[];
      verified: boolean;
    };
    expect(set.verified).toBe(true);
    const { neurons } = await fetchMetagraph(client, netuid);
    const self = neurons.find(({ hotkey }) => hotkey === validator.hotkey.address);
    const row = await fetchRow(client, netuid, toMechId(0), self?.uid ?? -1);
    expect(Object.fromEntries(row)).toEqual(Object.fromEntries(set.weights.map(({ uid, value }) => [uid, value])));
    const commitment = await fetchCommitment(client, netuid, validator.hotkey.address);
    expect(anchorIn(commitment?.text ?? "")).toBe(log["anchor"]);

    const audit = await runCli(["audit", file, "--on-chain", "--network", localnet.url, "--json"], { cwd: home });
    expect(audit, audit.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(audit.stdout).data.findings).toEqual([]);
    const elsewhere = join(home, "elsewhere.json");
    writeFileSync(elsewhere, JSON.stringify({ ...log, anchor: `0x${"11".repeat(32)}` }));
    const caught = await runCli(["audit", elsewhere, "--on-chain", "--network", localnet.url, "--json"], { cwd: home });
    const { findings } = JSON.parse(caught.stdout).data as { findings: { code: string }[] };
    expect(findings.map(({ code }) => code)).toContain("audit.anchor-differs");
  });

  it("tells its state, keeps a backup, and stops at the first Ctrl-C with 130", async () => {
    const status = await runCli(["validator", "status", ...flags()], { cwd: home });
    const { data } = JSON.parse(status.stdout) as {
      data: { running: boolean; settlements: { interval: number; state: string }[] };
    };
    expect(data.running).toBe(false);
    expect(data.settlements.map(({ interval, state }) => [interval, state]).at(-1)).toEqual([1, "verified"]);
    const copy = join(home, "arena.backup");
    expect((await runCli(["validator", "backup", copy, ...flags()], { cwd: home })).code).toBe(0);
    expect((await runCli(["validator", "backup", copy, ...flags()], { cwd: home })).code).toBe(14);
    expect((await runCli(["validator", "restore", copy, ...flags()], { cwd: home })).code).toBe(13);
    const command = running(["validator", "start", ...PLAY, ...flags()], ({ type }) => {
      if (type === "ready") command.signal();
    });
    expect(await command.done).toBe(130);
  });

  it("publishes an address, and says where nothing would answer there", async () => {
    const warned: unknown[] = [];
    const at = ["--public-url", "http://203.0.113.7:8091"];
    const command = running(["validator", "start", ...PLAY, ...at, ...flags()], (event) => {
      if (event["type"] !== "warning") return;
      warned.push(event["code"]);
      command.signal();
    });
    expect(await command.done).toBe(130);
    expect(warned[0]).toBe("validator.listens-locally");
  });

  it("shows its health and its numbers on a loopback port, and keeps a log, while it runs", async () => {
    const log = join(home, "arena.log");
    const pages: Promise<[Response, string][]>[] = [];
    const watching = ["--admin", "127.0.0.1:0", "--log-file", log, "--notify", "exec:cat"];
    const command = running(["validator", "start", ...PLAY, ...watching, ...flags()], ({ type, url }) => {
      if (type !== "admin") return;
      const ask = async (path: string): Promise<[Response, string]> => {
        const reply = await fetch(`${String(url)}${path}`);
        return [reply, await reply.text()];
      };
      const asked = Promise.all(["/healthz", "/metrics"].map(ask));
      pages.push(asked);
      void asked.finally(() => command.signal());
    });
    expect(await command.done).toBe(130);
    const [health, metrics] = (await pages[0]) ?? [];
    expect(health?.[0].status).toBe(200);
    expect(JSON.parse(health?.[1] ?? "")).toMatchObject({ ok: true, hotkey: validator.hotkey.address, states: {} });
    expect(metrics?.[0].headers.get("content-type")).toContain("text/plain");
    expect(metrics?.[1]).toContain('colosseum_validator_state{state="chain-stale"} 0');
    expect(metrics?.[1]).toMatch(/colosseum_validator_interval [0-9]+/);
    const records = readFileSync(log, "utf8").trim().split("\n");
    expect(records.map((line) => (JSON.parse(line) as { type: string }).type)).toContain("stopped");
  });

  it("finds weights again that were sent before a crash, and knows of none that were not", async () => {
    const door = chainWeights(client, validator.hotkey, netuid);
    const scores = new Map(miners.map(({ hotkey }, i) => [hotkey.address as Hotkey, i + 1]));
    const sent: Parameters<Parameters<typeof door.send>[1]>[0][] = [];
    const result = await door.send(scores, (signed) => sent.push(signed));
    expect(result.verified).toBe(true);
    const [signed] = sent;
    if (signed === undefined) throw new Error("nothing was signed");
    expect(await door.lookUp(signed)).toEqual(result);
    expect(await door.lookUp({ ...signed, extrinsic: `0x${"00".repeat(32)}` })).toBeUndefined();
  });
});
