// A full subnet over HTTP: 256 miners, each generates once a round and votes on everything, 64 votes in a request. The
// validator runs in a thread of its own with a chain in memory; requests are signed before the clock starts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { getPublicKey, secretFromSeed, sign as sr25519Sign } from "@scure/sr25519";
import type { Hotkey } from "../src/base/ids.ts";
import type { Signer } from "../src/base/ports.ts";
import { encodeSs58 } from "../src/base/ss58.ts";
import { systemClock } from "../src/cli/system-clock.ts";
import { ruleSetNamed } from "../src/mechanism/rule-set.ts";
import { signRequest, verifyRequest } from "../src/protocol/auth.ts";
import type { AssignmentsResponse } from "../src/protocol/messages.ts";
import { startValidator } from "../src/validator/process.ts";
import { DEFAULT_SETTINGS } from "../src/validator/settings.ts";
import { FakeChain, FakeSource } from "../test/unit/validator/world.ts";

const MINERS = Number(process.env["BENCH_MINERS"] ?? 256);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const IN_FLIGHT = 32;
const clock = systemClock();

/** A key of its own for each number. */
function signerOf(place: number): Signer {
  const seed = new Uint8Array(32).fill(1);
  new DataView(seed.buffer).setUint32(0, place);
  const secret = secretFromSeed(seed);
  const publicKey = getPublicKey(secret);
  return {
    address: encodeSs58(publicKey),
    publicKey,
    cryptoType: "sr25519",
    sign: (message) => sr25519Sign(secret, message),
  };
}

if (isMainThread) await main();
else await validate();

/** The validator's side. */
async function validate(): Promise<void> {
  const chain = new FakeChain();
  const { validator, miners } = workerData as { validator: string; miners: string[] };
  chain.neurons = [validator, ...miners].map((hotkey, uid) => ({ uid, hotkey, coldkey: `cold-${uid}` }));
  const stateDir = mkdtempSync(join(tmpdir(), "colosseum-bench-"));
  const running = await startValidator(
    {
      ...{ signer: signerOf(100_000), clock, subnet: chain, beacon: chain, weights: chain, anchors: chain },
      ...{ tasks: new FakeSource(), stateDir, listen: { host: "127.0.0.1", port: 0 }, seeds: 64 },
      onEvent: (event) => {
        if (/^(round-opened|voting-opened|interval-settled)$/.test(event.type)) {
          // What the validator's own thread still holds once everything that is no longer needed is gone.
          if (event.type === "interval-settled") globalThis.gc?.();
          const { heapUsed, external } = process.memoryUsage();
          parentPort?.postMessage({ ...event, held: heapUsed + external });
        }
      },
    },
    {
      ...DEFAULT_SETTINGS,
      ...{ netuid: 1, rules: ruleSetNamed("paper"), minMiners: MINERS, closeEarly: true, checkInMs: 86_400_000 },
      ...{ stopAfterIntervals: ROUNDS, generateMs: 600_000, voteMs: 600_000 },
      ...{ perAddressPerSecond: 1_000_000, perHotkeyPerSecond: 1_000_000, metagraphMs: 86_400_000 },
    },
  );
  parentPort?.postMessage({ type: "ready", url: running.url });
  parentPort?.once("message", async () => {
    const votes = running.store.db.get("SELECT count(*) AS n FROM votes")?.["n"];
    await running.stop();
    rmSync(stateDir, { recursive: true, force: true });
    parentPort?.postMessage({ type: "stopped", votes });
    parentPort?.close();
  });
}

interface Prepared {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  /** Answers that it carries. */
  readonly answers: number;
}

