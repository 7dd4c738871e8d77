// Latency of an honest miner's signed requests with and without an attack: strangers and forgers from other addresses
// (a forged signature costs them nothing and the validator a whole check), one registered hotkey that never stops asking,
// and connections that send half a request and wait. Addresses come by X-Forwarded-For, as behind a proxy.
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Hotkey } from "../src/base/ids.ts";
import { systemClock } from "../src/cli/system-clock.ts";
import { ruleSetNamed } from "../src/mechanism/rule-set.ts";
import { signRequest } from "../src/protocol/auth.ts";
import { startValidator } from "../src/validator/process.ts";
import { DEFAULT_SETTINGS } from "../src/validator/settings.ts";
import { testSigner } from "../test/helpers/signers.ts";
import { FakeChain, FakeSource } from "../test/unit/validator/world.ts";

const SAMPLES = 300;
/** Between two honest requests; an honest miner is not in a hurry. */
const PAUSE_MS = 15;
const FLOODS = 8;
const SLOW_CONNECTIONS = 1_000;
const clock = systemClock();
const validator = testSigner(200);
const honest = testSigner(1);
const pest = testSigner(2);
const stranger = testSigner(99);

const role = (workerData as { role?: string } | null)?.role;
if (isMainThread) await main();
else if (role === "validator") await validate();
else await attack((workerData as { url: string }).url);

async function validate(): Promise<void> {
  const chain = new FakeChain();
  chain.neurons = [validator, honest, pest].map(({ address }, uid) => ({
    uid,
    hotkey: address,
    coldkey: `cold-${uid}`,
  }));
  const stateDir = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
  const running = await startValidator(
    {
      ...{ signer: validator, clock, subnet: chain, beacon: chain, weights: chain, anchors: chain },
      ...{ tasks: new FakeSource(), stateDir, listen: { host: "127.0.0.1", port: 0 }, seeds: 64 },
    },
    {
      ...DEFAULT_SETTINGS,
      ...{ netuid: 1, rules: ruleSetNamed("paper"), minMiners: 2, trustProxy: true, perHotkeyPerSecond: 100 },
    },
  );
  parentPort?.postMessage({ url: running.url });
  parentPort?.once("message", async () => {
    const refusals = Object.fromEntries(running.refusals);
    await running.stop();
    rmSync(stateDir, { recursive: true, force: true });
    parentPort?.postMessage({ refusals });
    parentPort?.close();
  });
}

/** Floods until it is terminated. */
async function attack(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const slow: Socket[] = Array.from({ length: SLOW_CONNECTIONS }, () => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => undefined);
    socket.write("POST /v1/votes HTTP/1.1\r\nhost: arena\r\ncontent-length: 9000\r\nx-slow: ");
    return socket;
  });
  parentPort?.once("close", () => {
    for (const socket of slow) socket.destroy();
  });
  const forged = signRequest(
    { method: "POST", target: "/v1/votes", body: new TextEncoder().encode("other") },
    stranger,
    validator.address as Hotkey,
    clock.nowNs(),
  );
  const send = async (target: string, headers: Record<string, string>, body: string): Promise<void> => {
    await fetch(`${url}${target}`, { method: "POST", headers, body }).then(
      (reply) => reply.arrayBuffer(),
      () => undefined,
    );
  };
  const flood = async (lane: number): Promise<never> => {
    for (let n = 0; ; n++) {
      // A registered hotkey's name with a signature that proves nothing, a stranger's, and a body that is too large.
      const claimed = n % 2 === 0 ? honest : stranger;
      const headers = {
        ...forged,
        "X-Bittensor-Nonce": String(clock.nowNs()),
        "X-Bittensor-Hotkey": claimed.address,
        "x-forwarded-for": `10.0.${lane}.${n % 4}`,
      };
      await send("/v1/votes", headers, n % 5 === 0 ? "x".repeat(40_000) : "{}");
    }
  };
  /** A registered miner that asks as fast as it can sign. */
  const pester = async (): Promise<never> => {
    for (;;) {
      const body = JSON.stringify({ roles: ["discriminator"], taskTypes: ["page"] });
      const request = { method: "POST", target: "/v1/check-in", body: new TextEncoder().encode(body) };
      const headers = signRequest(request, pest, validator.address as Hotkey, clock.nowNs());
      await send(request.target, { ...headers, "x-forwarded-for": "10.9.9.9" }, body);
    }
  };
  await Promise.all([...Array.from({ length: FLOODS }, (_, lane) => flood(lane)), pester()]);
}

async function main(): Promise<void> {
  const self = new URL(import.meta.url);
  const server = new Worker(self, { workerData: { role: "validator" } });
  const heard = (worker: Worker): Promise<Record<string, unknown>> =>
    new Promise((resolve) => worker.once("message", resolve));
  const url = String((await heard(server))["url"]);
  const target = "/v1/check-in";
  const body = JSON.stringify({ roles: ["discriminator"], taskTypes: ["page"] });
  const bytes = new TextEncoder().encode(body);
  const measure = async (): Promise<{ p50: number; p99: number }> => {
    const times: number[] = [];
    for (let n = 0; n < SAMPLES; n++) {
      const signed = signRequest(
        { method: "POST", target, body: bytes },
        honest,
        validator.address as Hotkey,
        clock.nowNs(),
      );
      const start = performance.now();
      const reply = await fetch(`${url}${target}`, { method: "POST", headers: { ...signed }, body });
      await reply.arrayBuffer();
      if (reply.status !== 200) throw new Error(`an honest request was answered ${reply.status}`);
      times.push(performance.now() - start);
      await clock.wait(PAUSE_MS);
    }
    times.sort((a, b) => a - b);
    return { p50: times[Math.floor(SAMPLES * 0.5)] ?? 0, p99: times[Math.floor(SAMPLES * 0.99)] ?? 0 };
  };
  await measure();
  const calm = await measure();
  const attacker = new Worker(self, { workerData: { role: "attacker", url } });
  await clock.wait(3_000);
  const attacked = await measure();
  await attacker.terminate();
  server.postMessage("stop");
  const { refusals } = await heard(server);
  console.log(
    JSON.stringify({ bench: "validator-attack", calm, attacked, p99Ratio: attacked.p99 / calm.p99, refusals }),
  );
}