async function main(): Promise<void> {
  const validator = signerOf(100_000);
  const receiver = validator.address as Hotkey;
  const miners = Array.from({ length: MINERS }, (_, index) => signerOf(index));
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { validator: validator.address, miners: miners.map((miner) => miner.address) },
  });
  const heard: { type: string; [key: string]: unknown }[] = [];
  let wake: () => void = () => undefined;
  worker.on("message", (event: { type: string }) => {
    heard.push(event);
    wake();
  });
  const next = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const at = heard.findIndex((event) => event.type === type);
      if (at !== -1) return heard.splice(at, 1)[0] ?? {};
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const url = String((await next("ready"))["url"]);
  const sign = (miner: Signer, method: string, target: string, value: unknown, answers: number): Prepared => {
    const body = JSON.stringify(value);
    const bytes = new TextEncoder().encode(body);
    const headers = signRequest({ method, target, body: bytes }, miner, receiver, clock.nowNs());
    return { method, target, body, headers: { ...headers }, answers };
  };
  const sendAll = async (requests: readonly Prepared[]): Promise<{ seconds: number; replies: string[] }> => {
    const queue = [...requests.entries()];
    const replies: string[] = [];
    const start = performance.now();
    const drain = async (): Promise<void> => {
      for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
        const [place, { method, target, body, headers }] = entry;
        const reply = await fetch(`${url}${target}`, { method, body, headers });
        const text = await reply.text();
        if (reply.status !== 200) throw new Error(`${target} was answered ${reply.status}: ${text}`);
        replies[place] = text;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, drain));
    return { seconds: (performance.now() - start) / 1_000, replies };
  };

  const roles = { roles: ["generator", "discriminator"], taskTypes: ["page"] };
  const checkIns = await sendAll(miners.map((miner) => sign(miner, "POST", "/v1/check-in", roles, 1)));
  const sessions = checkIns.replies.map((reply) => (JSON.parse(reply) as { sessionKey: string }).sessionKey);
  const cursors = miners.map(() => "0");
  const poll = async (place: number): Promise<AssignmentsResponse["assignments"]> => {
    const found: AssignmentsResponse["assignments"] = [];
    for (;;) {
      const reply = await fetch(`${url}/v1/assignments?wait=0&since=${cursors[place]}`, {
        headers: { authorization: `Bearer ${sessions[place]}` },
      });
      const page = (await reply.json()) as AssignmentsResponse;
      cursors[place] = page.cursor;
      if (page.assignments.length === 0) return found;
      found.push(...page.assignments);
    }
  };

  let [requests, answers, seconds, votes] = [0, 0, 0, 0];
  const held: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await next("round-opened");
    const outputs: Prepared[] = [];
    for (const [place, miner] of miners.entries()) {
      for (const { id } of await poll(place)) {
        const files = [{ name: "index.html", content: `<p>page of miner ${place}</p>`.repeat(40) }];
        outputs.push(sign(miner, "PUT", `/v1/assignments/${id}/completion`, { files }, 1));
      }
    }
    const generated = await sendAll(outputs);
    await next("voting-opened");
    const batches: Prepared[] = [];
    for (const [place, miner] of miners.entries()) {
      const duels = await poll(place);
      for (let first = 0; first < duels.length; first += 64) {
        const some = duels.slice(first, first + 64).map(({ id }, at) => ({
          assignment: id,
          choice: (place + at) % 2 === 0 ? "A" : "B",
        }));
        batches.push(sign(miner, "POST", "/v1/votes", { votes: some }, some.length));
      }
    }
    const voted = await sendAll(batches);
    const carried = batches.reduce((sum, batch) => sum + batch.answers, 0);
    requests += outputs.length + batches.length;
    answers += outputs.length + carried;
    votes += carried;
    seconds += generated.seconds + voted.seconds;
    held.push(Number((await next("interval-settled"))["held"]));
  }
  worker.postMessage("stop");
  const { votes: stored } = await next("stopped");
  const bound = verifying(receiver);
  console.log(
    JSON.stringify({
      bench: "validator-http",
      miners: MINERS,
      rounds: ROUNDS,
      votes,
      stored,
      verifiedRequestsPerSecond: requests / seconds,
      verifiedAnswersPerSecond: answers / seconds,
      signatureBoundPerSecond: bound,
      shareOfBound: requests / seconds / bound,
      heldMb: held.map((bytes) => Math.round(bytes / 104_857.6) / 10),
    }),
  );
  if (stored !== votes) process.exitCode = 1;
}

/** Requests a second that could be verified and answered with a signature on this core, were there nothing else to do. */
function verifying(receiver: Hotkey): number {
  const signer = signerOf(7);
  const now = clock.nowNs();
  const request = { method: "POST", target: "/v1/votes", body: new Uint8Array(4_096) };
  const headers = Object.entries(signRequest(request, signer, receiver, now)).flat();
  const runs = 150;
  const digest = new Uint8Array(32).fill(3);
  verifyRequest(request, headers, receiver, now);
  const start = performance.now();
  for (let i = 0; i < runs; i++) {
    verifyRequest(request, headers, receiver, now);
    signer.sign(digest);
  }
  return (runs / (performance.now() - start)) * 1_000;
}
